"""A chain as it is typed comes back as it was; a line that is none is named by its number."""

import pytest

from gongkai.review.domain import chains
from gongkai.review.errors import ChainLineError
from gongkai.review.planning import read, typed


@pytest.mark.parametrize("steps", [chains.FULL, chains.TOWN])
def test_a_chain_comes_back_as_it_was_typed(steps):
    assert read(typed(steps)) == steps


def test_blank_lines_are_nothing():
    assert read("\n审  党组审批　终审 3\n\n") == (chains.StepPlan("review", "党组审批", "final_reviewer", 3),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("审 初审 初审", "第 2 行应有四项"),
        ("审 初审 初审 2 天", "第 2 行应有四项"),
        ("看 初审 初审 2", "类型“看”不是"),
        ("审 初审 审计（只读） 2", "角色“审计（只读）”不是"),
        ("审 初审 初审 零", "时限“零”应为"),
        ("审 初审 初审 21", "时限“21”应为"),
        ("审 " + "初" * 41 + " 初审 2", "名称超过 40 字"),
    ],
)
def test_a_line_that_is_none_is_named(line, words):
    with pytest.raises(ChainLineError, match=words):
        read("审 初审 初审 2\n" + line)
