"""Search among the published records, by the same engine as the page of the site."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from gongkai.api import roster
from gongkai.api.cursors import next_address, read, written
from gongkai.api.errors import SearchDownError
from gongkai.api.lines import record_line
from gongkai.api.operations.asking import FORGED, MISSING, REFUSED, Paging, UnitCode, Year
from gongkai.api.operations.records import SUBJECTS, VALIDITIES
from gongkai.api.problems import Problem
from gongkai.api.shapes import FoundPage
from gongkai.indexing import place
from gongkai.indexing.place import PUBLISHED
from gongkai.records.queries import published
from gongkai.search import port

router = Router(tags=["政府信息"])
_KIND = "search"
_RECORDS = {"kind": ("record", "interpretation")}


class Sought(Paging):
    """What is looked for."""

    q: str = Field(
        description="要找的词、文号或索引号；空格隔开的都要有，引号里的连着找",
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]+$",
    )
    unit: UnitCode = None
    validity: VALIDITIES = Field(None, description="有效性")
    subject: SUBJECTS = Field(None, description="主题分类")
    year: Year = Field(None, description="生成的年份")
    order: Literal["relevance", "newest"] = Field("relevance", description="relevance 按相关程度，newest 新的在前")


@router.get(
    "search/",
    response={200: FoundPage, 503: Problem} | FORGED | MISSING | REFUSED,
    url_name="search",
    operation_id="search",
    summary="检索政府信息",
    description="在标题、文号、正文和附件里检索已公开的政府信息。顺序随相关程度，翻页时若有新公开的，条目可能移动；"
    "最多翻到第 10000 条。检索服务没有应答时答复 503，不会答复“没有”。",
)
def search(request: HttpRequest, asked: Query[Sought]) -> dict:
    """List what is found."""
    (start,) = read(_KIND, asked.cursor, 1) if asked.cursor else (0,)
    filters = {name: (str(value),) for name in ("validity", "subject", "year") if (value := getattr(asked, name))}
    if asked.unit:
        tree = roster.units()
        filters["unit"] = tuple(sorted(roster.code_of(tree, unit) for unit in roster.covered(asked.unit)))
    sought = port.Query(
        text=asked.q,
        access=frozenset({PUBLISHED}),
        filters=_RECORDS | filters,
        order=asked.order,
        offset=start,
        limit=min(asked.limit, port.MAX_WINDOW - start),
    )
    try:
        found = place.public_reader().search(sought)
    except port.SearchUnavailableError as error:
        raise SearchDownError from error
    keys = [int(key.rpartition(":")[2]) for key in found.keys]
    # The index follows the register by a moment; the register says what is published.
    rows = published.of(keys)
    tree = roster.units()
    end = start + asked.limit
    cursor = written(_KIND, [end]) if end < min(found.total, port.MAX_WINDOW) else None
    return {
        "total": found.total,
        "items": [record_line(rows[key], tree) for key in keys if key in rows],
        "next": next_address(request, cursor),
    }
