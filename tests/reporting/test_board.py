"""The pages of a campaign: the years, opening one, the board, the list, the chart, the roster, acts on several."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.reporting.domain import campaigns, chasing, passing
from gongkai.reporting.models import Campaign, ReportReminder, Scope, State, Submission
from gongkai.units.domain import structure
from gongkai.units.models import Kind

from .conftest import YEAR, report, signed

pytestmark = pytest.mark.django_db
D = date.fromisoformat
PAGES = ("campaign", "campaign-list", "campaign-chart", "campaign-roster")


@pytest.fixture
def on(monkeypatch):
    """Make it another day."""

    def set_day(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_: D(day))

    set_day("2025-01-15")
    return set_day


@pytest.fixture
def office(client, city, on):
    """Sign the city's office on."""
    client.force_login(city.people["root", Role.COMPETENT])
    return client


@pytest.fixture
def district(client, city, on):
    """Sign the district's office on."""
    client.force_login(city.people["district", Role.COMPETENT])
    return client


def address(name, campaign):
    return reverse(f"reporting:{name}", args=[campaign.pk])


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def value_of(submission):
    return f"{submission.pk}-{submission.version}"


def test_a_year_is_opened_with_its_deadline_and_checkers(office, city, asked):
    data = {
        "year": YEAR,
        "root": city.root.pk,
        "local_deadline": "2025-01-25",
        "checker_charges": city.finance.pk,
        "checker_remedies": "",
        "checker_decisions": "",
    }
    made = office.post(reverse("reporting:open"), data, follow=True)
    campaign = Campaign.objects.get()
    assert "8 份报告已按本系统的记录填好" in words_of(made)
    assert "2025-01-25" in words_of(made)
    assert [(one.aspect, one.unit) for one in campaign.checkers.all()] == [("charges", city.finance)]
    listed = words_of(office.get(reverse("reporting:campaigns")))
    assert "2024 年度" in listed
    assert "0 / 8" in listed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"local_deadline": "2025-02-10"}, "法定期限只能提前"),
        ({"local_deadline": "2025-01-09"}, "应在启动日"),
        ({"year": "2025"}, "选择"),
    ],
)
def test_a_wrong_opening_is_refused_beside_its_field(office, city, given, said):
    answer = office.post(reverse("reporting:open"), {"year": YEAR, "root": city.root.pk} | given)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert not Campaign.objects.exists()


def test_a_year_is_opened_once(office, campaign, city):
    answer = office.post(reverse("reporting:open"), {"year": YEAR, "root": city.root.pk})
    assert answer.status_code == 422
    assert "已经启动" in words_of(answer)


def test_a_year_is_opened_by_the_competent_department_alone(client, city, on):
    for name, role in (("finance", Role.HANDLER), ("root", Role.OFFICE_HEAD)):
        client.force_login(city.people[name, role])
        assert client.get(reverse("reporting:open")).status_code == 404


def test_a_campaign_is_arranged_anew(office, campaign, city):
    page = address("campaign-arrange", campaign)
    assert office.get(page).status_code == 200
    refused = office.post(page, {"local_deadline": "2025-03-01"})
    assert refused.status_code == 422
    office.post(page, {"local_deadline": "2025-01-20", "checker_remedies": city.office.pk})
    campaign.refresh_from_db()
    assert campaign.local_deadline == D("2025-01-20")
    assert [(one.aspect, one.unit) for one in campaign.checkers.all()] == [("remedies", city.office)]
    kept = office.get(page).content.decode()
    assert 'value="2025-01-20"' in kept
    assert f'<option value="{city.office.pk}" selected>' in kept


def test_the_board_has_a_column_for_each_state_and_the_late_first(office, campaign, city, on):
    signed(city, report(campaign, city.office))
    passing.accept(
        submission=signed(city, report(campaign, city.finance)),
        user=city.people["root", Role.COMPETENT],
        today=D("2025-01-15"),
    )
    on("2025-02-05")
    page = office.get(address("campaign", campaign))
    columns = {column.state: column for column in page.context["columns"]}
    assert list(columns) == State.values
    counts = {state: column.count for state, column in columns.items() if column.count}
    assert counts == {"draft": 6, "signed": 1, "accepted": 1}
    assert [one.days_late for one in columns["draft"].cards] == [5, 5, 5, 5, 0, 0]
    words = words_of(page)
    assert "2 / 8 份已报送" in words
    assert "逾期 5 天" in words
    assert "已过 5 天" in words


