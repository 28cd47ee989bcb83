"""What can be wrong with a record: one class per mistake.

``RecordError``
├── ``IncompleteError``       a required field is missing (fields by name)
├── ``ScopeMismatchError``    the clause or the item does not fit the attribute
├── ``StageError``            the record is not where this act starts from
├── ``BeforeMadeError``       a day before the record was formed
├── ``InterpretationMissingError``  需解读 without its interpretation
├── ``PersonalDataError``     personal data still stands in what would be published
├── ``ClassifiedTextError``   the text bears a 密级 mark
├── ``NotAuthorisedError``    the person may not do this for the unit
├── ``DuplicateNumberError``  the 文号 is used by another record of the unit
├── ``EditedMeanwhileError``  somebody else saved the draft while it was being edited
├── ``IndexPartError``        the unit's code gives no part of an index number
├── ``RecodingError``         the new index number cannot be given
└── ``PastDayError``          a day that must lie ahead does not
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.review.errors import HeldBackError

if TYPE_CHECKING:
    from collections.abc import Mapping


class RecordError(Exception):
    """Something about a record that cannot be. ``code`` is stable; ``fields`` gives the message by field."""

    code = "record"

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class IncompleteError(RecordError):
    """A required field is missing."""

    code = "record-incomplete"


class ScopeMismatchError(RecordError):
    """The clause or the item does not fit the attribute."""

    code = "record-attribute"


class StageError(RecordError):
    """The record is not where this act starts from."""

    code = "record-stage"


class BeforeMadeError(RecordError):
    """A day before the record was formed."""

    code = "record-day"


class InterpretationMissingError(RecordError, HeldBackError):
    """需解读 without its interpretation."""

    code = "record-interpretation"


class PersonalDataError(RecordError, HeldBackError):
    """Personal data still stands in what would be published."""

    code = "record-personal"


class ClassifiedTextError(RecordError):
    """The text bears a 密级 mark."""

    code = "record-classified"


class NotAuthorisedError(RecordError):
    """The person may not do this for the unit."""

    code = "record-not-authorised"


class DuplicateNumberError(RecordError):
    """The 文号 is used by another record of the unit."""

    code = "record-number"


class EditedMeanwhileError(RecordError):
    """Somebody else saved the draft while it was being edited."""

    code = "record-edited"


class IndexPartError(RecordError):
    """The code of the unit gives no part of an index number."""

    code = "record-index-part"


class RecodingError(RecordError):
    """The new index number cannot be given."""

    code = "record-recoding"


class PastDayError(RecordError):
    """A day that must lie ahead does not."""

    code = "record-past-day"
