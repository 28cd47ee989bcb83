"""Making the whole demonstration, in order: city, people, documents, decisions, index."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from gongkai.applications.domain import checking
from gongkai.applications.domain.reminding import remind
from gongkai.demo import accounting, earlier, figures, founding, online, publishing, showing, site
from gongkai.demo.acting import through_verbs
from gongkai.demo.bulk import in_bulk
from gongkai.demo.cases import CasePlanner
from gongkai.demo.city import city
from gongkai.demo.contesting import contest
from gongkai.demo.correspondence import equip
from gongkai.demo.handling import happen
from gongkai.demo.plan import FINISHED, Planner
from gongkai.demo.present import SCENES, lay_out
from gongkai.demo.stepping import through as _through
from gongkai.files.domain import shelf
from gongkai.indexing import building
from gongkai.indexing.models import Dirty
from gongkai.jobs.domain import statistics
from gongkai.records.models import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from gongkai.demo.founding import Account, Cast
    from gongkai.demo.online import Followed
    from gongkai.demo.plan import Planned
    from gongkai.demo.sizes import Size
    from gongkai.demo.stepping import Progress

SEED = 2024


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    accounts: tuple[Account, ...]
    units: int
    records: int
    decisions: int
    cases: int
    indexed: int
    followed: tuple[Followed, ...] = ()


def make(*, size: Size, today: date, password: str, progress: Progress, is_bulk: bool = True, seed: int = SEED) -> Made:
    """Fill an empty, migrated database with the city as it stands on ``today``; the same arguments, the same city.

    What is under way is made by the verbs; what is finished is written in bulk unless ``is_bulk`` is false.
    """
    random = Random(seed)  # noqa: S311 -- a demonstration that must be the same each time
    town = city().only(size.units)
    progress("设立机构", 0, 1)
    cast = founding.found(town)
    progress("设立机构", 1, 1)
    _through("备案人员", founding.employ(town, cast, random, password), 6 * len(town.places), progress)
    founding.set_chains(town, cast)
    founding.set_guides(town, cast)
    planned = Planner(town, size, today, random).plan()
    total = sum(len(list(one)) for one in planned)
    records = _through("拟稿、审核、发布", _written(planned, cast, is_bulk=is_bulk), total, progress)
    decided = size.permits + size.penalties + size.coercions
    imported = _through("导入行政决定", figures.bring_in(town, cast, size, random, today), decided, progress)
    cases = 0
    followed: list[Followed] = []
    if size.cases:
        equip(town, cast)
        asked = CasePlanner(town, random, size.cases_before).plan()
        cases = _through("受理、办理、答复申请", happen(asked, cast, random), len(asked), progress)
        _through("复议、诉讼", contest(cast, random), 13, progress)
        scenes = _through("今天的案头", lay_out(town, cast, today, random), len(SCENES), progress)
        coming = online.come_in(town, cast, today, random, followed)
        _through("网上来件", coming, online.MADE, progress)
        remind(day=today)
        checking.refresh(day=today)
        cases += scenes + len(followed)
        reports = 1 + len(size.units or town.places)
        _through("编制年度报告", accounting.account(cast, today), 2 * reports, progress)
        _through("公布年度报告", publishing.publish(cast), 1, progress)
    _through("导入历史年报", earlier.bring_in(cast, today), len(earlier.earlier()), progress)
    _through("布置门户", site.furnish(town, cast, today), site.things(town), progress)
    _through("充实栏目", showing.show(town, cast, today), showing.THINGS, progress)
    records = Record.objects.count()
    progress("建立检索索引", 0, records)
    indexed = index()
    progress("建立检索索引", indexed, indexed)
    return Made(tuple(cast.accounts), len(cast.units), records, imported, cases, indexed, tuple(followed))


def _written(planned: Sequence[Planned], cast: Cast, *, is_bulk: bool) -> Iterator[int]:
    """Make ``planned``; what is under way comes last, by the verbs."""
    finished = [one for one in planned if one.fate in FINISHED]
    under_way = [one for one in planned if one.fate not in FINISHED]
    yield from (in_bulk if is_bulk else through_verbs)(finished, cast)
    yield from through_verbs(under_way, cast)


def index() -> int:
    """Build the index of everything and put up every published file; what was marked is done by that.

    Have the database know its new tables.
    """
    count = building.rebuild()
    shelf.sweep()
    Dirty.objects.all().delete()
    statistics.gather()
    return count
