from gongkai.journal.models.entry import AppendOnlyError, Entry
from gongkai.journal.models.head import Head

__all__ = ["AppendOnlyError", "Entry", "Head"]
