from gongkai.takeover.models.address import AddressKind, OldAddress
from gongkai.takeover.models.batch import PageLine, PageState, TakeOver
from gongkai.takeover.models.windows import PublishedOldAddress

__all__ = ["AddressKind", "OldAddress", "PageLine", "PageState", "PublishedOldAddress", "TakeOver"]
