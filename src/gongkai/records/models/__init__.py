from gongkai.records.models.attachment import Attachment
from gongkai.records.models.record import Attribute, Category, Clause, Record, Stage, Validity
from gongkai.records.models.secret_count import SecretCount
from gongkai.records.models.trail import IndexAlias, IndexRun, ReadBack, Version

__all__ = [
    "Attachment",
    "Attribute",
    "Category",
    "Clause",
    "IndexAlias",
    "IndexRun",
    "ReadBack",
    "Record",
    "SecretCount",
    "Stage",
    "Validity",
    "Version",
]
