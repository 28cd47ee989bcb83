from gongkai.takeover.models.address import AddressKind, OldAddress
from gongkai.takeover.models.batch import PageLine, PageState, TakeOver

__all__ = ["AddressKind", "OldAddress", "PageLine", "PageState", "TakeOver"]
