"""What other offices say of a unit's figures before they are received: 司法, 财政, the permit and enforcement units."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.reporting import rules
from gongkai.reporting.domain.authority import demand_state, locked, trace
from gongkai.reporting.errors import NotAuthorisedError, ReasonMissingError, UnconfirmedError
from gongkai.reporting.models import Aspect, Confirmation, Scope, State
from gongkai.reporting.queries.cells import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.annual.report import Number
    from gongkai.reporting.models import Checker, Submission
    from gongkai.reporting.queries.cells import Value

_STEMS = {
    Aspect.REMEDIES: ("remedies.", "proactive.rules.", "proactive.normative_documents."),
    Aspect.CHARGES: ("proactive.charges.", "proactive.procurement."),
    Aspect.DECISIONS: (
        "proactive.permits.",
        "proactive.penalties.",
        "proactive.coercion.",
        "proactive.other_services.",
    ),
}
"""Which cells belong to an aspect."""


def of_aspect(found: Mapping[str, Value], aspect: str) -> dict[str, Number | None]:
    """Return the figures of an aspect by cell."""
    return {key: one.number for key, one in found.items() if key.startswith(_STEMS[Aspect(aspect)])}


def needs(found: Mapping[str, Value], aspect: str) -> bool:
    """Tell whether there is anything to confirm: figures that are all nought are not asked about."""
    return any(of_aspect(found, aspect).values())


def digest(figures: Mapping[str, Number | None]) -> str:
    """Return the SHA-256 of figures in hex: a confirmation holds for these and no others."""
    words = json.dumps({key: str(value) for key, value in figures.items()}, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def confirm(
    *,
    checker: Checker,
    submission: Submission,
    agrees: bool,
    user: User,
    today: date,
    opinion: str = "",
    seen: int | None = None,
) -> Confirmation:
    """Say whether the figures of the checker's aspect are right; if not, what is wrong."""
    submission = locked(submission, seen)
    if checker.campaign_id != submission.campaign_id or not rules.may_confirm(scope_of(user, today), checker):
        raise NotAuthorisedError(
            f"您不是{checker.get_aspect_display()}的核对单位人员，不能核对《{submission.title}》。"
        )
    demand_state(submission, (State.SIGNED,), "核对")
    if not agrees and not opinion.strip():
        raise ReasonMissingError("核对不一致的，必须写明哪里不一致。", {"opinion": "必须填写。"})
    made = Confirmation.objects.create(
        submission=submission,
        aspect=checker.aspect,
        agrees=agrees,
        opinion=opinion.strip(),
        digest=digest(of_aspect(cells(submission), checker.aspect)),
        entered_by=user,
    )
    trace("confirmed" if agrees else "disputed", submission, user, aspect=checker.aspect, opinion=made.opinion)
    return made


def standing(submission: Submission, found: Mapping[str, Value]) -> dict[str, Confirmation | None]:
    """Return, per aspect that somebody must confirm, the last word on the figures as they are; ``None``: not yet."""
    if submission.scope != Scope.OWN:
        return {}
    said = last_words(submission.confirmations.order_by("pk"))
    return {
        checker.aspect: said.get((checker.aspect, digest(of_aspect(found, checker.aspect))))
        for checker in submission.campaign.checkers.all()
        if needs(found, checker.aspect)
    }


def last_words(confirmations: Iterable[Confirmation]) -> dict[tuple[str, str], Confirmation]:
    """Return the last word on an aspect by aspect and digest of the figures it is about; the oldest come first."""
    return {(one.aspect, one.digest): one for one in confirmations}


def demand(submission: Submission) -> None:
    """Raise ``UnconfirmedError`` while a checking unit has not agreed to the figures as they are."""
    for aspect, said in standing(submission, cells(submission)).items():
        label = Aspect(aspect).label
        if said is None:
            raise UnconfirmedError(f"《{submission.title}》的“{label}”还没有经核对单位确认，不能接收。请先请其核对。")
        if not said.agrees:
            words = said.opinion.rstrip("。")
            raise UnconfirmedError(
                f"《{submission.title}》的“{label}”核对不一致：{words}。请退回单位更正，或与核对单位重新核对。"
            )
