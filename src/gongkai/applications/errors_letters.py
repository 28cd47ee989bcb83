"""What can be wrong with a letter: one class per mistake.

``ApplicationError``
├── ``LetterStateError``     the letter is not where the act needs it
├── ``LetterFieldsError``    something the law wants in the letter is missing (fields by name)
├── ``WrongLetterError``     the letter does not tell the outcome, or the case has no such letter
├── ``ApproverError``        the chain does not end with whom the article names
├── ``ContentChangedError``  what would be sealed is no longer what was approved
├── ``NumberingError``       the unit cannot number its letters
├── ``UnprintableError``     no face has glyphs for some characters
├── ``SealMissingError``     the letter bears no seal yet, or the seal cannot be set
├── ``SealRefusedError``     the signature of an OFD that came back does not prove the seal of the office
├── ``OtherTextError``       an OFD that came back does not say what the letter says
├── ``CarrierError``         a letter goes by the postal enterprise, postage paid
├── ``ModeError``            the letter was made for another way of delivery
└── ``WordingRefusedError``  a wording that cannot serve
"""

from __future__ import annotations

from gongkai.applications.errors import ApplicationError


class LetterStateError(ApplicationError):
    """The letter is not where the act needs it."""

    code = "letter-state"


class LetterFieldsError(ApplicationError):
    """Something the law wants in the letter is missing."""

    code = "letter-fields"


class WrongLetterError(ApplicationError):
    """The letter does not tell the outcome, or the case has no such letter."""

    code = "letter-kind"


class ApproverError(ApplicationError):
    """The chain does not end with whom the article names."""

    code = "letter-approver"


class ContentChangedError(ApplicationError):
    """What would be sealed is no longer what was approved."""

    code = "letter-changed"


class NumberingError(ApplicationError):
    """The unit cannot number its letters."""

    code = "letter-numbering"


class UnprintableError(ApplicationError):
    """No face has glyphs for some characters."""

    code = "letter-glyphs"


class SealMissingError(ApplicationError):
    """The letter bears no seal yet, or the seal cannot be set."""

    code = "letter-seal"


class SealRefusedError(ApplicationError):
    """The signature of an OFD that came back does not prove the seal of the office."""

    code = "letter-seal-refused"


class OtherTextError(ApplicationError):
    """An OFD that came back does not say what the letter says."""

    code = "letter-other-text"


class CarrierError(ApplicationError):
    """A letter goes by the postal enterprise, postage paid."""

    code = "letter-carrier"


class ModeError(ApplicationError):
    """The letter was made for another way of delivery."""

    code = "letter-mode"


class WordingRefusedError(ApplicationError):
    """A wording that cannot serve."""

    code = "letter-wording"
