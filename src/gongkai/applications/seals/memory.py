"""A seal for tests: it marks the file and keeps what it sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.applications.letters.document import Document


class MemorySeal:
    """Appends the unit's code to the file, as a comment that no reader minds."""

    name = "memory"

    def __init__(self) -> None:
        self.sealed: list[tuple[str, str]] = []

    def sign(self, data: bytes, *, unit: str, document: Document) -> bytes:
        """Return ``data`` marked; see the port."""
        self.sealed.append((unit, document.number))
        return data + f"\n%sealed by {unit}: {len(self.sealed)}\n".encode()
