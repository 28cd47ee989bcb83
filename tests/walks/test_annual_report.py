"""The reports of a year in the browser, from the opening of the campaign to a correction that a late case demanded.

A bureau fills in, its district receives and adds up, the city adds up and publishes; a resident reads what came out.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from builders.browser import NARROW
from builders.report_city import ROLES, YEAR, accepted, answered, build_city, chained, report
from gongkai.accounts.models import Role
from gongkai.journal.models import Entry
from gongkai.reporting.domain import filling, passing, summing
from gongkai.reporting.models import Campaign, Edition, Scope, Submission

from .conftest import CHINA

HANDLER, HEAD, SECRECY, LEADER = ROLES
CONFIRMED = (
    "不含国家秘密（条例第十四条）",
    "不含工作秘密（保密法第六十四条）",
    "不危及国家安全、公共安全、经济安全和社会稳定",
    "不损害第三方商业秘密、个人隐私，或已征得同意（条例第十五条）",
    "个人信息已按规定处理",
)
RECEIVED = "一、本年新收政府信息公开申请数量 · 总计"
BUREAU, DISTRICT, CITY = "乙区教育局2024年", "乙区人民政府2024年", "甲市人民政府2024年"
PROBLEMS = "存在的主要问题及改进情况"
NOTICE = "教育局漏计一件申请，表三相应更正。"
WRITTEN = "公开目录更新不够及时，已安排专人按月核对。"
REASON = "请写明存在的主要问题和改进措施"


@pytest.fixture
def clock(calendar, monkeypatch):
    """Let the hours go by on the day of the calendar, so that what is entered late is."""
    began = timezone.now()

    def now():
        return datetime.combine(calendar.today, time(9), CHINA).astimezone(UTC) + (real() - began)

    def real():
        return datetime.now(UTC)

    monkeypatch.setattr(timezone, "now", now)
    calendar.today = date(2024, 12, 31)
    return calendar


@pytest.fixture
def city(transactional_db):
    """A district over a bureau and a town, a finance office and an office beside it."""
    return build_city()


@pytest.fixture
def cases(city, clock):
    """What the year left: two applications at the bureau, one at the finance office."""
    answered(city.finance)
    return [answered(city.bureau), answered(city.bureau, day=date(2024, 12, 20), end=None)]


@dataclass
class Year:
    """The people at their browsers, the city, and the days."""

    enter: object
    city: object
    clock: object
    at: dict = field(default_factory=dict)

    def sits(self, place, role, **options):
        """Return whoever has a role at a place, at the browser."""
        key = (place, role)
        if key not in self.at:
            self.at[key] = self.enter(f"{place}-{role}", self.city.people[key], **options)
        return self.at[key]

    def turns_to(self, day):
        """Go on to another day; whoever was signed on is no more."""
        self.clock.today = day
        self.at.clear()

    def passes(self, place, title, **options):
        """Let the three of a unit's chain find the report among what waits, look at it, and pass it."""
        for role, boxes in ((HEAD, ()), (SECRECY, CONFIRMED), (LEADER, ())):
            reviewer = self.sits(place, role, **options)
            reviewer.opens("/office/review/").takes_up(title).ticks(*boxes).presses("提交审核结论").sees("已办理。")

    @property
    def campaign(self):
        """The campaign of the year."""
        return Campaign.objects.get(year=YEAR)


def test_the_reports_of_a_year_are_opened_filled_returned_mended_added_up_published_and_corrected(
    enter, city, cases, clock
):
    year = Year(enter, city, clock)
    clock.today = date(2025, 1, 3)
    opens(year)
    fills_in(year)
    is_returned_and_mended(year)
    for place in (city.town, city.district):
        accepted(city, report(year.campaign, place), clock.today)
    adds_up_the_district(year)
    for place in (city.office, city.finance, city.root):
        accepted(city, report(year.campaign, place), clock.today)
    year.turns_to(date(2025, 3, 10))
    adds_up_the_city(year, cases)
    is_read_by_a_resident(year)
    year.turns_to(date(2025, 4, 7))
    late = answered(city.bureau, day=date(2024, 11, 4), end=date(2024, 11, 20))
    raises_a_correction(year, late)
    both_versions_stand(year)
    acts = list(Entry.objects.filter(act__startswith="reporting.").values_list("act", flat=True))
    assert acts.count("reporting.published") == 2


