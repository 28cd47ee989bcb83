"""How far the reports of a year have come: every report that the person may see, as a row, a card, a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from gongkai.accounts.models import Role
from gongkai.reporting.models import RECEIVED, SETTLED, Campaign, ReportReminder, Scope, State, Submission
from gongkai.reporting.queries.deadlines import deadline_of, late_by
from gongkai.reporting.rules import OWING
from gongkai.units.models import Kind
from gongkai.units.queries import roster
from gongkai.units.queries.report_list import SAME, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope as PersonScope
    from gongkai.units.queries.tree import Tree

GOVERNMENT = "人民政府"
SHOWN = 12
"""How many cards a column shows; the rest are in the list."""

TONES = {
    State.DRAFT: "normal",
    State.REVIEWING: "referred",
    State.SIGNED: "soon",
    State.RETURNED: "late",
    State.ACCEPTED: "open",
    State.FROZEN: "open",
    State.PUBLISHED: "passed",
}

BADGES = {
    State.DRAFT: "waiting",
    State.REVIEWING: "referred",
    State.SIGNED: "soon",
    State.RETURNED: "returned",
    State.ACCEPTED: "current",
    State.FROZEN: "current",
    State.PUBLISHED: "passed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One report as the board has it. ``superior`` receives it; ``days_late`` is 0 for one in time.

    ``short`` is the body without the name of the city, which all of them bear.
    """

    key: int
    version: int
    unit: int
    code: str
    body: str
    short: str
    kind: str
    superior: int
    receiver: str
    scope: str
    state: str
    due: date
    first_signed_on: date | None
    signed_on: date | None
    accepted_on: date | None
    returns: int
    is_correction: bool
    days_late: int
    reform: str
    reminded_on: date | None

    @property
    def title(self) -> str:
        """The body, and which of its two reports it is where it has two."""
        return self.body + self._which

    @property
    def caption(self) -> str:
        """The same in short."""
        return self.short + self._which

    @property
    def _which(self) -> str:
        if self.scope == Scope.WHOLE:
            return "（汇总）"
        return "（本级）" if self.superior == self.unit else ""

    @property
    def is_missing(self) -> bool:
        """Tell whether the superior waits for it; a correction of what is published is not waited for."""
        return self.state not in RECEIVED and not self.is_correction

    @property
    def is_settled(self) -> bool:
        """Tell whether its figures have been taken over."""
        return self.state in SETTLED

    @property
    def is_vertical(self) -> bool:
        """Tell whether its unit is under vertical management: it is reported here and nowhere else."""
        return self.kind == Kind.VERTICAL

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return State(self.state).label

    @property
    def kind_label(self) -> str:
        """What its unit is, in words."""
        return Kind(self.kind).label

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return BADGES[State(self.state)]

    @property
    def lateness(self) -> str:
        """How late it came or is, in words; empty for one in time."""
        if not self.days_late:
            return ""
        return f"逾期 {self.days_late} 天" + ("" if self.first_signed_on is None else "报送")

    @property
    def flags(self) -> tuple[str, ...]:
        """What is to be known of its unit: new, re-formed, renamed, under vertical management."""
        return (*((self.reform,) if self.reform != SAME else ()), *(("垂直管理",) if self.is_vertical else ()))


