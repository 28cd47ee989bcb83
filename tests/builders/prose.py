"""Prose whose numbers are known: every statement is recorded with where it stands and what it rests on.

A template is a sentence with named places, ``全年收到申请{received}件``; the figures that fill them are ``Figure``
values. The passage keeps, for every sentence with figures, a ``Fact`` with the exact span of every figure, so that a
benchmark can plant one wrong number and know which finding must follow.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NARRATIVE_TABLE = "narrative-table"
NARRATIVE_SUM = "narrative-sum"
PERCENTAGE = "percentage"
COUNT_OF_ITEMS = "count-of-items"
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that goes into a sentence.

    ``code`` is the finding that a wrong number here must raise, empty where nothing in the report contradicts it.
    ``keys`` are the cells whose sum it states. ``role`` says what it is in its sentence: ``cell``, ``whole``,
    ``part``, ``share``, ``count``, ``growth``, ``date`` or ``free``. Figures of one ``group`` belong together: the
    parts of a whole, the share and its part.
    """

    value: int | Decimal
    text: str = ""
    code: str = ""
    keys: tuple[str, ...] = ()
    role: str = "free"
    group: str = ""

    @property
    def printed(self) -> str:
        """The words that stand in the sentence."""
        return self.text or str(self.value)


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure where it stands: ``start`` and ``end`` are offsets in the text of its section (or the preamble)."""

    name: str
    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. ``section`` is the index in ``Report.sections``, ``None`` for the preamble."""

    template: str
    section: int | None
    start: int
    end: int
    text: str
    slots: tuple[Slot, ...]

    def planted(self, code: str) -> tuple[Slot, ...]:
        """Return the slots in which a wrong number must raise ``code``."""
        return tuple(slot for slot in self.slots if slot.figure.code == code)


@dataclass(slots=True)
class Passage:
    """The text of one section while it is being written."""

    section: int | None
    text: str = ""
    facts: list[Fact] = field(default_factory=list)

    def say(self, template: str, words: str, **figures: Figure) -> None:
        """Append a sentence; ``words`` has a place ``{name}`` for every figure."""
        start = len(self.text)
        slots: list[Slot] = []
        for literal, name, _, _ in string.Formatter().parse(words):
            self.text += literal
            if name is not None:
                figure = figures[name]
                slots.append(Slot(name, len(self.text), len(self.text) + len(figure.printed), figure))
                self.text += figure.printed
        if slots:
            self.facts.append(Fact(template, self.section, start, len(self.text), self.text[start:], tuple(slots)))

    def break_line(self) -> None:
        """Begin a new paragraph; nothing happens at the start of one."""
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def finished(self) -> str:
        """Return the text without a trailing line end."""
        return self.text.rstrip("\n")


def whole(value: int, group: str, code: str = NARRATIVE_SUM) -> Figure:
    """A stated total whose parts follow."""
    return Figure(value, code=code, role="whole", group=group)


def part(value: int, group: str, code: str = NARRATIVE_SUM) -> Figure:
    """One of the parts of a stated total."""
    return Figure(value, code=code, role="part", group=group)


def of_cells(value: int | Decimal, *keys: str, group: str = "", role: str = "cell") -> Figure:
    """A number that the table holds: the sum of the cells ``keys``."""
    return Figure(value, code=NARRATIVE_TABLE, keys=keys, role=role, group=group)


def share(numerator: int, denominator: int, group: str, digits: int = 1) -> Figure:
    """A percentage of ``denominator``, rounded half up as offices do, with its sign."""
    exact = Decimal(100 * numerator) / Decimal(denominator)
    value = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return Figure(value, f"{value}%", code=PERCENTAGE, role="share", group=group)


def free(value: int | Decimal, text: str = "") -> Figure:
    """A number nothing else in the report speaks of."""
    return Figure(value, text)


def joined(texts: Iterable[str], separator: str = "，") -> str:
    """Join fragments of a template."""
    return separator.join(texts)
