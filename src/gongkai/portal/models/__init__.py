from gongkai.portal.models.area import KeyArea
from gongkai.portal.models.page import APPLIED, FRONT, Content, Page, PageKind, PageStage, PageVersion
from gongkai.portal.models.service import Service, ServiceImport, ServiceStage
from gongkai.portal.models.windows import ClosedPage, ListedService, OpenArea, PublishedPage, WithdrawnService

__all__ = [
    "APPLIED",
    "FRONT",
    "ClosedPage",
    "Content",
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