@dataclass(frozen=True, slots=True)
class Column:
    """One state: the first of its reports, the latest first, and how many there are."""

    state: str
    title: str
    tone: str
    cards: Sequence[Row]
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a campaign, or of a part of it."""

    owed: int
    received: int
    settled: int
    missing: int
    late_missing: int
    late_received: int

    @property
    def percent(self) -> int:
        """The received ones of a hundred, rounded down: 100 means all."""
        return self.received * 100 // self.owed if self.owed else 0


def visible(scope: PersonScope) -> QuerySet[Campaign]:
    """Return the campaigns of which the person sees anything: those with a report of a unit that he reads."""
    seen = Submission.objects.filter(campaign=OuterRef("pk"), unit__in=scope.readable)
    return Campaign.objects.filter(Exists(seen)).select_related("root")


def rows(campaign: Campaign, scope: PersonScope, tree: Tree) -> list[Row]:
    """Return the reports of ``campaign`` that the person may see, by the code of their units. Two queries."""
    dues = {which: deadline_of(campaign, which) for which in Scope.values}
    acts = roster.acts_in(campaign.year)
    city = tree.name(campaign.root_id, in_full=True).removesuffix(GOVERNMENT)
    columns = ("pk", "version", "unit", "unit__code", "unit__kind", "body", "superior", "scope", "state", "notice")
    days = ("first_signed_on", "signed_on", "accepted_on", "returns")
    reminders = ReportReminder.objects.filter(submission=OuterRef("pk")).order_by("-day").values("day")[:1]
    found = (
        Submission.objects.filter(campaign=campaign, unit__in=scope.readable)
        .order_by("unit__code", "-scope")
        .annotate(reminded_on=Subquery(reminders))
    )
    return [
        Row(
            key=one.pk,
            version=one.version,
            unit=one.unit,
            code=one.unit__code,
            body=one.body,
            short=_short(one.body, city),
            kind=one.unit__kind,
            superior=one.superior,
            receiver=tree.name(one.superior),
            scope=one.scope,
            state=one.state,
            due=dues[one.scope],
            first_signed_on=one.first_signed_on,
            signed_on=one.signed_on,
            accepted_on=one.accepted_on,
            returns=one.returns,
            is_correction=bool(one.notice),
            days_late=late_by(dues[one.scope], one.first_signed_on, scope.day),
            reform=state_of(acts.get(one.unit, ())),
            reminded_on=one.reminded_on,
        )
        for one in found.values_list(*columns, *days, "reminded_on", named=True)
    ]


def owed_by(scope: PersonScope) -> QuerySet[Submission]:
    """Return the reports that are the person's own work, the newest year first; without what makes them heavy."""
    return (
        Submission.objects.filter(unit__in=scope.of(*OWING))
        .select_related("campaign")
        .defer("computed", "sections", "findings", "uploaded")
        .order_by("-campaign__year", "unit__code", "-scope")
    )


def columns(found: Iterable[Row]) -> list[Column]:
    """Return the reports by state, in the order of their way."""
    by_state: dict[str, list[Row]] = {state: [] for state in State.values}
    for one in found:
        by_state[one.state].append(one)
    return [
        Column(
            state,
            State(state).label,
            TONES[State(state)],
            sorted(held, key=lambda one: (-_pressing(one), one.code))[:SHOWN],
            len(held),
            sum(bool(_pressing(one)) for one in held),
        )
        for state, held in by_state.items()
    ]


def tally(found: Sequence[Row]) -> Tally:
    """Return the numbers of some reports."""
    missing = [one for one in found if one.is_missing]
    return Tally(
        owed=len(found),
        received=len(found) - len(missing),
        settled=sum(one.is_settled for one in found),
        missing=len(missing),
        late_missing=sum(bool(_pressing(one)) for one in missing),
        late_received=sum(bool(one.days_late) and one.first_signed_on is not None for one in found),
    )


def by_receiver(found: Iterable[Row]) -> list[tuple[int, str, Tally]]:
    """Return the numbers by whom the reports go to, in the order in which these first come."""
    groups: dict[int, list[Row]] = {}
    for one in found:
        groups.setdefault(one.superior, []).append(one)
    return [(superior, held[0].receiver, tally(held)) for superior, held in groups.items()]


def overview(scope: PersonScope) -> list[tuple[Campaign, int, int]]:
    """Return the campaigns the person sees anything of, with how many reports there are and came. Two queries."""
    seen = Submission.objects.filter(unit__in=scope.readable).order_by().values("campaign")
    counts = {
        campaign: (owed, received)
        for campaign, owed, received in seen.annotate(
            owed=Count("pk"), received=Count("pk", filter=Q(state__in=RECEIVED) | ~Q(notice=""))
        ).values_list("campaign", "owed", "received")
    }
    return [(one, *counts[one.pk]) for one in Campaign.objects.filter(pk__in=counts).select_related("root")]


def chosen(campaign: Campaign, keys: Iterable[int], scope: PersonScope) -> list[Submission]:
    """Return those of the reports with these keys that stand in ``campaign`` and that the person may see. One query."""
    return list(
        Submission.objects.filter(campaign=campaign, pk__in=keys, unit__in=scope.readable)
        .select_related("campaign", "unit")
        .defer("computed", "sections", "findings", "uploaded")
        .order_by("unit__code", "-scope")
    )


def received_by(scope: PersonScope, found: Iterable[Row]) -> frozenset[int]:
    """Return the keys of the reports that the person receives for their superior, sends back or chases."""
    units = scope.of(Role.COMPETENT)
    return frozenset(one.key for one in found if one.superior in units)


def _short(body: str, city: str) -> str:
    """Return the name without the city's where something of its own is left."""
    rest = body.removeprefix(city)
    return rest if rest and not rest.startswith(GOVERNMENT) else body


def _pressing(one: Row) -> int:
    """Return the days for which a report has been missing past its day."""
    return one.days_late if one.first_signed_on is None else 0
