"""The public pages in the browser: nothing breaks the policy, nothing is wider than the screen, axe finds nothing."""

from datetime import date

import pytest

from builders import printed_reports
from builders.browser import NARROW, WIDE, in_browser, visitors  # noqa: F401 -- a fixture
from builders.city import person, unit
from builders.editions import attached, edition, figures
from gongkai.accounts.models import Role
from office.test_accessibility import serious

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "（一）主动公开。全年主动公开政府信息三百件。\n（二）依申请公开。全年新收申请3件，均按期答复。"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET, settings.CITY, settings.SECOND_FACTOR = tmp_path, "", "海岚市", False


@pytest.fixture
def reports(db):
    """Reports of real bodies, and a city with three years, one of them corrected."""
    assert printed_reports.bring_in(date(2025, 6, 20)) == 4
    body, numbers = "海岚市人民政府", {"requests__received__natural_person": 3, "requests__received__total": 3}
    for year, form in ((2020, "2019"), (2023, "2021")):
        edition(figures(body, year, form, text=WORDS, **numbers), slug="hl-001", published_on=date(year + 1, 3, 20))
    first = edition(figures(body, text=WORDS), slug="hl-001", published_on=date(2025, 3, 20))
    attached(first, "html", "docx", "pdf", "json")
    notice = "表三“本年新收政府信息公开申请数量”漏计三件，现予更正。"
    second = edition(
        figures(body, text=WORDS, **numbers),
        slug="hl-001",
        version=2,
        replaces=first,
        notice=notice,
        published_on=date(2025, 4, 8),
    )
    attached(second, "html", "docx", "pdf", "json")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_public_pages_hold_on_every_screen(in_browser, live_server, reports, width):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        reader = enter("读者", width=width)
        for path in (
            "/reports/",
            "/reports/hl-001/",
            "/reports/hl-001/2024/",
            "/reports/hl-001/2024/v1/",
            "/reports/hl-001/trends/",
            "/reports/jin-jiang-shi-dong-shi-zhen/2019/",
            "/reports/jin-jiang-shi-jing-ji-he-xin-xi-hua-ju/2017/",
            "/reports/unknown/",
        ):
            reader.opens(path)
            assert reader._run(lambda _: serious(reader._page)) == [], path


def test_a_reader_finds_the_report_and_takes_it_along(in_browser, live_server, reports):  # noqa: F811 -- the fixture
    with visitors(in_browser, live_server.url) as enter:
        reader = enter("读者").opens("/reports/")
        reader.fills(机关名称="海岚").presses("查找").sees_no("晋江市").follows("海岚市人民政府")
        reader.follows("2024 年年度报告").sees("更正说明（第 2 版）")
        name, path = reader.takes("PDF 文档")
        assert (name, path.read_bytes()[:4]) == ("hl-001-2024-v2.pdf", b"%PDF")
        reader.follows("第 1 版").sees("已于 2025-04-08 被更正").follows("查看第 2 版")
        reader.follows("海岚市人民政府").follows("历年数据对比").sees("图中数据及其他指标")


def test_the_office_sees_the_years_and_brings_earlier_ones_in(in_browser, live_server, reports, tmp_path):  # noqa: F811 -- the fixture
    place = unit("HL-001", "海岚市人民政府")
    head = person("head", place, Role.OFFICE_HEAD, Role.COMPETENT)
    with visitors(in_browser, live_server.url) as enter:
        clerk = enter("周政宁", head).opens("/office/editions/").follows("导入历史报告")
        assert clerk._run(lambda _: serious(clerk._page)) == []
        clerk.opens("/office/editions/hl-001/").sees("数据核对")
        assert clerk._run(lambda _: serious(clerk._page)) == []
