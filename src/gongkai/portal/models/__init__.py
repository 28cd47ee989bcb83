from gongkai.portal.models.area import KeyArea
from gongkai.portal.models.page import APPLIED, FRONT, Content, Page, PageKind, PageStage, PageVersion
from gongkai.portal.models.service import Service, ServiceImport, ServiceStage
from gongkai.portal.models.windows import ClosedPage, ListedService, OpenArea, PublishedPage, WithdrawnService
from gongkai.portal.models.words import AskedWords, HotWords

__all__ = [
    "APPLIED",
    "FRONT",
    "AskedWords",
    "ClosedPage",
    "Content",
    "HotWords",
    "KeyArea",
    "ListedService",
    "OpenArea",
    "Page",
    "PageKind",
    "PageStage",
    "PageVersion",
    "PublishedPage",
    "Service",
    "ServiceImport",
    "ServiceStage",
    "WithdrawnService",
]
