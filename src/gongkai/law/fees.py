"""信息处理费 (国办函〔2020〕109号): by items in a calendar month or by pages of one application, progressively.

One application is charged by one of the two, never both; the agency chooses (Art 3). Who may charge may also waive.
Items of all decision kinds count (Art 4). Never for an application received before the schedule came into force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.law.errors import InputError, LawError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


MOST = 100_000
"""The largest number a fee is computed for: far beyond any month, and few enough tiers to print."""


class FeeBeforeScheduleError(LawError):
    """A fee for an application received before the schedule came into force."""

    code = "fee-before-schedule"


class Tier(NamedTuple):
    """Units ``first`` … ``last`` (``None``: all further ones) cost ``rate`` yuan each."""

    first: int
    last: int | None
    rate: int


class Fee(NamedTuple):
    """An amount in whole yuan and the computation that leads to it.

    A line of ``trace`` is a dict with ``kind`` (``schedule``, ``tier``, ``total``, ``waiver``, ``setting``), ``text``,
    ``article`` and, for a tier, ``first``, ``last``, ``count``, ``rate_yuan`` and ``amount_yuan``.
    """

    amount_yuan: int
    trace: tuple[dict[str, Any], ...]

    def waived(self, reason: str) -> Fee:
        """Return the fee waived: nothing to pay, with the reason on record. Raises ``InputError`` without one."""
        if not reason.strip():
            raise InputError("减免信息处理费应当写明理由。")
        text = f"行政机关决定免收（应收{self.amount_yuan}元）：{reason.strip()}"
        return Fee(0, (*self.trace, _line("waiver", text, read("fees")["basis"])))


def by_items(items: int, *, received: date | None = None) -> Fee:
    """Return the fee for ``items`` applications of one applicant in one calendar month (Art 4).

    ``received`` is the day of receipt of the earliest of them, ``None`` where it is known to be covered. Raises
    ``FeeBeforeScheduleError`` and, for a negative number, ``InputError``.
    """
    return _progressive("items", items, received)


def by_pages(pages: int, *, received: date | None = None) -> Fee:
    """Return the fee for ``pages`` pages of one application (Art 5). Errors as for ``by_items``."""
    return _progressive("pages", pages, received)


def of_item(number: int, *, received: date | None = None) -> Fee:
    """Return what the ``number``-th application of a month costs by itself, ``number`` ≥ 1."""
    if not 1 <= number <= MOST:
        raise InputError(f"第{number}件无法计算：请填写 1 至 {MOST} 的整数。")
    check_receipt(received)
    data = read("fees")["items"]
    rate = next(tier.rate for tier in tiers("items", number) if tier.last is None or number <= tier.last)
    text = f"当月第{number}件，单价{rate}元"
    return Fee(rate, (_line("schedule", data["scope"], data["article"]), _line("total", text, data["article"])))


def by_month(receipts: Iterable[date]) -> dict[str, Fee]:
    """Return the fee of each calendar month (``YYYY-MM``) of one applicant's applications, by their receipts.

    Months before the schedule came into force are left out: their applications are free.
    """
    months: dict[str, list[date]] = {}
    for day in sorted(receipts):
        if day >= read("fees")["in_force"]:
            months.setdefault(f"{day:%Y-%m}", []).append(day)
    return {month: by_items(len(days), received=days[0]) for month, days in months.items()}


def tiers(schedule: str, up_to: int) -> Iterator[Tier]:
    """Yield the tiers of ``schedule`` (``items`` or ``pages``) that ``up_to`` units reach into, the free one first."""
    data = read("fees")[schedule]
    yield Tier(1, data["free"], 0)
    first = data["free"] + 1
    for tier in data["tiers"] if "tiers" in data else _steps(data):
        if first > up_to:
            return
        last = tier.get("until")
        yield Tier(first, last, tier["rate"])
        first = up_to + 1 if last is None else last + 1


def _steps(data: dict[str, Any]) -> Iterator[dict[str, int]]:
    until, rate = data["first_until"], data["first_rate"]
    while True:
        yield {"until": until, "rate": rate}
        until, rate = until + data["step"], rate + data["increase"]


def _progressive(schedule: str, units: int, received: date | None) -> Fee:
    if not 0 <= units <= MOST:
        raise InputError(f"数量 {units} 无法计算：请填写 0 至 {MOST} 的整数。")
    check_receipt(received)
    data = read("fees")
    rule = data[schedule]
    unit, article = rule["unit"], rule["article"]
    lines = [_line("schedule", f"{data['reference']}：按{unit}计收，{rule['scope']}，超额累进", article)]
    total = 0
    for tier in tiers(schedule, units):
        last = units if tier.last is None else min(units, tier.last)
        count = max(0, last - tier.first + 1)
        amount = count * tier.rate
        total += amount
        span = f"第{tier.first}{unit}起" if tier.last is None else f"第{tier.first}至第{tier.last}{unit}"
        price = f"每{unit}{tier.rate}元" if tier.rate else "免费"
        lines.append(
            {
                **_line("tier", f"{span}，{price}：{count}{unit}，{amount}元", article),
                "first": tier.first,
                "last": tier.last,
                "count": count,
                "rate_yuan": tier.rate,
                "amount_yuan": amount,
            }
        )
    lines.append(_line("total", f"合计{units}{unit}，应收{total}元", article))
    return Fee(total, tuple(lines))


def check_receipt(received: date | None) -> None:
    """Raise ``FeeBeforeScheduleError`` if no fee may be charged for an application received on ``received``."""
    data = read("fees")
    if received is not None and received < data["in_force"]:
        raise FeeBeforeScheduleError(
            f"{received} 收到的申请不能收取信息处理费：收费办法自 {data['in_force']} 起施行。",
            article=data["in_force_article"],
        )


def _line(kind: str, text: str, article: str) -> dict[str, Any]:
    return {"kind": kind, "text": text, "article": article}
