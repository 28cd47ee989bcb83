"""Rules across the years of one body: carry-over, stock and flow, cumulative numbers, units, growth, copied text.

A rule compares two consecutive report years. Where years are missing in between only a cumulative number that fell is
named, and only as a warning: the year that would explain it is not there.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual.audit.captions import names
from gongkai.annual.audit.registry import RULES
from gongkai.annual.audit.similarity import copied_part, similarity
from gongkai.annual.audit.statements import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Number, Report

_COLUMNS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other_org", "total")
_DOCUMENTS = ("rules", "normative_documents")
_ITEMS = ("permits", "other_services", "penalties", "coercion", "charges")
_JUMP = 10  # more than so many times last year's amount is no growth
_UNITS = 10_000
_ALIKE = 0.6
_HALF = Decimal("0.500001")
_BODY = re.compile("(?:人民政府|管理委员会|管委会|政府)$")


def body_key(report: Report) -> str | None:
    """Return by what the reports of one body are known: its name without 人民政府 or 管委会; ``None`` if unnamed."""
    return _BODY.sub("", "".join(report.body.split())) if report.body else None


def compare_years(before: Context, now: Context) -> Iterator[Finding]:
    """Yield the findings on ``now`` that follow from ``before``, an earlier year of the same body."""
    consecutive = now.report.year == (before.report.year or 0) + 1
    yield from _cumulative(before, now, consecutive=consecutive)
    if not consecutive:
        return
    yield from _carry_over(before, now)
    yield from _stock_flow(before, now)
    yield from _amounts(before, now)
    yield from _pending(before, now)
    yield from _growth(before, now)
    yield from _similar(before, now)


def duplicate(first: Report, second: Report) -> Finding:
    """Return the finding that ``second`` is another file of the same body and year as ``first``."""
    return RULES["S1"].finding(
        found=first.file, against=first.file, year=second.year, body=second.body or "", evidence=""
    )


def _carry_over(before: Context, now: Context) -> Iterator[Finding]:
    for column in _COLUMNS:
        left, key = f"requests.carried_out.{column}", f"requests.carried_in.{column}"
        expected, found = before.numbers.get(left), now.numbers.get(key)
        if expected is not None and found is not None and expected != found:
            yield RULES["C4"].finding(
                cells=(key,),
                expected=expected,
                found=found,
                evidence=now.report.cells[key].printed,
                against=before.report.file,
                where=str(now.report.cells[key].where),
                cell=names(now.report, key),
                last=names(before.report, left),
                year=before.report.year,
            )


def _stock_flow(before: Context, now: Context) -> Iterator[Finding]:
    for row in _DOCUMENTS:
        stem = f"proactive.{row}."
        stock = next((n for c in ("in_force", "total") if (n := before.numbers.get(stem + c)) is not None), None)
        if stock is None:
            continue
        older = stem + "in_force" not in before.numbers
        yield from _narrowed(before, now, stem, stock)
        made, repealed, in_force = (now.numbers.get(stem + column) for column in ("made", "repealed", "in_force"))
        if made is not None and repealed is not None and in_force is not None and in_force != stock + made - repealed:
            yield RULES["B3"].finding(
                cells=tuple(stem + column for column in ("in_force", "made", "repealed")),
                expected=stock + made - repealed,
                found=in_force,
                evidence=now.report.cells[stem + "in_force"].printed,
                against=before.report.file,
                severity="warning" if older else "",
                note="；上年用旧表样，“对外公开总数量”与“现行有效件数”口径可能不同" if older else "",
                cell=names(now.report, stem + "in_force"),
                sum=f"上年{stock}+制发{made}-废止{repealed}",
            )
        total, published = now.numbers.get(stem + "total"), now.numbers.get(stem + "published")
        if total is not None and published is not None and total > stock + published:
            yield RULES["B3t"].finding(
                cells=(stem + "total", stem + "published"),
                expected=stock + published,
                found=total,
                evidence=now.report.cells[stem + "total"].printed,
                against=before.report.file,
                cell=names(now.report, stem + "total"),
            )
    for row in _ITEMS:
        stem = f"proactive.{row}."
        last, change = before.numbers.get(stem + "previous"), before.numbers.get(stem + "change")
        found = now.numbers.get(stem + "previous")
        if last is not None and change is not None and found is not None and found != last + change:
            yield RULES["B3p"].finding(
                cells=(stem + "previous",),
                expected=last + change,
                found=found,
                evidence=now.report.cells[stem + "previous"].printed,
                against=before.report.file,
                cell=names(now.report, stem + "previous"),
            )


def _narrowed(before: Context, now: Context, stem: str, stock: Number) -> Iterator[Finding]:
    """Say which candidates of an unread row last year's stock leaves."""
    wanted = tuple(stem + column for column in ("made", "repealed", "in_force"))
    for entry in now.report.unreadable.values():
        if entry.keys != wanted or len(entry.candidates) < 2:  # noqa: PLR2004 (nothing to narrow)
            continue
        left = [
            (made, repealed, in_force)
            for made, repealed, in_force in entry.candidates
            if made is not None and repealed is not None and in_force == stock + made - repealed
        ]
        if len(left) == 1:
            yield RULES["S2"].finding(
                cells=wanted,
                expected="|".join(map(str, left[0])),
                found=entry.printed,
                evidence=entry.printed,
                against=before.report.file,
                where=str(entry.where),
                cell=names(now.report, wanted[-1]),
                stock=stock,
            )