def opens(year):
    """The competent department of the city opens the year."""
    root = year.sits("root", Role.COMPETENT)
    root.opens("/office/").follows("年报编制").sees("还没有启动年报编制。").follows("启动新年度")
    root.fills(年度="2024 年", 汇总机关="甲市人民政府").presses("启动")
    root.sees("2024 年度年报编制已启动，8 份报告已按本系统的记录填好。", "还有 28 天")


def fills_in(year):
    """The bureau finds its report filled, writes what only it can know, answers a warning, and signs."""
    bureau = year.sits("bureau", HANDLER)
    bureau.opens("/office/").takes_up(f"填报：{BUREAU}").sees("办完下列事项后送审。", "还有 28 天")
    assert bureau.reads(f"a[aria-label^='{RECEIVED}']") == "2"
    bureau.takes_up("正文还有 1 部分没有写：存在的主要问题及改进情况")
    received = "收到和处理政府信息公开申请情况"
    writes(bureau, {PROBLEMS: "公开目录更新不够及时。", received: "本年新收申请3件，均已按期答复。"})
    bureau.sees("文中“本年新收申请3件”为3，表中").takes_up("统计表").presses("送审").sees(
        "没有办理。", "不能送审：审核发现 1 项错误、1 项未说明的提示。"
    )
    bureau.takes_up("到审核页逐项办理").sees("须改正后才能送审").follows("正文")
    writes(bureau, {received: "本年新收申请2件，均已按期答复。"})
    bureau.follows("审核 1 项待说明").sees_no("须改正后才能送审")
    bureau.presses("说明").sees("请填写说明。").types(words="1件在法定期限内，结转下年。").presses("说明")
    bureau.sees("已说明。", "1件在法定期限内，结转下年。")
    bureau.follows("统计表").sees("没有未办事项，可以送审。").presses("送审").sees("单位审签中：工作机构负责人审核。")
    year.passes("bureau", BUREAU, width=NARROW)
    bureau.opens("/office/").follows("我的年报").sees("已报送").takes_up(BUREAU)
    bureau.sees("已报送，等待上级接收。", "已于 2025-01-03 办理").has_no("button", "送审")


def writes(visitor, parts):
    """Write parts of the narrative, each saved by leaving it and by the button at once."""
    for title, words in parts.items():
        version = Submission.objects.get(pk=visitor.path.split("/")[3]).version
        visitor.fills(**{title: words}).presses_here("保存正文").sees(f"已保存（第 {version + 1} 版）")


def is_returned_and_mended(year):
    """The district sends the report back with a reason; the bureau mends what it says, and the district receives it."""
    district, bureau = year.sits("district", Role.COMPETENT), year.sits("bureau", HANDLER)
    district.opens("/office/").takes_up(f"接收：{BUREAU}").sees("核对后接收，或者写明理由退回。")
    district.unfolds("退回").presses("退回").sees("没有退回，请按提示补充。")
    district.fills(退回理由=REASON).presses("退回").sees("已退回，填报单位可以修改后重新报送。")
    bureau.opens("/office/").takes_up(f"退回修改：{BUREAU}").sees(f"按退回理由修改：{REASON}")
    writes(bureau.follows("正文"), {PROBLEMS: WRITTEN})
    bureau.takes_up("统计表").presses("送审").sees("已送审。")
    chained(year.city, report(year.campaign, year.city.bureau), year.clock.today)
    district.opens("/office/").takes_up(f"接收：{BUREAU}").sees("退回", "1 次").presses("接收")
    district.sees("已接收，数据进入汇总。")


def adds_up_the_district(year):
    """The district adds up what it received; its chain signs, and the city receives the sum."""
    district, root = year.sits("district", Role.COMPETENT), year.sits("root", Role.COMPETENT)
    district.opens("/office/").follows("年报编制").follows("2024 年度").takes_up("乙区人民政府（汇总）")
    district.sees("报告已齐，可以汇总。").presses("汇总").sees("已重新计算")
    writes_the_rest(district)
    chained(year.city, report(year.campaign, year.city.district, Scope.WHOLE), year.clock.today)
    root.opens("/office/").takes_up(f"接收：{DISTRICT}").presses("接收").sees("已接收，数据进入汇总。")


def writes_the_rest(visitor):
    """Write what the sum leaves to people, and send it into review."""
    writes(visitor.takes_up("正文还有"), {PROBLEMS: WRITTEN})
    visitor.takes_up("统计表").presses("送审").sees("已送审。")


