"""Rows of values to cells: as printed where the boundaries are clear, else by the sums, else unreadable."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual.reader import arbitrate, splits
from gongkai.annual.reader.arbitrate import Candidate, Choice
from gongkai.annual.reader.entries import Values, reading_of
from gongkai.annual.reader.tokens import Kind, Token, is_printed
from gongkai.annual.report import Cell, Provenance, State, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gongkai.annual.forms import Identity
    from gongkai.annual.reader.numbers import Reading
    from gongkai.annual.report import Number

Evidence: TypeAlias = "Mapping[str, frozenset[Number]]"
_TELLING_DIGITS = 3
_MOST_GUESSES = 64


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of a row: its cell key, what may stand there (``count``, ``change``, ``amount``), and its unit."""

    key: str
    kind: str = "count"
    unit: str | None = None  # of the form


@dataclass(slots=True)
class _Open:
    """A row that can be read in several ways."""

    row: str
    choice: Choice
    printed: str
    where: Provenance


@dataclass(slots=True)
class Collector:
    """The cells of one table, while they are being read."""

    cells: dict[str, Cell] = field(default_factory=dict)
    unreadable: dict[str, Unreadable] = field(default_factory=dict)
    failed: list[Identity] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def row(
        self,
        row: str,
        slots: Sequence[Slot],
        values: Values,
        tokens: Sequence[Token] | None,
        *,
        groups: int = 0,
        unit: str | None = None,
        separated: bool | None = None,
    ) -> None:
        """Add a row. ``tokens`` are its cells, one per slot, or ``None`` where that is open.

        With ``groups`` the row is that many groups of numbers, each followed by its sum. ``unit`` is what the head says
        of money where it is not the form's. ``separated`` says whether the other rows of the table are printed with
        their numbers apart (``None``: some are).
        """
        if tokens is not None and len(tokens) == len(slots):
            readings = [token.reading or reading_of(token.text) for token in tokens]
            if all(_fits(*place) for place in zip(tokens, readings, slots, strict=True)):
                self._settle(slots, readings, tokens, values, unit)
                return
            if all(token.kind is Kind.CELL for token in tokens):
                self._guess(row, slots, readings, tokens, values, groups=groups)
                return
        printed = [token for token in values.tokens if is_printed(token)]
        candidates = _candidates(printed, slots, groups=groups, separated=separated)
        choice = Choice(tuple(slot.key for slot in slots), candidates)
        self._open.append(_Open(row, choice, values.printed, values.where))

    def doubt(self, row: str, slots: Sequence[Slot], values: Values) -> None:
        """Add a row whose values may not all be its own: it is unreadable, with nothing to choose from."""
        keys = tuple(slot.key for slot in slots)
        self.unreadable[row] = Unreadable(row, keys, values.printed, (), values.where)

    def _settle(
        self,
        slots: Sequence[Slot],
        readings: Sequence[Reading],
        tokens: Sequence[Token],
        values: Values,
        unit: str | None,
    ) -> None:
        for slot, reading, token in zip(slots, readings, tokens, strict=True):
            found = reading
            if unit is not None and slot.kind == "amount" and reading.unit is None:
                found = reading._replace(unit=unit)
            self.cells[slot.key] = _cell(slot, found, token, values)

    def _guess(
        self,
        row: str,
        slots: Sequence[Slot],
        readings: Sequence[Reading],
        tokens: Sequence[Token],
        values: Values,
        *,
        groups: int,
    ) -> None:
        # OCR could not read some cells of a row whose boundaries are clear. A guess is taken only where a sum of the
        # row confirms it; without a guess that cell stays unread, and the others are as printed.
        options = [[r.value] if r.state is not None else list(r.guesses) for r in readings]
        open_slots = [place for place, reading in enumerate(readings) if reading.state is None]
        fitting: list[Candidate] = []
        if groups and all(options) and _count(options) <= _MOST_GUESSES:
            fitting = [option for option in product(*options) if _sums(option, groups)]
        for place, (slot, reading, token) in enumerate(zip(slots, readings, tokens, strict=True)):
            if place not in open_slots:
                self.cells[slot.key] = _cell(slot, reading, token, values)
        if fitting:
            keys = tuple(slots[place].key for place in open_slots)
            narrowed = list(dict.fromkeys(tuple(option[place] for place in open_slots) for option in fitting))
            name = keys[0] if len(keys) == 1 else row
            self._open.append(_Open(name, Choice(keys, narrowed), values.printed, values.where))
            return
        for place in open_slots:
            key, guesses = slots[place].key, readings[place].guesses
            self.unreadable[key] = Unreadable(
                key, (key,), tokens[place].text, tuple((guess,) for guess in guesses), values.where
            )

    def finish(self, identities: Sequence[Identity], witness: Callable[[], Evidence], *, loose: bool = False) -> None:
        """Let the sums, and then the report's own prose, decide between the candidates; keep what stays open."""
        choices = [entry.choice for entry in self._open if entry.choice.candidates]
        if choices:
            self._decide(choices, identities, witness, loose=loose)
        for entry in self._open:
            candidates = entry.choice.candidates
            if len(candidates) == 1:
                for key, value in zip(entry.choice.keys, candidates[0], strict=True):
                    state = State.BLANK if value is None else State.VALUE
                    self.cells[key] = Cell(key, state, value, entry.printed, entry.where)
            else:
                kept = tuple(candidates) if len(candidates) <= splits.LIMIT else ()
                self.unreadable[entry.row] = Unreadable(entry.row, entry.choice.keys, entry.printed, kept, entry.where)

    def _decide(
        self,
        choices: Sequence[Choice],
        identities: Sequence[Identity],
        witness: Callable[[], Evidence],
        *,
        loose: bool,
    ) -> None:
        self._narrow(choices, identities, loose=loose)
        if any(len(choice.candidates) > 1 for choice in choices):
            self._heed(choices, witness())
            self._narrow(choices, identities, loose=loose)

    def _narrow(self, choices: Sequence[Choice], identities: Sequence[Identity], *, loose: bool) -> None:
        known = {key: cell.value for key, cell in self.cells.items()}
        self.failed = arbitrate.narrow(choices, known, identities, loose=loose)

    @staticmethod
    def _heed(choices: Sequence[Choice], evidence: Evidence) -> None:
        # A number in the prose decides where only one candidate has it, and the number is long enough, or there are
        # enough of them, not to be there by chance.
        for choice in choices:
            if len(choice.candidates) < 2:  # noqa: PLR2004 -- nothing to decide
                continue
            scores = [_score(choice.keys, candidate, evidence) for candidate in choice.candidates]
            best = max(scores)
            if scores.count(best) == 1 and (best[0] > 1 or best[1] >= _TELLING_DIGITS):
                choice.candidates = [choice.candidates[scores.index(best)]]


