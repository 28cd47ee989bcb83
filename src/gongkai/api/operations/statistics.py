"""Statistics: how much is published, and the numbers of the published reports. Nothing else is counted."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gongkai.api import roster
from gongkai.api.cursors import next_address, read, written
from gongkai.api.lines import indicators_of
from gongkai.api.operations.asking import FORGED, MISSING, REFUSED, Paging, Slug, UnitCode, Year
from gongkai.api.operations.decisions import KINDS
from gongkai.api.operations.records import CATEGORIES, VALIDITIES
from gongkai.api.shapes import Counts, IndicatorPage
from gongkai.decisions.models import DecisionKind, DecisionState
from gongkai.decisions.queries import published as decisions_published
from gongkai.law.scope import scope_items
from gongkai.records.models import Category, Validity
from gongkai.records.queries import published as records_published
from gongkai.reporting.queries import published as reports_published
from gongkai.windows.windowed import tallied

router = Router(tags=["统计"])

_KIND = "indicators"


class RecordsBy(Schema):
    """What is counted, and by what."""

    by: Literal["year", "unit", "category", "validity", "subject", "scope_item"] = Field(
        description="按什么分：发布年份、机构、类别、有效性、主题、公开事项"
    )
    unit: UnitCode = None
    category: CATEGORIES = Field(None, description="只数这一类")
    validity: VALIDITIES = Field(None, description="只数这种有效性")
    year: Year = None


class DecisionsBy(Schema):
    """What is counted, and by what."""

    by: Literal["year", "unit", "kind", "state"] = Field(description="按什么分：公示年份、机关、类别、效力")
    unit: UnitCode = None
    kind: KINDS = Field(None, description="只数这一类")
    year: Year = None


class Indicated(Paging):
    """Which reports."""

    slug: Slug = None
    year: Year = None


@router.get(
    "statistics/records/",
    response={200: Counts} | MISSING | REFUSED,
    url_name="records_statistics",
    operation_id="records_statistics",
    summary="已公开的政府信息有多少",
    description="现在公开着的政府信息的件数；撤下的不计。",
)
def records(request: HttpRequest, asked: Query[RecordsBy]) -> dict:
    """Count the published records."""
    del request
    wanted = records_published.Wanted(
        units=roster.covered(asked.unit),
        categories=(asked.category,) if asked.category else (),
        validity=asked.validity or "",
        year=asked.year,
    )
    labels = {
        "category": dict(Category.choices),
        "validity": dict(Validity.choices),
        "scope_item": {item.code: item.caption for item in scope_items()},
    }
    return _counts(asked.by, records_published.listed(wanted), labels.get(asked.by, {}))


@router.get(
    "statistics/decisions/",
    response={200: Counts} | MISSING | REFUSED,
    url_name="decisions_statistics",
    operation_id="decisions_statistics",
    summary="公示着的行政决定有多少",
    description="现在公示着的行政决定的件数；撤回的不计。",
)
def decisions(request: HttpRequest, asked: Query[DecisionsBy]) -> dict:
    """Count the decisions on public notice."""
    del request
    wanted = decisions_published.Wanted(roster.covered(asked.unit), asked.kind or "", asked.year)
    labels = {"kind": dict(DecisionKind.choices), "state": dict(DecisionState.choices)}
    return _counts(asked.by, decisions_published.listed(wanted), labels.get(asked.by, {}))


@router.get(
    "statistics/annual-reports/",
    response={200: IndicatorPage} | FORGED | REFUSED,
    url_name="annual_reports_statistics",
    operation_id="annual_reports_statistics",
    summary="各年度报告里的主要指标",
    description="主动公开、收到和办理申请、行政复议、行政诉讼等数，都取自已公布的年度报告的最后一版；报告没有的不推算。",
)
def reports(request: HttpRequest, asked: Query[Indicated]) -> dict:
    """Return the indicators of the published reports, the last version of each."""
    place = read(_KIND, asked.cursor, 2) if asked.cursor else None
    rows = reports_published.latest(slug=asked.slug or "", year=asked.year, after=place)[: asked.limit + 1]
    found = list(rows)
    shown = found[: asked.limit]
    cursor = written(_KIND, [shown[-1].slug, shown[-1].year]) if len(found) > asked.limit else None
    return {"items": [indicators_of(row) for row in shown], "next": next_address(request, cursor)}


def _counts(by: str, rows, labels: dict[str, str]) -> dict:  # noqa: ANN001 -- a query of either window
    tally = tallied(rows, "unit_id" if by == "unit" else by)
    if by == "unit":
        tree = roster.units()
        order = {node.id: place for place, node in enumerate(tree)}
        keys = sorted(tally, key=lambda unit: (order.get(unit, len(order)), unit))
        items = [
            {"value": roster.code_of(tree, unit), "label": tree.name(unit, in_full=True), "count": tally[unit]}
            for unit in keys
        ]
    else:
        keys = sorted(tally, reverse=by == "year")
        items = [
            {"value": str(key), "label": str(labels.get(key, key)) or "（未分类）", "count": tally[key]} for key in keys
        ]
    return {"by": by, "total": sum(tally.values()), "items": items}
