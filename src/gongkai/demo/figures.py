"""The decisions and charges of the year, as the files that bodies send in, brought in by their import."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.decisions.domain import importing, intake
from gongkai.decisions.models.facts import FEN_PER_WAN
from gongkai.demo.city import trades, words
from gongkai.demo.prose import person
from gongkai.demo.sizes import YEAR
from gongkai.law.calendar import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast
    from gongkai.demo.sizes import Size

_MARKS = {"permit": ("许", "行政许可"), "penalty": ("罚", "行政处罚"), "coercion": ("强", "行政强制")}
_MATTERS = {"permit": "permits", "penalty": "penalties", "coercion": "coercions"}
_LOTS = {"permit": 10, "penalty": 7, "coercion": 4}
"""How many lots are drawn from for the matter of a decision; no department has more matters than lots."""
_HEAD = ("机构代码", "决定类别", "决定书文号", "相对人名称", "相对人类别", "事项或事由", "决定日期", "公示日期")


def bring_in(city: City, cast: Cast, size: Size, random: Random, today: date) -> Iterator[int]:
    """Import the decisions and the charges of ``YEAR``; yield how many rows each file brought in."""
    yield _import(cast, f"{YEAR}年行政决定.csv", "decisions", decisions(city, size, random), today)
    yield _import(cast, f"{YEAR}年行政事业性收费.csv", "charges", charges(city, size, random), today)


def _import(cast: Cast, name: str, dataset: str, rows: list[tuple[str, ...]], today: date) -> int:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    batch = intake.receive(
        pieces=[text.getvalue().encode("utf-8-sig")],
        name=name,
        dataset=dataset,
        kind="",
        unit=cast.units["HL-001"],
        user=cast.people["", Role.COMPETENT],
        day=today,
    )
    return importing.run(batch=batch.pk).rows_in


def decisions(city: City, size: Size, random: Random) -> list[tuple[str, ...]]:
    """Return the rows of the file of decisions, captions first."""
    rows = [_HEAD]
    counts = {"permit": size.permits, "penalty": size.penalties, "coercion": size.coercions}
    makers = _deciding(city)
    desks = {kind: _desks(makers, kind) for kind in counts}
    other = Random("行政决定")  # noqa: S311 -- its own, so that what is drawn after the decisions does not hang on them
    numbers: dict[tuple[str, str], int] = {}
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(360)]
    working = [day for day in days if CHINA.is_working(day)]
    dues = {day: CHINA.add(day, 5) for day in working}
    for kind, count in counts.items():
        mark, label = _MARKS[kind]
        for day in sorted(random.choices(working, k=count)):
            place = random.choice(makers)
            if place not in desks[kind]:
                place = other.choice(desks[kind])
            number = numbers[place.code, kind] = numbers.get((place.code, kind), 0) + 1
            party, party_kind = _party(random)
            published = dues[day].isoformat() if kind != "coercion" else ""
            title = f"{place.mark}{mark}〔{YEAR}〕{number}号"
            matters = trades()[place.slug][_MATTERS[kind]]
            item = matters[random.randrange(_LOTS[kind]) % len(matters)]
            rows.append((place.code, label, title, party, party_kind, item, day.isoformat(), published))
    return rows


def charges(city: City, size: Size, random: Random) -> list[tuple[str, ...]]:
    """Return the rows of the file of charges, captions first; they add up to the figure of the year, to the 分."""
    rows = [("机构代码", "年度", "收费项目", "金额（万元）")]
    items = trades()["charges"]
    makers = _deciding(city)
    by_slug = {place.slug: place for place in makers}
    parts = [random.randint(1, 100) for _ in items]
    amounts = [size.charges * part // sum(parts) for part in parts]
    amounts[-1] += size.charges - sum(amounts)
    for number, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        wan = f"{amount // FEN_PER_WAN}.{amount % FEN_PER_WAN:06d}"
        place = by_slug.get(items[item], makers[number % len(makers)])
        rows.append((place.code, str(YEAR), item, wan))
    return rows


def _deciding(city: City) -> list[Place]:
    return [place for place in city.places if place.kind in {"department", "vertical"}]


def _desks(makers: list[Place], kind: str) -> list[Place]:
    """Return who makes decisions of ``kind``, once for each of their matters."""
    return [place for place in makers for _ in trades().get(place.slug, {}).get(_MATTERS[kind], ())]


def _party(random: Random) -> tuple[str, str]:
    if random.random() < _PERSONS:
        return person(random), "自然人"
    return random.choice(words()["parties"]), "法人及非法人组织"


_PERSONS = 0.3
