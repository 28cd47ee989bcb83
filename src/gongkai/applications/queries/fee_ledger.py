"""The ledger of fees (收费台账): what was asked for, let off, paid and given back, by unit and year.

``rows`` is what the page shows, each fee as it stands today. ``ledger`` counts by the days of a period, as known at a
moment, for section 六 of the annual report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications import rules
from gongkai.applications.fee_account import KINDS, OPENING, SCHEDULES, Account, accounts
from gongkai.applications.models import Event, Letter, Stage
from gongkai.law.editions import edition
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.law.calendar import Calendar
    from gongkai.units.queries.tree import Tree

WAITING, OVERDUE, PAID, LET_OFF, RETURNED, DROPPED = "waiting", "overdue", "paid", "waived", "refunded", "dropped"
STATES = {
    WAITING: "待缴",
    OVERDUE: "逾期未缴",
    PAID: "已缴",
    LET_OFF: "免收",
    RETURNED: "已退还",
    DROPPED: "申请已撤回",
}
TONES = {WAITING: "soon", OVERDUE: "late", PAID: "passed", RETURNED: "referred"}
_READ = (
    "application_id",
    "sequence",
    "kind",
    "day",
    "payload",
    "application__number",
    "application__unit_id",
    "application__stage",
    "application__regulation",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``unit`` means it and everything below it; empty values do not narrow.

    ``text`` is a part of a 受理编号 or of the 文号 of a notice, ``year`` that of the notice or the waiver.
    """

    year: int | None = None
    unit: int | None = None
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One fee as it stands. ``number`` is the 文号 of the notice, ``pay_by`` the last day for paying it."""

    application: Application
    account: Account
    number: str
    pay_by: date | None
    state: str

    @property
    def caption(self) -> str:
        """Return the state in words."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """Return the tone of the state's badge."""
        return TONES.get(self.state, "normal")

    @property
    def basis(self) -> str:
        """Return what the fee was computed from, in words."""
        if not self.account.count or self.account.schedule not in SCHEDULES:
            return "未登记计费方式"
        what = f"当月第 {self.account.count} 件" if self.account.schedule == "items" else f"{self.account.count} 页"
        return f"{SCHEDULES[self.account.schedule]}，{what}"

    @property
    def is_off(self) -> bool:
        """Tell whether another amount was asked for than the law computes."""
        found = self.account.by_law
        return found is not None and found.amount_yuan != self.account.amount


@dataclass(slots=True)
class Totals:
    """Sums over rows, in yuan; ``count`` counts notices, ``overdue`` what was not paid in time."""

    count: int = 0
    asked: int = 0
    waived: int = 0
    paid: int = 0
    refunded: int = 0
    waiting: int = 0
    overdue: int = 0
    overdue_count: int = 0

    def add(self, row: Row) -> None:
        """Count ``row`` in."""
        one = row.account
        if one.has_notice:
            self.count += 1
            self.asked += one.amount
        self.waived += one.waived
        self.paid += one.paid
        self.refunded += one.refunded
        if row.state == WAITING:
            self.waiting += one.payable
        if row.state == OVERDUE:
            self.overdue += one.payable
            self.overdue_count += 1

    @property
    def received(self) -> int:
        """Return what was paid and not given back."""
        return self.paid - self.refunded


