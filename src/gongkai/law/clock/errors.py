"""The events the law forbids: one class per mistake.

``ConfirmationBeforeReceiptError``  the receipt is confirmed before the application arrived
``EventBeforeReceiptError``         something happened before the application arrived
``CaseEndedError``                  something happened after the answer, the closure or the withdrawal
``NotInEditionError``               the edition of the regulation does not know the event
``NothingRunsError``                the event presupposes a running period, and none runs
correction   ``CorrectionTooLateError`` ``SecondCorrectionError`` ``NoCorrectionNoticeError`` ``CorrectionOverdueError``
extension    ``ExtensionTooLongError`` ``SecondExtensionError`` ``ExtensionAfterDueError``
             ``ExtensionWithoutApproverError`` ``ExtensionNotNotifiedError`` ``ExtensionAfterReasonablePeriodError``
consultation ``NotConsultedError``
Art 35       ``NoReasonsRequestedError`` ``ReasonablePeriodWithoutReasonsError`` ``ReasonablePeriodTooLateError``
             ``ReasonablePeriodTooShortError``
fee          ``fees.FeeBeforeScheduleError`` ``FeeNoticeTooLateError`` ``SecondFeeNoticeError`` ``NoFeeNoticeError``
             ``FeeOverdueError``
outcome      ``ClosureWithoutNoticeError`` ``ClosureTooEarlyError`` ``OutcomeWithoutCorrectionError``
"""

from __future__ import annotations

from gongkai.law.errors import LawError


class ConfirmationBeforeReceiptError(LawError):
    """The confirmation lies before the day the application reached the agency."""

    code = "confirmation-before-receipt"


class EventBeforeReceiptError(LawError):
    """The event lies before the day the application reached the agency."""

    code = "event-before-receipt"


class CaseEndedError(LawError):
    """The application has been answered, closed or withdrawn."""

    code = "case-ended"


class NotInEditionError(LawError):
    """The edition of the regulation that governs the application has no such event."""

    code = "not-in-edition"


class NothingRunsError(LawError):
    """The event presupposes a running period; a correction or a fee is awaited and none runs."""

    code = "nothing-runs"


class CorrectionTooLateError(LawError):
    """The correction notice was given later than seven working days after receipt."""

    code = "correction-too-late"


class SecondCorrectionError(LawError):
    """A second correction notice: the regulation allows one."""

    code = "second-correction"


class NoCorrectionNoticeError(LawError):
    """A correction arrived that nobody is waiting for."""

    code = "no-correction-notice"


class CorrectionOverdueError(LawError):
    """The correction arrived after its period, without a good reason."""

    code = "correction-overdue"


class ExtensionTooLongError(LawError):
    """The extension is longer than the regulation allows."""

    code = "extension-too-long"


class SecondExtensionError(LawError):
    """A second extension: the regulation allows one."""

    code = "second-extension"


class ExtensionAfterDueError(LawError):
    """The extension was decided or told to the applicant after the due date."""

    code = "extension-after-due"


class ExtensionWithoutApproverError(LawError):
    """The extension names nobody who approved it."""

    code = "extension-without-approver"


class ExtensionNotNotifiedError(LawError):
    """The applicant was not told of the extension, or before it was decided."""

    code = "extension-not-notified"


class ExtensionAfterReasonablePeriodError(LawError):
    """An extension on top of the reasonable period of Art 35."""

    code = "extension-after-reasonable-period"


class NotConsultedError(LawError):
    """A receipt or an opinion of somebody who was not consulted or has already answered."""

    code = "not-consulted"


class NoReasonsRequestedError(LawError):
    """Reasons arrived that nobody asked for."""

    code = "no-reasons-requested"


class ReasonablePeriodWithoutReasonsError(LawError):
    """A reasonable period was set before the applicant gave reasons."""

    code = "reasonable-period-without-reasons"


class ReasonablePeriodTooLateError(LawError):
    """A reasonable period was set after the due date."""

    code = "reasonable-period-too-late"


class ReasonablePeriodTooShortError(LawError):
    """A reasonable period without a last day, or with one that is not after the due date."""

    code = "reasonable-period-too-short"


class FeeNoticeTooLateError(LawError):
    """The fee notice was given after the due date."""

    code = "fee-notice-too-late"


class SecondFeeNoticeError(LawError):
    """A second fee notice for one application."""

    code = "second-fee-notice"


class NoFeeNoticeError(LawError):
    """A payment without a notice, or a second one."""

    code = "no-fee-notice"


class FeeOverdueError(LawError):
    """The fee was paid after its period."""

    code = "fee-overdue"


class ClosureWithoutNoticeError(LawError):
    """Closed as not corrected or not paid, without the notice this presupposes."""

    code = "closure-without-notice"


class ClosureTooEarlyError(LawError):
    """Closed as not corrected or not paid, before the period of the notice ended."""

    code = "closure-too-early"


class OutcomeWithoutCorrectionError(LawError):
    """Answered as still unclear after a correction that never came."""

    code = "outcome-without-correction"