def _cumulative(before: Context, now: Context, *, consecutive: bool) -> Iterator[Finding]:
    for key, found in now.numbers.items():
        if not key.endswith(".cumulative"):
            continue
        last, year = before.numbers.get(key), now.numbers.get(key.removesuffix("cumulative") + "year")
        if last is None:
            continue
        expected = last + year if consecutive and year is not None else last
        if found == expected or (found > last and not (consecutive and year is not None)):
            continue
        yield RULES["H1"].finding(
            cells=(key,),
            expected=expected,
            found=found,
            evidence=now.report.cells[key].printed,
            against=before.report.file,
            where=str(now.report.cells[key].where),
            severity="" if consecutive else "warning",
            note="；中间年度的报告不在一起，无法判断是否重新起算" if not consecutive else "",
            cell=names(now.report, key),
            relation="为" if consecutive and year is not None else "不小于",
            sum=f"{before.report.year}年累计{last}" + (f"+本年{year}" if consecutive and year is not None else ""),
        )


def _amounts(before: Context, now: Context) -> Iterator[Finding]:
    for key in ("proactive.charges.amount_wan", "proactive.procurement.amount_yuan"):
        last, found = before.numbers.get(key), now.numbers.get(key)
        if not last or not found:
            continue
        ratio = Decimal(max(last, found)) / Decimal(min(last, found))
        if ratio > _JUMP:
            factor = _UNITS / 3 < ratio < _UNITS * 3
            yield RULES["B8"].finding(
                cells=(key,),
                expected=last,
                found=found,
                evidence=now.report.cells[key].printed,
                against=before.report.file,
                note="；两年相差约一万倍，疑为元与万元混填" if factor else "",
                cell=names(now.report, key),
                ratio=int(ratio),
            )


def _pending(before: Context, now: Context) -> Iterator[Finding]:
    """Yield cases pending last year that are lost this year, and suits after reviews that never were."""
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        stem = f"remedies.{block}."
        pending, total = before.numbers.get(stem + "pending"), now.numbers.get(stem + "total")
        if pending and total is not None and pending > total:
            yield RULES["D4"].finding(
                cells=(stem + "total",),
                expected=pending,
                found=total,
                evidence=now.report.cells[stem + "total"].printed,
                against=before.report.file,
                cell=names(now.report, stem + "total"),
            )

    after = now.numbers.get("remedies.litigation_after_reconsideration.total")
    reviews = [context.numbers.get("remedies.reconsideration.total") for context in (before, now)]
    known = [number for number in reviews if number is not None]
    if after is not None and len(known) == len(reviews) and after > sum(known):
        yield RULES["D3p"].finding(
            cells=("remedies.litigation_after_reconsideration.total",),
            expected=sum(known),
            found=after,
            evidence=now.report.cells["remedies.litigation_after_reconsideration.total"].printed,
            against=before.report.file,
        )


def _growth(before: Context, now: Context) -> Iterator[Finding]:
    """Recompute a growth said without last year's number: ``受理859件，较去年回落12.3%``."""
    mentions = now.mentions
    for place, rate in enumerate(mentions):
        if rate.unit != "%" or rate.approximate or not {"than", "last"} & set(rate.left):
            continue
        if not {"up", "down"} & set(rate.left) or place == 0:
            continue
        stated = mentions[place - 1]
        target = target_of(stated, now.report.year) if stated.sentence == rate.sentence else None
        if target is None:
            continue
        readings = [target.plain, *target.also]
        lasts = [
            last
            for reading in readings
            for cells in reading.cells
            if (last := _held(before, cells)) and _held(now, cells) == stated.value
        ]
        growths = [Decimal(100) * (Decimal(stated.value) - Decimal(last)) / Decimal(last) for last in lasts]
        said = Decimal(rate.value) * (1 if "up" in rate.left else -1)
        if growths and all(abs(growth - said) > Decimal(rate.step) * _HALF for growth in growths):
            yield RULES["E1y"].finding(
                expected=growths[0].quantize(Decimal(rate.step)),
                found=said,
                evidence=rate.passage.printed(stated.clause, rate.end),
                against=before.report.file,
                where=rate.passage.title,
                last=lasts[0],
                now=stated.value,
            )


def _held(context: Context, cells: tuple[str, ...]) -> Number | None:
    present = context.present(cells)
    return context.summed(present) if present else None


def _similar(before: Context, now: Context) -> Iterator[Finding]:
    table = {key: number for key, number in now.numbers.items() if key.startswith("requests.")}
    if any(table.values()) and all(before.numbers.get(key) == number for key, number in table.items()):
        yield RULES["E7"].finding(
            cells=("requests.received.total",),
            found=table.get("requests.received.total"),
            against=before.report.file,
            year=before.report.year,
        )
    share = similarity(before.report.prose, now.report.prose)
    if share >= _ALIKE:
        yield RULES["E3"].finding(
            found=f"{share:.0%}",
            expected=f"低于{_ALIKE:.0%}",
            evidence=copied_part(before.report.prose, now.report.prose),
            against=before.report.file,
            year=before.report.year,
        )
