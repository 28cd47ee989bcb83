from gongkai.records.models.attachment import Attachment
from gongkai.records.models.cleanup import CleanUp, CleanUpLine, Outcome
from gongkai.records.models.gazette import GazetteEntry, GazetteIssue, GazetteRecipient
from gongkai.records.models.handover import HandOver, HandOverItem, HandOverKind, HandOverRule
from gongkai.records.models.items import ItemImport, ItemKind, ServiceItem
from gongkai.records.models.reconciliation import Reconciliation
from gongkai.records.models.record import Attribute, Category, Clause, Record, Stage, Validity
from gongkai.records.models.secret_count import SecretCount
from gongkai.records.models.trail import IndexAlias, IndexRun, ReadBack, Version
from gongkai.records.models.windows import (
    PublishedAlias,
    PublishedAttachment,
    PublishedCleanUp,
    PublishedCleanUpLine,
    PublishedEntry,
    PublishedIssue,
    PublishedItem,
    PublishedMaker,
    PublishedRecord,
    PublishedVersion,
    WithdrawnRecord,
)

__all__ = [
    "Attachment",
    "Attribute",
    "Category",
    "Clause",
    "CleanUp",
    "CleanUpLine",
    "GazetteEntry",
    "GazetteIssue",
    "GazetteRecipient",
    "HandOver",
    "HandOverItem",
    "HandOverKind",
    "HandOverRule",
    "IndexAlias",
    "IndexRun",
    "ItemImport",
    "ItemKind",
    "Outcome",
    "PublishedAlias",
    "PublishedAttachment",
    "PublishedCleanUp",
    "PublishedCleanUpLine",
    "PublishedEntry",
    "PublishedIssue",
    "PublishedItem",
    "PublishedMaker",
    "PublishedRecord",
    "PublishedVersion",
    "ReadBack",
    "Reconciliation",
    "Record",
    "SecretCount",
    "ServiceItem",
    "Stage",
    "Validity",
    "Version",
    "WithdrawnRecord",
]
