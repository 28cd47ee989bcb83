"""Kinds of letters (告知书、答复书) and internal papers, per edition of the regulation.

Which letter tells an outcome is said by the outcome (``Outcome.letter``); here is what each letter is called, when it
is due, what it must contain and whether it carries a paragraph on remedies. There is no national list of letters:
see ``parameters/letters.toml`` for the practice it follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Container


class UnknownLetterError(CatalogueError):
    """The edition of the regulation has no letter of this key or name."""

    code = "unknown-letter"


@dataclass(frozen=True, slots=True)
class Field:
    """Something a letter must contain."""

    key: str
    caption: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter.

    ``number`` is its line in the house's list of papers, ``audience`` one of ``applicant``, ``third_party``,
    ``agency``, ``internal``. ``clock`` names the clock it runs against, ``limit`` says the same in words; both are
    empty where the law sets no limit. ``remedy`` is ``none``, ``ordinary`` or ``by_outcome``. ``case`` is what gives
    rise to it: ``application``, or beside applications ``rectification`` (Art 41), ``complaint`` (Art 47),
    ``appeal`` (Art 55).
    """

    key: str
    regulation: str
    number: int
    title: str
    audience: str
    trigger: str
    clock: str
    limit: str
    fields: tuple[Field, ...]
    remedy: str
    articles: tuple[str, ...]
    legacy: tuple[str, ...] = ()
    unconfirmed: bool = False
    case: str = "application"

    @property
    def carries_remedy(self) -> bool:
        """Whether the letter must tell its reader how to have it reviewed."""
        return self.remedy != "none"


@cache
def letters(regulation: str = "2019") -> tuple[Letter, ...]:
    """Return the letters of one edition of the regulation, in the order of the list; empty for an unknown one."""
    data = read("letters")
    return tuple(_letter(entry, data) for entry in data["letter"] if entry["regulation"] == regulation)


def letter(key: str, regulation: str = "2019") -> Letter:
    """Return one letter; ``UnknownLetterError`` if the edition has none of this key."""
    found = next((entry for entry in letters(regulation) if entry.key == key), None)
    if found is None:
        known = "、".join(entry.key for entry in letters(regulation)) or "无"
        raise UnknownLetterError(f"{regulation}年条例没有文书种类“{key}”；可用的种类：{known}。")
    return found


def named(name: str, regulation: str = "2019") -> tuple[Letter, ...]:
    """Return the letters called ``name``, by their title or a name met in older registers; empty where none is."""
    return tuple(entry for entry in letters(regulation) if name == entry.title or name in entry.legacy)


def missing_fields(which: Letter, present: Container[str]) -> tuple[Field, ...]:
    """Return the fields of ``which`` whose keys are not in ``present``, the common ones first."""
    return tuple(field for field in which.fields if field.key not in present)


def _letter(entry: dict[str, Any], data: dict[str, Any]) -> Letter:
    captions: dict[str, str] = data["field"]
    return Letter(
        key=entry["key"],
        regulation=entry["regulation"],
        number=entry["number"],
        title=entry["title"],
        audience=entry["audience"],
        trigger=entry["trigger"],
        clock=entry.get("clock", ""),
        limit=entry.get("limit", ""),
        fields=tuple(Field(key, captions[key]) for key in (*data["common_fields"], *entry["fields"])),
        remedy=entry["remedy"],
        articles=tuple(entry["articles"]),
        legacy=tuple(entry.get("legacy", ())),
        unconfirmed=entry.get("unconfirmed", False),
        case=entry.get("case", "application"),
    )
