"""The page of one report: where it stands, what is to be done, and the statutory tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from gongkai.reporting import rules
from gongkai.reporting.domain import confirming
from gongkai.reporting.models import EDITABLE, OUT, SETTLED, Aspect, Scope, State
from gongkai.reporting.queries.after_freeze import corrected_parts
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.late import since_frozen
from gongkai.reporting.queries.outlook import outlook
from gongkai.reporting.queries.parts import listed_parts
from gongkai.reporting.queries.previous import before
from gongkai.reporting.queries.sheet import sheets
from gongkai.reporting.views.access import UNPROCESSABLE, frame, submission_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.reporting.forms.acts import SeenForm
    from gongkai.reporting.models import Confirmation, Submission
    from gongkai.reporting.queries.outlook import Outlook
    from gongkai.reporting.queries.sheet import Sheet

FORMATS = ("docx", "pdf", "html", "json")
"""What a draft can be looked at as."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was refused: its form as it was filled in, why, and what it names."""

    act: str
    form: SeenForm
    words: str
    findings: tuple[Any, ...] = ()
    missing: list[Submission] = field(default_factory=list)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report."""
    return page(request, submission_of(request, number))


def page(
    request: HttpRequest, submission: Submission, refused: Refused | None = None, status: int = UNPROCESSABLE
) -> HttpResponse:
    """Show ``submission``; ``refused`` is the act that was not done."""
    from gongkai.reporting.views.acts import offered  # noqa: PLC0415 -- the acts show this page

    context = frame(request, submission, "submission")
    found, earlier = cells(submission), before(submission)
    said = confirming.standing(submission, found)
    tables = sheets(submission, found, earlier, context["answered"])
    acts = offered(request.scope, submission, refused)
    parts = _parts(request, submission) if submission.scope == Scope.WHOLE else []
    ahead = outlook(submission, request.scope, found, said, context["answered"])
    rows = submission.editions.select_related("frozen_by", "submission__campaign")
    editions = list(rows.defer("report", "behind").order_by("-version"))
    is_out = bool(editions) and submission.state in OUT
    context |= {
        "sheets": tables,
        "has_earlier": earlier is not None,
        "signs": _signs(tables),
        "outlook": ahead,
        "main_act": _main_act(submission, ahead),
        "acts": [one for one in acts if not one.asks and one.act.page == "submission"],
        "asking": [one for one in acts if one.asks and one.act.page == "submission"],
        "editions": editions,
        "since": since_frozen(editions[0]) if is_out else 0,
        "corrected": len(corrected_parts(editions[0])) if is_out else 0,
        "refused": refused,
        "confirmations": _confirmations(submission, said),
        "formats": FORMATS,
        "parts": parts,
        "are_parts_missing": any(not one["is_settled"] for one in parts),
        "is_empty": submission.scope == Scope.WHOLE and not submission.computed,
    }
    return render(request, "reporting/submission.html", context, status=status if refused else 200)


def _main_act(submission: Submission, ahead: Outlook) -> str:
    """Return the act that comes next, if nothing stands before it."""
    if submission.state not in EDITABLE:
        return {State.SIGNED: "accept", State.ACCEPTED: "freeze", State.FROZEN: "publish"}.get(submission.state, "")
    if ahead.missing or ahead.steps:
        return ""
    return "submit" if submission.computed else "sum-up"


def _signs(tables: list[Sheet]) -> set[str]:
    """Return the signs that occur in the tables: only those are explained below them."""
    every = [place.cell for table in tables for row in table.rows for place in row if place.cell]
    found = {one.state for one in every} | {one.source for one in every} | {one.trend for one in every}
    return found | {one.severity for one in every}


def _confirmations(submission: Submission, said: dict[str, Confirmation | None]) -> list[dict[str, Any]]:
    names = {one.aspect: one.unit_id for one in submission.campaign.checkers.all()} if said else {}
    return [{"aspect": Aspect(aspect).label, "unit": names[aspect], "said": one} for aspect, one in said.items()]


def _parts(request: HttpRequest, submission: Submission) -> list[dict[str, Any]]:
    return [
        {"it": one, "is_settled": one.state in SETTLED, "is_readable": rules.may_read(request.scope, one)}
        for one in listed_parts(submission)
    ]
