"""Reconciling with the archives and the library, quarter by quarter, what was delivered and what arrived."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.models import Entry
from gongkai.records import office_upkeep
from gongkai.records.domain import handover
from gongkai.records.domain.reconciliation import reconcile
from gongkai.records.errors import IncompleteError, NotAuthorisedError
from gongkai.records.errors_upkeep import ReconciliationError
from gongkai.records.models import HandOverRule, Reconciliation
from gongkai.records.queries.reconciliation import bounds, halls_of, quarters

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 3)


@pytest.fixture
def delivered(bureau, staff, published):
    """Seal the lists of April to June: one record, and two nil returns."""
    HandOverRule.objects.create(
        unit=bureau, days="5", cut_off=5, halls="市档案馆、市图书馆", begins_on=date(2024, 4, 1), document="甲"
    )
    published()
    days = [(date(2024, 4, 1), True), (date(2024, 5, 1), True), (date(2024, 6, 1), False)]
    for begins_on, is_nil in days:
        handover.seal(unit=bureau, begins_on=begins_on, is_nil=is_nil, letter="", user=staff.author, day=TODAY)
    return bureau


@pytest.fixture
def enter(delivered, staff):
    def entered(**changed):
        ordinary = {"hall": "市档案馆", "received": 1, "confirmed_by": "馆员甲", "note": "", "day": TODAY}
        ordinary |= {"unit": delivered, "year": 2024, "quarter": 2, "user": staff.author}
        return reconcile(**(ordinary | changed))

    return entered


@pytest.mark.parametrize(
    ("quarter", "days"),
    [(1, (date(2024, 1, 1), date(2024, 3, 31))), (4, (date(2024, 10, 1), date(2024, 12, 31)))],
)
def test_a_quarter_has_a_first_and_a_last_day(quarter, days):
    assert bounds(2024, quarter) == days


def test_the_halls_of_a_rule_are_told_apart():
    assert halls_of("和平区档案馆、市图书馆，市档案馆；市图书馆") == ("和平区档案馆", "市图书馆", "市档案馆")


def test_a_quarter_counts_what_was_on_its_lists_once_it_is_over(delivered):
    assert quarters([delivered.pk], date(2024, 6, 30)) == []
    (found,) = quarters([delivered.pk], TODAY)
    assert (found.year, found.quarter, found.lists, found.listed) == (2024, 2, 3, 1)
    assert (found.missing, found.differs) == (("市档案馆", "市图书馆"), False)


def test_a_quarter_agrees_when_every_hall_received_what_was_listed(delivered, enter):
    enter()
    enter(hall="市图书馆")
    (found,) = quarters([delivered.pk], TODAY)
    assert (found.missing, found.differs) == ((), False)
    assert Entry.objects.filter(act="records.reconciled").count() == 2


def test_a_difference_is_explained_and_stands_until_it_is_settled(delivered, enter, staff):
    with pytest.raises(IncompleteError, match="清单共 1 条，实收 0 条，数目不符。请说明差异"):
        enter(received=0)
    enter(received=0, note="6 月一件漏寄，已补寄")
    assert quarters([delivered.pk], TODAY)[0].differs is True
    todo, count = office_upkeep._quarters(staff.author, scope_of(staff.author, TODAY), 5)
    assert (todo[0].title, count) == ("2024 年第 2 季度对账不符", 1)
    enter()
    assert (Reconciliation.objects.get().received, quarters([delivered.pk], TODAY)[0].differs) == (1, False)
    assert Entry.objects.last().detail["before"] == 0


@pytest.mark.parametrize(
    ("changed", "error", "why"),
    [
        ({"quarter": 3}, ReconciliationError, "至 2024-09-30 才结束"),
        ({"quarter": 1}, ReconciliationError, "没有送交市档案馆的清单"),
        ({"hall": "省图书馆"}, ReconciliationError, "没有送交省图书馆的清单"),
        ({"confirmed_by": " "}, IncompleteError, "须有接收单位经办人确认"),
    ],
)
def test_what_cannot_be_reconciled_is_refused(enter, changed, error, why):
    with pytest.raises(error, match=why):
        enter(**changed)
    assert Reconciliation.objects.exists() is False


def test_a_quarter_waits_for_its_last_list(bureau, staff, enter):
    HandOverRule.objects.update(begins_on=date(2024, 4, 1))
    bureau.hand_overs.get(begins_on=date(2024, 6, 1)).delete()
    with pytest.raises(ReconciliationError, match="本季度还有 1 期没有封单，如 2024-06-01 至 2024-06-30"):
        enter()


def test_only_the_unit_s_own_officers_reconcile(enter, stranger):
    with pytest.raises(NotAuthorisedError):
        enter(user=stranger)


@pytest.mark.parametrize("lists", [1, 3])
def test_the_page_takes_the_same_queries_however_many(signed_on, staff, delivered, lists, django_assert_num_queries):
    if lists == 1:
        delivered.hand_overs.exclude(begins_on=date(2024, 6, 1)).delete()
    client = signed_on(staff.author)
    client.get(reverse("records:handover-quarters"))
    with django_assert_num_queries(7):
        page = client.get(reverse("records:handover-quarters")).content.decode()
    assert ("2024 年第 2 季度" in page, "待对账" in page) == (True, True)
