"""Prose against tables: every number of the prose whose cell is known is compared with it, every hit, not the first."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.annual.audit.captions import names
from gongkai.annual.audit.mentions import DOCUMENTS
from gongkai.annual.audit.registry import RULES
from gongkai.annual.audit.statements import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.audit.mentions import Mention
    from gongkai.annual.audit.statements import Reading, Target
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Number

_OWN = re.compile("[我本全](?:局|镇|乡|街道|办|委|厅|院|中心|所)")
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:局|[乡镇](?!村)|街道|税务|公安|法院|检察院|中心|[大支总]队|管委会|办公[室厅]|府办|公开办|[市县区]府(?!门)"
    r"|[市县区省州]政府(?!信息|网|门户)|[省市县区州]直|直属|本级|园区)"
)
_BASIS = re.compile("(?:按照|根据|依据|依照|遵照|贯彻|落实|执行|经|报送?|向)[^，]*")
_WHOLE = re.compile("各级|汇总|全[市县区省州]")
_WAN = 10_000
_ROUGH = 10  # an approximate number may be off by one part in so many


def check_statements(context: Context) -> Iterator[Finding]:
    """Yield a finding for every number of the prose that is not what the table holds."""
    year = context.report.year
    for mention in context.mentions:
        target = target_of(mention, year)
        if target is None:
            continue
        found = _held(context, target.plain)
        if found is None:
            yield from _impossible(context, mention, target)
            continue
        keys, held = found
        if held == mention.value:
            continue
        if target.name == "charges":
            yield from _charged(mention, keys[0], Decimal(held))
            continue
        limit = _limit(context, mention)
        if target.name.startswith("disclosed") and limit:
            continue
        second = _second(context, mention, target.also)
        if second is not None:
            if target.name == "received":
                yield _second_reading(context, mention, keys, held, second)
            continue
        yield from _mismatch(context, mention, keys, held, limit=limit, target=target)


def _held(context: Context, reading: Reading) -> tuple[tuple[str, ...], Number] | None:
    """Return the cells of the first table of the report that has any, and their sum."""
    for keys in reading.cells:
        present = context.present(keys)
        if present:
            held = context.summed(present)
            return None if held is None else (present, held)
    return None


def _impossible(context: Context, mention: Mention, target: Target) -> Iterator[Finding]:
    """Compare with a cell that could not be read: a number that none of its candidates has is wrong all the same."""
    keys = next((present for cells in target.plain.cells if (present := context.present(cells))), ())
    possible = context.possible(keys[0]) if len(keys) == 1 else ()
    if not possible or mention.value in possible or mention.approximate or _limit(context, mention):
        return
    if any(held and held[1] == mention.value for held in (_held(context, reading) for reading in target.also)):
        return
    yield RULES["E1"].finding(
        cells=keys,
        expected=possible[0] if len(possible) == 1 else "或".join(map(str, sorted(possible))),
        found=mention.value,
        evidence=mention.evidence,
        where=mention.passage.title,
        note="；该格数字粘连，各种可能的读法都与文中数不符",
        words=target.plain.words,
        sum=names(context.report, *keys),
    )


def _second(context: Context, mention: Mention, also: tuple[Reading, ...]) -> tuple[Reading, tuple[str, ...]] | None:
    for reading in also:
        found = _held(context, reading)
        if found is not None and found[1] == mention.value:
            return reading, found[0]
    return None


def _second_reading(
    context: Context, mention: Mention, keys: tuple[str, ...], held: Number, second: tuple[Reading, tuple[str, ...]]
) -> Finding:
    reading, cells = second
    return RULES["E1b"].finding(
        cells=cells,
        expected=held,
        found=mention.value,
        evidence=mention.evidence,
        where=mention.passage.title,
        plain=names(context.report, *keys),
        reading=reading.words,
        sum="+".join(str(context.summed((key,))) for key in cells),
    )


def _mismatch(
    context: Context, mention: Mention, keys: tuple[str, ...], held: Number, *, limit: str, target: Target
) -> Iterator[Finding]:
    if mention.approximate or mention.step != 1:
        slack = Decimal(mention.step)
        if mention.approximate:
            slack = max(slack, abs(Decimal(held)) / _ROUGH)
        if abs(Decimal(held) - Decimal(mention.value)) <= slack:
            return
    note, severity = "", ""
    if limit:
        severity = "warning"
        note = f"；若该数只指“{limit}”而非本报告全部口径，请在文中写明"
    elif target.name == "published" or (mention.depth and mention.noun in DOCUMENTS):
        severity = "warning"
        note = "；如公开的还有往年文件，请写明口径"
    elif "stock" in mention.left and target.name not in ("in_force", "disclosed_so_far"):
        severity = "warning"
        note = "；如为多年累计，请写明起止"
    elif "cleaned" in _sentence_words(mention) and "现行有效" not in mention.label:
        severity = "warning"
        note = "；如为专项清理的结果，请与全年数分开写明"
    elif mention.approximate:
        severity = "warning"
        note = "；文中用了约数，但与表中数相差过大"
    else:
        part = next((key for key in _parts(context, keys) if context.numbers.get(key) == mention.value), None)
        if part is not None:
            note = f"；文中数恰等于{names(context.report, part)}一格"
    yield RULES["E1"].finding(
        cells=keys,
        expected=held,
        found=mention.value,
        evidence=mention.evidence,
        where=mention.passage.title,
        severity=severity,
        note=note,
        words=target.plain.words,
        sum="+".join(names(context.report, key) for key in keys[:3]) + ("等" if len(keys) > 3 else ""),  # noqa: PLR2004
    )


def _charged(mention: Mention, key: str, held: Decimal) -> Iterator[Finding]:
    """Compare a sum of money with the cell in 万元; a sum that differs by the factor of its unit is a slip of unit."""
    scale = 1 if mention.unit == "万元" else _WAN
    stated = Decimal(mention.value) / scale
    if abs(stated - held) * scale < mention.step:
        return
    slipped = held and stated in (held * _WAN, held / _WAN)
    yield RULES["B8t" if slipped else "E1"].finding(
        cells=(key,),
        expected=held,
        found=stated,
        evidence=mention.evidence,
        where=mention.passage.title,
        severity="warning" if mention.approximate else "",
        words="行政事业性收费金额",
        sum="单位：万元",
    )


def _sentence_words(mention: Mention) -> frozenset[str]:
    """Return the words of the sentence where the number counts documents; nothing for other numbers."""
    if mention.noun not in DOCUMENTS:
        return frozenset()
    return frozenset(mention.passage.words(mention.sentence.start, mention.sentence.end))


def _parts(context: Context, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the cells that a wrong number may have been taken from: one of several, or a column of a row."""
    if len(keys) > 1:
        yield from keys
    for key in keys:
        if key.startswith("requests.") and key.endswith(".total"):
            row = key.removesuffix("total")
            yield from (other for other in context.numbers if other.startswith(row) and other != key)


def _limit(context: Context, mention: Mention) -> str:
    """Return the words that make the number one of a unit rather than of the whole report; empty if there are none."""
    words = _OWN.sub("", _BASIS.sub("", mention.leading))
    if _WHOLE.search(words):
        return ""
    body = context.report.body or ""
    for match in _UNIT.finditer(words):
        if match[0] not in body:
            return match[0]
    return ""
