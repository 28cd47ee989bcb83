"""A seal for tests: it marks the file and keeps what it sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.seals.port import PDF, SealError

if TYPE_CHECKING:
    from gongkai.applications.letters.document import Document


class MemorySeal:
    """Appends the unit's code to the file, as a comment that no reader minds."""

    name = "memory"
    kinds = frozenset({PDF})

    def __init__(self) -> None:
        self.sealed: list[tuple[str, str]] = []

    def sign(self, data: bytes, *, unit: str, document: Document, kind: str = PDF) -> bytes:
        """Return ``data`` marked; see the port."""
        if kind not in self.kinds:
            raise SealError(f"接入的电子印章不能为 {kind.upper()} 签章。请用签章客户端签章后传回。")
        self.sealed.append((unit, document.number))
        return data + f"\n%sealed by {unit}: {len(self.sealed)}\n".encode()
