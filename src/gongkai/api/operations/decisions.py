"""Decisions on public notice: the list, and one."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongkai.api import roster
from gongkai.api.cursors import next_address, paged
from gongkai.api.lines import decision_line
from gongkai.api.operations.asking import FORGED, MISSING, REFUSED, NumberInPath, Paging, UnitCode, Year
from gongkai.api.shapes import DecisionPage, DecisionShape
from gongkai.decisions.models import DecisionKind
from gongkai.decisions.queries import published

router = Router(tags=["行政决定公示"])

KINDS = Literal[tuple(DecisionKind.values)]


class Wanted(Paging):
    """By what the list is narrowed."""

    unit: UnitCode = None
    kind: KINDS = Field(None, description="决定类别")
    year: Year = None
    number: str = Field(
        None, description="决定书文号，要完全一致", min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$"
    )


@router.get(
    "decisions/",
    response={200: DecisionPage} | FORGED | MISSING | REFUSED,
    url_name="decisions",
    operation_id="decisions",
    summary="查询行政决定公示",
    description="行政许可、行政处罚等公示，新公示的在前。年份是公示的年份。自然人的姓名已遮盖。",
)
def decisions(request: HttpRequest, asked: Query[Wanted]) -> dict:
    """List the decisions that fit."""
    wanted = published.Wanted(roster.covered(asked.unit), asked.kind or "", asked.year, asked.number or "")
    rows, cursor = paged(published.listed(wanted), by="published_on", cursor=asked.cursor, limit=asked.limit)
    tree = roster.units()
    return {"items": [decision_line(row, tree) for row in rows], "next": next_address(request, cursor)}


@router.get(
    "decisions/{number}/",
    response={200: DecisionShape} | MISSING | REFUSED,
    url_name="decision",
    operation_id="decision",
    summary="读取一项行政决定公示",
    description="一项公示的全部内容。公示期满或撤回的不再提供（404）。",
)
def decision(request: HttpRequest, number: NumberInPath) -> dict:
    """Show one decision."""
    del request
    return decision_line(published.decision(number), roster.units())
