"""What can be wrong in the making of a report: one class per mistake.

``ReportingError``
├── ``NotAuthorisedError``     the person may not do this for the unit
├── ``CampaignExistsError``    the year is open already
├── ``WrongDeadlineError``     a local deadline after the law's
├── ``WrongYearError``         a file or a figure of another year
├── ``WrongBodyError``         a file of another body
├── ``UnreadableFileError``    the file is no annual report that can be read
├── ``StateError``             the report does not stand where this act starts from
├── ``ChangedMeanwhileError``  somebody else changed the report since the page was opened
├── ``UnknownCellError``       the form of the year has no such cell
├── ``ReasonMissingError``     an override, a return, an answer or a correction without its reason
├── ``WrongValueError``        a value the cell cannot hold
├── ``FactError``              a figure without source, period or signatory, or for a cell that cases stand behind
├── ``BlockedError``           errors of the audit, or warnings without an answer (findings in ``findings``)
├── ``MissingUnitsError``      the sum lacks units (names in ``units``)
├── ``UnconfirmedError``       a checking unit has not confirmed, or disagrees
├── ``ChangedCasesError``      the cases are no longer those the report was accepted with
├── ``NothingToCorrectError``  a correction that changes nothing
├── ``MissingGlyphsError``     characters that the font of the PDF lacks
└── ``SameYearError``          the body has a report of the year already
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ReportingError(Exception):
    """Something about a report that cannot be.

    ``code`` is stable, ``article`` what forbids it (empty where no article does), ``fields`` the message by field.
    """

    code = "reporting"

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, *, article: str = "") -> None:
        super().__init__(f"{message}（{article}）" if article else message)
        self.fields = dict(fields or {})
        self.article = article


class NotAuthorisedError(ReportingError):
    """The person may not do this for the unit."""

    code = "reporting-not-authorised"


class CampaignExistsError(ReportingError):
    """The year is open already."""

    code = "reporting-campaign-exists"


class WrongDeadlineError(ReportingError):
    """A local deadline after the law's."""

    code = "reporting-deadline"


class WrongYearError(ReportingError):
    """A file or a figure of another year."""

    code = "reporting-year"


class WrongBodyError(ReportingError):
    """A file of another body."""

    code = "reporting-body"


class UnreadableFileError(ReportingError):
    """The file is no annual report that can be read."""

    code = "reporting-file"


class StateError(ReportingError):
    """The report does not stand where this act starts from."""

    code = "reporting-state"


class ChangedMeanwhileError(ReportingError):
    """Somebody else changed the report since the page was opened."""

    code = "reporting-changed"


class UnknownCellError(ReportingError):
    """The form of the year has no such cell."""

    code = "reporting-cell"


class ReasonMissingError(ReportingError):
    """An override, a return, an answer or a correction without its reason."""

    code = "reporting-reason"


class WrongValueError(ReportingError):
    """A value the cell cannot hold."""

    code = "reporting-value"


class FactError(ReportingError):
    """A figure without source, period or signatory, or for a cell that cases stand behind."""

    code = "reporting-fact"


class BlockedError(ReportingError):
    """Errors of the audit, or warnings without an answer; ``findings`` as the report keeps them."""

    code = "reporting-blocked"

    def __init__(self, message: str, findings: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class MissingUnitsError(ReportingError):
    """The sum lacks units; ``units`` are their names."""

    code = "reporting-missing"

    def __init__(self, message: str, units: Sequence[str]) -> None:
        super().__init__(message)
        self.units = tuple(units)


class UnconfirmedError(ReportingError):
    """A checking unit has not confirmed, or disagrees."""

    code = "reporting-unconfirmed"


class ChangedCasesError(ReportingError):
    """The cases are no longer those the report was accepted with."""

    code = "reporting-cases"


class NothingToCorrectError(ReportingError):
    """A correction that changes nothing."""

    code = "reporting-nothing-to-correct"


class MissingGlyphsError(ReportingError):
    """Characters that the font of the PDF lacks."""

    code = "reporting-glyphs"


class SameYearError(ReportingError):
    """The body has a report of the year already."""

    code = "reporting-same-year"
