"""A table of an uploaded file, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET_SPAN = 1 << 21
"""More than the rows of a sheet of Excel. Row n of sheet s is number ``s * SHEET_SPAN + n``: one number says both."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows`` yields every row as text, empty ones too; ``base`` is added to the number of each.

    Only the one table of a text file has no name.
    """

    name: str
    base: int
    rows: Iterator[list[str]]


class Reader(Protocol):
    """A file of rows, read from the start each time. ``serial_days``: days may be numbers, as Excel counts them."""

    serial_days: bool

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets in their order; each must be read before the next. Raises a ``TableError``."""
        ...

    def bytes_read(self) -> int:
        """How much of the file is read."""
        ...

    def place(self, number: int) -> str:
        """Return what people call the row with this number."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