def test_the_deadline_is_said_with_its_holiday(office, campaign):
    words = words_of(office.get(address("campaign", campaign)))
    assert "2025-01-31 还有 16 天 2025-01-31 不是工作日（春节）" in words
    assert "政府公布期限 2025-03-31" in words


def test_a_district_sees_its_own_reports_and_no_others(district, campaign, city):
    for name in PAGES:
        words = words_of(district.get(address(name, campaign)))
        assert "乙区教育局" in words or name == "campaign-chart"
        assert "甲市财政局" not in words
        assert "甲市人民政府办公室" not in words
    assert "0 / 4 份已报送" in words_of(district.get(address("campaign", campaign)))
    table = district.post(address("campaign-export", campaign), {"format": "csv"}).content.decode()
    assert "乙区教育局" in table
    assert "甲市财政局" not in table
    assert "应报 3" in district.get(address("campaign-drawing", campaign)).content.decode()


def test_a_unit_sees_its_own_report(client, campaign, city, on):
    client.force_login(city.people["finance", Role.HANDLER])
    words = words_of(client.get(address("campaign-list", campaign)))
    assert "甲市财政局" in words
    assert "乙区教育局" not in words
    assert "催报所选" not in words
    assert client.get(address("campaign-arrange", campaign)).status_code == 404


def test_a_unit_finds_its_reports_with_what_is_due_and_what_it_was_told(client, campaign, city, on):
    chasing.chase(
        submissions=[report(campaign, city.finance)],
        user=city.people["root", Role.COMPETENT],
        today=D("2025-01-15"),
        words="请于周五前报送",
    )
    client.force_login(city.people["finance", Role.HANDLER])
    words = words_of(client.get(reverse("reporting:mine")))
    assert "甲市财政局2024年政府信息公开工作年度报告" in words
    assert "还有 16 天" in words
    assert "请于周五前报送" in words
    assert "乙区" not in words
    on("2025-02-03")
    assert "逾期 3 天" in words_of(client.get(reverse("reporting:mine")))
    client.force_login(city.people["root", Role.COMPETENT])
    assert client.get(reverse("reporting:mine")).status_code == 404


def test_who_has_no_report_in_a_campaign_does_not_learn_of_it(client, campaign, city, on):
    elsewhere = unit("Z", "丁市人民政府", kind=Kind.GOVERNMENT)
    client.force_login(person("stranger", elsewhere, Role.COMPETENT, with_subtree=True))
    for name in PAGES:
        assert client.get(address(name, campaign)).status_code == 404
    for name in ("campaign-accept", "campaign-chase", "campaign-export"):
        assert client.post(address(name, campaign), {"format": "csv"}).status_code == 404
    assert "2024 年度" not in words_of(client.get(reverse("reporting:campaigns")))
    client.force_login(person("machine", city.root, Role.ADMINISTRATOR, with_subtree=True))
    assert client.get(reverse("reporting:campaigns")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 8),
        ({"state": "signed"}, 1),
        ({"only": "missing"}, 7),
        ({"only": "late_missing"}, 5),
        ({"only": "late"}, 6),
        ({"only": "changed"}, 0),
        ({"text": "教育"}, 1),
        ({"text": "B2"}, 1),
        ({"kind": "town"}, 1),
        ({"scope": "whole"}, 2),
        ({"scope": "own", "text": "乙区"}, 2),
        ({"text": "没有这样的单位"}, 0),
        ({"state": "nonsense"}, 8),
    ],
)
def test_the_list_is_narrowed(office, campaign, city, on, query, found):
    signed(city, report(campaign, city.office), D("2025-02-03"))
    on("2025-02-05")
    page = office.get(address("campaign-list", campaign), query)
    assert page.context["page"].paginator.count == found


def test_the_list_is_narrowed_by_whom_reports_go_to(office, campaign, city):
    page = office.get(address("campaign-list", campaign), {"receiver": city.district.pk})
    assert {one.code for one in page.context["lines"]} == {"B", "B1", "B2"}


