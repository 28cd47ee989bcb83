"""What can happen to an application between its receipt and its end, and how it is written on the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gongkai.law.errors import InputError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Callable

CHANNELS = {
    "in_person": "当面提交",
    "registered_post": "挂号信、特快专递等签收邮件",
    "ordinary_post": "平常信函",
    "internet": "互联网",
    "fax": "传真",
}
"""How an application arrives (Art 31), with its Chinese name."""

CONFIRMED = {channel: channel not in {"in_person", "registered_post"} for channel in CHANNELS}
"""Whether the day of receipt of a channel is the day of its confirmation with the applicant (Art 31)."""

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "correction_notice": ("告知补正", ("period_days",)),
    "correction_answer": ("收到补正", ("justified",)),
    "third_party_sent": ("发出第三方征求意见书", ("party",)),
    "third_party_received": ("第三方收到征求意见书", ("party",)),
    "third_party_opinion": ("收到第三方意见", ("party", "consent")),
    "co_maker_sent": ("发出共同制作机关征求意见书", ("party",)),
    "co_maker_received": ("共同制作机关收到征求意见书", ("party",)),
    "co_maker_opinion": ("收到共同制作机关意见", ("party", "consent")),
    "other_agency_sent": ("发函征求其他机关意见", ("party",)),
    "other_agency_opinion": ("收到其他机关意见", ("party", "consent")),
    "reasons_requested": ("要求说明理由", ()),
    "reasons_answered": ("收到理由说明", ()),
    "extension": ("延期答复", ("days", "approver", "notified")),
    "reasonable_period": ("确定延迟答复的合理期限", ("until",)),
    "fee_notice": ("发出收费通知", ("amount",)),
    "fee_paid": ("缴清费用", ()),
    "answer": ("答复", ("mode", "outcome")),
    "withdrawal": ("申请人撤回申请", ()),
}
"""The kinds of events: Chinese name and parameters. Events of one day take effect in this order."""

MODES = {
    "direct": ("直接送达", "签收之日"),
    "entrusted": ("委托送达", "签收之日"),
    "posted": ("邮寄送达", "交邮之日"),
    "electronic": ("电子方式", "发送成功之日"),
}
"""How an answer is delivered, and the day that counts (国办公开办函〔2016〕235号)."""

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_YES = frozenset({"yes", "true", "1", "是", "同意"})
_NO = frozenset({"no", "false", "0", "否", "不同意"})


class Event(NamedTuple):
    """One thing that happened on one legal day.

    ``period_days``: working days a correction notice gives. ``justified``: a late correction has a good reason.
    ``party``: which party is consulted, where there are several. ``consent``: what it said. ``days``, ``approver``,
    ``notified``: of an extension; ``notified`` is the day the applicant was told (``None``: ``day`` itself; ``False``:
    not told). ``until``: the day set by Art 35. ``amount``: of a fee, in yuan. ``mode``, ``outcome``: of an answer,
    keys of ``MODES`` and codes of the outcomes.
    """

    kind: str
    day: date
    period_days: int | None = None
    justified: bool = False
    party: str = ""
    consent: bool | None = None
    days: int | None = None
    approver: str = ""
    notified: date | bool | None = None
    until: date | None = None
    amount: int | None = None
    mode: str = "direct"
    outcome: str = ""

    @property
    def name(self) -> str:
        """Return the Chinese name of the kind."""
        return KINDS[self.kind][0]

    @property
    def effective(self) -> date:
        """Return the day it takes effect: for an extension the day the applicant was told, else ``day``."""
        return self.notified if isinstance(self.notified, date) else self.day


def in_order(event: Event) -> tuple[date, int, str]:
    """Return the key by which events are put in order; the order in which they were given does not matter."""
    return event.effective, _RANK[event.kind], repr(event)


def parse_date(text: str) -> date:
    """Return the day written ``YYYY-MM-DD``. Raises ``InputError`` for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # The parser of the language also reads 20240205 and 2024-W06-1.
    if found is None or found.isoformat() != text:
        raise InputError(f"“{text}”不是日期：请写成 YYYY-MM-DD，例如 2024-02-05。")
    return found


def parse_event(text: str) -> Event:
    """Return the event written ``KIND:YYYY-MM-DD[:KEY=VALUE,…]``.

    Raises ``InputError`` for an unknown kind, key or value, a missing or wrong date.
    """
    kind, _, rest = text.partition(":")
    day, _, words = rest.partition(":")
    if kind not in KINDS:
        raise InputError(f"没有“{kind}”这种事件：可用的有 {'、'.join(KINDS)}。")
    values: dict[str, object] = {}
    for word in filter(None, words.split(",")):
        key, equals, value = word.partition("=")
        if not equals or key not in KINDS[kind][1]:
            allowed = "、".join(KINDS[kind][1]) or "（无）"
            raise InputError(f"事件 {kind} 没有参数“{word}”：可用的有 {allowed}，写成 名称=值。")
        if key in values:
            raise InputError(f"事件 {kind} 的参数 {key} 写了两次：请只保留一个。")
        values[key] = _READERS[key](key, value)
    return Event(kind, parse_date(day), **values)  # type: ignore[arg-type]


def outcome_codes() -> frozenset[str]:
    """Return the codes of all outcomes of both editions, from the parameter file of the outcomes."""
    return frozenset(entry["code"] for entry in read("outcomes")["outcome"])


def _positive(key: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()) or int(value) == 0:
        raise InputError(f"参数 {key} 的值“{value}”不是正整数。")
    return int(value)


def _flag(key: str, value: str) -> bool:
    word = value.lower()
    if word not in _YES | _NO:
        raise InputError(f"参数 {key} 的值“{value}”无法识别：请写 yes 或 no。")
    return word in _YES


def _notified(key: str, value: str) -> date | bool | None:
    if value.lower() not in _YES | _NO:
        return parse_date(value)
    return None if _flag(key, value) else False


def _date(_key: str, value: str) -> date:
    return parse_date(value)


def _text(_key: str, value: str) -> str:
    return value.strip()


def _mode(_key: str, value: str) -> str:
    if value not in MODES:
        raise InputError(f"没有“{value}”这种送达方式：可用的有 {'、'.join(MODES)}。")
    return value


def _outcome(_key: str, value: str) -> str:
    if value not in outcome_codes():
        raise InputError(f"没有“{value}”这种办理结果：可用的有 {'、'.join(sorted(outcome_codes()))}。")
    return value


_READERS: dict[str, Callable[[str, str], object]] = {
    "period_days": _positive,
    "justified": _flag,
    "party": _text,
    "consent": _flag,
    "days": _positive,
    "approver": _text,
    "notified": _notified,
    "until": _date,
    "amount": _positive,
    "mode": _mode,
    "outcome": _outcome,
}
