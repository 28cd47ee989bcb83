from datetime import date

import pytest

from gongkai.law.calendar import CHINA, UncitedRuleError, closed, read_rules, suspended, worked
from gongkai.law.errors import InputError

D = date.fromisoformat
TYPHOON = closed(D("2024-09-20"), name="台风停工", reference="某市防指〔2024〕1号", region="3505")


def test_a_local_closure_is_no_working_day_and_cites_its_document():
    local = CHINA.with_rules(TYPHOON, region="350582")
    note = local.explain(D("2024-09-20"))
    assert (note.working, note.kind, note.reference) == (False, "local_off", "某市防指〔2024〕1号")
    assert not local.is_working(D("2024-09-20"))
    assert CHINA.is_working(D("2024-09-20"))


def test_a_rule_of_another_region_does_not_hold():
    assert CHINA.with_rules(TYPHOON, region="350200").is_working(D("2024-09-20"))


def test_a_local_make_up_day_is_worked():
    rule = worked(D("2024-09-21"), D("2024-09-22"), name="补班", reference="某市政办〔2024〕2号")
    local = CHINA.with_rules(rule)
    assert local.explain(D("2024-09-22")).kind == "local_worked"
    assert local.count(D("2024-09-20"), D("2024-09-22")) == 2


def test_a_later_rule_overrules_an_earlier_one():
    rule = worked(D("2024-09-20"), name="恢复上班", reference="某市防指〔2024〕3号")
    assert CHINA.with_rules(TYPHOON, region="3505").with_rules(rule).is_working(D("2024-09-20"))


def test_a_suspension_of_terms_moves_a_due_date_although_it_was_decided_later():
    # Mexico 2021: the authority suspended all statutory terms for nine listed days, with a published agreement.
    rule = suspended(D("2021-09-13"), D("2021-09-24"), name="期限中止", reference="ACT-PUB/21/09/2021.03")
    local = CHINA.with_rules(rule, clock="answer")
    assert local.is_suspended(D("2021-09-13"))
    assert not local.is_suspended(D("2021-09-12"))
    assert local.explain(D("2021-09-13")).kind == "suspended"
    assert (CHINA.add(D("2021-09-10"), 5), local.add(D("2021-09-10"), 5)) == (D("2021-09-17"), D("2021-09-30"))


def test_a_suspension_may_stop_some_clocks_only():
    rule = suspended(D("2021-09-13"), name="中止", reference="某公告", clocks=frozenset({"answer"}))
    assert CHINA.with_rules(rule, clock="publication").is_working(D("2021-09-13"))
    assert not CHINA.with_rules(rule, clock="answer").is_working(D("2021-09-13"))


def test_a_closed_day_is_not_a_suspended_one():
    assert not CHINA.with_rules(TYPHOON, region="3505").is_suspended(D("2024-09-20"))


def test_rules_are_read_from_toml():
    text = """
    [[rule]]
    first = 2024-09-20
    effect = "off"
    name = "台风停工"
    reference = "某市防指〔2024〕1号"
    region = "3505"
    """
    assert read_rules(text) == (TYPHOON,)


def test_a_rule_without_a_document_is_refused():
    with pytest.raises(UncitedRuleError, match="没有写明依据"):
        closed(D("2024-09-20"), name="停工", reference=" ")


def test_a_rule_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="早于起日"):
        closed(D("2024-09-20"), D("2024-09-19"), name="停工", reference="某文")


@pytest.mark.parametrize(
    "text",
    [
        "[[rule",
        "[[rule]]\nname = 'x'",
        "rule = [1]",
        "[[rule]]\nfirst = 2024-09-20\neffect = 'half'\nname = 'x'\nreference = 'y'",
    ],
)
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(InputError):
        read_rules(text)