def test_several_are_received_at_once_and_the_refused_are_told_why(office, campaign, city):
    sent = [signed(city, report(campaign, place)) for place in (city.office, city.finance)]
    draft = report(campaign, city.root)
    data = {"report": [value_of(one) for one in (*sent, draft)]}
    answer = office.post(address("campaign-accept", campaign), data)
    assert answer.status_code == 200
    words = words_of(answer)
    assert "没有接收 1 份" in words
    assert "填报中，不能接收：须为“已报送”" in words
    states = {place: report(campaign, place).state for place in (city.office, city.finance, city.root)}
    assert list(states.values()) == [State.ACCEPTED, State.ACCEPTED, State.DRAFT]
    assert Entry.objects.filter(act="reporting.accepted").count() == 2


def test_what_changed_since_it_was_seen_is_not_received(office, campaign, city):
    one = signed(city, report(campaign, city.office))
    answer = office.post(address("campaign-accept", campaign), {"report": [f"{one.pk}-{one.version - 1}"]})
    assert answer.status_code == 422
    assert "已有他人改动" in words_of(answer)
    assert report(campaign, city.office).state == State.SIGNED


def test_a_report_that_one_does_not_see_cannot_be_named(district, campaign, city):
    one = signed(city, report(campaign, city.office))
    for name in ("campaign-accept", "campaign-chase"):
        assert district.post(address(name, campaign), {"report": [value_of(one)]}).status_code == 404
    assert report(campaign, city.office).state == State.SIGNED
    assert not ReportReminder.objects.exists()


def test_a_district_does_not_receive_its_own_whole(district, campaign, city):
    whole = report(campaign, city.district, Scope.WHOLE)
    Submission.objects.filter(pk=whole.pk).update(state=State.SIGNED)
    answer = district.post(address("campaign-accept", campaign), {"report": [value_of(whole)]})
    assert answer.status_code == 422
    assert "没有相应角色" in words_of(answer)


def test_a_handler_neither_receives_nor_chases(client, campaign, city, on):
    client.force_login(city.people["finance", Role.HANDLER])
    one = report(campaign, city.finance)
    for name in ("campaign-accept", "campaign-chase"):
        assert client.post(address(name, campaign), {"report": [value_of(one)]}).status_code == 404


@pytest.mark.parametrize("name", ["campaign-accept", "campaign-chase"])
@pytest.mark.parametrize("broken", ["", "x-1", "1", "-1-1", "1-"])
def test_a_broken_choice_changes_nothing(office, campaign, name, broken):
    answer = office.post(address(name, campaign), {"report": [broken]} if broken else {})
    assert answer.status_code == (302 if not broken else 404)
    assert not ReportReminder.objects.exists()


def test_all_missing_units_are_chased_with_words(office, campaign, city):
    signed(city, report(campaign, city.office))
    answer = office.post(address("campaign-chase", campaign), {"all": "missing", "words": "周五前报送"})
    assert "已催报 7 份" in words_of(answer)
    assert {one.words for one in ReportReminder.objects.all()} == {"周五前报送"}
    again = office.post(address("campaign-chase", campaign), {"all": "missing"})
    assert again.status_code == 422
    assert "今天已经催过" in words_of(again)
    assert "2025-01-15" in words_of(office.get(address("campaign-list", campaign)))


def test_words_that_are_too_long_are_not_sent(office, campaign):
    answer = office.post(address("campaign-chase", campaign), {"all": "missing", "words": "字" * 201}, follow=True)
    assert "最多 200 字" in words_of(answer)
    assert not ReportReminder.objects.exists()


def test_the_chosen_units_alone_are_chased(office, campaign, city):
    one = report(campaign, city.bureau)
    office.post(f"{address('campaign-chase', campaign)}?only=missing", {"report": [value_of(one)]})
    assert [reminder.submission for reminder in ReportReminder.objects.all()] == [one]


