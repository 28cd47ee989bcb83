"""What can be wrong with a reconsideration or a suit: one class per mistake.

``RemedyError``
├── ``IncompleteError``        something that must be said is missing (fields by name)
├── ``WrongDayError``          a day that has not come yet, or before what it follows
├── ``OutOfOrderError``        the event cannot follow what has happened so far
├── ``WrongResultError``       the procedure had no such result on that day
├── ``WrongObjectError``       the case does not fit the application, the answer or the earlier case
├── ``DuplicateError``         the case is registered already
├── ``ChangedMeanwhileError``  somebody else acted on the case since the page was opened
├── ``SecretContentError``     a case about state secrets holds no content
└── ``NotAuthorisedError``     the person may not do this for the unit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.eventlog.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Mapping


class RemedyError(CaseError):
    """Something about a reconsideration or a suit that cannot be; its message names the article."""

    code = "remedy"

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, *, article: str = "") -> None:
        super().__init__(f"{message}（{article}）" if article else message, fields, article=article)


class IncompleteError(RemedyError):
    """Something that must be said is missing."""

    code = "remedy-incomplete"


class WrongDayError(RemedyError):
    """A day that has not come yet, or before what it follows."""

    code = "remedy-day"


class OutOfOrderError(RemedyError):
    """The event cannot follow what has happened so far."""

    code = "remedy-order"


class WrongResultError(RemedyError):
    """The procedure had no such result on that day."""

    code = "remedy-result"


class WrongObjectError(RemedyError):
    """The case does not fit the application, the answer or the earlier case."""

    code = "remedy-object"


class DuplicateError(RemedyError):
    """The case is registered already."""

    code = "remedy-duplicate"


class ChangedMeanwhileError(RemedyError):
    """Somebody else acted on the case since the page was opened."""

    code = "remedy-changed"


class SecretContentError(RemedyError):
    """A case about state secrets holds no content."""

    code = "remedy-secret"


class NotAuthorisedError(RemedyError):
    """The person may not do this for the unit."""

    code = "remedy-not-authorised"
