"""What every list can be asked, and what every operation may answer instead of data."""

from typing import Annotated

from ninja import Path, Schema
from pydantic import Field

from gongkai.api.cursors import MOST, PATTERN
from gongkai.api.problems import Problem

REFUSED = {422: Problem, 429: Problem, 500: Problem}
"""What every operation may answer."""

MISSING = {404: Problem}
FORGED = {400: Problem}
GONE = {410: Problem}

_UNIT = {"max_length": 40, "min_length": 1, "pattern": r"^[^\x00-\x1f]+$"}
_YEAR = {"description": "年份", "ge": 1949, "le": 2200}
_SLUG = {"description": "报告机关在地址里的名称", "pattern": r"^[-a-zA-Z0-9_]{1,60}$"}

UnitCode = Annotated[str, Field(description="机构代码；包括它的下级机构和并入它的机构", **_UNIT)]
Year = Annotated[int, Field(**_YEAR)]
Slug = Annotated[str, Field(**_SLUG)]

# What stands in the address itself; the shortcut is ninja's.
CodeInPath = Path[str, {"description": "机构代码"} | _UNIT]
NumberInPath = Path[int, {"description": "编号", "ge": 1, "le": 2**63 - 1}]
SlugInPath = Path[str, _SLUG]
YearInPath = Path[int, _YEAR]
VersionInPath = Path[int, {"description": "版本", "ge": 1, "le": 32767}]


class Paging(Schema):
    """Which page of a list."""

    cursor: str = Field(None, description="上一页 next 里的游标；第一页不用给", pattern=PATTERN)
    limit: int = Field(20, description="每页几条", ge=1, le=MOST)
