"""Adding up: the whole of a government is its own level and what those below it reported (逐级汇总)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.annual import aggregate as adding
from gongkai.annual.aggregate import Part, Relation
from gongkai.reporting.domain import auditing
from gongkai.reporting.domain.authority import authorise, changed, demand_state, locked, trace
from gongkai.reporting.domain.drafting import draft
from gongkai.reporting.errors import MissingUnitsError, StateError
from gongkai.reporting.models import EDITABLE, SETTLED, Fact, Scope, Submission
from gongkai.reporting.queries.cells import as_report, cells, cells_of_each, kept
from gongkai.reporting.queries.parts import own_levels, parts_of
from gongkai.reporting.queries.shared import shared_between
from gongkai.reporting.queries.work import Work, works

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from gongkai.accounts.models import User
    from gongkai.annual.aggregate import Aggregate
    from gongkai.annual.report import Report
    from gongkai.reporting.queries.cells import Value

ARTICLE = "国办公开办函〔2021〕30号"
_NAMED = 20
"""How many missing units a message names."""


@transaction.atomic
def sum_up(
    *,
    submission: Submission,
    user: User | None,
    today: date,
    seen: int | None = None,
    redraft: bool = False,
    now: datetime | None = None,
) -> Submission:
    """Add up the parts of a whole, each as it was received.

    Raises ``MissingUnitsError`` with the names of those that are not received yet: a sum that lacks a unit is never
    shown as the whole.
    """
    submission = locked(submission, seen)
    authorise(submission, user, today, "汇总")
    demand_state(submission, EDITABLE, "汇总")
    if submission.scope != Scope.WHOLE:
        raise StateError(f"《{submission.title}》不是汇总报告。请打开同一机关的汇总报告。")
    parts = parts_of(submission)
    if missing := [one.body for one in parts if one.state not in SETTLED]:
        raise MissingUnitsError(
            f"《{submission.title}》还缺 {len(missing)} 个单位的报告没有接收：{'、'.join(missing[:_NAMED])}"
            f"{'等' if len(missing) > _NAMED else ''}。请先催报、接收；缺报的合计数不能作为汇总数（{ARTICLE}）。",
            missing,
        )
    submission.computed = summed(submission, parts)
    submission.known_at = now or timezone.now()
    if redraft or not submission.sections:
        year, units = submission.campaign.year, [one.unit_id for one in own_levels(submission)]
        told = sum(works(units, year).values(), Work())
        submission.sections = draft(submission, cells(submission), _facts(units, year), told)
    trace("summed", submission, user, ARTICLE, parts=len(parts))
    auditing.refresh(submission)
    return changed(submission, "computed", "known_at", "sections", "findings")


def add(submission: Submission, parts: Sequence[Submission]) -> Aggregate:
    """Return the sum of ``parts``, each cell with who gave what; what several counted together counts once."""
    edition = submission.campaign.edition
    found = cells_of_each(parts)
    return adding.aggregate(
        [
            Part(
                unit=name_of(one),
                report=_of_year(one, found[one.pk], edition),
                relation=Relation.OWN if one.is_part_of_own_whole else Relation.SUBORDINATE,
            )
            for one in parts
        ],
        body=submission.body,
        shared=shared_between(submission, parts, name_of),
    )


def summed(submission: Submission, parts: Sequence[Submission]) -> dict[str, str | int]:
    """Return the figures of the sum of ``parts`` as ``computed`` holds them."""
    report = add(submission, parts).report()
    return kept({key: cell.value for key, cell in report.cells.items() if cell.value is not None})


def name_of(submission: Submission) -> str:
    """Return what a part is called in a sum: unique, whatever two units are named."""
    return f"{submission.pk}"


def _of_year(submission: Submission, found: Mapping[str, Value], edition: str) -> Report:
    return replace(as_report(found.values(), edition=edition), body=submission.body, year=submission.campaign.year)


def _facts(units: Collection[int], year: int) -> dict[str, Fact]:
    """Return the typed figures of ``units``, added up; they stand in no table."""
    found: dict[str, Fact] = {}
    for one in Fact.objects.filter(unit__in=units, year=year, ended_at__isnull=True):
        known = found.get(one.key)
        if known is None:
            found[one.key] = one
        else:
            known.value += one.value
    return found