def test_the_table_goes_out_as_csv_and_as_xlsx_and_the_journal_knows(office, campaign, city):
    chasing.remind(day=D("2025-01-21"))
    query = f"{address('campaign-export', campaign)}?kind=town"
    text = office.post(query, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert text[0].startswith("机构代码,报告机关,类型")
    assert text[1:] == ["B2,丙镇人民政府,乡镇,本级,乙区人民政府,未变动,否,填报中,2025-01-31,,,,0,0,2025-01-21"]
    book = load_workbook(io.BytesIO(office.post(address("campaign-export", campaign), {"format": "xlsx"}).content))
    rows = list(book.active.values)
    assert len(rows) == 9
    assert rows[1][12] == 0
    entries = list(Entry.objects.filter(act="reporting.exported"))
    assert [(one.detail["rows"], one.detail["filters"]) for one in entries] == [(1, {"kind": "town"}), (8, {})]
    refused = office.post(address("campaign-export", campaign), {"format": "exe"}, follow=True)
    assert "没有这种导出格式" in words_of(refused)


def test_the_chart_and_its_table_say_the_same(office, campaign, city, on):
    signed(city, report(campaign, city.office), D("2025-01-12"))
    signed(city, report(campaign, city.finance), D("2025-02-03"))
    on("2025-02-05")
    page = office.get(address("campaign-chart", campaign))
    found = page.context["progress"]
    assert [(one.day.isoformat(), one.came, one.sent, one.what) for one in found.days] == [
        ("2025-01-10", 0, 0, "启动"),
        ("2025-01-12", 1, 1, ""),
        ("2025-01-31", 0, 1, "法定期限"),
        ("2025-02-03", 1, 2, ""),
        ("2025-02-05", 0, 2, ""),
    ]
    drawn = page.content.decode()
    assert "应报 6 份，法定期限 2025-01-31；截至 2025-02-05 已报送 2 份，已接收 0 份。" in drawn
    assert "2025-02-03 已报送 2</title>" in drawn
    assert {name: (sums.received, sums.owed) for _, name, sums in page.context["receivers"]} == {
        "甲市人民政府": (2, 5),
        "乙区人民政府": (0, 3),
    }
    file = office.get(address("campaign-drawing", campaign))
    assert file["Content-Type"] == "image/svg+xml"
    assert "attachment" in file["Content-Disposition"]


def test_a_local_deadline_stands_in_the_chart_beside_that_of_the_law(office, campaign, city):
    campaigns.arrange(
        campaign=campaign,
        user=city.people["root", Role.COMPETENT],
        today=D("2025-01-10"),
        local_deadline=D("2025-01-20"),
        checkers={},
    )
    drawn = office.get(address("campaign-chart", campaign)).content.decode()
    assert "本地期限 1月20日" in drawn
    assert "法定期限 1月31日" in drawn


def test_names_cannot_break_out_of_the_drawing(client, on):
    root = unit("X", "<script>alert(1)</script>市人民政府", kind=Kind.GOVERNMENT)
    user = person("x", root, Role.COMPETENT, with_subtree=True)
    made = campaigns.open_campaign(year=YEAR, root=root, user=user, today=D("2025-01-15"))
    client.force_login(user)
    for name in PAGES:
        assert "<script>alert" not in client.get(address(name, made)).content.decode()


def reformed(city):
    """Establish, rename, merge and end units in the year, and put one under vertical management."""
    fresh = unit("A4", "甲市数据局", city.root, day=D("2024-03-01"))
    old = unit("A5", "甲市旅游局", city.root)
    renamed = unit("A6", "甲市卫计委", city.root)
    vertical = unit("A9", "甲市税务局", city.root, kind=Kind.VERTICAL)
    structure.rename(
        unit=renamed,
        name="甲市卫健委",
        short_name="甲市卫健委",
        day=D("2024-04-01"),
        document="甲政〔2024〕3号",
        actor=SYSTEM,
    )
    structure.merge(units=[old], into=fresh, day=D("2024-06-01"), document="甲政〔2024〕5号", actor=SYSTEM)
    return fresh, old, renamed, vertical


def test_new_renamed_and_ended_units_are_flagged_and_vertical_ones_not_asked(office, city):
    _, old, _, vertical = reformed(city)
    user = city.people["root", Role.COMPETENT]
    made = campaigns.open_campaign(year=YEAR, root=city.root, user=user, today=D("2025-01-10"))
    assert not made.submissions.filter(unit__in=[old, vertical]).exists()
    page = office.get(address("campaign-list", made), {"only": "changed"})
    flags = {one.body: one.flags for one in page.context["lines"]}
    assert flags == {"甲市数据局": ("重新组建",), "甲市卫健委": ("更名",)}
    words = words_of(office.get(address("campaign-roster", made)))
    for said in (
        "共 8 个",
        "甲市数据局等 1 个为重新组建单位",
        "甲市卫健委等 1 个更换单位名称",
        "原名甲市卫计委",
        "其数据并入甲市数据局的报告",
        "甲市税务局",
        "这些单位由上级主管部门编报，本级不收、不计",
        "未报送 8 份",
    ):
        assert said in words


def test_a_vertical_unit_that_reports_here_is_asked_once_and_flagged(office, city):
    *_, vertical = reformed(city)
    made = campaigns.open_campaign(
        year=YEAR,
        root=city.root,
        user=city.people["root", Role.COMPETENT],
        today=D("2025-01-10"),
        includes_vertical=True,
    )
    assert made.submissions.filter(unit=vertical).count() == 1
    page = office.get(address("campaign-list", made), {"kind": "vertical"})
    assert [one.flags for one in page.context["lines"]] == [("垂直管理",)]
    assert "这些单位在本级报送，汇总时只计一次" in words_of(office.get(address("campaign-roster", made)))


def test_the_roster_names_the_missing_and_says_when_none_is(office, campaign, city):
    signed(city, report(campaign, city.office))
    words = words_of(office.get(address("campaign-roster", campaign)))
    assert "应报送单位报告 6 份，已报送 1 份，未报送 5 份" in words
    assert "甲市财政局" in words
    Submission.objects.update(state=State.SIGNED, first_signed_on=D("2025-01-12"))
    assert "已全部报送" in words_of(office.get(address("campaign-roster", campaign)))


def test_a_correction_in_hand_is_not_missing(office, campaign, city):
    Submission.objects.update(state=State.PUBLISHED, first_signed_on=D("2025-01-12"))
    Submission.objects.filter(unit=city.finance).update(state=State.DRAFT, notice="更正数据")
    assert "8 / 8 份已报送" in words_of(office.get(address("campaign", campaign)))
    assert "8 / 8" in words_of(office.get(reverse("reporting:campaigns")))


def queries(client, page):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)


