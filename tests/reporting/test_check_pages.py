"""A checking unit confirms its aspect of all reports in one go; and what everybody has to do."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.reporting import todo
from gongkai.reporting.domain import facts, passing
from gongkai.reporting.models import Checker, Confirmation, Scope, State, Submission

from .conftest import TODAY, grounds, report, signed
from .pages import Desk, words_of

pytestmark = pytest.mark.django_db
PENALTIES = "proactive.penalties.decisions"


@pytest.fixture
def desk(client, city):
    return Desk(client, city)


@pytest.fixture
def checker(campaign, city):
    return Checker.objects.create(campaign=campaign, aspect="decisions", unit=city.finance)


@pytest.fixture
def handed(campaign, city, checker):
    """Two reports handed up with penalties, one without, one with penalties still a draft."""
    for place, number in (("bureau", 7), ("town", 9), ("office", 4)):
        facts.enter(
            submission=report(campaign, getattr(city, place)),
            key=PENALTIES,
            value=Decimal(number),
            grounds=grounds(),
            user=city.people[place, Role.HANDLER],
            today=TODAY,
        )
    return [signed(city, report(campaign, place)) for place in (city.bureau, city.town, city.district)]


def address(checker):
    return reverse("reporting:check", args=[checker.campaign_id, checker.aspect])


def seen(*reports):
    return {f"seen-{one.pk}": Submission.objects.get(pk=one.pk).version for one in reports}


def test_the_reports_handed_up_with_figures_of_the_aspect_are_listed_and_no_others(desk, checker, handed):
    desk.of("finance", Role.HANDLER)
    page = words_of(desk.client.get(address(checker)))
    assert "待核对 2 份" in page
    assert "乙区教育局 2025-01-10 报送 行政处罚 · 本年处理决定数量 7" in page
    assert "丙镇人民政府" in page
    assert "本年新收" not in page
    assert "甲市人民政府办公室" not in page


def test_all_are_confirmed_in_one_go(desk, checker, handed):
    bureau, town, _ = handed
    desk.of("finance", Role.HANDLER)
    data = seen(bureau, town) | {f"agrees-{bureau.pk}": "yes", f"agrees-{town.pk}": "no"}
    assert desk.client.post(address(checker), data | {f"opinion-{town.pk}": "应为 8 件"}).status_code == 302
    assert [(one.submission_id, one.agrees, one.opinion) for one in Confirmation.objects.all()] == [
        (bureau.pk, True, ""),
        (town.pk, False, "应为 8 件"),
    ]
    page = words_of(desk.client.get(address(checker)))
    assert "没有待核对的报告" in page
    assert "丙镇人民政府 不一致 应为 8 件" in page
    above = words_of(desk.of("district", Role.COMPETENT).see(town))
    assert "“许可、处罚、强制”核对不一致：应为 8 件" in above


def test_one_that_is_wrong_leaves_all_unsaid_and_what_was_typed_in_place(desk, checker, handed):
    bureau, town, _ = handed
    desk.of("finance", Role.HANDLER)
    data = seen(bureau, town) | {f"agrees-{bureau.pk}": "yes", f"agrees-{town.pk}": "no", f"opinion-{town.pk}": " "}
    answer = desk.client.post(address(checker), data)
    assert answer.status_code == 422
    assert "必须写明哪里不一致" in words_of(answer)
    assert f'id="yes-{bureau.pk}" value="yes" checked' in answer.content.decode()
    assert not Confirmation.objects.exists()
    assert "没有选择" in words_of(desk.client.post(address(checker), seen(bureau)))


def test_figures_that_changed_since_they_were_looked_at_are_not_confirmed(desk, checker, handed):
    bureau = handed[0]
    desk.of("finance", Role.HANDLER)
    data = {f"agrees-{bureau.pk}": "yes", f"seen-{bureau.pk}": bureau.version - 1}
    assert desk.client.post(address(checker), data).status_code == 422
    assert not Confirmation.objects.exists()


def test_only_the_checking_unit_opens_the_page_and_it_opens_no_report_by_that(desk, checker, handed, city):
    bureau = handed[0]
    for place, role in (("town", Role.HANDLER), ("finance", Role.SECRECY_REVIEWER), ("root", Role.COMPETENT)):
        desk.of(place, role)
        assert desk.client.get(address(checker)).status_code == 404
        assert desk.client.post(address(checker), {f"agrees-{bureau.pk}": "yes"}).status_code == 404
    desk.of("finance", Role.HANDLER)
    assert desk.see(bureau).status_code == 404
    assert f"/office/reports/{bureau.pk}/" not in desk.client.get(address(checker)).content.decode()
    other = reverse("reporting:check", args=[checker.campaign_id, "charges"])
    assert desk.client.get(other).status_code == 404


def test_what_the_unit_checks_is_listed_with_what_waits_and_leads_to_its_page(desk, checker, handed, campaign, city):
    Checker.objects.create(campaign=campaign, aspect="charges", unit=city.town)
    desk.of("finance", Role.HANDLER)
    page = desk.client.get(reverse("reporting:checks"))
    assert "2024 年度 许可、处罚、强制 甲市财政局 2 份 0 份" in words_of(page)
    assert f'href="{address(checker)}"' in page.content.decode()
    assert "征收、采购" not in words_of(page)
    assert "年报核对" in words_of(desk.client.get(reverse("office:home")))


def test_a_unit_that_checks_nothing_is_told_who_would_ask_it(desk, checker):
    page = words_of(desk.of("bureau", Role.HANDLER).client.get(reverse("reporting:checks")))
    assert "没有由本单位核对的年报数据" in page
    assert desk.of("finance", Role.SECRECY_REVIEWER).client.get(reverse("reporting:checks")).status_code == 404
    assert "年报核对" not in words_of(desk.client.get(reverse("office:home")))


def test_the_list_asks_the_database_as_often_for_one_aspect_as_for_three(desk, checker, handed, campaign, city):
    def count():
        with CaptureQueriesContext(connection) as found:
            assert desk.client.get(reverse("reporting:checks")).status_code == 200
        return len(found)

    desk.of("finance", Role.HANDLER)
    one = count()
    for aspect in ("charges", "remedies"):
        Checker.objects.create(campaign=campaign, aspect=aspect, unit=city.finance)
    assert count() == one <= 14


def test_the_page_asks_the_database_as_often_for_one_report_as_for_three(desk, checker, handed, campaign, city):
    def count():
        with CaptureQueriesContext(connection) as found:
            assert desk.client.get(address(checker)).status_code == 200
        return len(found)

    desk.of("finance", Role.HANDLER)
    Submission.objects.exclude(pk=handed[0].pk).filter(state=State.SIGNED).update(state=State.DRAFT)
    one = count()
    Submission.objects.filter(unit__in=(city.town, city.office), scope=Scope.OWN).update(
        state=State.SIGNED, signed_on=TODAY
    )
    assert count() == one <= 14


def items(source, user, day=TODAY):
    return source(user, scope_of(user, day), 10)


def test_the_unit_is_told_what_to_fill_by_when_and_why_it_came_back(campaign, city):
    user = city.people["bureau", Role.HANDLER]
    found, count = items(todo.to_fill, user)
    assert count == 1
    assert (found[0].title, str(found[0].due), found[0].urgency) == (
        "填报：乙区教育局2024年政府信息公开工作年度报告",
        "2025-01-31",
        "normal",
    )
    mine = signed(city, report(campaign, city.bureau))
    assert items(todo.to_fill, user) == ([], 0)
    passing.send_back(submission=mine, reason="写具体", user=city.people["district", Role.COMPETENT], today=TODAY)
    back = items(todo.to_fill, user)[0][0]
    assert back.title.endswith("（写具体）")
    assert back.urgency == "normal"


def test_what_is_not_handed_up_in_time_is_late(campaign, city):
    user = city.people["bureau", Role.HANDLER]
    days = {"2025-01-20": "normal", "2025-01-25": "soon", "2025-01-31": "soon", "2025-02-01": "late"}
    for day, urgency in days.items():
        assert items(todo.to_fill, user, TODAY.fromisoformat(day))[0][0].urgency == urgency


def test_the_superior_is_told_what_lies_before_it_and_nobody_else(campaign, city, handed):
    found, count = items(todo.to_receive, city.people["district", Role.COMPETENT])
    assert count == 3
    assert {one.title for one in found} == {f"接收：{one.title}" for one in handed}
    assert items(todo.to_receive, city.people["bureau", Role.HANDLER]) == ([], 0)
    assert items(todo.to_receive, person("far", city.finance, Role.COMPETENT)) == ([], 0)


def test_the_checking_unit_is_told_how_many_wait(campaign, city, checker, handed):
    user = city.people["finance", Role.HANDLER]
    found, count = items(todo.to_check, user)
    assert (count, found[0].title) == (1, "核对2024年年报“许可、处罚、强制”：2 份")
    assert items(todo.to_check, city.people["town", Role.HANDLER]) == ([], 0)


def test_the_lists_ask_the_database_as_often_however_many_reports_there_are(campaign, city, checker, handed):
    def count(source, user):
        scope = scope_of(user, TODAY)
        with CaptureQueriesContext(connection) as found:
            source(user, scope, 10)
        return len(found)

    sources = {
        todo.to_fill: city.people["bureau", Role.HANDLER],
        todo.to_receive: city.people["district", Role.COMPETENT],
        todo.to_check: city.people["finance", Role.HANDLER],
    }
    many = [count(source, user) for source, user in sources.items()]
    Submission.objects.exclude(pk=handed[0].pk).update(state=State.ACCEPTED)
    few = [count(source, user) for source, user in sources.items()]
    assert few == many
    assert max(many) <= 7


def test_the_whole_day_shows_what_is_to_be_done(desk, campaign, city):
    page = words_of(desk.of("bureau", Role.HANDLER).client.get(reverse("office:home")))
    assert "年报填报 1 项 填报：乙区教育局2024年政府信息公开工作年度报告" in page
    assert "已逾期" in page
