"""What stands in each cell of a report, and why: counted, typed, uploaded, or set by a person against the system."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual import forms, jsonio
from gongkai.annual.report import Cell, Report, State, Unreadable
from gongkai.reporting.models import Basis, Fact, Override, Scope, Submission
from gongkai.reporting.queries.figures import keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gongkai.annual.report import Number

COUNTED, TYPED, UPLOADED, SET = "counted", "typed", "uploaded", "set"
"""Where a cell comes from: the cases (or the parts of a sum), a typed figure, a file, a person's override."""


@dataclass(frozen=True, slots=True)
class Value:
    """One cell: what the system has for it, what stands in the report, and where that comes from.

    ``number`` is ``None`` for what nobody has said yet: never zero. ``override`` and ``fact`` are what people entered.
    """

    key: str
    number: Number | None
    source: str
    counted: Number | None
    override: Override | None = None
    fact: Fact | None = None
    unreadable: Unreadable | None = None


def cells(submission: Submission) -> dict[str, Value]:
    """Return every cell of the report, in the order of its form. Two queries."""
    return cells_of_each([submission])[submission.pk]


def cells_of_each(submissions: Sequence[Submission]) -> dict[int, dict[str, Value]]:
    """Return the cells of each of ``submissions``, reports of one campaign, by its id. Two queries, however many."""
    overrides, facts = entered(submissions)
    return {one.pk: values(one, overrides.get(one.pk, {}), facts.get(one.pk, {})) for one in submissions}


def entered(submissions: Sequence[Submission]) -> tuple[dict[int, dict[str, Override]], dict[int, dict[str, Fact]]]:
    """Return what people entered that still stands, by the id of the report and by cell: overrides, and figures typed.

    Typed figures belong to the report of the unit's own level alone.
    """
    if not submissions:
        return {}, {}
    overrides: dict[int, dict[str, Override]] = {}
    for one in Override.objects.filter(submission__in=submissions, ended_at__isnull=True):
        overrides.setdefault(one.submission_id, {})[one.key] = one
    own = {one.unit_id: one.pk for one in submissions if one.scope == Scope.OWN}
    facts: dict[int, dict[str, Fact]] = {}
    for fact in Fact.objects.filter(unit__in=own, year=submissions[0].campaign.year, ended_at__isnull=True):
        facts.setdefault(own[fact.unit_id], {})[fact.key] = fact
    return overrides, facts


def values(submission: Submission, overrides: Mapping[str, Override], facts: Mapping[str, Fact]) -> dict[str, Value]:
    """Return the cells from what is already read."""
    if submission.basis == Basis.UPLOAD:
        return _uploaded(submission, overrides)
    counted = {key: number_of(value) for key, value in submission.computed.items()}
    found = {}
    for key in printed(submission.campaign.edition, {*counted, *facts, *overrides}):
        override, fact = overrides.get(key), facts.get(key)
        if override is not None:
            number, source = plain(override.value), SET
        elif fact is not None and not counted.get(key):
            number, source = plain(fact.value), TYPED
        else:
            number, source = counted.get(key), COUNTED
        found[key] = Value(key, number, source, counted.get(key), override, fact)
    return found


def printed(edition: str, given: Collection[str]) -> tuple[str, ...]:
    """Return the cells of the form: those of the nation, and a local column in place of others where it is given."""
    if edition == "2021":
        return keys(edition)
    found: list[str] = []
    for table in forms.form(edition).tables:
        for block in table.blocks:
            for row in block.rows:
                local = [one for one in block.columns if one.replaces and table.key_of(row.key, one.key) in given]
                replaced = {name for one in local for name in one.replaces}
                found += [
                    table.key_of(row.key, one.key)
                    for one in block.columns
                    if one in local or (not one.replaces and one.key not in replaced)
                ]
    return tuple(found)


def number_of(value: str | int) -> Number:
    """Return a number as ``computed`` holds it: whole numbers as they are, decimals as text."""
    return plain(Decimal(value)) if isinstance(value, str) else value


def kept(numbers: Mapping[str, Number]) -> dict[str, str | int]:
    """Return numbers as ``computed`` holds them."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in numbers.items()}


def plain(value: Decimal) -> Number:
    """Return a decimal without zeros behind the point; a whole one as ``int``."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def as_report(found: Iterable[Value], *, edition: str) -> Report:
    """Return the cells as a report without prose."""
    read: dict[str, Cell] = {}
    unread: dict[str, Unreadable] = {}
    for one in found:
        if one.number is not None:
            read[one.key] = Cell(
                one.key,
                State.VALUE,
                one.number,
                f"{one.number:f}" if isinstance(one.number, Decimal) else str(one.number),
            )
        elif one.unreadable is not None:
            unread[one.key] = Unreadable(one.key, (one.key,), one.unreadable.printed)
        else:
            read[one.key] = Cell(one.key, State.BLANK, None, "")
    editions = {key.partition(".")[0]: edition for key in (*read, *unread)}
    return Report(edition=edition, cells=read, unreadable=unread, table_editions=editions)


def _uploaded(submission: Submission, overrides: Mapping[str, Override]) -> dict[str, Value]:
    """Return the cells of a file: what it says, what was not read, and what a person corrected."""
    report = jsonio.load(submission.uploaded)
    counted = {key: number_of(value) for key, value in submission.computed.items()}
    unread = {key: entry for entry in report.unreadable.values() for key in entry.keys}
    found = {}
    for key in printed(submission.campaign.edition, {*report.cells, *unread}):
        override = overrides.get(key)
        number = plain(override.value) if override else report.value(key)
        source = SET if override else UPLOADED
        found[key] = Value(key, number, source, counted.get(key), override, None, None if override else unread.get(key))
    return found
