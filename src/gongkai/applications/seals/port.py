"""What an electronic seal must be able to do: the port its adapters serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gongkai.applications.letters.document import Document

PDF, OFD = "pdf", "ofd"
"""Formats that are sealed, as ``gongkai.files.kinds`` names them."""


class SealError(RuntimeError):
    """The seal could not be set; the letter stays as it was."""


class ElectronicSeal(Protocol):
    """A seal of an office (电子印章), whatever sets it: a certificate, a device, a platform."""

    name: str
    kinds: frozenset[str]
    """The formats it seals: ``PDF`` always, ``OFD`` where it can."""

    def sign(self, data: bytes, *, unit: str, document: Document, kind: str = PDF) -> bytes:
        """Return ``data`` of that format, which prints ``document``, sealed for the unit of this code.

        Raises ``SealError`` where it cannot be.
        """
