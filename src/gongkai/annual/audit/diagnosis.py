"""What may have gone wrong in a table whose sums do not hold: one cell, two swapped, a row or a column shifted.

A diagnosis is only ever a suggestion beside what is printed. It is made only where exactly one change makes every
tested identity of the table hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.audit.captions import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gongkai.annual.audit.context import Context
    from gongkai.annual.forms import Identity
    from gongkai.annual.report import Number

Tested = tuple["Identity", "Number"]
Arrangement = tuple[str, "list[Number]"]  # the words for it, and the numbers of the line in their new places


def suspicion(context: Context, tested: Sequence[Tested]) -> tuple[str, str]:
    """Return the cell that alone explains all breaches, and the words for it; empty where no single change does.

    ``tested`` are the identities with what their right side exceeds the left by.
    """
    single = list(_single(tested, context.numbers))
    if len(single) == 1:
        cell, value = single[0]
        printed = context.numbers[cell]
        return (
            cell,
            f"；若{names(context.report, cell)}由{printed}改为{value}{_likeness(printed, value)}，各项勾稽全部成立",
        )
    if single:
        return "", "；只改动一格即可使各项勾稽全部成立的有：" + "，".join(
            f"{names(context.report, cell)}由{context.numbers[cell]}改为{value}" for cell, value in single[:3]
        )
    moved = next(_moved(context, tested), None)
    return ("", f"；{moved}，各项勾稽全部成立") if moved else ("", "")


def _signed(one: Identity) -> Iterator[tuple[str, int]]:
    for key in one.left:
        yield key, -1
    for key in one.right:
        yield key, 1


def _single(tested: Sequence[Tested], numbers: Mapping[str, Number]) -> Iterator[tuple[str, Number]]:
    """Yield the cells that, changed alone, make every identity hold, each with the value it would have."""
    gaps: dict[str, set[Number]] = {}
    uses: dict[str, int] = {}
    broken = sum(bool(gap) for _, gap in tested)
    for one, gap in tested:
        for key, sign in _signed(one):
            gaps.setdefault(key, set()).add(gap * sign)
            uses[key] = uses.get(key, 0) + 1
    for key, different in gaps.items():
        gap = different.pop()
        if gap and not different and uses[key] == broken and key in numbers:
            value = numbers[key] - gap
            if value >= 0:
                yield key, value


def _likeness(printed: Number, value: Number) -> str:
    """Say how two numbers look alike: digits transposed, one digit wrong, lost or doubled."""
    one, other = str(printed), str(value)
    if len(one) == len(other):
        wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 1:
            return "（一位数字之差）"
        if sorted(one) == sorted(other) and len(wrong) == 2:  # noqa: PLR2004 (two digits changed places)
            return "（两位数字颠倒）"
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    ):
        return "（多印或漏印一位数字）"
    return ""


def _moved(context: Context, tested: Sequence[Tested]) -> Iterator[str]:
    """Yield the movements of numbers that make every identity hold: inside a row, or in a column of table 三."""
    broken = dict.fromkeys(key for one, gap in tested if gap for key, _ in _signed(one) if key in context.numbers)
    inner = [key for key in broken if not key.endswith(".total")]
    for row in dict.fromkeys(key.rpartition(".")[0] for key in inner):
        yield from _holding(context, tested, _of_row(context, row), _row_arrangements)
    for column in dict.fromkeys(key.rpartition(".")[2] for key in inner if key.startswith("requests.")):
        yield from _holding(context, tested, _of_column(context, column), _column_arrangements)


def _holding(
    context: Context, tested: Sequence[Tested], line: Sequence[str], arrangements: Callable[..., Iterator[Arrangement]]
) -> Iterator[str]:
    keys = [key for key in line if key in context.numbers]
    for words, new in arrangements(context, keys, [context.numbers[key] for key in keys]) if keys else ():
        changed = {key: number for key, number in zip(keys, new, strict=True) if context.numbers[key] != number}
        if changed and _holds(tested, context.numbers, changed):
            yield words


def _of_row(context: Context, row: str) -> list[str]:
    return [key for key in context.report.cells if key.rpartition(".")[0] == row and not key.endswith(".total")]


def _of_column(context: Context, column: str) -> list[str]:
    """Return the cells of a column of table 三 whose rows are outcomes, in printed order."""
    rows = forms.table(context.edition("requests"), "requests").rows
    return [f"requests.{row.key}.{column}" for row in rows if row.leaf]


def _row_arrangements(context: Context, keys: list[str], old: list[Number]) -> Iterator[Arrangement]:
    for first in range(len(keys)):
        for second in range(first + 1, len(keys)):
            yield _swapped(context, keys, old, first, second)
    for words, new in (("右", old[-1:] + old[:-1]), ("左", old[1:] + old[:1])):
        yield f"若{names(context.report, keys[0])}所在一行的数字整体{words}移一列", new


def _column_arrangements(context: Context, keys: list[str], old: list[Number]) -> Iterator[Arrangement]:
    for first in range(len(keys) - 1):
        yield _swapped(context, keys, old, first, first + 1)
    for words, new in (("下", old[-1:] + old[:-1]), ("上", old[1:] + old[:1])):
        yield f"若{names(context.report, keys[0])}所在一列各项结果的数字整体{words}移一行", new


def _swapped(context: Context, keys: list[str], old: list[Number], first: int, second: int) -> Arrangement:
    new = list(old)
    new[first], new[second] = new[second], new[first]
    return f"若{names(context.report, keys[first], keys[second])}两格的数字互换", new


def _holds(tested: Sequence[Tested], numbers: Mapping[str, Number], changed: Mapping[str, Number]) -> bool:
    for one, gap in tested:
        for key, sign in _signed(one):
            if key in changed:
                gap += sign * (changed[key] - numbers[key])  # noqa: PLW2901 (the gap is what is being moved)
        if gap:
            return False
    return True