def rows(scope: Scope, tree: Tree, wanted: Wanted) -> list[Row]:
    """Return the fees that fit, the newest first. Two queries, whatever their number."""
    units = rules.units_read(scope)
    if wanted.unit is not None:
        units &= tree.below([wanted.unit])
    opened = Event.objects.filter(application__unit__in=units, kind__in=OPENING, struck_by__isnull=True)
    if wanted.year is not None:
        opened = opened.filter(day__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    found = Event.objects.filter(application__in=opened.values("application"), struck_by__isnull=True)
    fees = [
        (application, account)
        for application, account in _accounts(found)
        if wanted.year is None or account.day.year == wanted.year
    ]
    letters = {account.opening.payload["letter"] for _, account in fees if account.opening.payload.get("letter")}
    numbers = dict(Letter.objects.filter(pk__in=letters).values_list("pk", "number")) if letters else {}
    which = calendar.of_city("answer")
    made = [_row(application, account, numbers, which, scope.day) for application, account in fees]
    made = [row for row in made if _fits(row, wanted)]
    return sorted(made, key=lambda row: (row.account.day, row.application.pk), reverse=True)


def totals(found: Iterable[Row]) -> tuple[Totals, dict[int, Totals]]:
    """Return the sums over ``found``, and those of each unit by its id."""
    whole, units = Totals(), {}
    for row in found:
        whole.add(row)
        units.setdefault(row.application.unit_id, Totals()).add(row)
    return whole, units


def _row(application: Application, account: Account, numbers: dict[int, str], which: Calendar, today: date) -> Row:
    rule = edition(application.regulation).provisions.get("fee") if application.regulation else None
    pay_by = which.add(account.day, rule.days) if account.has_notice and rule is not None and rule.days else None
    number = numbers.get(account.opening.payload.get("letter"), "")
    return Row(application, account, number, pay_by, _state(application, account, pay_by, today))


def _state(application: Application, account: Account, pay_by: date | None, today: date) -> str:
    if account.refunded:
        return RETURNED
    if account.paid:
        return PAID
    if not account.payable:
        return LET_OFF
    if application.stage == Stage.WITHDRAWN:
        return DROPPED
    return OVERDUE if pay_by is not None and today > pay_by else WAITING


def _fits(row: Row, wanted: Wanted) -> bool:
    text = wanted.text.strip().upper()
    says = not text or text in row.application.number.upper() or text in row.number.upper()
    return says and wanted.state in {"", row.state}


def _accounts(found: QuerySet[Event]) -> Iterator[tuple[Application, Account]]:
    """Yield the fees of ``found``, with their applications as far as a list needs them."""
    events = found.filter(kind__in=KINDS).select_related("application").only(*_READ)
    for _, group in groupby(events.order_by("application_id", "sequence"), key=lambda event: event.application_id):
        theirs = list(group)
        for account in accounts(theirs):
            yield theirs[0].application, account


@dataclass(frozen=True, slots=True)
class Line:
    """One act of a fee: the number of the application, its day and the yuan; for a notice the day it was paid."""

    application: int
    number: str
    day: date
    amount: int
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The notices, payments, waivers and refunds of a period. Money is in whole yuan.

    ``received`` is what was paid within the period, for whichever notice, ``refunded`` what was given back in it.
    """

    notices: tuple[Line, ...]
    payments: tuple[Line, ...]
    waivers: tuple[Line, ...]
    refunds: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of notices."""
        return len(self.notices)

    @property
    def total(self) -> int:
        """Return the sum asked for."""
        return sum(line.amount for line in self.notices)

    @property
    def received(self) -> int:
        """Return the sum paid."""
        return sum(line.amount for line in self.payments)

    @property
    def refunded(self) -> int:
        """Return the sum given back."""
        return sum(line.amount for line in self.refunds)


def ledger(units: Collection[int], first: date, last: date, known_at: datetime | None = None) -> Ledger:
    """Return what happened to the fees of ``units`` from ``first`` to ``last``, as known at ``known_at``."""
    found = Event.objects.filter(application__unit__in=units, day__lte=last)
    strikes = Q(struck_by__isnull=True)
    if known_at is not None:
        found = found.filter(entered_at__lte=known_at)
        strikes |= Q(struck_by__entered_at__gt=known_at)
    lines: dict[str, list[Line]] = {name: [] for name in ("notices", "payments", "waivers", "refunds")}
    for application, account in _accounts(found.filter(strikes)):
        for name, day, amount in _acts(account):
            if day >= first:
                paid_on = account.paid_on if name != "waivers" else None
                lines[name].append(Line(application.pk, application.number, day, amount, paid_on))
    return Ledger(**{name: tuple(found) for name, found in lines.items()})


def _acts(account: Account) -> Iterator[tuple[str, date, int]]:
    if account.has_notice:
        yield "notices", account.day, account.amount
    if account.paid_on is not None and account.paid:
        yield "payments", account.paid_on, account.paid
    for name, events in (("waivers", account.reliefs), ("refunds", account.refunds)):
        yield from ((name, event.day, int(event.payload.get("amount") or 0)) for event in events)
