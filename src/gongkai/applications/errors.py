"""What can be wrong with an application: one class per mistake.

``ApplicationError``
├── ``IncompleteError``          something that must be said is missing (fields by name)
├── ``FutureDayError``           a day that has not come yet
├── ``BeforeApplicationError``   a day before the application reached the agency
├── ``ForbiddenByLawError``      the regulation forbids the event in this state; ``code`` is that of the law
├── ``NotStartedError``          the receipt is not confirmed, no period runs yet
├── ``EvidenceMissingError``     the outcome needs something on file that is not there
├── ``WrongOutcomeError``        the regulation that governs the application has no such outcome
├── ``ChangedMeanwhileError``    somebody else acted on the case since the page was opened
├── ``NotAuthorisedError``       the person may not do this for the unit
├── ``ChannelNotAnnouncedError`` the unit's guide does not announce the channel
├── ``UnitEndedError``           the unit was abolished; says who carries on its functions
├── ``ElsewhereError``           an application goes to another agency by an answer, never by transfer
├── ``StruckError``              the event cannot be struck out
├── ``SecretContentError``       a case about state secrets holds no content
├── ``NotReadyError``            the checks of the case found what must be mended, or explained, first
├── ``FeeError``                 no fee can be asked for, or not this one
└── ``SplitError``               the application cannot be split
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.eventlog.errors import CaseError

if TYPE_CHECKING:
    from gongkai.law.errors import LawError


class ApplicationError(CaseError):
    """Something about an application that cannot be."""

    code = "application"


class IncompleteError(ApplicationError):
    """Something that must be said is missing."""

    code = "application-incomplete"


class FutureDayError(ApplicationError):
    """A day that has not come yet."""

    code = "application-future-day"


class BeforeApplicationError(ApplicationError):
    """A day before the application reached the agency."""

    code = "application-before-receipt"


class ForbiddenByLawError(ApplicationError):
    """The regulation forbids the event in this state."""

    code = "application-forbidden"

    def __init__(self, error: LawError) -> None:
        super().__init__(f"{error.message}（{error.article}）" if error.article else error.message)
        self.code = error.code
        self.article = error.article


class NotStartedError(ApplicationError):
    """The receipt is not confirmed: no period runs yet."""

    code = "application-not-started"


class EvidenceMissingError(ApplicationError):
    """The outcome needs something on file that is not there."""

    code = "application-evidence"


class WrongOutcomeError(ApplicationError):
    """The regulation that governs the application has no such outcome."""

    code = "application-outcome"


class ChangedMeanwhileError(ApplicationError):
    """Somebody else acted on the case since the page was opened."""

    code = "application-changed"


class NotAuthorisedError(ApplicationError):
    """The person may not do this for the unit."""

    code = "application-not-authorised"


class ChannelNotAnnouncedError(ApplicationError):
    """The unit's guide does not announce the channel."""

    code = "application-channel"


class UnitEndedError(ApplicationError):
    """The unit was abolished."""

    code = "application-unit"


class ElsewhereError(ApplicationError):
    """An application goes to another agency by an answer, never by transfer."""

    code = "application-elsewhere"


class StruckError(ApplicationError):
    """The event cannot be struck out."""

    code = "application-struck"


class SecretContentError(ApplicationError):
    """A case about state secrets holds no content."""

    code = "application-secret"


class NotReadyError(ApplicationError):
    """The checks of the case found what must be mended, or explained, first."""

    code = "application-not-ready"


class FeeError(ApplicationError):
    """No fee can be asked for, or not this one."""

    code = "application-fee"


class SplitError(ApplicationError):
    """The application cannot be split."""

    code = "application-split"
