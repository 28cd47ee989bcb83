"""The sums of the forms: row-sum, column-sum, balance and remedy-sum, taken from the forms as data.

A clean table costs one pass over prepared index tuples. Only a table that does not pass is looked at identity by
identity, where unread and absent cells silence an identity and blank ones add nothing.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from gongkai.annual import forms
from gongkai.annual.audit.captions import TABLES, names
from gongkai.annual.audit.diagnosis import suspicion
from gongkai.annual.audit.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.finding import Finding
    from gongkai.annual.forms import Identity
    from gongkai.annual.report import Number

RULE_OF = {"row-sum": "C1", "column-sum": "C3", "balance": "C2", "remedy-sum": "D1"}
"""The rule for each code that an identity of the forms carries."""

_OLDER = frozenset({"2008", "2014"})  # a printed form has only some of the declared rows


@cache
def _compiled(edition: str, table: str) -> tuple[Callable[[dict[str, Number]], Any], tuple[tuple[Any, Any], ...]]:
    """Return a getter of all cells of the table's identities and, per identity, getters of its two sides.

    The cells are fetched once; a zero stands after them, so that a side of one cell is still a tuple.
    """
    identities, keys = forms.identities(edition, table), _keys(edition, table)
    place = {key: index for index, key in enumerate(keys)}
    zero = len(keys)
    sides = tuple(
        (itemgetter(zero, *(place[key] for key in one.left)), itemgetter(zero, *(place[key] for key in one.right)))
        for one in identities
    )
    return itemgetter(*keys), sides


def _passes(numbers: dict[str, Number], edition: str, table: str) -> bool:
    """Tell whether every cell of the table's identities has a value and every identity holds."""
    fetch, sides = _compiled(edition, table)
    try:
        values = (*fetch(numbers), 0)
    except KeyError:
        return False
    return all(sum(left(values)) == sum(right(values)) for left, right in sides)


def check_sums(context: Context) -> Iterator[Finding]:
    """Yield a finding for every identity of every table of the report that does not hold."""
    cells = context.report.cells
    for table in TABLES:
        edition = context.edition(table)
        keys = _keys(edition, table)
        if any(key in cells for key in keys) and not _passes(context.numbers, edition, table):
            yield from _breaches(context, edition, forms.identities(edition, table))


@cache
def _keys(edition: str, table: str) -> tuple[str, ...]:
    """Return the cells that take part in an identity of the table; none where the edition has no such table."""
    try:
        identities = forms.identities(edition, table)
    except KeyError:
        return ()
    return tuple(dict.fromkeys(key for one in identities for key in one.left + one.right))


def _breaches(context: Context, edition: str, identities: tuple[Identity, ...]) -> Iterator[Finding]:
    older = edition in _OLDER
    yield from _hopeless(context, identities, older=older)
    tested: list[tuple[Identity, Number]] = []  # with right minus left
    for one in identities:
        printed = _printed(context, one, older=older)
        if printed is None:
            continue
        left, right = context.total(printed.left), context.total(printed.right)
        if left is not None and right is not None:
            tested.append((printed, right - left))
    broken = [(one, gap) for one, gap in tested if gap]
    if not broken:
        return
    cell, note = suspicion(context, tested)
    for one, gap in broken:
        left, right = context.total(one.left), context.total(one.right)
        if one.code == "balance":
            cells, expected, found = one.left + one.right, left, right
        else:
            cells, expected, found = one.left, right, left
        yield RULES[RULE_OF[one.code]].finding(
            cells=(*cells, cell) if cell and cell not in cells and cell in one.right else cells,
            expected=expected,
            found=found,
            evidence=context.report.cells[one.left[0]].printed,
            where=str(context.report.cells[one.left[0]].where),
            total=names(context.report, one.left[0]),
            gap=abs(gap),
            note=note,
        )


def _printed(context: Context, one: Identity, *, older: bool) -> Identity | None:
    """Return the identity over the cells the report has; ``None`` where a cell was not read or is not there."""
    cells, unread = context.report.cells, context.unread
    right = one.right
    if older:
        right = tuple(key for key in right if key in cells or key in unread)
    if not right or any(key not in cells for key in one.left + right):
        return None
    return type(one)(one.code, one.left, right) if right != one.right else one


def _hopeless(context: Context, identities: tuple[Identity, ...], *, older: bool) -> Iterator[Finding]:
    """Yield the identities that no way of splitting a run of digits satisfies.

    A cell that could not be read silences its identities; where all its candidates are known and none fits, the
    breach is certain without knowing the cell.
    """
    for one in identities:
        present = tuple(key for key in one.left + one.right if key in context.report.cells or key in context.unread)
        unread = [key for key in present if key in context.unread]
        if len(unread) != 1 or (not older and len(present) < len(one.left + one.right)) or one.left[0] in unread:
            continue
        possible = context.possible(unread[0])
        left, rest = (
            context.total(one.left),
            context.summed([key for key in present if key not in (*one.left, *unread)]),
        )
        if not possible or left is None or rest is None or left - rest in possible:
            continue
        yield RULES[RULE_OF[one.code]].finding(
            cells=(one.left[0], *unread),
            expected="或".join(str(number + rest) for number in sorted(possible)),
            found=left,
            evidence=context.report.cells[one.left[0]].printed,
            total=names(context.report, one.left[0]),
            gap="若干",
            note=f"；{names(context.report, *unread)}的数字粘连，无论怎样拆分都不成立",
        )
