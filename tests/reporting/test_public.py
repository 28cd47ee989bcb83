"""The public pages: permanent, for everybody, and never a word of what is not published."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from builders.blemishes import with_run_together
from builders.editions import attached, edition, figures
from gongkai.annual.report import Diagnostic
from gongkai.files.domain import shelf, store
from gongkai.reporting.models import Origin
from gongkai.reporting.queries import published
from gongkai.windows import pages

pytestmark = pytest.mark.django_db

SECRET = "尚未公布的内容"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CITY = "甲市"


@pytest.fixture
def first():
    """A published report with its files."""
    made = edition(figures(text="公开信息甲三件。", requests__received__total=3), body="甲市人民政府")
    return attached(made, *FILES)


FILES = ("html", "docx", "pdf", "json")


@pytest.fixture
def hidden(first):
    """Everything that could leak: a next version, another year and another body, frozen and not published."""
    return [
        attached(edition(figures(text=SECRET), version=2, replaces=first, notice=SECRET, published_on=None), *FILES),
        attached(edition(figures(year=2025, text=SECRET), published_on=None), *FILES),
        attached(edition(figures(body=SECRET, text=SECRET), slug="yi", published_on=None), *FILES),
    ]


def page(client, name="list", *args):
    return client.get(reverse(f"reports:{name}", args=args))


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_everybody_finds_a_report_by_body_and_year(client, first):
    listing = words(page(client))
    assert "甲市人民政府" in listing
    assert reverse("reports:report", args=["jia", 2024]) in listing
    assert "2024 年年度报告" in words(page(client, "body", "jia"))
    shown = words(page(client, "report", "jia", 2024))
    assert "公开信息甲三件。" in shown
    assert "<td>3</td>" in shown
    assert '<meta name="PubDate" content="2025-01-20">' in shown
    assert first.digest in shown


def test_the_pages_work_under_the_strict_policy(client, first):
    edition(figures(year=2023), published_on=date(2024, 1, 20))
    for args in (("list",), ("body", "jia"), ("report", "jia", 2024), ("trends", "jia")):
        response = page(client, *args)
        assert response.status_code == 200
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", words(response))
        assert "Set-Cookie" not in response.headers
        assert not response.cookies


def test_what_is_not_published_does_not_exist(client, hidden):
    names = [
        ("body", "yi"),
        ("trends", "yi"),
        ("report", "yi", 2024),
        ("version", "yi", 2024, 1),
        ("report", "jia", 2025),
        ("version", "jia", 2025, 1),
        ("version", "jia", 2024, 2),
        *(
            ("file", *place, kind)
            for place in (("yi", 2024, 1), ("jia", 2024, 2), ("jia", 2025, 1))
            for kind in published.FORMATS
        ),
    ]
    unknown = page(client, "report", "bing", 1999)
    for args in names:
        response = page(client, *args)
        assert (response.status_code, response.content) == (404, unknown.content)


def test_nothing_unpublished_stands_on_any_page(client, hidden):
    for args in (("list",), ("body", "jia"), ("report", "jia", 2024), ("version", "jia", 2024, 1), ("trends", "jia")):
        shown = words(page(client, *args))
        assert SECRET not in shown
        assert "第 2 版" not in shown
        assert "2025 年" not in shown
        assert "yi/" not in shown
        assert all(one.digest not in shown for one in hidden)
    assert SECRET not in words(client.get(reverse("reports:list"), {"q": SECRET, "year": "2025"})).replace(
        f'value="{SECRET}"', ""
    )


def test_an_earlier_version_stays_and_points_to_the_one_that_corrects_it(client, first):
    edition(
        figures(text="公开信息甲四件。"),
        body="甲市人民政府",
        version=2,
        replaces=first,
        notice="件数有误，现予更正。",
        published_on=date(2025, 2, 20),
    )
    old = words(page(client, "version", "jia", 2024, 1))
    assert "公开信息甲三件。" in old
    assert "已于 2025-02-20 被更正" in old
    assert "件数有误，现予更正。" in old
    new = words(page(client, "report", "jia", 2024))
    assert "公开信息甲四件。" in new
    assert "更正说明（第 2 版）：件数有误，现予更正。" in new
    assert reverse("reports:version", args=["jia", 2024, 1]) in new
    assert "被更正" not in new
    assert "件数有误，现予更正。" in words(page(client, "body", "jia"))


def test_the_notice_of_what_never_came_out_is_nobodys_business(client):
    never = edition(published_on=None)
    edition(figures(text="甲。"), version=2, replaces=never, notice=SECRET)
    shown = words(page(client, "report", "jia", 2024))
    assert SECRET not in shown
    assert "第 1 版" not in shown
    assert page(client, "version", "jia", 2024, 1).status_code == 404


@pytest.mark.parametrize(
    ("kind", "media"), [("docx", "officedocument"), ("pdf", "pdf"), ("html", "html"), ("json", "json")]
)
def test_a_file_is_given_out_to_be_saved(client, first, kind, media):
    response = page(client, "file", "jia", 2024, 1, kind)
    assert response.content == store.read(first.files.get(format=kind).blob)
    assert media in response["Content-Type"]
    assert response["Content-Disposition"] == f'attachment; filename="jia-2024-v1.{kind}"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_has_not_changed_is_not_sent_again(client, first):
    for args in (("list",), ("body", "jia"), ("report", "jia", 2024), ("file", "jia", 2024, 1, "pdf")):
        address = reverse(f"reports:{args[0]}", args=args[1:])
        tag = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    tag = page(client, "version", "jia", 2024, 1)["ETag"]
    edition(figures(), version=2, replaces=first, notice="更正。")
    assert page(client, "version", "jia", 2024, 1)["ETag"] != tag


def test_nothing_is_posted_here(client, first):
    assert client.post(reverse("reports:list")).status_code == 405
    assert client.head(reverse("reports:report", args=["jia", 2024])).status_code == 200


def test_figures_without_prose_are_shown_as_tables(client):
    read = with_run_together(figures(edition="2019", year=2019), "requests.granted", ("natural_person", "commercial"))
    edition(read, slug="qian", origin=Origin.IMPORTED, published_on=date(2020, 3, 6))
    shown = words(page(client, "report", "qian", 2019))
    assert "本年新收政府信息公开申请数量" in shown
    assert "未能识读，照录原文" in shown
    assert "公布于本系统启用之前" in shown


def test_a_day_of_publication_that_nobody_knows_is_not_claimed(client):
    said = Diagnostic("info", "undated", "原报告未载公布日期，按法定期限的最后一天登记。")
    read = replace(figures(year=2019), diagnostics=(said,))
    edition(read, slug="qian", origin=Origin.IMPORTED, published_on=date(2020, 3, 31))
    for args in (("body", "qian"), ("report", "qian", 2019)):
        assert "2020-03-31" not in words(page(client, *args))
    assert said.message in words(page(client, "report", "qian", 2019))


def test_a_form_that_cannot_be_drawn_leads_to_the_files(client):
    odd = figures(year=2016)
    cells = dict(odd.cells) | {"requests.unheard.total": odd.cells["requests.received.total"]}
    edition(replace(odd, cells=cells), slug="jiu", origin=Origin.IMPORTED, published_on=date(2017, 3, 6))
    assert "不是全国统一格式" in words(page(client, "report", "jiu", 2016))


def test_the_list_is_searched_by_name_and_year(client, first):
    edition(figures(body="乙区人民政府", year=2023), slug="yi", published_on=date(2024, 3, 1))
    address = reverse("reports:list")
    assert "乙区人民政府" not in words(client.get(address, {"q": "甲市"}))
    assert "甲市人民政府</a>" not in words(client.get(address, {"year": "2023"}))
    assert "没有符合条件的年度报告" in words(client.get(address, {"q": "丙"}))
    assert client.get(address, {"year": "9" * 40, "page": "x"}).status_code == 200


def test_an_address_that_cannot_be_is_not_found(client, first):
    assert client.get("/reports/jia/99999999999999999999/").status_code == 404
    assert client.get("/reports/jia/2024/v99999999999999999999/report.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_database_a_fixed_number_of_times(client, django_assert_num_queries, count):
    for number in range(count):
        for year in (2022, 2023, 2024)[: count or 1]:
            edition(figures(body=f"机关{number}", year=year), slug=f"jg-{number}", published_on=date(year + 1, 3, 1))
    last = published.bodies()[0].years[0]
    for args, most in ((("list",), 2), (("body", "jg-0"), 2), (("report", "jg-0", last), 3), (("trends", "jg-0"), 2)):
        with django_assert_num_queries(most):
            page(client, *args)


def test_the_body_bears_the_name_of_its_last_year(client):
    edition(figures(body="甲市经信局", year=2022), slug="a1", body="甲市经信局", published_on=date(2023, 1, 30))
    edition(figures(body="甲市工信局", year=2024), slug="a1", body="甲市工信局")
    assert [(one.name, one.years) for one in published.bodies()] == [("甲市工信局", (2024, 2022))]


def test_a_lost_file_is_an_error_and_never_an_empty_one(client, first):
    shelf.place_of(first.files.get(format="pdf").blob.digest).unlink()
    assert page(client, "file", "jia", 2024, 1, "pdf").status_code == 503


def test_a_file_that_need_not_be_sent_is_not_read(client, first, settings):
    settings.PUBLIC_SECONDS = 60
    pages.forget()
    address = reverse("reports:file", args=["jia", 2024, 1, "pdf"])
    blob = first.files.get(format="pdf").blob
    lying = shelf.place_of(blob.digest)
    whole = lying.read_bytes()
    lying.unlink()
    head = client.head(address)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(blob.size))
    again = client.get(address, headers={"If-None-Match": head["ETag"]})
    assert (again.status_code, again["ETag"], again["Cache-Control"]) == (304, head["ETag"], "public, no-cache")
    lying.write_bytes(whole)
    assert client.get(address).content == whole
    pages.forget()
