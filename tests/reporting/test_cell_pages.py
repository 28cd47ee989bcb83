"""One cell: what it is made of, the cases behind it, and setting it against the system."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.models import ApplicantKind
from gongkai.decisions.models import Charge, Dataset, Decision, ImportBatch, PartyKind
from gongkai.records.models import Attribute, Category, Record
from gongkai.reporting.domain import filling, summing
from gongkai.reporting.models import Scope, Submission
from gongkai.reporting.queries.report import report_of

from .conftest import TODAY, accepted, answered, report
from .pages import Desk, cell_of, words_of

pytestmark = pytest.mark.django_db
RECEIVED = "requests.received.natural_person"
GRANTED = "requests.granted.natural_person"


@pytest.fixture
def desk(client, city):
    return Desk(client, city)


@pytest.fixture
def summed(campaign, city):
    """Every report received, the district and the city added up."""
    for place in (city.district, city.bureau, city.town):
        accepted(city, report(campaign, place))
    whole = report(campaign, city.district, Scope.WHOLE)
    summing.sum_up(submission=whole, user=city.people["district", Role.HANDLER], today=TODAY)
    accepted(city, report(campaign, city.district, Scope.WHOLE))
    for place in (city.root, city.office, city.finance):
        accepted(city, report(campaign, place))
    top = report(campaign, city.root, Scope.WHOLE)
    summing.sum_up(submission=top, user=city.people["root", Role.HANDLER], today=TODAY)
    return report(campaign, city.root, Scope.WHOLE)


def test_a_cell_lists_the_cases_behind_it(desk, campaign, city, asked):
    page = words_of(desk.of("bureau", Role.HANDLER).see(report(campaign, city.bureau), "cell", RECEIVED))
    assert "一、本年新收政府信息公开申请数量 · 自然人" in page
    assert "其后的申请 2 件" in page
    for case in (asked.bureau, asked.open):
        assert f"{case.number} {case.title}" in page
    assert asked.finance.number not in page


def test_from_the_citys_report_two_clicks_lead_to_the_case_of_a_bureau_below_the_district(desk, summed, city, asked):
    page = desk.of("root", Role.COMPETENT).see(summed)
    assert cell_of(page, RECEIVED)[2] == ["2"]
    first = desk.client.get(reverse("reporting:submission", args=[summed.pk]) + f"cells/{RECEIVED}/")
    links = re.findall(r'href="(/office/applications/\d+/)"', first.content.decode())
    assert reverse("applications:detail", args=[asked.bureau.pk]) in links
    assert desk.client.get(links[0]).status_code == 200
    assert "乙区人民政府（汇总） —— 2" in words_of(first)
    assert "3 份为 0" in words_of(first)


def test_every_cell_of_the_citys_report_that_is_not_nought_reaches_its_cases(desk, summed, city):
    desk.of("root", Role.COMPETENT)
    numbers = {key: cell.value for key, cell in report_of(summed).cells.items() if cell.value}
    assert len(numbers) > 5
    for key, number in numbers.items():
        page = desk.see(summed, "cell", key).content.decode()
        assert len(re.findall(r'href="/office/applications/\d+/"', page)) == number, key
        assert "不同：提取之后" not in page


def test_whoever_reads_no_cases_sees_the_number_and_no_case(desk, campaign, city, asked):
    city.people["bureau", Role.SUPERVISOR] = person("watch", city.bureau, Role.SUPERVISOR)
    page = words_of(desk.of("bureau", Role.SUPERVISOR).see(report(campaign, city.bureau), "cell", RECEIVED))
    assert "您无权查看" in page
    assert asked.bureau.number not in page
    assert asked.bureau.title not in page


def test_a_case_entered_after_compiling_is_said_and_not_counted_in_silence(desk, campaign, city):
    mine = report(campaign, city.bureau)
    answered(city.bureau)
    assert "不同" not in words_of(desk.of("bureau", Role.HANDLER).see(mine, "cell", RECEIVED))
    Submission.objects.filter(pk=mine.pk).update(computed=mine.computed | {RECEIVED: 1})
    assert "下面列出 2 件，与系统数据 1 不同" in words_of(desk.see(mine, "cell", RECEIVED))


def test_documents_decisions_and_charges_stand_behind_their_cells(desk, campaign, city):
    mine, user = report(campaign, city.bureau), city.people["bureau", Role.HANDLER]
    made = {"unit": city.bureau, "author": user, "category": Category.NORMATIVE, "attribute": Attribute.PROACTIVE}
    day = date(2024, 5, 1)
    Record.objects.create(**made, title="某办法", document_number="乙教〔2024〕1号", made_on=day, published_on=day)
    batch = ImportBatch.objects.create(
        dataset=Dataset.DECISIONS, unit=city.bureau, user=user, name="甲", digest="0" * 64, size=1, day=day, columns=[]
    )
    Decision.objects.create(
        unit=city.bureau,
        kind="penalty",
        number="乙教罚〔2024〕1号",
        party="张三",
        party_kind=PartyKind.PERSON,
        item="违规招生",
        decided_on=day,
        batch=batch,
        row=1,
    )
    Charge.objects.create(unit=city.bureau, year=2024, item="考试费", amount_fen=1_230_000)
    desk.of("bureau", Role.HANDLER)
    assert "某办法 乙教〔2024〕1号" in words_of(desk.see(mine, "cell", "proactive.normative_documents.made"))
    assert "某办法" in words_of(desk.see(mine, "cell", "proactive.normative_documents.in_force"))
    assert "某办法" not in words_of(desk.see(mine, "cell", "proactive.normative_documents.repealed"))
    page = words_of(desk.see(mine, "cell", "proactive.penalties.decisions"))
    assert "乙教罚〔2024〕1号 违规招生" in page
    assert "张三" not in page
    assert "考试费 乙区教育局 1.23 万元" in words_of(desk.see(mine, "cell", "proactive.charges.amount_wan"))


def test_setting_a_cell_wants_a_reason_keeps_both_values_and_can_be_taken_back(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.of("bureau", Role.HANDLER)
    answer = desk.do(mine, "override", GRANTED, value="3", reason="")
    assert answer.status_code == 422
    assert 'value="3"' in answer.content.decode()
    answer = desk.do(mine, "override", GRANTED, value="2.5", reason="漏登")
    assert answer.status_code == 422
    assert "必须是整数" in words_of(answer)
    assert desk.do(mine, "override", GRANTED, value="3", reason="两件漏登").status_code == 302
    page = words_of(desk.see(mine, "cell", GRANTED))
    for words in ("来源 人工修正", "修正前 1", "理由 两件漏登", "1 → 3"):
        assert words in page
    assert desk.do(mine, "take-back", GRANTED).status_code == 302
    page = words_of(desk.see(mine, "cell", GRANTED))
    assert "来源 本系统记录" in page
    assert "1 → 3 已取代或取消" in page


def test_a_cell_seen_before_somebody_changed_it_is_not_set(desk, campaign, city):
    mine = report(campaign, city.bureau)
    answer = desk.of("bureau", Role.HANDLER).do(
        mine, "override", GRANTED, value="3", reason="漏", seen=mine.version + 5
    )
    assert answer.status_code == 409
    assert not mine.overrides.exists()


def test_who_may_not_fill_sets_nothing(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.of("bureau", Role.SECRECY_REVIEWER)
    assert "人工修正" not in words_of(desk.see(mine, "cell", GRANTED))
    assert desk.do(mine, "override", GRANTED, value="3", reason="漏登").status_code == 422
    assert desk.of("finance", Role.HANDLER).do(mine, "override", GRANTED, value="3", reason="漏登").status_code == 404
    assert not mine.overrides.exists()


def test_a_cell_the_form_does_not_have_is_not_found(desk, campaign, city):
    desk.of("bureau", Role.HANDLER)
    assert desk.see(report(campaign, city.bureau), "cell", "requests.received.martians").status_code == 404


def test_the_page_asks_the_database_as_often_whatever_is_listed(desk, campaign, city, today):
    def count():
        mine = filling.refill(
            submission=report(campaign, city.bureau), user=city.people["bureau", Role.HANDLER], today=today
        )
        with CaptureQueriesContext(connection) as found:
            assert desk.see(mine, "cell", RECEIVED).status_code == 200
        return len(found)

    desk.of("bureau", Role.HANDLER)
    two = count()
    for _ in range(3):
        answered(city.bureau, ApplicantKind.NATURAL_PERSON)
    assert count() == two <= 24
    assert "其后的申请 5 件" in words_of(desk.see(report(campaign, city.bureau), "cell", RECEIVED))
