from gongkai.indexing.models.dirty import Dirty

__all__ = ["Dirty"]