@pytest.fixture
def wide(on):
    """Open the year of a city with so many bureaus below two districts."""

    def made(count):
        root = unit(f"W{count}", f"第{count}市人民政府", kind=Kind.GOVERNMENT)
        districts = [
            unit(f"W{count}-{place}", f"第{count}市{place}区人民政府", root, Kind.GOVERNMENT) for place in "东西"
        ]
        for number in range(count):
            unit(f"W{count}-{number:03}", f"第{count}市第{number}局", districts[number % 2])
        user = person(f"wide-{count}", root, Role.COMPETENT, with_subtree=True)
        return user, campaigns.open_campaign(year=YEAR, root=root, user=user, today=D("2025-01-10"))

    return made


def test_the_pages_ask_the_database_as_often_for_sixty_units_as_for_one(client, wide):
    counted = []
    for size in (1, 3, 60):
        user, campaign = wide(size)
        client.force_login(user)
        chasing.chase(submissions=campaign.submissions.select_related("campaign"), user=user, today=D("2025-01-15"))
        pages = [*(address(name, campaign) for name in PAGES), reverse("reporting:campaigns")]
        found = [queries(client, page) for page in pages]
        client.force_login(person(f"fills-{size}", campaign.root, Role.HANDLER, with_subtree=True))
        counted.append([*found, queries(client, reverse("reporting:mine"))])
    assert counted[0] == counted[1] == counted[2]
    of_page = dict(zip([*PAGES, "campaigns", "mine"], counted[0], strict=True))
    assert of_page["campaign"] <= 8
    assert of_page["campaign-chart"] <= 8
    assert of_page["campaign-list"] <= 8


def test_a_column_shows_the_first_and_leads_to_the_rest(client, wide):
    user, campaign = wide(60)
    client.force_login(user)
    page = client.get(address("campaign", campaign))
    [draft] = [column for column in page.context["columns"] if column.count]
    assert (len(draft.cards), draft.count) == (12, 66)
    assert "全部 66 份" in words_of(page)
    listed = client.get(address("campaign-list", campaign), {"state": "draft"})
    assert len(listed.context["lines"]) == 50
    assert len(client.get(address("campaign-list", campaign), {"page": 2}).context["lines"]) == 16
