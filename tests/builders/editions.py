"""Reports that are published already, without the way there."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.annual import forms, jsonio
from gongkai.annual.report import Cell, Report, Section, State
from gongkai.annual.writer import write
from gongkai.files.domain import shelf, store
from gongkai.reporting.lines import digest_of, line_of
from gongkai.reporting.models import Edition, EditionFile

FROZEN = datetime(2025, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def figures(body="甲市人民政府", year=2024, edition="2021", text="", **numbers):
    """Return a report: zero in every cell but those given (``requests__received__total=3``), ``text`` as its prose."""
    given = {key.replace("__", "."): value for key, value in numbers.items()}
    keys = [key for table in forms.form(edition).tables for key in table.keys()]  # noqa: SIM118 -- a method of the table, not of a mapping
    cells = {key: Cell(key, State.VALUE, value := given.get(key, 0), str(value)) for key in keys}
    report = Report(
        edition=edition,
        cells=cells,
        body=body,
        year=year,
        period=(date(year, 1, 1), date(year, 12, 31)),
        table_editions={key.partition(".")[0]: edition for key in keys},
    )
    return replace(report, sections=(Section(1, "总体情况", text),)) if text else report


def edition(report=None, slug="jia", published_on=date(2025, 1, 20), **fields):
    """Insert an edition of ``report``, published unless ``published_on`` is empty."""
    report = report or figures()
    line = line_of(report)
    facts = {"body": report.body, "year": report.year, "frozen_at": FROZEN} | fields
    return Edition.objects.create(slug=slug, report=line, digest=digest_of(line), published_on=published_on, **facts)


def attached(made, *kinds):
    """Render files of ``kinds`` for an edition and return it."""
    report = jsonio.loads(made.report)
    for kind in kinds:
        blob = store.keep_made(data=write(report, kind), kind=kind)
        EditionFile.objects.create(edition=made, format=kind, blob=blob)
    shelf.sweep()
    return made
