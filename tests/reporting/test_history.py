"""Reports of earlier years come in as they are, or are refused with what to do."""

import json
from dataclasses import replace
from datetime import date

import pytest

from builders.blemishes import with_run_together
from builders.city import person, unit
from builders.editions import figures
from gongkai.accounts.models import Role
from gongkai.annual import jsonio
from gongkai.annual.report import Diagnostic
from gongkai.annual.writer import write
from gongkai.files.domain import shelf, store
from gongkai.files.errors import FileRefusedError
from gongkai.journal.models import Entry
from gongkai.reporting.domain import history
from gongkai.reporting.domain.history import Owner
from gongkai.reporting.errors import (
    NotAuthorisedError,
    SameYearError,
    UnreadableFileError,
    WrongBodyError,
    WrongYearError,
)
from gongkai.reporting.models import Edition, Origin, Scope

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 5)
BODY = "岚溪县人民政府"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


@pytest.fixture
def report():
    """A report of 2024 with prose, in the form of 2021."""
    return figures(BODY, 2024, text="（一）主动公开。全年公开信息甲。", requests__received__total=0)


def bring_in(data, name="report.json", owner=None, user=None, published_on=date(2025, 3, 20), **options):
    options = {"today": TODAY, "owner": owner or Owner(body=BODY)} | options
    return history.bring_in(data=data, name=name, user=user, published_on=published_on, **options)


def as_json(report):
    return jsonio.dumps(report, details=True).encode()


def cells_only(report):
    """Return the report as ``gongkai read`` prints it, without its prose."""
    return json.dumps(jsonio.dump(replace(report, sections=(), preamble="")), ensure_ascii=False).encode()


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "xlsx", "json"])
def test_a_report_of_any_format_comes_in_with_its_file(report, kind):
    data = write(report, kind)
    edition = bring_in(data, f"2024.{kind}")
    read = jsonio.loads(Edition.objects.get(pk=edition.pk).report)
    assert {key: cell.value for key, cell in read.cells.items()} == {
        key: cell.value for key, cell in report.cells.items()
    }
    assert (edition.origin, edition.year, edition.version, edition.published_on) == (
        Origin.IMPORTED,
        2024,
        1,
        date(2025, 3, 20),
    )
    files = {one.format: store.read(one.blob) for one in edition.files.select_related("blob")}
    assert files.get("original", data if kind == "json" else None) == data
    assert jsonio.loads(files["json"].decode()) == read
    assert Entry.objects.get(act="reporting.report-imported").detail["file"] == f"2024.{kind}"


def test_the_files_of_an_earlier_report_are_public_at_once(report, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edition = bring_in(write(report, "docx"), "2024.docx")
    lying = {one.format: shelf.place_of(one.blob.digest).exists() for one in edition.files.select_related("blob")}
    assert lying == {"json": True, "original": True}


def test_figures_without_prose_are_a_report(report):
    edition = bring_in(cells_only(report))
    assert jsonio.loads(edition.report).sections == ()


def test_unread_cells_stay_unread_and_what_the_reader_said_is_kept(report):
    said = Diagnostic("warning", "damaged-period", "统计期限的日期残缺。")
    read = replace(
        with_run_together(report, "requests.received", ("natural_person", "commercial")), diagnostics=(said,)
    )
    kept = jsonio.loads(bring_in(as_json(read)).report)
    assert kept.unread_keys == {"requests.received.natural_person", "requests.received.commercial"}
    assert not kept.unread_keys & set(kept.cells)
    assert kept.diagnostics == (said,)
    assert Entry.objects.get(act="reporting.report-imported").detail["unread"] == sorted(kept.unread_keys)


def test_an_unknown_day_of_publication_is_said_to_be_unknown(report):
    edition = bring_in(as_json(report), published_on=None)
    assert edition.published_on == date(2025, 3, 31)
    assert [one.code for one in jsonio.loads(edition.report).diagnostics] == ["undated"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        ("今天天气很好。".encode(), "weather.txt"),
        (b"%PDF-1.7 broken", "broken.pdf"),
        (b"{}", "x.json"),
    ],
)
def test_a_file_that_is_no_report_is_refused(data, name):
    with pytest.raises(UnreadableFileError, match="没有导入"):
        bring_in(data, name)
    assert not Edition.objects.exists()