def _score(keys: Sequence[str], candidate: Candidate, evidence: Evidence) -> tuple[int, int]:
    hits = [value for key, value in zip(keys, candidate, strict=True) if value in evidence.get(key, ())]
    missed = any(evidence.get(key) and value not in evidence[key] for key, value in zip(keys, candidate, strict=True))
    # Prose that contradicts a number of the same row is no witness for the others.
    return (0, 0) if missed else (len(hits), sum(len(str(value)) for value in hits))


def _candidates(
    tokens: Sequence[Token], slots: Sequence[Slot], *, groups: int, separated: bool | None
) -> list[Candidate]:
    if any(token.reading is not None and token.reading.value is None for token in tokens):
        return []
    found: list[Candidate] = []
    if separated is not True and any(token.kind is Kind.RUN for token in tokens):
        found += _split(tokens, slots, groups)
    # A row whose sum confirms a split has no cell missing.
    if not (found and groups) and (separated is not False or not found):
        found += _with_blanks(tokens, slots, groups)
    return list(dict.fromkeys(found))


def _split(tokens: Sequence[Token], slots: Sequence[Slot], groups: int) -> Sequence[Candidate]:
    runs = [splits.digits_of(token.text) for token in tokens]
    if groups > 1:
        return splits.ways_in_groups(runs, groups, len(slots) // groups - 1)
    if groups:
        return splits.ways_with_total(runs, len(slots) - 1)
    return splits.ways(runs, [slot.kind for slot in slots])


def _with_blanks(tokens: Sequence[Token], slots: Sequence[Slot], groups: int) -> Sequence[Candidate]:
    values = [(token.reading or reading_of(token.text)).value for token in tokens]
    if groups > 1 or len(values) >= len(slots) or any(value is None for value in values):
        return []
    if groups and not any(values):
        return []  # any blank would do, and so would any lost number
    placed = splits.with_blanks([value for value in values if value is not None], len(slots))
    # Where the row has a total, it must be there and hold: a lost number is no blank.
    return [option for option in placed if not groups or (option[-1] is not None and _sums(option, groups))]


def _sums(candidate: Candidate, groups: int) -> bool:
    width = len(candidate) // groups
    parts = [candidate[start : start + width] for start in range(0, len(candidate), width)]
    return all(part[-1] is None or sum(value or 0 for value in part[:-1]) == part[-1] for part in parts)


def _fits(token: Token, reading: Reading, slot: Slot) -> bool:
    # What stands in a cell of its own is what was printed, right or wrong. In running text a point or a sign where
    # none can be means that cells ran together.
    if token.kind is Kind.CELL or reading.value is None:
        return reading.state is not None
    if isinstance(reading.value, Decimal):
        return slot.kind == "amount"
    return reading.value >= 0 or slot.kind == "change"


def _count(options: Iterable[Sequence[object]]) -> int:
    count = 1
    for option in options:
        count *= len(option)
    return count


def _cell(slot: Slot, reading: Reading, token: Token, values: Values) -> Cell:
    assert reading.state is not None
    value, unit = reading.value, None
    if slot.kind == "amount":
        unit = reading.unit if reading.unit != slot.unit else None
    elif isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    where = values.where
    if token.column >= 0:
        where = Provenance(where.page, where.table, where.row, token.column + 1)
    return Cell(slot.key, reading.state, value, token.text, where, reading.remark or values.remark, unit)
