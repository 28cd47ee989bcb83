import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.indexno_alias import AliasError, Aliases

CHAIN = Aliases.of([("甲", "乙"), ("丁", "乙"), ("乙", "丙")])


def test_a_chain_leads_to_the_number_in_use():
    assert [CHAIN.current(number) for number in "甲乙丙丁戊"] == ["丙", "丙", "丙", "丙", "戊"]


def test_the_history_of_a_number_holds_all_that_lead_to_it():
    assert CHAIN.history("丙") == ("甲", "丁", "乙")
    assert CHAIN.history("乙") == ("甲", "丁")
    assert CHAIN.history("甲") == ()


def test_adding_leaves_the_table_it_was_added_to_unchanged():
    longer = CHAIN.add("丙", "戊")
    assert longer.current("甲") == "戊"
    assert CHAIN.current("甲") == "丙"
    assert CHAIN.add("甲", "乙") == CHAIN


def test_a_second_successor_is_refused():
    with pytest.raises(AliasError, match="“甲”已经改编为“乙”，不能再改编为“戊”；请从“丙”继续改编"):
        CHAIN.add("甲", "戊")


@pytest.mark.parametrize(("old", "new"), [("丙", "甲"), ("丙", "丙"), ("丙", "丁")])
def test_a_cycle_is_refused(old, new):
    with pytest.raises(AliasError, match="首尾相接"):
        CHAIN.add(old, new)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊己"), st.sampled_from("甲乙丙丁戊己")), max_size=12))
def test_every_table_that_can_be_built_has_an_end_for_every_number(pairs):
    table = Aliases()
    for old, new in pairs:
        try:
            table = table.add(old, new)
        except AliasError:
            continue
    for number in "甲乙丙丁戊己":
        end = table.current(number)
        assert end not in table.successors
        assert (number in table.history(end)) == (number != end)
