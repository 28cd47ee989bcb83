"""Digits that ran together: every way to cut them into the numbers of a row.

A row is given as runs: strings of digits whose ends are certain. A number lies inside one run, has no leading zero,
and runs are never joined.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.report import Number

LIMIT = 400
"""More ways than this are no help to anyone: the search stops there."""

_WORK = 200_000
_COUNT = re.compile(r"(?:0|[1-9]\d*)\Z")
_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?\Z")
_CHANGE = re.compile(r"[-+]?(?:0|[1-9]\d*)\Z")
_PATTERNS = {"count": _COUNT, "amount": _AMOUNT, "change": _CHANGE}
_SIGNS = (("增加", ""), ("增", ""), ("减少", "-"), ("减", "-"))


def digits_of(run: str) -> str:
    """Return the run without a unit of money, its sign as a sign: ``减 3`` is ``-3``, ``251000元`` is ``251000``."""
    run = re.sub(r"\(?[万亿]?元\)?$|\s", "", run)
    for word, sign in _SIGNS:
        if run.startswith(word):
            return sign + run.removeprefix(word)
    return run.removeprefix("+")


def number(text: str) -> Number:
    """Return the number that ``text`` is."""
    return Decimal(text) if "." in text else int(text)


def ways(runs: Sequence[str], kinds: Sequence[str]) -> list[tuple[Number, ...]]:
    """Return every way to cut ``runs`` into one number per kind (``count``, ``amount``, ``change``), up to LIMIT."""
    found: list[tuple[Number, ...]] = []
    for cut in _cuts(tuple(runs), 0, 0, tuple(kinds)):
        found.append(cut)
        if len(found) > LIMIT:
            break
    return found


def _cuts(runs: tuple[str, ...], index: int, at: int, kinds: tuple[str, ...]) -> Iterator[tuple[Number, ...]]:
    if not kinds:
        yield ()
        return
    if len(runs) - index > len(kinds) or index == len(runs):
        return
    run = runs[index]
    last = index == len(runs) - 1
    for end in range(at + 1, len(run) + 1):
        if last and len(kinds) == 1 and end < len(run):
            continue
        piece = run[at:end]
        if not _PATTERNS[kinds[0]].match(piece):
            continue
        following = (index + 1, 0) if end == len(run) else (index, end)
        for rest in _cuts(runs, *following, kinds[1:]):
            yield (number(piece), *rest)


def ways_with_total(runs: Sequence[str], parts: int) -> list[tuple[int, ...]]:
    """Return every way to cut ``runs`` into ``parts`` whole numbers and, last, their sum."""
    if not runs or not all(run.isdecimal() for run in runs):
        return []
    search = _Search()
    found: list[tuple[int, ...]] = []
    last = runs[-1]
    for length in range(1, len(last) + 1):
        total = last[-length:]
        if not _COUNT.match(total):
            continue
        rest = tuple(filter(None, (*runs[:-1], last[:-length])))
        if sum(map(len, rest)) >= parts >= len(rest):
            found += [(*cut, int(total)) for cut in search.cut(rest, 0, 0, parts, int(total))]
        if search.work > _WORK or len(found) > LIMIT:
            break
    return found


class _Search:
    """A bounded search for parts that sum up."""

    def __init__(self) -> None:
        self.work = 0

    def cut(self, runs: tuple[str, ...], index: int, at: int, parts: int, total: int) -> Iterator[tuple[int, ...]]:
        self.work += 1
        if parts == 0:
            if index == len(runs) and total == 0:
                yield ()
            return
        if index == len(runs) or len(runs) - index > parts or self.work > _WORK:
            return
        run = runs[index]
        for end in range(at + 1, len(run) + 1):
            value = int(run[at:end])
            if value > total or (end - at > 1 and run[at] == "0"):
                return
            following = (index + 1, 0) if end == len(run) else (index, end)
            for rest in self.cut(runs, *following, parts - 1, total - value):
                yield (value, *rest)


def ways_in_groups(runs: Sequence[str], groups: int, parts: int) -> list[tuple[int, ...]]:
    """Return every way to cut ``runs`` into ``groups`` times ``parts`` numbers followed by their sum."""
    if not runs or not all(run.isdecimal() for run in runs):
        return []
    known: dict[tuple[int, int, int], list[tuple[int, ...]]] = {}

    def solve(index: int, at: int, left: int) -> list[tuple[int, ...]]:
        if left == 0:
            return [()] if index == len(runs) else []
        key = (index, at, left)
        if key not in known:
            known[key] = [
                (*group, *rest)
                for group, following in _groups(runs, index, at, parts, 0)
                for rest in solve(*following, left - 1)
            ][: LIMIT + 1]
        return known[key]

    return solve(0, 0, groups)


def _groups(
    runs: Sequence[str], index: int, at: int, parts: int, total: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, int]]]:
    if index == len(runs):
        return
    run = runs[index]
    if parts == 0:
        wanted = str(total)
        if run.startswith(wanted, at):
            end = at + len(wanted)
            yield (total,), ((index + 1, 0) if end == len(run) else (index, end))
        return
    for end in range(at + 1, min(len(run), at + 7) + 1):
        if end - at > 1 and run[at] == "0":
            return
        value = int(run[at:end])
        following = (index + 1, 0) if end == len(run) else (index, end)
        for rest, after in _groups(runs, *following, parts - 1, total + value):
            yield (value, *rest), after


def with_blanks(values: Sequence[Number], width: int) -> list[tuple[Number | None, ...]]:
    """Return every way to place fewer ``values`` than the row is wide, in order, blanks between them."""
    if len(values) > width:
        return []
    if width == 0:
        return [()]
    found: list[tuple[Number | None, ...]] = []
    if values:
        found += [(values[0], *rest) for rest in with_blanks(values[1:], width - 1)]
    found += [(None, *rest) for rest in with_blanks(values, width - 1)]
    return found
