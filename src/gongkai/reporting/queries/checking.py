"""What a checking unit looks at: the figures of its aspect in every report that was handed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.reporting.captions import caption
from gongkai.reporting.domain import confirming
from gongkai.reporting.models import Checker, Confirmation, Scope, State, Submission
from gongkai.reporting.queries.cells import cells_of_each
from gongkai.reporting.queries.sheet import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Checked:
    """One report: the figures of the aspect that are not nought, in words, and the last word on them."""

    submission: Submission
    figures: tuple[tuple[str, str], ...]
    said: Confirmation | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a checker: to be confirmed, done with, and how many reports have not been handed up yet."""

    checker: Checker
    waiting: list[Checked]
    done: list[Checked]
    outstanding: int


def desks(checkers: Iterable[Checker]) -> list[Desk]:
    """Return the desk of each checker. Four queries for each campaign, whatever the number of reports."""
    by_campaign: dict[int, list[Checker]] = {}
    for checker in checkers:
        by_campaign.setdefault(checker.campaign_id, []).append(checker)
    return [desk for campaign, theirs in by_campaign.items() for desk in _of_campaign(campaign, theirs)]


def _of_campaign(campaign: int, checkers: list[Checker]) -> list[Desk]:
    own = Submission.objects.filter(campaign=campaign, scope=Scope.OWN)
    handed = list(own.filter(state=State.SIGNED).select_related("campaign").order_by("unit__code"))
    found = cells_of_each(handed)
    confirmations = Confirmation.objects.filter(submission__in=handed).select_related("entered_by").order_by("pk")
    by_report: dict[int, list[Confirmation]] = {}
    for one in confirmations:
        by_report.setdefault(one.submission_id, []).append(one)
    outstanding = own.filter(state__in=(State.DRAFT, State.REVIEWING, State.RETURNED)).count()
    result = []
    for checker in checkers:
        desk = Desk(checker, [], [], outstanding)
        for one in handed:
            figures = confirming.of_aspect(found[one.pk], checker.aspect)
            if not any(figures.values()):
                continue
            said = confirming.last_words(by_report.get(one.pk, [])).get((checker.aspect, confirming.digest(figures)))
            edition = one.campaign.edition
            words = tuple((caption(edition, key), text_of(value)) for key, value in figures.items() if value)
            (desk.waiting if said is None else desk.done).append(Checked(one, words, said))
        result.append(desk)
    return result
