"""What a reader gives: a page as it was found, with the place of each finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from datetime import date

    from gongkai.takeover.addresses import Address


class Shape(StrEnum):
    """What a page is: a piece of information, a list of such, or nothing that could be told."""

    ARTICLE = "article"
    LISTING = "listing"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file that a page offers, under the words of its link."""

    address: Address
    name: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class OldPage:
    """One page of the old site. Empty texts and ``None`` were not found; ``found`` says where the others stood.

    ``body`` is HTML whose links within the site are spelt by ``addresses``. ``digest`` is the SHA-256
    of what was read, ``notes`` what a person should look at. ``wanted`` is the 文号 or title that it interprets.
    ``is_approved`` and ``is_left_out`` are a person's decision on it.
    """

    address: Address
    place: str
    digest: str
    shape: Shape = Shape.ARTICLE
    title: str = ""
    document_number: str = ""
    index_number: str = ""
    unit: str = ""
    column: tuple[str, ...] = ()
    made_on: date | None = None
    published_on: date | None = None
    keywords: str = ""
    summary: str = ""
    body: str = ""
    files: tuple[OldFile, ...] = ()
    wanted: str = ""
    is_approved: bool = False
    is_left_out: bool = False
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)

    @property
    def column_words(self) -> str:
        """The column with those above it, as people write it."""
        return " / ".join(self.column)


class Site(Protocol):
    """An old site that can be read from its start any number of times, in the same order."""

    def pages(self) -> Generator[OldPage]:
        """Yield the pages. Raises ``SourceError`` where nothing further can be read."""
        ...

    def read_file(self, file: OldFile) -> bytes | None:
        """Return the bytes of a file of the site, at most the limit of attachments; ``None`` where it is not there."""
        ...
