"""The pages of a campaign in the browser, with the reports of a city in every state."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from builders.browser import cookie_of, visitors
from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.reporting.domain import campaigns, chasing
from gongkai.reporting.models import Scope, State, Submission
from gongkai.units.domain import structure
from gongkai.units.models import Kind
from office.test_accessibility import opened, problems_of

pytestmark = pytest.mark.django_db(transaction=True)
D = date.fromisoformat
TODAY = D("2025-02-06")
DISTRICTS = ("滨海区", "青岭区", "白沙县", "云台县")
BUREAUS = (
    "发展和改革局",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "文化广电和旅游局",
    "卫生健康局",
)
_WAY = (State.DRAFT, State.REVIEWING, State.SIGNED, State.RETURNED, State.ACCEPTED, State.ACCEPTED, State.FROZEN)


@pytest.fixture
def year(settings, tmp_path, monkeypatch):
    """Open the year of a city over four districts with sixteen bureaus each, and let their reports come in."""
    settings.HOME = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    root = unit("HL", "海岚市人民政府", kind=Kind.GOVERNMENT)
    unit("HL-001", "海岚市人民政府办公室", root, Kind.OFFICE)
    unit("HL-002", "海岚市数据管理局", root, day=D("2024-03-01"))
    unit("HL-003", "国家税务总局海岚市税务局", root, Kind.VERTICAL)
    for number, place in enumerate(DISTRICTS, 1):
        district = unit(f"HL-{number}00", f"海岚市{place}人民政府", root, Kind.GOVERNMENT)
        for position, bureau in enumerate(BUREAUS, 1):
            made = unit(f"HL-{number}{position:02}", f"海岚市{place}{bureau}", district)
    structure.rename(
        unit=made,
        name="海岚市云台县卫生健康委员会",
        short_name="云台县卫健委",
        day=D("2024-05-01"),
        document="岚政〔2024〕1号",
        actor=SYSTEM,
    )
    user = person("office", root, Role.COMPETENT, Role.HANDLER, name="林主任", with_subtree=True)
    campaign = campaigns.open_campaign(
        year=2024,
        root=root,
        user=user,
        today=D("2025-01-02"),
        local_deadline=D("2025-01-24"),
        includes_vertical=True,
    )
    for place, one in enumerate(campaign.submissions.filter(scope=Scope.OWN).order_by("unit__code")):
        one.state = _WAY[place % len(_WAY)] if place % 5 else State.DRAFT
        one.returns = int(one.state == State.RETURNED)
        if one.state not in {State.DRAFT, State.REVIEWING}:
            one.first_signed_on = one.signed_on = D("2025-01-06") + timedelta(days=(place * 7) % 26)
        if one.state in {State.ACCEPTED, State.FROZEN}:
            one.accepted_on = one.signed_on + timedelta(days=2)
        one.save()
    chasing.remind(day=TODAY)
    return user, campaign


def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(in_browser, live_server, year):
    user, campaign = year
    base = f"/office/reports/campaigns/{campaign.pk}/"
    addresses = ["/office/reports/", "/office/reports/mine/", "/office/reports/open/", base]
    addresses += [base + part for part in ("list/", "list/?only=missing", "chart/", "roster/", "arrange/")]
    cookie = {"name": "sessionid", "value": cookie_of(user), "url": live_server.url}

    def look(browser):
        page = opened(browser, cookie)
        found = {address: problems_of(page, live_server.url + address, seen) for address in addresses}
        page.context.close()
        return [f"{address} {problem}" for address, problems in found.items() for problem in problems]

    seen = Counter()
    assert in_browser(look) == []
    assert seen.total() == len(addresses)


def test_the_office_walks_from_the_years_to_a_chase_with_the_keyboard(in_browser, live_server, year):
    user, _ = year
    with visitors(in_browser, live_server.url) as enter:
        office = enter("office", user)
        office.opens("/office/").sees("年报编制进度", "2024 年度：未报送")
        office.follows("年报编制").sees("2024 年度")
        office.follows("2024 年度").sees("填报中", "逾期 13 天", "全部", "单位审签中")
        office.follows("图表").sees("按日", "按报送对象")
        office.follows("责任单位").sees("海岚市数据管理局等 1 个为首次编制年度报告", "汇总时只计一次")
        office.follows("清单").sees("最近提醒")
        office.fills(进度="未报送", 单位名称="青岭区").presses("筛选")
        office.ticks("选择海岚市青岭区发展和改革局").fills(
            **{"催报的话（不填的，写明期限和逾期天数）": "请于周五前报送"}
        )
        office.presses("催报所选").sees("催报结果", "已催报", "1 份")
        office.follows("回到清单").sees("2025-02-06")
        assert "only=missing" in office.path
    assert Submission.objects.filter(reminders__words="请于周五前报送").count() == 1


def test_the_office_opens_a_year_in_the_browser(in_browser, live_server, year):
    user, _ = year
    with visitors(in_browser, live_server.url) as enter:
        office = enter("office", user)
        office.opens("/office/reports/").follows("启动新年度")
        office.fills(年度="2023 年", 汇总机关="海岚市人民政府", 本地报送期限=D("2025-03-01")).presses("启动")
        office.sees("法定期限只能提前")
        office.fills(本地报送期限=None).presses("启动").sees("2023 年度年报编制已启动")
