# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Derive ``src/gongkai/law/parameters/calendar/YEAR.toml`` from a snapshot of holiday-cn.

    uv run python tools/build_calendar.py ../shared/data/holiday-cn

The snapshot gives, per year, the days off and the weekend days worked after all notices of that year. What it does not
give is which notice moved which day: that is in ``NOTICES`` below, with the document numbers and dates of issue. The
files are written once per notice and then belong to the project; the tests compare them day by day with two packages.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "src" / "gongkai" / "law" / "parameters" / "calendar"

SATURDAY = 5
REGULAR = "国务院办公厅关于{year}年部分节假日安排的通知"

NOTICES: dict[int, tuple[str, str]] = {
    2008: ("国办发明电〔2007〕52号", "2007-12-15"),
    2009: ("国办发明电〔2008〕42号", "2008-12-04"),
    2010: ("国办发明电〔2009〕27号", "2009-12-08"),
    2011: ("国办发明电〔2010〕40号", "2010-12-10"),
    2012: ("国办发明电〔2011〕45号", "2011-12-06"),
    2013: ("国办发明电〔2012〕33号", "2012-12-08"),
    2014: ("国办发明电〔2013〕28号", "2013-12-11"),
    2015: ("国办发明电〔2014〕28号", "2014-12-16"),
    2016: ("国办发明电〔2015〕18号", "2015-12-10"),
    2017: ("国办发明电〔2016〕17号", "2016-12-01"),
    2018: ("国办发明电〔2017〕12号", "2017-11-30"),
    2019: ("国办发明电〔2018〕15号", "2018-12-04"),
    2020: ("国办发明电〔2019〕16号", "2019-11-21"),
    2021: ("国办发明电〔2020〕27号", "2020-11-25"),
    2022: ("国办发明电〔2021〕11号", "2021-10-25"),
    2023: ("国办发明电〔2022〕16号", "2022-12-08"),
    2024: ("国办发明电〔2023〕7号", "2023-10-25"),
    2025: ("国办发明电〔2024〕12号", "2024-11-12"),
    2026: ("国办发明电〔2025〕7号", "2025-11-04"),
}
"""Document number and date of publication of the regular notice of each year."""

AMENDMENTS: dict[int, dict[str, Any]] = {
    2015: {
        "title": "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知",
        "document": "国发明电〔2015〕1号",
        "issued": "2015-05-13",
        "name": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
        "off": ["2015-09-03", "2015-09-04", "2015-09-05"],
        "worked": ["2015-09-06"],
        "before": {},
    },
    2019: {
        "title": "国务院办公厅关于调整2019年劳动节假期安排的通知",
        "document": "国办发明电〔2019〕3号",
        "issued": "2019-03-22",
        "name": "劳动节",
        "off": ["2019-05-01", "2019-05-02", "2019-05-03", "2019-05-04"],
        "worked": ["2019-04-28", "2019-05-05"],
        "before": {"2019-05-01": True},
    },
    2020: {
        "title": "国务院办公厅关于延长2020年春节假期的通知",
        "document": "国办发明电〔2020〕1号",
        "issued": "2020-01-26",
        "name": "春节",
        "off": ["2020-01-31", "2020-02-01", "2020-02-02"],
        "worked": [],
        # The regular notice had this Saturday worked; 3 February, a Monday, is an ordinary working day.
        "before": {"2020-02-01": False},
    },
}
"""Later notices of a year: the days they moved, and what the regular notice had said of those days."""


def main(source: Path) -> None:
    """Write one file per year found in ``source``."""
    for year, (document, issued) in NOTICES.items():
        days = {entry["date"]: entry for entry in json.loads((source / f"{year}.json").read_text("utf-8"))["days"]}
        parts = [HEADER.format(year=year)]
        amendment = AMENDMENTS.get(year)
        if amendment:
            _take_back(days, amendment)
        groups: dict[str, tuple[list[str], list[str]]] = {}
        for day, entry in sorted(days.items()):
            if entry["isOffDay"]:
                groups.setdefault(entry["name"], ([], []))[0].append(day)
            elif date.fromisoformat(day).weekday() >= SATURDAY:
                groups.setdefault(entry["name"], ([], []))[1].append(day)
        parts.append(_notice(REGULAR.format(year=year), document, issued))
        parts += [_holiday(name, off, worked) for name, (off, worked) in groups.items()]
        if amendment:
            parts.append(_notice(amendment["title"], amendment["document"], amendment["issued"]))
            parts.append(_holiday(amendment["name"], amendment["off"], amendment["worked"]))
        (TARGET / f"{year}.toml").write_text("\n".join(parts), encoding="utf-8")


HEADER = """\
# The working-day arrangements of {year}. Later notices in this file overrule earlier ones day by day.

year = {year}
"""


def _take_back(days: dict[str, dict[str, Any]], amendment: dict[str, Any]) -> None:
    """Undo ``amendment`` in ``days``, so that they show what the regular notice had arranged."""
    for day in [*amendment["off"], *amendment["worked"]]:
        if day in amendment["before"]:
            days[day] = {**days[day], "isOffDay": amendment["before"][day]}
        else:
            del days[day]


def _notice(title: str, document: str, issued: str) -> str:
    lines = ["[[notice]]", f'reference = "{title}（{document}）"', f"issued = {issued}", ""]
    return "\n".join(lines)


def _holiday(name: str, off: list[str], worked: list[str]) -> str:
    lines = [
        "[[notice.holiday]]",
        f'name = "{name}"',
        f"off = [{', '.join(off)}]",
        f"worked = [{', '.join(worked)}]",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
