"""A letter as it is printed: the one form that review, preview, Word and PDF are made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``is_heading``: it names a part of an answer."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a form: its label, and what stands or will be written beside it."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A letter, or a form where it has ``rows``.

    ``title`` is printed line by line, the agency first; ``name`` is what the letter is called, for its properties.
    ``number`` and ``day`` are empty until the letter is sealed; a form has neither ``addressee`` nor ``signer``.
    """

    title: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...] = ()
    rows: tuple[Row, ...] = ()
    number: str = ""
    addressee: str = ""
    signer: str = ""
    day: date | None = None
    contact: str = ""
    name: str = ""

    def numbered(self, number: str, day: date) -> Document:
        """Return the letter with its number and its date (成文日期)."""
        return replace(self, number=number, day=day)

    def texts(self) -> Iterator[str]:
        """Yield every text that is printed."""
        yield from self.title
        yield from (self.number, self.addressee, self.signer, self.contact)
        yield from (paragraph.text for paragraph in self.paragraphs)
        for row in self.rows:
            yield from (row.label, row.text)

    def to_json(self) -> str:
        """Return the letter as text that ``from_json`` reads."""
        data = asdict(self)
        data["day"] = self.day.isoformat() if self.day else None
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Document:
        """Return the letter that ``to_json`` wrote."""
        data: dict[str, Any] = json.loads(text)
        return cls(
            **{
                **data,
                "title": tuple(data["title"]),
                "paragraphs": tuple(Paragraph(**one) for one in data["paragraphs"]),
                "rows": tuple(Row(**one) for one in data["rows"]),
                "day": date.fromisoformat(data["day"]) if data["day"] else None,
            }
        )

    @property
    def digest(self) -> str:
        """Return the digest of what is said, whatever number and date it bears."""
        return hashlib.sha256(replace(self, number="", day=None).to_json().encode()).hexdigest()


def chinese_day(day: date) -> str:
    """Return a day as official documents write it (GB/T 9704—2012 7.3.5.4): ``2024年3月5日``."""
    return f"{day.year}年{day.month}月{day.day}日"
