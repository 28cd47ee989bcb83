"""The years of one body: the chart and the table say the same, and what does not add up is named."""

from datetime import date

import pytest
from django.urls import reverse

from builders.editions import edition, figures
from gongkai.reporting.queries import published
from gongkai.reporting.queries.trends import trend

pytestmark = pytest.mark.django_db


@pytest.fixture
def years():
    """Three years: in the last but one, one application was carried out that nobody carried in."""
    edition(figures(body="甲市经信局", year=2022, **flow(5, 5)), published_on=date(2023, 1, 30))
    edition(figures(body="甲市工信局", year=2023, **flow(7, 6, out=1)), published_on=date(2024, 1, 30))
    edition(figures(body="甲市工信局", year=2024, **flow(9, 9)), published_on=date(2025, 1, 30))


def flow(received, granted, out=0):
    """Return the cells of applications by natural persons that add up."""
    found = {"received": received, "granted": granted, "outcome_total": granted, "carried_out": out}
    return {f"requests__{row}__{who}": n for row, n in found.items() for who in ("natural_person", "total")}


def test_the_table_holds_the_numbers_of_the_chart(years):
    found = trend("jia")
    assert found.heads == ("2022年", "2023年", "2024年")
    rows = {row.caption: row.entries for group in found.groups for row in group.rows}
    received = next(entries for caption, entries in rows.items() if "新收" in caption)
    assert [number for number, _ in received] == ["5", "7", "9"]
    assert received[0][1] == ""
    assert received[1][1].startswith("+2")
    assert "甲市工信局" in found.svg
    assert "甲市经信局" not in found.svg
    assert "2023年 7" in found.svg


def test_what_does_not_carry_over_is_found(years):
    ((year, findings),) = trend("jia").findings
    assert year == 2024
    assert {one.code for one in findings} == {"carry-over"}
    assert {one.against for one in findings} == {"2023年报告"}


def test_findings_on_words_are_for_the_office_and_need_words():
    text = "全年共收到政府信息公开申请8件。"
    edition(figures(year=2023), published_on=date(2024, 1, 30))
    edition(figures(year=2024, text=text, **flow(9, 9)), published_on=date(2025, 1, 30))
    assert trend("jia").findings == ()
    full = dict(trend("jia", in_full=True).findings)
    assert set(full) == {2024}
    assert "narrative-table" in {one.code for one in full[2024]}


def test_the_last_published_version_of_a_year_counts():
    first = edition(figures(**flow(9, 9)))
    second = edition(figures(**flow(8, 8)), version=2, replaces=first, notice="更正。", published_on=date(2025, 2, 1))
    edition(figures(**flow(7, 7)), version=3, replaces=second, notice="再更正。", published_on=None)
    entries = [row.entries[0][0] for group in trend("jia").groups for row in group.rows if "新收" in row.caption]
    assert entries[0] == "8"


def test_a_body_without_published_reports_has_no_trend():
    edition(published_on=None)
    with pytest.raises(published.NotPublishedError):
        trend("jia")


def test_the_public_page_shows_chart_table_and_findings(client, years):
    shown = client.get(reverse("reports:trends", args=["jia"])).content.decode()
    assert "<svg" in shown
    assert "2023年" in shown
    assert "数据核对" in shown
    assert "结转" in shown
