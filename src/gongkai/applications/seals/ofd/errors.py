"""What can be wrong with the signature of an OFD file: one class per mistake.

``OfdSealError``
├── ``ContainerError``          the file is no sound OFD of one document
├── ``UnsignedError``           it bears no signature
├── ``SeveralSignaturesError``  it bears more than one
├── ``WeakDigestError``         MD5, SHA-1, or a digest that is not known
├── ``ChangedError``            a file is not what was signed
├── ``UnprotectedError``        a file is not under the signature
├── ``NotVerifiableError``      a form or an algorithm that cannot be computed here
├── ``WrongValueError``         the signature does not belong to what it stands under
├── ``UnknownSignerError``      the certificate is not one of the office
├── ``OutOfDateError``          the certificate or the seal is not valid on the day
└── ``NoStampError``            signed, but nothing of a seal is to be seen

Messages are Chinese sentences: what is wrong, why, and what to do. ``code`` is stable.
"""

from __future__ import annotations


class OfdSealError(Exception):
    """The signature of an OFD file cannot be relied on."""

    code = "ofd-seal"


class ContainerError(OfdSealError):
    """The file is no sound OFD of one document."""

    code = "ofd-container"


class UnsignedError(OfdSealError):
    """The file bears no signature."""

    code = "ofd-unsigned"


class SeveralSignaturesError(OfdSealError):
    """The file bears more than one signature."""

    code = "ofd-several-signatures"


class WeakDigestError(OfdSealError):
    """The digests are of a method that does not protect, or that is not known."""

    code = "ofd-weak-digest"


class ChangedError(OfdSealError):
    """A file is not what was signed."""

    code = "ofd-changed"


class UnprotectedError(OfdSealError):
    """A file is not under the signature."""

    code = "ofd-unprotected"


class NotVerifiableError(OfdSealError):
    """A form or an algorithm that cannot be computed here."""

    code = "ofd-not-verifiable"


class WrongValueError(OfdSealError):
    """The signature does not belong to what it stands under."""

    code = "ofd-wrong-value"


class UnknownSignerError(OfdSealError):
    """The certificate is not one of the office."""

    code = "ofd-unknown-signer"


class OutOfDateError(OfdSealError):
    """The certificate or the seal is not valid on the day."""

    code = "ofd-out-of-date"


class NoStampError(OfdSealError):
    """Signed, but nothing of a seal is to be seen."""

    code = "ofd-no-stamp"
