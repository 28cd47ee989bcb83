"""Records: the list, and one."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongkai.api import roster
from gongkai.api.cursors import next_address, paged
from gongkai.api.lines import record_line, record_whole
from gongkai.api.operations.asking import FORGED, GONE, MISSING, REFUSED, NumberInPath, Paging, UnitCode, Year
from gongkai.api.shapes import RecordPage, RecordWhole
from gongkai.law.scope import scope_items, subjects
from gongkai.records.models import Category, Validity
from gongkai.records.queries import published

router = Router(tags=["政府信息"])

CATEGORIES = Literal[tuple(Category.values)]
VALIDITIES = Literal[tuple(Validity.values)]
SUBJECTS = Literal[tuple(subjects())]
ITEMS = Literal[tuple(item.code for item in scope_items())]


class Wanted(Paging):
    """By what the list is narrowed, the same as on the site."""

    unit: UnitCode = None
    category: CATEGORIES = Field(None, description="类别")
    validity: VALIDITIES = Field(None, description="有效性")
    subject: SUBJECTS = Field(None, description="主题分类")
    scope_item: ITEMS = Field(None, description="公开事项（条例第二十条、第二十一条）的代码")
    year: Year = None


def wanted_of(asked: Wanted) -> published.Wanted:
    """Return what is looked for, as the room understands it. Raises ``UnknownUnitError``."""
    return published.Wanted(
        units=roster.covered(asked.unit),
        categories=(asked.category,) if asked.category else (),
        validity=asked.validity or "",
        subject=asked.subject or "",
        scope_items=(asked.scope_item,) if asked.scope_item else (),
        year=asked.year,
    )


@router.get(
    "records/",
    response={200: RecordPage} | FORGED | MISSING | REFUSED,
    url_name="records",
    operation_id="records",
    summary="查询政府信息",
    description="已公开的政府信息，新发布的在前。",
)
def records(request: HttpRequest, asked: Query[Wanted]) -> dict:
    """List the records that fit."""
    rows, cursor = paged(published.listed(wanted_of(asked)), by="published_on", cursor=asked.cursor, limit=asked.limit)
    tree = roster.units()
    return {"items": [record_line(row, tree) for row in rows], "next": next_address(request, cursor)}


@router.get(
    "records/{number}/",
    response={200: RecordWhole} | MISSING | GONE | REFUSED,
    url_name="record",
    operation_id="record",
    summary="读取一条政府信息",
    description="正文、附件的地址、相关解读和更正情况。撤下的信息答复 410 和理由。",
)
def record(request: HttpRequest, number: NumberInPath) -> dict:
    """Show one record with what belongs to it."""
    del request
    return record_whole(published.whole(number), roster.units())
