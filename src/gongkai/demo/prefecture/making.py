"""Making the prefecture-level city, in order: bodies, people, documents, cases, counts, reports, index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from gongkai.demo import founding, online, site
from gongkai.demo.bulk import in_bulk
from gongkai.demo.correspondence import equip
from gongkai.demo.handling import happen
from gongkai.demo.making import Made, index
from gongkai.demo.prefecture import counting, people
from gongkai.demo.prefecture.asking import AskingPlanner
from gongkai.demo.prefecture.contesting import Contest
from gongkai.demo.prefecture.figures import YEAR, figures
from gongkai.demo.prefecture.papers import PaperPlanner
from gongkai.demo.prefecture.places import prefecture
from gongkai.demo.prefecture.reporting import Reporting
from gongkai.demo.stepping import through
from gongkai.records.models import Record

if TYPE_CHECKING:
    from gongkai.demo.city import City
    from gongkai.demo.founding import Cast
    from gongkai.demo.prefecture.figures import Figures
    from gongkai.demo.stepping import Progress

SEED = 2019
EARLIEST = date(YEAR + 1, 6, 30)
"""The first day on which the city can be looked at: by then the cases of the year have come to their ends."""

_WITHOUT_LETTERS = 9999


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A city that stands: its bodies, its people, and the figures its cases add up to."""

    city: City
    cast: Cast
    figures: Figures
    made: Made


def make(
    *,
    today: date,
    password: str,
    progress: Progress,
    city: City | None = None,
    counts: Figures | None = None,
    seed: int = SEED,
) -> Prefecture:
    """Fill an empty, migrated database with the city as it stands on ``today``; the same arguments, the same city.

    ``city`` and ``counts`` make a smaller one. Applications and remedies happen by the verbs of their rooms, without
    their letters; the documents are written in bulk.
    What came in from the web is of today, with its letters.
    """
    random = Random(seed)  # noqa: S311 -- a demonstration that must be the same each time
    city, counts = city or prefecture(), counts or figures()
    progress("设立机构", 0, 1)
    cast = founding.found(city)
    progress("设立机构", 1, 1)
    staff = sum(4 if place.is_local else 6 for place in city.places)
    through("备案人员", people.employ(city, cast, random, password), staff, progress)
    founding.set_chains(city, cast)
    founding.set_guides(city, cast)
    planned = PaperPlanner(city, None, today, random, figures=counts).plan()
    through("拟稿、审核、发布", in_bulk(planned, cast), len(planned), progress)
    asked = AskingPlanner(city, random, figures=counts).plan()
    lots = happen(asked, cast, random, writing_from=_WITHOUT_LETTERS)
    cases = through("受理、办理、答复申请", lots, len(asked), progress)
    contested = sum(sum(columns.values()) for columns in counts.remedies.values())
    through("复议、诉讼", Contest(city, cast, random, counts).run(), contested, progress)
    progress("登记单位统计数", 0, 1)
    counting.count(city, cast, counts, random)
    progress("登记单位统计数", 1, 1)
    reports = len(city.places) + sum(place.kind == "government" for place in city.places)
    through("填报、接收、汇总年度报告", Reporting(cast).run(), reports, progress)
    equip(city, cast, online.asked(city))
    followed: list[online.Followed] = []
    through("网上来件", online.come_in(city, cast, today, random, followed), online.MADE, progress)
    through("布置门户", site.furnish(city, cast, today), site.things(city), progress)
    records = Record.objects.count()
    progress("建立检索索引", 0, records)
    indexed = index()
    progress("建立检索索引", indexed, indexed)
    made = Made(tuple(cast.accounts), len(cast.units), records, 0, cases + len(followed), indexed, tuple(followed))
    return Prefecture(city, cast, counts, made)
