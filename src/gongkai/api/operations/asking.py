"""What every list can be asked, and what every operation may answer instead of data."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from gongkai.api.cursors import MOST, PATTERN
from gongkai.api.problems import Problem

REFUSED = {422: Problem, 429: Problem, 500: Problem}
"""What every operation may answer."""

MISSING = {404: Problem}
FORGED = {400: Problem}
GONE = {410: Problem}

UnitCode = Annotated[
    str,
    Field(
        description="机构代码；包括它的下级机构和并入它的机构", max_length=40, min_length=1, pattern=r"^[^\x00-\x1f]+$"
    ),
]
Year = Annotated[int, Field(description="年份", ge=1949, le=2200)]
Number = Annotated[int, Field(description="编号", ge=1, le=2**63 - 1)]


class Paging(Schema):
    """Which page of a list."""

    cursor: str = Field(None, description="上一页 next 里的游标；第一页不用给", pattern=PATTERN)
    limit: int = Field(20, description="每页几条", ge=1, le=MOST)