def test_a_report_of_another_year_is_refused(report):
    with pytest.raises(WrongYearError, match="这是 2024 年的报告，不是 2023 年的"):
        bring_in(as_json(report), year=2023)
    with pytest.raises(WrongYearError, match="找不到年度"):
        bring_in(as_json(replace(report, year=None)))
    assert bring_in(as_json(replace(report, year=None)), year=2024).year == 2024


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2026, 1, 6)])
def test_a_day_on_which_it_cannot_have_come_out_is_refused(report, day):
    with pytest.raises(WrongYearError, match="不会在"):
        bring_in(as_json(report), published_on=day)


def test_a_report_of_another_body_is_refused(report):
    with pytest.raises(WrongBodyError, match="这是“岚溪县人民政府”的报告"):
        bring_in(as_json(report), owner=Owner(body="云浦县人民政府"))
    with pytest.raises(WrongBodyError, match="找不到机关名称"):
        bring_in(as_json(replace(report, body=None)), owner=Owner())
    assert bring_in(as_json(replace(report, body="岚溪县"))).body == BODY


def test_a_body_has_one_report_of_a_year(report):
    first = bring_in(as_json(report))
    with pytest.raises(SameYearError, match="没有重复导入"):
        bring_in(write(report, "html"), "again.html")
    second = bring_in(as_json(replace(report, year=2023)), published_on=date(2024, 3, 1), owner=Owner(body="岚溪县"))
    assert second.slug == first.slug == "lan-xi-xian"


def test_two_bodies_never_share_an_address(report):
    names = ("岚溪县人民政府", "蓝西县人民政府")
    slugs = [
        bring_in(as_json(replace(report, body=name)), owner=Owner(body=name), published_on=date(2025, 3, 1)).slug
        for name in names
    ]
    assert slugs == ["lan-xi-xian", "lan-xi-xian-2"]


def test_the_reports_of_a_unit_of_ours_stand_at_its_code(report):
    place = unit("LX-001", BODY)
    edition = bring_in(as_json(report), owner=Owner(unit=place, scope=Scope.WHOLE))
    assert (edition.slug, edition.unit, edition.scope) == ("lx-001", place, Scope.WHOLE)
    with pytest.raises(WrongBodyError):
        bring_in(
            as_json(replace(report, body="云浦县", year=2023)),
            owner=Owner(unit=place),
            published_on=date(2024, 3, 1),
        )


def test_only_whoever_publishes_for_the_unit_imports(report):
    place = unit("LX-001", BODY)
    other = unit("LX-002", "岚溪县教育局", place)
    head = person("head", other, Role.OFFICE_HEAD)
    competent = person("competent", place, Role.COMPETENT)
    for user, owner in (
        (head, Owner(unit=place)),
        (head, Owner(body=BODY)),
        (person("h", place, Role.HANDLER), Owner(unit=place)),
    ):
        with pytest.raises(NotAuthorisedError):
            bring_in(as_json(report), owner=owner, user=user)
    assert bring_in(as_json(report), owner=Owner(unit=place), user=competent).frozen_by == competent


def test_a_file_with_a_secrecy_mark_is_refused_whole(report):
    with pytest.raises(FileRefusedError, match="密级"):
        bring_in(write(report, "docx"), "机密-2024.docx")
    assert not Edition.objects.exists()


def test_a_web_page_is_kept_whatever_its_server_called_it_and_a_disguise_is_not(report):
    edition = bring_in(write(report, "html"), "show.aspx")
    assert edition.files.get(format="original").blob.kind == "html"
    with pytest.raises(FileRefusedError, match="扩展名"):
        bring_in(write(replace(report, year=2023), "docx"), "2023.html", published_on=date(2024, 3, 1))
    page = write(replace(report, year=2022), "html").replace(b"<p>", "<p>机密★</p><p>".encode(), 1)
    with pytest.raises(FileRefusedError, match="密级"):
        bring_in(page, "2022.html", published_on=date(2023, 3, 1))


def test_a_name_too_long_for_a_body_is_refused(report):
    name = "甲" * 121
    with pytest.raises(WrongBodyError, match="太长"):
        bring_in(as_json(replace(report, body=name)), owner=Owner())
