"""What reconsiderations and suits bring to the workbench and to the page of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.applications import panels
from gongkai.applications.checks import registry as checks
from gongkai.applications.checks.catalogue import RULES
from gongkai.applications.domain import archiving
from gongkai.applications.panels import Panel
from gongkai.applications.queries import feed
from gongkai.law.remedies_results import columns
from gongkai.remedies import rules
from gongkai.remedies.models import Remedy, RemedyKind
from gongkai.remedies.queries.admission import acted_on, must_go_to_review_first
from gongkai.remedies.queries.papers import pieces
from gongkai.remedies.queries.register import open_cases, readable, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.checks.case import Case
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Application, Feed
    from gongkai.applications.queries.feed import Dated
    from gongkai.units.queries.tree import Tree

SOON = 5
"""Calendar days before the last one from which a filing is urgent."""


def _filings(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = waiting(scope)
    items = [
        TodoItem(
            f"{case.next_what}：{case.body}{case.case_number}",
            reverse("remedies:detail", args=[case.pk]),
            case.unit_id,
            case.next_on,
            "late" if case.next_on < scope.day else "soon" if (case.next_on - scope.day).days <= SOON else "normal",
        )
        for case in found[:limit]
    ]
    return items, found.count()


def _last_days(which: Feed, scope: Scope, tree: Tree) -> Iterator[Dated]:
    """Yield our filings for a calendar feed: those of the cases in hand, or those of a unit with its subtree."""
    if which.unit_id is None:
        found = waiting(scope).filter(application__handler=which.user_id)
    else:
        found = waiting(scope).filter(unit__in=tree.with_ended([which.unit_id]))
    for case in found[: feed.MOST]:
        key = f"remedy-{case.pk}-{case.next_what}"
        path = reverse("remedies:detail", args=[case.pk])
        yield feed.Dated(key, f"{case.next_what}期限 {case.number}", case.next_on, path)


def _panel(application: Application, scope: Scope, today: date) -> Panel | None:
    """Show the cases about an application, and the way to register one, to whoever reads them."""
    del today
    found = list(readable(scope).filter(application=application).defer("claimant_name", "claims"))
    for case in found:
        case.column_caption = columns().get(case.column, "")
    may_register = rules.may_register(scope, application.unit_id)
    if not found and not may_register:
        return None
    context = {"cases": found, "may_register": may_register, "application": application.pk}
    return Panel("行政复议、行政诉讼", "remedies/panel.html", context)


def _direct_suits(case: Case) -> Iterator[Finding]:
    """Yield D6: an answer that must go to reconsideration first, sued directly."""
    if not any(event.kind == "remedied" for event in case.course.events):
        return
    found = Remedy.objects.filter(
        application=case.application.pk, kind=RemedyKind.DIRECT, began_on__lte=case.course.day
    )
    for suit in found.select_related("answer__application", "application"):
        if must_go_to_review_first(suit):
            yield RULES["D6"].finding(number=suit.number, day=acted_on(suit))


register(
    menu=[
        MenuEntry("复议诉讼", "remedies:list", "scale", "依申请公开", 39, rules.reads_cases),
        MenuEntry("复议诉讼统计", "remedies:table", "chart", "依申请公开", 39, rules.reads_cases),
    ],
    todo=[TodoSource("复议答复、诉讼答辩", 19, _filings)],
)
panels.register("remedies", 50, _panel)
archiving.hold(open_cases)
archiving.contribute(pieces)
feed.contribute("remedies", _last_days)
checks.register("remedies", _direct_suits)
