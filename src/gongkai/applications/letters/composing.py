"""Putting a letter together: wording, fields, the parts of an answer, and the paragraph on remedies. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.applications.letters.document import Document, Paragraph, Row
from gongkai.applications.letters.wording import ANSWER, FRAME, allowed, fill
from gongkai.law.letters import letter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.applications.letters.wording import Wording

_ONE_LINE = 19
"""How many characters of the title's size stand in a line."""

_BODY = re.compile("委员会|人民政府|办公室|办事处|[局厅部院]")


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One part of an answer: the kind of letter that words it, how it is called, and its own fields."""

    kind: str
    label: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is put into a letter. ``values`` are fields by name, ``remedy`` the paragraph, empty where none is due."""

    kind: str
    regulation: str
    agency: str
    addressee: str
    values: Mapping[str, str]
    parts: tuple[AnswerPart, ...] = ()
    remedy: str = ""
    contact: str = ""
    number: str = ""
    day: date | None = None


def compose(contents: Contents, wordings: Mapping[str, Wording]) -> Document:
    """Return the letter of ``contents``; ``wordings`` holds that of its kind, of each part, and the frame."""
    law = letter(contents.kind, contents.regulation)
    captions = allowed(contents.kind, contents.regulation)
    wording = wordings[contents.kind]
    if wording.rows:
        rows = tuple(
            Row(label, "\n".join(fill(text, {"signatures": "", **contents.values}, captions)))
            for label, text in wording.rows
        )
        return Document(
            title=(*_agency(contents.agency), *_title(law.title)), rows=rows, number=contents.number, name=law.title
        )
    if contents.parts:
        paragraphs = _answer(contents, wordings)
    else:
        paragraphs = [Paragraph(line) for text in wording.paragraphs for line in fill(text, contents.values, captions)]
    if contents.remedy:
        paragraphs.append(Paragraph(contents.remedy))
    is_internal = law.audience == "internal"
    return Document(
        title=(*_agency(contents.agency), *_title(law.title)),
        paragraphs=tuple(paragraphs),
        number=contents.number,
        addressee="" if is_internal else contents.addressee,
        signer=contents.agency,
        day=contents.day,
        contact=contents.contact,
        name=law.title,
    )


def _answer(contents: Contents, wordings: Mapping[str, Wording]) -> list[Paragraph]:
    framed: list[Paragraph] = []
    captions = allowed(FRAME, contents.regulation)
    for text in wordings[FRAME].paragraphs:
        if text == f"{{{ANSWER}}}":
            framed.extend(_parts(contents, wordings))
        else:
            framed.extend(Paragraph(line) for line in fill(text, contents.values, captions))
    return framed


def _parts(contents: Contents, wordings: Mapping[str, Wording]) -> list[Paragraph]:
    several = len(contents.parts) > 1
    found: list[Paragraph] = []
    for place, part in enumerate(contents.parts, start=1):
        if several:
            found.append(Paragraph(f"{_ordinal(place)}、关于{part.label or f'第{place}项'}", is_heading=True))
        captions = allowed(part.kind, contents.regulation)
        values = {"classification": "", **contents.values, **part.values}
        found.extend(
            Paragraph(line) for text in wordings[part.kind].paragraphs for line in fill(text, values, captions)
        )
    return found


def _ordinal(number: int) -> str:
    """Return a number below 100 as the first level of an official document counts: 一, 十, 二十一."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones] if ones or not tens else ''}"


def _agency(name: str) -> tuple[str, ...]:
    """Return a long name in two lines, broken after a body it names, as near the middle as one ends."""
    if len(name) <= _ONE_LINE:
        return (name,)
    ends = [found.end() for found in _BODY.finditer(name) if found.end() < len(name)]
    middle = min(ends, key=lambda end: abs(end - len(name) / 2), default=(len(name) + 1) // 2)
    return name[:middle], name[middle:]


def _title(title: str) -> tuple[str, ...]:
    """Return a title as it is broken: what stands in brackets has a line of its own (GB/T 9704—2012 7.3.1)."""
    words, bracket, rest = title.partition("（")
    return (words, f"{bracket}{rest}") if bracket and len(title) > _ONE_LINE else (title,)
