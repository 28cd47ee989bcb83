"""Parts against wholes, shares, growth and averages, as far as the prose states both sides itself."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual.audit.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.annual.audit.context import Context
    from gongkai.annual.audit.lists import Group
    from gongkai.annual.audit.mentions import Mention
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Number

_DAILY = re.compile("日均|每日平均|平均每[天日]")
_AVERAGE_SLACK = Decimal("0.05")
_WORKING_DAYS = (244, 256)  # of a year, at least and at most
_KINDS = ("主动公开", "依申请公开")
_MANY = 5
_NEARLY_ALL = Decimal("0.9")
_UP, _DOWN = "up", "down"


def check_amounts(context: Context) -> Iterator[Finding]:
    """Yield the findings on sums, shares, growth and averages of every passage."""
    for group in context.groups:
        yield from _sum(group)
        yield from _remarks(group)
        if group.shares:
            yield from _shares(context, group)
    yield from _growth(context.mentions)
    yield from _averages(context, context.mentions)


def _evidence(group: Group) -> str:
    first, last = group.parts[0], group.parts[-1]
    whole = group.whole
    start = min(first.clause, first.start)
    if whole is not None and whole.sentence == first.sentence:
        start = min(start, whole.clause)
    end = max([last.end, *(share.end for share in group.shares.values())])
    if whole is not None and whole.sentence == last.sentence:
        end = max(end, whole.end)
    return first.passage.printed(start, end)


def _sum(group: Group) -> Iterator[Finding]:
    whole, parts = group.whole, group.parts
    if whole is None or whole.approximate or any(part.approximate for part in parts) or whole.step != 1:
        return
    total = group.total
    if len(parts) == 1 and (total < whole.value or parts[0].index != whole.index):
        return
    others = [other.value for other in group.candidates]
    if total in (whole.value, whole.value + sum(others)) or total in others:
        return
    severity = ""
    note = "；各项之和大于总数" if total > whole.value else ""
    if total > whole.value:
        if group.overlapping:
            severity = "warning"
            note += "，同一信息经多个渠道公开的可能重复计数"
        elif others and group.kind == "among":
            severity = "warning"  # the sentence names several numbers these may be parts of
    elif group.complete:
        severity = "warning" if others and group.kind == "among" else ""
    elif group.nearly:
        severity = "warning"
        note = "；若只列举其中一部分，请写明"
    else:
        return
    yield RULES["E1s"].finding(
        expected=whole.value,
        found=total,
        evidence=_evidence(group),
        where=whole.passage.title,
        severity=severity,
        note=note,
        parts="+".join(str(part.value) for part in parts),
    )


def _remarks(group: Group) -> Iterator[Finding]:
    """Yield what is worth knowing about a group though nothing is wrong: the number left out, a part that is all."""
    whole, parts = group.whole, group.parts
    two = len(parts) == len(_KINDS) and all(kind in part.label for kind, part in zip(_KINDS, parts, strict=True))
    if two and whole is not None and whole.value > group.total:
        yield RULES["E1i"].finding(
            expected=whole.value - group.total,
            evidence=_evidence(group),
            where=whole.passage.title,
            whole=whole.value,
            parts="和".join(str(part.value) for part in parts),
        )
    if len(parts) < _MANY:
        return
    most = max(parts, key=lambda part: part.value)
    if most.value > group.total * _NEARLY_ALL:
        yield RULES["E1o"].finding(
            expected=group.total, found=most.value, evidence=most.evidence, where=most.passage.title
        )


def _bases(context: Context, group: Group) -> list[Number]:
    """Return the numbers a share in the group may be of, the likeliest first."""
    found: list[Number] = [group.whole.value] if group.whole is not None else []
    found.append(group.total)
    found += [other.value for other in reversed(group.candidates)]
    for keys in (
        ("requests.outcome_total.total",),
        ("requests.received.total",),
        ("requests.received.total", "requests.carried_in.total"),
    ):
        present = context.present(keys)
        held = context.summed(present) if present else None
        if held is not None:
            found.append(held)
    return [base for base in dict.fromkeys(found) if base]


def _off(part: Mention, share: Mention, base: Number) -> Decimal:
    """Return how far a printed share is from the exact one, in units of its last printed digit."""
    return abs(Decimal(share.value) - _percent(part.value, base)) / Decimal(share.step)


def _percent(part: Number, whole: Number) -> Decimal:
    return Decimal(100) * Decimal(part) / Decimal(whole)


_HALF = Decimal("0.500001")


def _shares(context: Context, group: Group) -> Iterator[Finding]:
    pairs = [(part, group.shares[part.start]) for part in group.parts if part.start in group.shares]
    if not pairs or any(part.approximate or share.approximate for part, share in pairs):
        return
    bases = _bases(context, group)
    if not bases:
        return
    base, wrong = bases[0], pairs
    for one in bases:
        misses = [(part, share) for part, share in pairs if _off(part, share, one) > _HALF]
        if len(misses) < len(wrong):
            base, wrong = one, misses
        if not misses:
            break
    settled = len(wrong) * 2 <= len(pairs) or group.whole is not None or group.complete
    for part, share in wrong:
        exact = _percent(part.value, base).quantize(Decimal(share.step))
        truncated = _off(part, share, base) < 1
        yield RULES["E1p"].finding(
            expected=exact,
            found=share.value,
            evidence=part.passage.printed(min(part.item, part.start), share.end),
            where=part.passage.title,
            severity="warning" if truncated or not settled else "",
            note="；差在末位取舍" if truncated else "",
            part=part.value,
            base=base,
        )
    if len(pairs) == len(group.parts) and len(pairs) > 2 and group.complete:  # noqa: PLR2004 (a list, not a pair)
        stated = sum((Decimal(share.value) for _, share in pairs), Decimal(0))
        slack = sum((Decimal(share.step) for _, share in pairs), Decimal(0)) / 2
        if abs(stated - 100) > slack:
            yield RULES["E1q"].finding(
                expected=100, found=stated, evidence=_evidence(group), where=group.parts[0].passage.title
            )


def _growth(mentions: Sequence[Mention]) -> Iterator[Finding]:
    """Recompute a growth where the sentence names both years' numbers."""
    for place, rate in enumerate(mentions):
        if rate.unit != "%" or (_UP not in rate.left and _DOWN not in rate.left) or rate.approximate:
            continue
        before: Mention | None = None
        now: Mention | None = None
        for mention in reversed(mentions[max(0, place - 4) : place]):
            if mention.sentence is not rate.sentence or mention.unit in ("%", ""):
                break
            old = "last" in mention.left or "than" in mention.left
            if old and before is None:
                before = mention
            elif not old and now is None:
                now = mention
        if before is None or now is None or before.unit != now.unit or not before.value:
            continue
        change = Decimal(now.value) - Decimal(before.value)
        exact = _percent(abs(change), before.value)
        wrong_way = (change > 0) != (_UP in rate.left) and change != 0
        off = abs(Decimal(rate.value) - exact) / Decimal(rate.step)
        if off > _HALF or wrong_way:
            yield RULES["E1g"].finding(
                expected=exact.quantize(Decimal(rate.step)),
                found=rate.value,
                evidence=rate.passage.printed(min(now.clause, before.clause), rate.end),
                where=rate.passage.title,
                severity="warning" if off < 1 and not wrong_way else "",
                note="；增减方向与两数不符" if wrong_way else "",
                now=now.value,
                before=before.value,
            )


def _averages(context: Context, mentions: Sequence[Mention]) -> Iterator[Finding]:
    """``总访问量达230万次，日均6850次``: the average of a year times its days is the total."""
    year = context.report.year
    for whole, average in pairwise(mentions):
        if whole.unit != average.unit or whole.sentence is not average.sentence or not _DAILY.search(average.label):
            continue
        days = 366 if year is not None and calendar.isleap(year) else 365
        exact = Decimal(whole.value) / days
        if whole.value and abs(Decimal(average.value) - exact) > exact * _AVERAGE_SLACK:
            most, least = (Decimal(whole.value) / days for days in _WORKING_DAYS)
            if least <= average.value <= most:
                continue
            yield RULES["E1d"].finding(
                expected=int(exact),
                found=average.value,
                evidence=average.passage.printed(whole.item, average.end),
                where=average.passage.title,
                whole=whole.value,
                days=days,
            )
