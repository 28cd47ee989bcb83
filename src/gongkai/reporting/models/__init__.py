from gongkai.reporting.models.campaign import Aspect, Campaign, Checker
from gongkai.reporting.models.edition import Edition, EditionFile, FrozenReportError, Origin
from gongkai.reporting.models.entries import Confirmation, Explanation, Fact, Override
from gongkai.reporting.models.reminder import ReportReminder
from gongkai.reporting.models.submission import (
    EDITABLE,
    HANDED_UP,
    OUT,
    RECEIVED,
    SETTLED,
    Basis,
    Scope,
    State,
    Submission,
)
from gongkai.reporting.models.windows import PublishedEdition, PublishedFile

__all__ = [
    "EDITABLE",
    "HANDED_UP",
    "OUT",
    "RECEIVED",
    "SETTLED",
    "Aspect",
    "Basis",
    "Campaign",
    "Checker",
    "Confirmation",
    "Edition",
    "EditionFile",
    "Explanation",
    "Fact",
    "FrozenReportError",
    "Origin",
    "Override",
    "PublishedEdition",
    "PublishedFile",
    "ReportReminder",
    "Scope",
    "State",
    "Submission",
]
