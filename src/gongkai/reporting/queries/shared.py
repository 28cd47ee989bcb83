"""What several units counted although it is one thing: joint documents, and cases against several of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.annual.shared import Shared, joint_document
from gongkai.records.models import Category, Record
from gongkai.records.queries.normative import ENDED, ended_by, register
from gongkai.remedies.models import PartyRole, Remedy
from gongkai.remedies.queries import table4
from gongkai.reporting.models import Basis
from gongkai.reporting.queries.parts import own_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gongkai.reporting.models import Submission


def shared_between(
    whole: Submission, parts: Sequence[Submission], name_of: Callable[[Submission], str]
) -> list[Shared]:
    """Return what more than one of ``parts`` counted; what several units below one part counted was taken off there."""
    part_of: dict[int, str] = {}
    for part in parts:
        part_of |= {one.unit_id: name_of(part) for one in own_levels(part) if one.basis == Basis.CASES}
    year = whole.campaign.year
    return [*_documents(part_of, year, whole.campaign.edition), *_cases(part_of, year)]


def _documents(part_of: Mapping[int, str], year: int, edition: str) -> Iterator[Shared]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    kept = register(part_of).filter(~ended_by(first), made_on__lte=last).values("document_number")
    rows = (
        Record.objects.filter(
            unit__in=part_of, category=Category.NORMATIVE, published_on__isnull=False, document_number__in=kept
        )
        .exclude(document_number="")
        .order_by("document_number", "pk")
        .values_list("document_number", "unit", "made_on", "validity", "validity_since", "published_on")
    )
    holders: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for number, unit, made_on, validity, since, published_on in rows:
        ended = since if validity in ENDED else None
        columns = []
        if made_on.year == year:
            columns.append("made")
            if edition != "2021" and published_on <= last:
                columns.append("published")
        if ended is None or ended > last:
            columns.append("in_force" if edition == "2021" else "total")
        if ended is not None and ended.year == year and edition == "2021":
            columns.append("repealed")
        holders.setdefault(number, []).append((part_of[unit], tuple(columns)))
    for number, found in holders.items():
        names = list(dict.fromkeys(name for name, _ in found))
        if len(names) > 1:
            yield joint_document(number, names, found[0][1])


def _cases(part_of: Mapping[int, str], year: int) -> Iterator[Shared]:
    cells: dict[int, dict[str, str]] = {}
    for unit, key, case in table4.entries(set(part_of), date(year, 12, 31)):
        if not key.endswith(f".{table4.TOTAL}"):
            cells.setdefault(case, {})[part_of[unit]] = f"remedies.{key}"
    several = {case: found for case, found in cells.items() if len(found) > 1}
    contested = dict(
        Remedy.objects.filter(pk__in=several, parties__role=PartyRole.RESPONDENT).values_list("pk", "unit")
    )
    for case, found in several.items():
        keeper = part_of.get(contested[case], next(iter(found)))
        yield Shared(f"案件 {case}", keeper, {name: (cell,) for name, cell in found.items()})
