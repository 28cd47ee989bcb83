"""The two clocks, and what the annual report counts."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.accounts.errors import NotPermittedError
from gongkai.decisions import clock
from gongkai.decisions.domain import annual, publication, settling
from gongkai.decisions.errors import (
    DecisionDayError,
    DecisionStateError,
    FactValueError,
    FinishedBatchError,
    ImportScopeError,
)
from gongkai.decisions.models import Decision
from gongkai.decisions.queries import counts
from gongkai.decisions.queries.register import to_withdraw, unpublished, withdrawal_is_late
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry

from .conftest import TODAY, line, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def penalty(bring):
    bring(table(line(1, 决定类别="行政处罚", 公示日期="2024-05-24")))
    return Decision.objects.get()


def test_seven_working_days_are_counted_with_holidays_and_make_up_days(bring):
    """name / 决定日期 / 应公示日 / 依据: 国办发〔2018〕118号."""
    cases = {
        "平常": ("2024-05-20", date(2024, 5, 29)),
        "跨劳动节，5月11日调休上班": ("2024-04-28", date(2024, 5, 10)),
        "规定施行前": ("2018-12-01", None),
    }
    bring(table(*[line(n, 决定日期=day, 公示日期="") for n, (day, _) in enumerate(cases.values())]))
    found = dict(Decision.objects.values_list("decided_on", "due_on"))
    assert found == {date.fromisoformat(day): due for day, due in cases.values()}


def test_only_permits_and_penalties_have_the_clock(bring):
    kinds = ["行政许可", "其他对外管理服务事项", "行政处罚", "行政强制"]
    bring(table(*[line(n, 决定类别=kind, 公示日期="") for n, kind in enumerate(kinds)]))
    with_clock = Decision.objects.filter(due_on__isnull=False).values_list("kind", flat=True)
    assert sorted(with_clock) == ["penalty", "permit"]


def test_what_is_late_and_what_is_soon_due(bring, city):
    bring(table(line(1, 公示日期=""), line(2, 决定日期="2024-05-27", 公示日期=""), line(3)))
    assert [found.number for found in unpublished([city.bureau.pk], TODAY)] == ["岚水许〔2024〕1号"]
    assert len(unpublished([city.bureau.pk], TODAY, within=10)) == 2
    assert len(unpublished([city.other.pk], TODAY, within=10)) == 0


def test_a_day_of_publication_is_all_or_none(bring, city):
    bring(table(line(1, 公示日期=""), line(2)))
    both = list(Decision.objects.values_list("pk", flat=True))
    with pytest.raises(DecisionStateError, match="已登记公示日期 2024-05-24"):
        publication.publish(decisions=both, published_on=TODAY, user=city.handler, day=TODAY)
    assert Decision.objects.filter(published_on__isnull=True).count() == 1
    waiting = Decision.objects.get(published_on__isnull=True)
    for day in (date(2024, 5, 19), date(2024, 6, 4)):
        with pytest.raises(DecisionDayError):
            publication.publish(decisions=[waiting.pk], published_on=day, user=city.handler, day=TODAY)
    with pytest.raises(NotPermittedError):
        publication.publish(decisions=[waiting.pk], published_on=TODAY, user=city.stranger, day=TODAY)
    assert publication.publish(decisions=[waiting.pk], published_on=TODAY, user=city.handler, day=TODAY) == 1
    assert publication.publish(decisions=[], published_on=TODAY, user=city.handler, day=TODAY) == 0
    assert Entry.objects.filter(act="decisions.published").count() == 1


def test_a_changed_penalty_is_taken_back_within_three_working_days(penalty, city):
    """Changed on Friday 2024-05-31: due on Wednesday 2024-06-05 (行政处罚法 第四十八条)."""
    act = {"decision": penalty.pk, "user": city.handler, "day": TODAY}
    changed = publication.change(state="annulled", changed_on=date(2024, 5, 31), reason="复议决定撤销", **act)
    assert clock.withdrawal(changed.state_on).due == date(2024, 6, 5)
    assert [withdrawal_is_late(changed, date(2024, 6, day)) for day in (5, 6)] == [False, True]
    assert list(to_withdraw([city.bureau.pk])) == [penalty]
    with pytest.raises(DecisionDayError):
        publication.withdraw(withdrawn_on=date(2024, 5, 30), **act)
    publication.withdraw(withdrawn_on=TODAY, **act)
    assert list(to_withdraw([city.bureau.pk])) == []
    with pytest.raises(DecisionStateError, match="没有待撤回的公示"):
        publication.withdraw(withdrawn_on=TODAY, **act)


def test_a_change_needs_a_day_that_can_be_a_reason_and_a_state(penalty, city):
    act = {"decision": penalty.pk, "user": city.handler, "day": TODAY}
    with pytest.raises(DecisionDayError):
        publication.change(state="annulled", changed_on=date(2024, 5, 1), reason="复议", **act)
    with pytest.raises(DecisionDayError):
        publication.change(state="annulled", changed_on=date(2024, 7, 1), reason="复议", **act)
    with pytest.raises(DecisionStateError):
        publication.change(state="standing", changed_on=TODAY, reason="复议", **act)
    with pytest.raises(DecisionStateError):
        publication.change(state="changed", changed_on=TODAY, reason=" ", **act)
    with pytest.raises(NotPermittedError):
        publication.change(state="changed", changed_on=TODAY, reason="复议", **(act | {"user": city.stranger}))
    publication.change(state="changed", changed_on=TODAY, reason="复议", **act)
    with pytest.raises(DecisionStateError, match="已登记为已变更"):
        publication.change(state="annulled", changed_on=TODAY, reason="复议", **act)


def test_a_standing_decision_has_nothing_to_be_taken_back(penalty):
    assert not withdrawal_is_late(penalty, TODAY)
    assert clock.withdrawal(date(2021, 7, 14)) is None


def test_the_projection_of_the_clock_can_be_computed_anew(bring):
    bring(
        table(
            line(1, 公示日期=""), line(2, 决定日期="2018-12-01", 公示日期=""), line(3, 决定类别="行政强制", 公示日期="")
        )
    )
    before = list(Decision.objects.order_by("row").values_list("due_on", flat=True))
    Decision.objects.filter(row=2).update(due_on=None)
    Decision.objects.filter(row=3).update(due_on=TODAY)
    assert publication.refresh_clock(actor=SYSTEM) == 2
    assert list(Decision.objects.order_by("row").values_list("due_on", flat=True)) == before
    Decision.objects.filter(row=2).update(due_on=TODAY)
    assert publication.refresh_clock(actor=SYSTEM) == 1
    assert publication.refresh_clock(actor=SYSTEM) == 0


def test_decisions_count_in_the_year_they_were_made_wherever_their_unit_went(bring, city):
    bring(
        table(
            line(1),
            line(2, 决定类别="行政处罚"),
            line(3, 决定日期="2023-12-31", 公示日期=""),
            line(4, 决定机关="HL-009", 决定日期="2024-02-01", 公示日期=""),
        )
    )
    units = counts.subtree(2024, city.bureau.pk)
    assert units == {city.bureau.pk, city.ended.pk}
    found = counts.counts(2024, units)
    assert (found.of("permit"), found.of("penalty"), found.of("coercion"), found.total) == (2, 1, 0, 3)
    assert found.of("permit", [city.ended.pk, city.other.pk]) == 1
    assert counts.counts(2023, units).total == 1
    assert counts.subtree(2023, city.bureau.pk) == {city.bureau.pk}
    assert counts.subtree(2023, city.root.pk) == {city.root.pk, city.bureau.pk, city.ended.pk, city.other.pk}


def test_money_is_summed_to_the_last_fen(city):
    given = {"unit": city.bureau, "user": city.handler, "day": TODAY}
    annual.set_charge(year=2024, item="水资源费", amount="1002.3819", basis="", **given)
    annual.set_charge(year=2024, item="档案费", amount="0.000001", basis="", **given)
    annual.set_procurement(year=2024, project="水文设备", amount="186500.50", **given)
    units = [city.bureau.pk]
    assert counts.charges(2024, units).wan == Decimal("1002.381901")
    assert (counts.procurement(2024, units).yuan, counts.procurement(2024, units).count) == (Decimal("186500.5"), 1)
    assert counts.charges(2023, units).wan == 0


def test_an_annual_fact_is_refused_with_the_field_and_the_rule(city):
    given = {"unit": city.bureau, "user": city.handler, "day": TODAY, "basis": ""}
    with pytest.raises(FactValueError, match="收费项目：未填写"):
        annual.set_charge(year=2024, item="", amount="1", **given)
    with pytest.raises(FactValueError, match="年度：2025 年不在"):
        annual.set_charge(year=2025, item="甲", amount="1", **given)
    with pytest.raises(NotPermittedError):
        annual.set_charge(year=2024, item="甲", amount="1", **(given | {"user": city.stranger}))


def test_only_who_imports_settles_the_bad_rows_of_an_import_that_has_ended(receive, bring, city):
    done = bring(table(line(1, 事项="")))
    with pytest.raises(ImportScopeError):
        settling.settle(batch=done.pk, user=city.stranger, day=TODAY)
    assert settling.settle(batch=done.pk, user=city.handler, day=TODAY).is_settled
    with pytest.raises(FinishedBatchError):
        settling.settle(batch=receive(table(line(2))).pk, user=city.handler, day=TODAY)
