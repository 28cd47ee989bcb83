"""Units: the tree of a day, one, and its guide."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gongkai.api import roster
from gongkai.api.lines import unit_ended, unit_line
from gongkai.api.operations.asking import MISSING, REFUSED, CodeInPath
from gongkai.api.shapes import GuideShape, UnitTree, UnitWhole
from gongkai.units.models import Guide, Unit
from gongkai.units.queries import history
from gongkai.units.queries.tree import Past
from gongkai.windows.errors import NotPublishedError

router = Router(tags=["机构"])


class Day(Schema):
    """As of when."""

    on: date = Field(None, description="哪一天的情况，如 2024-05-20；不给就是今天，将来的日期也按今天答复")


@router.get(
    "units/",
    response={200: UnitTree} | REFUSED,
    url_name="units",
    operation_id="units",
    summary="某一天的全部机构",
    description="当日的机构树，上级在下级之前；此前已撤销的机构连同承接者另列。",
)
def units(request: HttpRequest, asked: Query[Day]) -> dict:
    """List the units as of a day."""
    del request
    tree = roster.as_of(asked.on)
    return {
        "on": tree.day,
        "items": [unit_line(node, tree) for node in tree],
        "ended": [unit_ended(past, tree) for past in tree.ended.values()],
    }


@router.get(
    "units/{code}/",
    response={200: UnitWhole} | MISSING | REFUSED,
    url_name="unit",
    operation_id="unit",
    summary="读取一个机构",
    description="某一天的名称、隶属和下级，以及沿革。",
)
def unit(request: HttpRequest, code: CodeInPath, asked: Query[Day]) -> dict:
    """Show one unit as of a day."""
    del request
    tree = roster.as_of(asked.on)
    found = roster.unit_of(tree, code, "path")
    has_ended = isinstance(found, Past)
    return {
        "on": tree.day,
        "unit": None if has_ended else unit_line(found, tree),
        "ended": unit_ended(found, tree) if has_ended else None,
        "children": [{"code": node.code, "name": node.name} for node in tree if node.parent == found.id],
        "history": [step for step in history.timeline(Unit.objects.get(pk=found.id)) if step.day <= tree.day],
        "has_guide": Guide.objects.filter(unit_id=found.id).exists(),
    }


@router.get(
    "units/{code}/guide/",
    response={200: GuideShape} | MISSING | REFUSED,
    url_name="guide",
    operation_id="guide",
    summary="读取一个机构的公开指南",
    description="《政府信息公开条例》第十二条规定的公开指南：工作机构、地址、电话和受理申请的渠道。",
)
def guide(request: HttpRequest, code: CodeInPath) -> dict:
    """Show the guide of a unit."""
    del request
    tree = roster.units()
    found = roster.unit_of(tree, code, "path")
    held = Guide.objects.filter(unit_id=found.id).values().first()
    if held is None:
        raise NotPublishedError(code)
    return held | roster.called(tree, found.id)
