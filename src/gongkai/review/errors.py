"""Why a review cannot go on: one class per mistake.

``ReviewError``
├── ``WeakChainError``      the chain has too few steps or people
├── ``ChainLineError``      a line of a chain as it was typed is no step
├── ``ForeignChainError``   the chain of this unit is set by others
├── ``NoChainError``        no chain is set for this kind of subject at this unit
├── ``AlreadyOpenError``    the subject is under review
├── ``SelfReviewError``     the author would review
├── ``SameReviewerError``   one person would do two of the reviews
├── ``RecusedError``        the person stands aside
├── ``NotYourStepError``    the person has not the role of the current step
├── ``NotOpenError``        the review has ended or waits for a determination
├── ``OpinionMissingError`` a return or a refusal needs its reason
├── ``EvidenceMissingError``  a required item of the step was not answered
├── ``ChangedMeanwhileError`` what is reviewed is no longer what was submitted
└── ``HeldBackError``       the subject's own rule does not let the step pass; rooms derive from it
"""

from __future__ import annotations


class ReviewError(Exception):
    """A review that cannot go on. ``code`` is stable, for machines."""

    code = "review"


class WeakChainError(ReviewError):
    """The chain has too few steps or people."""

    code = "review-weak-chain"


class ChainLineError(ReviewError):
    """A line of a chain as it was typed is no step."""

    code = "review-chain-line"


class ForeignChainError(ReviewError):
    """The chain of this unit is set by others."""

    code = "review-foreign-chain"


class NoChainError(ReviewError):
    """No chain is set for this kind of subject at this unit."""

    code = "review-no-chain"


class AlreadyOpenError(ReviewError):
    """The subject is under review."""

    code = "review-open"


class SelfReviewError(ReviewError):
    """The author would review."""

    code = "review-self"


class SameReviewerError(ReviewError):
    """One person would do two of the reviews."""

    code = "review-same"


class RecusedError(ReviewError):
    """The person stands aside."""

    code = "review-recused"


class NotYourStepError(ReviewError):
    """The person has not the role of the current step."""

    code = "review-role"


class NotOpenError(ReviewError):
    """The review has ended or waits for a determination."""

    code = "review-closed"


class OpinionMissingError(ReviewError):
    """A return or a refusal needs its reason."""

    code = "review-opinion"


class EvidenceMissingError(ReviewError):
    """A required item of the step was not answered."""

    code = "review-evidence"


class ChangedMeanwhileError(ReviewError):
    """What is reviewed is no longer what was submitted."""

    code = "review-changed"


class HeldBackError(ReviewError):
    """The subject's own rule does not let the step pass."""

    code = "review-held-back"
