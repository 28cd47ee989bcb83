"""The outline of the report: sections, edition, period, contact, what section 一 and section 六 must speak of."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.audit.captions import TABLES, names
from gongkai.annual.audit.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Report, Section

_SIX = (
    ("一", "总体情况", re.compile("总体情况|概述|基本情况"), ""),
    ("二", "主动公开政府信息情况", re.compile("主动公开"), "proactive"),
    ("三", "收到和处理政府信息公开申请情况", re.compile("(?<!被)申请(?!.{0,4}复议)"), "requests"),
    ("四", "政府信息公开行政复议、行政诉讼情况", re.compile("复议|诉讼"), "remedies"),
    ("五", "存在的主要问题及改进情况", re.compile("问题|不足|改进"), ""),
    ("六", "其他需要报告的事项", re.compile("其他|需要报告|需要说明"), ""),
)
_TRACE = {
    1: re.compile(r"（一）[^。]{0,10}公开|[\s\S]{600}"),
    5: re.compile("存在.{0,12}(?:问题|不足|短板)|改进(?:措施|情况)|主要问题"),
    6: re.compile("其他需要报告|需要说明|处理费"),
}
_CUT = re.compile("〔略|略〕|……|<略>")
_NOTHING = re.compile(r"^[\s（）()一二三四五六七八九十、.。无没有]*$")
_SHORT = 10
_LOST = 2  # where more headings are missing than this, the file lost its headings, not the report its sections
_ASPECTS = {
    "主动公开": "主动公开",
    "依申请公开": "申请",
    "政府信息管理": "管理",
    "平台建设": "平台|网站|栏目|新媒体",
    "监督保障": "监督|保障|考核|培训",
}
_PERIOD = re.compile(
    r"统计(?:期限|时间|周期|范围)[^。；]{0,12}?(\d{4})年(\d{1,2})月(\d{1,2})日[起始]?[^。；\d]{0,6}(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_DAMAGED = re.compile(r"统计(?:期限|时间|周期)[^。；]{0,8}?(?:从|自|为)(\d{5,})日?[^。；]{0,4}?(\d{3,})日")
_CONTACT = {"地址": "地址|路\\d+号|街\\d+号", "邮编": "邮编|邮政编码", "电话": "电话|传真"}
_ASKS = re.compile("如对本|若有疑问|如有疑问|有任何疑问|有疑问|请与.{2,24}联系|联系方式")
_HALF_YEAR = re.compile(
    r"截[至止](?:到|于)?(?:20\d\d年)?(?:(?:[1-9]|1[01])月\d{0,2}日?|12月(?:[1-9]|[12]\d|30)日)|(?:20\d\d年)?1[至-](?:[2-9]|1[01])月"
)
_MONTHS = re.compile("[至-](?:[2-9]|1[01])月")
_FEE = re.compile("处理费|收费|费用")
_NO_NOTICE = re.compile("(?:未|没有|无)(?:发出|开具|下达|发放)?[^，。；]{0,6}收费通知")


def check_structure(context: Context) -> Iterator[Finding]:
    """Yield the findings on the outline of the report."""
    report = context.report
    yield from _unread(context)
    yield from _edition(context)
    yield from _period(context)
    if report.edition in ("2021", "2019") and report.sections:
        yield from _sections(context)
        yield from _first(report)
        yield from _last(context)
    yield from _contact(context)


_NO_TABLE = frozenset({"table-not-found", "two-years"})
_SHOWN = 3


def _unread(context: Context) -> Iterator[Finding]:
    """Say what no rule could look at: silence about it would be taken for a pass."""
    report = context.report
    tables = [TABLES[found.where] for found in report.diagnostics if found.code in _NO_TABLE and found.where in TABLES]
    entries = [*report.unreadable.values()]
    if not tables and not entries:
        return
    rows = [names(report, entry.keys[0]) for entry in entries[:_SHOWN]]
    more = f"等{len(context.unread)}格" if entries else ""
    yield RULES["R0"].finding(cells=sorted(context.unread), shown="、".join([*dict.fromkeys(tables), *rows]) + more)


def _edition(context: Context) -> Iterator[Finding]:
    report = context.report
    year = report.year
    form = forms.form(report.edition)
    if year is not None and not form.covers(year):
        wanted = [edition for edition in forms.EDITIONS if forms.form(edition).covers(year)]
        yield RULES["A9"].finding(
            expected="、".join(forms.form(edition).basis for edition in wanted) or "无",
            found=form.basis,
            evidence=report.title if report.title and report.title in report.prose else "",
            year=year,
        )
    others = {table: edition for table, edition in report.table_editions.items() if edition != report.edition}
    for table, edition in others.items():
        form = forms.form(edition)
        yield RULES["A9m"].finding(
            expected=report.edition, found=edition, table=form.table(table).title, main=forms.form(report.edition).basis
        )


def _period(context: Context) -> Iterator[Finding]:
    report = context.report
    printed, said = report.period, None
    for passage in context.passages:
        match = _PERIOD.search(passage.text) if "统计" in passage.text else None
        if match:
            printed, said = _dates(match), (passage, match)
            break
    if report.year is not None and (printed is not None or said is not None):
        whole = (date(report.year, 1, 1), date(report.year, 12, 31))
        if printed != whole:
            evidence = said[0].printed(said[1].start(), said[1].end()) if said else ""
            yield RULES["A3"].finding(
                expected=f"{whole[0]}至{whole[1]}",
                found=f"{printed[0]}至{printed[1]}" if printed else evidence,
                evidence=evidence,
                where=said[0].title if said else "",
                year=report.year,
            )
    for passage in context.passages:
        damaged = _DAMAGED.search(passage.text) if "统计" in passage.text else None
        if damaged:
            yield RULES["A4"].finding(
                evidence=passage.printed(damaged.start(), damaged.end()), found=damaged[1], where=passage.title
            )
        if "截" not in passage.text and _MONTHS.search(passage.text) is None:
            continue
        for match in _HALF_YEAR.finditer(passage.text):
            yield RULES["A3p"].finding(evidence=passage.printed(match.start(), match.end()), where=passage.title)


def _dates(match: re.Match[str]) -> tuple[date, date] | None:
    """Return the two days, ``None`` where the calendar has no such day."""
    first, month, day, last, last_month, last_day = match.groups()
    try:
        return date(int(first), int(month), int(day)), date(int(last or first), int(last_month), int(last_day))
    except ValueError:
        return None


def _sections(context: Context) -> Iterator[Finding]:
    report = context.report
    found = {place: _section(report, place) for place in range(1, len(_SIX) + 1)}
    missing = list(found.values()).count(None)
    for place, (ordinal, title, _, table) in enumerate(_SIX, 1):
        section = found[place]
        if section is not None:
            if ordinal == "五" and _says_nothing(section):
                yield RULES["A10"].finding(
                    found=len(section.text), evidence=section.title, where=section.title, title=title, ordinal=ordinal
                )
        elif missing <= _LOST and not _traces(context, place):
            printed = bool(table) and any(key.startswith(table + ".") for key in (*report.cells, *context.unread))
            if printed and missing > 1:
                continue  # the headings of this file were lost, the table is there
            yield RULES["A1"].finding(
                expected=f"{ordinal}、{title}",
                found="、".join(one.title for one in report.sections),
                severity="warning" if printed else "",
                note="；表格在，标题不在" if printed else "",
                ordinal=ordinal,
                title=title,
            )
    numbers = [section.number for section in report.sections if section.number is not None]
    jump = next((pair for pair in pairwise(numbers) if pair[1] != pair[0] + 1), None)
    if jump is not None and set(range(1, len(_SIX) + 1)) <= set(numbers):
        yield RULES["A1o"].finding(
            expected=jump[0] + 1,
            found=jump[1],
            evidence=next(section.title for section in report.sections if section.number == jump[1]),
        )


def is_cut(text: str) -> bool:
    """Tell whether passages were left out of ``text``: what is not there may have stood in them."""
    return _CUT.search(text) is not None


def _says_nothing(section: Section) -> bool:
    if is_cut(section.title + section.text):
        return False
    return len(section.text) < _SHORT or _NOTHING.match(section.text) is not None


@lru_cache(maxsize=1024)
def _named(title: str) -> frozenset[int]:
    """Return which sections of the form a title may be of; titles are much the same in all reports."""
    return frozenset(place for place, (_, _, pattern, _) in enumerate(_SIX, 1) if pattern.search(title))


def _section(report: Report, place: int) -> Section | None:
    """Return the section that is the ``place``-th of the form, by its title or else by its number."""
    by_title = next((section for section in report.sections if place in _named(section.title)), None)
    return by_title or next((section for section in report.sections if section.number == place), None)


def _traces(context: Context, place: int) -> bool:
    """Tell whether a section without a heading stands under the heading before it, or in the preamble."""
    pattern = _TRACE.get(place)
    if pattern is None:
        return False
    before = [section.text for section in context.report.sections if section.number == place - 1]
    return any(pattern.search(text) for text in (*before, *([context.report.preamble] if place == 1 else [])))


@cache
def _aspect(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _first(report: Report) -> Iterator[Finding]:
    """国办公开办函〔2021〕30号 names five aspects of section 一."""
    section = next((one for one in report.sections if "总体情况" in one.title), None)
    if report.edition != "2021" or section is None:
        return
    missing = [name for name, words in _ASPECTS.items() if not _aspect(words).search(section.text)]
    if missing and section.text and not is_cut(section.text):
        yield RULES["A1a"].finding(expected="、".join(missing), where=section.title, missing="、".join(missing))


def _last(context: Context) -> Iterator[Finding]:
    """Section 六 reports on the processing fee, in agreement with the row for fees not paid."""
    report = context.report
    section = next((one for one in report.sections if one.number == len(_SIX) or "其他需要" in one.title), None)
    if section is None or report.edition != "2021" or is_cut(section.text):
        return
    unpaid = context.numbers.get("requests.fee_unpaid.total")
    words = "".join((section.title + section.text).split())
    if unpaid and (match := _NO_NOTICE.search(words)):
        yield RULES["E9"].finding(
            cells=("requests.fee_unpaid.total",),
            expected=0,
            found=unpaid,
            evidence=match[0] if match[0] in report.prose else "",
            where=section.title,
            words=match[0],
        )
    elif not _FEE.search(words):
        yield RULES["E9f"].finding(evidence=section.text.strip() if len(section.text) < 40 else "", where=section.title)  # noqa: PLR2004 (a short text is quoted whole)


def _contact(context: Context) -> Iterator[Finding]:
    """Yield what is missing where a report offers a contact: address, post code, telephone."""
    preamble = next((passage for passage in context.passages if not passage.title), None)
    offer = None if preamble is None else _ASKS.search(preamble.text)
    if preamble is None or offer is None or is_cut(preamble.text):
        return
    text = preamble.text
    missing = [name for name, words in _CONTACT.items() if not _aspect(words).search(text)]
    if missing:
        yield RULES["A5"].finding(
            expected="、".join(missing),
            evidence=preamble.printed(offer.start(), offer.end()),
            missing="、".join(missing),
        )