def adds_up_the_city(year, cases):
    """The city adds up, signs, freezes and publishes; from a figure of its report to a case it is two clicks."""
    root = year.sits("root", Role.COMPETENT)
    root.opens("/office/").follows("年报编制").follows("2024 年度").takes_up("甲市人民政府（汇总）").presses("汇总")
    whole = root.sees("已重新计算").path
    root.takes_up(RECEIVED).follows(cases[0].number).sees("某文件")
    assert root.path == f"/office/applications/{cases[0].pk}/"
    root.opens(whole)
    writes_the_rest(root)
    year.passes("root", CITY)
    root.opens(whole).presses("接收").sees("已接收，数据已进入汇总。下一步：定稿。")
    root.presses("定稿").sees("已定稿为第 1 版").unfolds("公布").sees("公布后不能改动")
    root.presses("公布").sees("第 1 版已公布。").follows("公开页面").sees("下载与版本")


def is_read_by_a_resident(year):
    """A resident finds the report, without signing on, and takes its files home."""
    resident = year.enter("居民", width=NARROW)
    resident.opens("/reports/").follows("甲市人民政府").follows("2024 年年度报告")
    resident.sees(WRITTEN, "固定地址")
    for name, ending, begins in (
        ("Word 文档", "docx", b"PK"),
        ("PDF 文档", "pdf", b"%PDF"),
        ("数据（JSON）", "json", b"{"),
    ):
        called, path = resident.takes(name)
        assert called == f"a-2024-v1.{ending}"
        assert path.read_bytes().startswith(begins)
    assert "甲市人民政府" in str(json.loads(path.read_text("utf-8")))


def raises_a_correction(year, late):
    """A case of the year is entered after it came out: the page says so, and the reports are corrected from below."""
    city, campaign, day = year.city, year.campaign, year.clock.today
    root = year.sits("root", Role.COMPETENT)
    root.opens("/office/").follows("年报编制").follows("2024 年度").takes_up("甲市人民政府（汇总）")
    root.sees("定稿之后又有变动。").takes_up("看哪些数受影响").sees("定稿之后的变动", late.number)
    root.takes_up("统计表").unfolds("更正").presses("更正").sees("没有更正，请按提示补充。")
    root.fills(更正说明=NOTICE).presses("更正").sees("可以更正了。", f"更正说明：{NOTICE}")
    whole = root.path
    mends_below(city, campaign, day)
    root.opens(whole).presses("汇总").sees("一、本年新收政府信息公开申请数量 · 总计 3→4")
    root.follows("正文").unfolds("重新起草").presses("重新起草全文").sees("正文已按现有数据重新起草。").takes_up(
        "统计表"
    )
    writes_the_rest(root)
    chained(city, report(campaign, city.root, Scope.WHOLE), day)
    root.opens(whole).presses("接收").presses("定稿").sees("已定稿为第 2 版")
    root.unfolds("公布").presses("公布").sees("第 2 版已公布。")


def mends_below(city, campaign, day):
    """Send the report of the bureau back, count it again, and take it and the sum of the district up, by the verbs."""
    for place, scope in ((city.district, Scope.WHOLE), (city.bureau, Scope.OWN)):
        user = city.people["root" if scope == Scope.WHOLE else "district", Role.COMPETENT]
        passing.send_back(submission=report(campaign, place, scope), reason="补计一件", user=user, today=day)
    user = city.people["bureau", HANDLER]
    filling.refill(submission=report(campaign, city.bureau), user=user, today=day, redraft=True)
    accepted(city, report(campaign, city.bureau), day)
    whole = report(campaign, city.district, Scope.WHOLE)
    summing.sum_up(submission=whole, user=city.people["district", Role.COMPETENT], today=day, redraft=True)
    accepted(city, report(campaign, city.district, Scope.WHOLE), day)


def both_versions_stand(year):
    """The resident sees the second version with its notice; the first stands where it stood and points there."""
    resident = year.enter("居民", width=NARROW)
    resident.opens("/reports/a/2024/").sees(f"更正说明（第 2 版）：{NOTICE}", "第 1 版")
    resident.opens("/reports/a/2024/v1/").sees("这是第 1 版，已于 2025-04-07 被更正。").follows("查看第 2 版")
    assert resident.path == "/reports/a/2024/v2/"
    first, second = (Edition.objects.get(slug="a", version=number) for number in (1, 2))
    assert (first.published_on, second.published_on) == (date(2025, 3, 10), date(2025, 4, 7))
    assert second.replaces == first
