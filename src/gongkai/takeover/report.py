"""The report of a run: a row a page, in the columns of a table of pages, so that it can be mended and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.records.addresses import record_address
from gongkai.tables.captions import ERROR_CAPTION
from gongkai.tables.written import Table, written
from gongkai.takeover.models import PageLine, PageState
from gongkai.takeover.reading.table import APPROVE, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.takeover.domain.judging import Verdict

_SHOWN = tuple(one for one in FIELDS if one.name not in {"body", "body_file", "files", "keywords", "summary"})
COLUMNS = (*(one.caption for one in _SHOWN), "状态", ERROR_CAPTION, "提示", "所在", "新地址")
"""What a report says of each page."""


def cells_of(verdict: Verdict) -> list[str]:
    """Return what was read of a page, under the first columns of a report."""
    page = verdict.page
    told = {
        "address": page.address.path,
        "title": page.title,
        "document_number": page.document_number,
        "index_number": page.index_number,
        "unit": page.unit or verdict.unit,
        "made_on": page.made_on.isoformat() if page.made_on else "",
        "published_on": page.published_on.isoformat() if page.published_on else "",
        "column": page.column_words,
        "wanted": page.wanted,
        "decision": APPROVE if page.is_approved else "",
    }
    return [told[one.name][:500] for one in _SHOWN]


def state_of(verdict: Verdict) -> str:
    """Say what would become of a page that was only looked at."""
    return "可接收" if verdict.state == PageState.TAKEN else verdict.state.label


def row_of(verdict: Verdict) -> list[str]:
    """Return the row of a page that was only looked at."""
    problems = "；".join(verdict.problems) if verdict.state == PageState.BAD else ""
    return [*cells_of(verdict), state_of(verdict), problems, "；".join(verdict.notes), verdict.page.place, ""]


def rows(site: str, states: Iterable[str] = ()) -> Iterator[list[str]]:
    """Yield the rows of all pages of a site, or of those in ``states``. One query."""
    lines = PageLine.objects.filter(site=site).order_by("pk")
    if wanted := list(states):
        lines = lines.filter(state__in=wanted)
    for line in lines.iterator(chunk_size=2000):
        target = record_address(line.record_id) if line.record_id is not None else ""
        yield [*line.cells, PageState(line.state).label, line.problems, line.notes, line.place, target]


def table(form: str, site: str, lines: Iterable[list[str]]) -> Table:
    """Return a report as csv or xlsx."""
    return written(form, f"{site}-接收报告", "网页", COLUMNS, lines)
