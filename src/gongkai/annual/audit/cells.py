"""Single cells and neighbours: blanks, counts, levels, flow and stock, units, plausibility."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.audit.captions import TABLES, caption, names
from gongkai.annual.audit.registry import RULES
from gongkai.annual.report import State
from gongkai.law.levels import RULE_MAKERS, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.finding import Finding
    from gongkai.annual.report import Cell, Number

_STATUTORY = ("proactive", "requests", "remedies")
_OLDER = ("summary_2008", "statistics_2014")
_RULES = "proactive.rules."
_RULE_CELLS = tuple(f"{_RULES}{column}" for column in ("made", "repealed", "in_force", "published", "total"))
_CORRECTED = tuple(
    f"remedies.{block}.corrected"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
)
_UNABLE = ("requests.not_held.total", "requests.needs_creation.total", "requests.still_unclear.total")
_ENOUGH = 30  # a share says nothing below so many applications
_UNABLE_SHARE = Decimal("0.6")
_PETITION_SHARE = Decimal("0.2")
_SMALL_PURCHASE = 100  # 元: on average less than this per project is no purchase, but 万元
_CERTAINLY = 200  # among so many applications there is one of a company or another organisation
_TAKEN = ("received", "outcome_total")
_APPLICANTS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other_org")
_LEVELS = {
    Level.NATIONAL: "国务院部门",
    Level.PROVINCE: "省级政府",
    Level.PREFECTURE: "设区的市级政府",
    Level.COUNTY: "县级政府",
    Level.TOWN: "乡镇级政府",
    Level.DEPARTMENT: "政府部门",
}


def check_cells(context: Context) -> Iterator[Finding]:
    """Yield the findings on the cells of the tables, without their sums."""
    if context.blanks:
        yield from _blanks(context)
    yield from _counts(context)
    yield from _level(context)
    yield from _permits(context)
    yield from _flows(context)
    yield from _units(context)
    yield from _applicants(context)
    yield from _remedies(context)


def _blanks(context: Context) -> Iterator[Finding]:
    """Yield the blanks of each table. 规章 are for bodies that make them: a blank there may be meant as none."""
    for table in (*_STATUTORY, *_OLDER):
        blanks = [key for key in context.report.cells if key in context.blanks and key.startswith(table + ".")]
        if table in _OLDER:
            # The local forms were filled with less care; one column blank beside a number is a hole in a row.
            holes = [key for key in blanks if _filled(context, key.rpartition(".")[0])]
            groups = (("", holes), ("warning", [key for key in blanks if key not in holes]))
        else:
            lawful = [key for key in blanks if key.startswith(_RULES)]
            groups = (("", [key for key in blanks if key not in lawful]), ("warning", lawful))
        for severity, keys in groups:
            if keys:
                yield _blank(context, table, keys, severity)


def _filled(context: Context, row: str) -> bool:
    return any(key.startswith(row + ".") for key in context.numbers)


def _blank(context: Context, table: str, keys: list[str], severity: str) -> Finding:
    cells: list[Cell] = [context.report.cells[key] for key in keys]
    marks = sorted({cell.printed.strip() for cell in cells if cell.state is State.NOT_APPLICABLE})
    shown = names(context.report, *keys[:3]) + ("等" if len(keys) > 3 else "")  # noqa: PLR2004 (as many as one reads)
    return RULES["A11"].finding(
        cells=keys,
        found="、".join(marks) or "空白",
        expected="0或实际数",
        evidence=marks[0] if marks else "",
        where=str(cells[0].where),
        severity=severity,
        table=TABLES[table],
        count=len(keys),
        shown=shown,
    )


def _counts(context: Context) -> Iterator[Finding]:
    """Yield counts that are negative or not whole; only 增/减 has a sign, only amounts have a fraction."""
    unusual = [(key, number) for key, number in context.numbers.items() if number.__class__ is not int or number < 0]
    for key, number in unusual:
        kind = _kind(context.edition(key.partition(".")[0]), key)
        if kind == "count" or (kind == "amount" and number < 0):
            fraction = number >= 0
            cell = context.report.cells[key]
            yield RULES["B1"].finding(
                cells=(key,),
                found=number,
                evidence=cell.printed,
                where=str(cell.where),
                severity="warning" if fraction else "",
                cell=names(context.report, key),
                wrong="带小数" if fraction else "为负数",
            )


@cache
def _kind(edition: str, key: str) -> str:
    table, row, *rest = key.split(".")
    try:
        columns = forms.table(edition, table).block_of(row).columns
    except KeyError:
        return ""
    return next((column.kind for column in columns if column.key == "".join(rest)), "")


def _level(context: Context) -> Iterator[Finding]:
    filled = [key for key in _RULE_CELLS if context.numbers.get(key)]
    if not filled:
        return
    level = context.level
    if level is not None and level not in RULE_MAKERS:
        yield RULES["B2"].finding(
            cells=filled,
            expected=0,
            found=context.numbers[filled[0]],
            evidence=context.report.cells[filled[0]].printed,
            where=str(context.report.cells[filled[0]].where),
            body=context.report.body or "本机关",
            level=_LEVELS[level],
        )


_LICENSING = (
    *("自然资源", "住房和城乡建设", "住建", "市场监督管理", "公安", "交通运输", "卫生健康", "应急管理", "生态环境"),
    *("水利", "水务", "农业农村", "林业", "烟草专卖", "城市管理", "行政审批", "文化和旅游", "教育", "民政"),
)
_LICENSES = re.compile(f"(?:{'|'.join(_LICENSING)})[^市县区旗]{{0,8}}(?:局|厅|委|委员会)$")


def _permits(context: Context) -> Iterator[Finding]:
    """No permit in a year at a department whose business is to grant them."""
    key, body = "proactive.permits.decisions", "".join((context.report.body or "").split())
    if context.numbers.get(key) == 0 and context.level is Level.DEPARTMENT and _LICENSES.search(body):
        yield RULES["B9"].finding(
            cells=(key,), found=0, evidence=context.report.cells[key].printed, body=context.report.body
        )


def _flows(context: Context) -> Iterator[Finding]:
    for row in ("rules", "normative_documents"):
        made = context.numbers.get(f"proactive.{row}.made")
        for column in ("in_force", "total"):
            key = f"proactive.{row}.{column}"
            stock = context.numbers.get(key)
            if not made or stock is None:
                continue
            if made == stock:
                yield _flow_is_stock(context, row, key, made)
            elif made > stock:
                yield RULES["B4"].finding(
                    cells=(f"proactive.{row}.made", key),
                    expected=made,
                    found=stock,
                    evidence=context.report.cells[key].printed,
                    made=names(context.report, f"proactive.{row}.made"),
                    stock=names(context.report, key),
                )


def _flow_is_stock(context: Context, row: str, key: str, made: Number) -> Finding:
    """Return the finding that a year made all documents: an error where the prose calls the number the stock.

    Prose that tells the number as made as well as in force knows the two apart.
    """
    noun = {"rules": "rules", "normative_documents": "normative"}[row]
    told = [mention for mention in context.mentions if mention.noun == noun and mention.value == made]
    is_made = any("made" in mention.left + mention.right for mention in told)
    said = next((one for one in told if not is_made and "in_force" in one.left + one.right), None)
    return RULES["B5"].finding(
        cells=(f"proactive.{row}.made", key),
        found=made,
        evidence=said.evidence if said else context.report.cells[key].printed,
        severity="error" if said else "",
        note="；文中把同一个数称为有效存量，可见本年数误填了存量" if said else "",
        made=names(context.report, f"proactive.{row}.made"),
        stock=names(context.report, key),
    )


def _units(context: Context) -> Iterator[Finding]:
    for key, unit in (("proactive.charges.amount_wan", "万元"), ("proactive.procurement.amount_yuan", "元")):
        cell = context.report.cells.get(key)
        if cell is not None and cell.unit and cell.unit != unit and cell.value:
            yield RULES["B8u"].finding(
                cells=(key,),
                expected=unit,
                found=cell.unit,
                evidence=cell.printed,
                where=str(cell.where),
                cell=names(context.report, key),
            )
    projects = context.numbers.get("proactive.procurement.projects")
    amount = context.numbers.get("proactive.procurement.amount_yuan")
    if projects and amount and amount < projects * _SMALL_PURCHASE:
        yield RULES["B8p"].finding(
            cells=("proactive.procurement.amount_yuan",),
            found=amount,
            evidence=context.report.cells["proactive.procurement.amount_yuan"].printed,
            projects=projects,
        )


def _applicants(context: Context) -> Iterator[Finding]:
    total = context.numbers.get("requests.outcome_total.total")
    if not total or total < _ENOUGH:
        return
    unable = context.summed(context.present(_UNABLE))
    petitions = context.numbers.get("requests.petition_or_complaint.total")
    for number, share, words, key in (
        (unable, _UNABLE_SHARE, "无法提供", _UNABLE[0]),
        (petitions, _PETITION_SHARE, "信访举报投诉类", "requests.petition_or_complaint.total"),
    ):
        if number is not None and number > total * share:
            yield RULES["C13"].finding(
                cells=(key,), expected=total, found=number, words=words, share=int(100 * number / total)
            )
    received = context.numbers.get("requests.received.total")
    organisations = [f"requests.{row}.{column}" for row in _TAKEN for column in _APPLICANTS[1:]]
    if received and received >= _CERTAINLY and all(context.numbers.get(key) == 0 for key in organisations):
        yield RULES["C14"].finding(cells=("requests.received.natural_person",), found=received)
    edition = context.edition("requests")
    before = ""
    for row in _leaves(edition):
        key = f"requests.{row}.total"
        count = context.numbers.get(key)
        if count and count == context.numbers.get(before):
            one, other = _row(context, before), _row(context, key)
            if one == other and sum(map(bool, one)) > 1:
                yield RULES["C15"].finding(
                    cells=(before, key), found=count, one=caption(edition, before), other=caption(edition, key)
                )
        before = key


@cache
def _leaves(edition: str) -> tuple[str, ...]:
    return tuple(row.key for row in forms.table(edition, "requests").rows if row.leaf)


def _row(context: Context, total: str) -> tuple[Number | None, ...]:
    """Return the numbers of the six kinds of applicant in the row of a total."""
    row = total.removesuffix("total")
    return tuple(context.numbers.get(row + column) for column in _APPLICANTS)


def _remedies(context: Context) -> Iterator[Finding]:
    after = context.numbers.get("remedies.litigation_after_reconsideration.total")
    reviews = context.numbers.get("remedies.reconsideration.total")
    if after and reviews is not None and after > reviews:
        yield RULES["D3"].finding(
            cells=("remedies.litigation_after_reconsideration.total", "remedies.reconsideration.total"),
            expected=reviews,
            found=after,
            evidence=context.report.cells["remedies.litigation_after_reconsideration.total"].printed,
        )
    corrected = [key for key in _CORRECTED if context.numbers.get(key)]
    lost = sum(context.numbers[key] for key in corrected)
    if not lost:
        return
    issues = next((section.text for section in context.report.sections if "问题" in section.title), "")
    if issues and not any(word in issues for word in ("复议", "诉讼", "纠错", "败诉", "纠正", "依申请", "答复")):
        yield RULES["D7"].finding(cells=corrected, found=lost)
