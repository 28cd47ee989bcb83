from datetime import date

import pytest

from gongkai.text.outdated import find_outdated

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("坚持以公开为原则、不公开为例外。", "以公开为原则", "以公开为常态、不公开为例外"),
        ("依申请公开在15个工作日内予以答复。", "15个工作日内予以答复", "20个工作日"),
        ("申请的答复期限为十五个工作日。", "答复期限为十五个工作日", "20个工作日"),
        ("核实申请人的“三需要”。", "三需要", "2019年修订取消了申请须与自身特殊需要有关的限制"),
        (
            "根据自身生产、生活、科研等特殊需要提出。",
            "生产、生活、科研等特殊需要",
            "2019年修订取消了申请须与自身特殊需要有关的限制",
        ),
        ("套用年度报告格式（试行）。", "年度报告格式（试行）", "国办公开办函〔2021〕30号"),
        (
            "参照审理政府信息公开行政案件若干问题的规定。",
            "审理政府信息公开行政案件若干问题的规定",
            "法释〔2025〕8号",
        ),
        ("依照《条例》第二十四条延长期限答复。", "第二十四条延长期限答复", "第三十三条"),
        (
            "依规收取检索、复制、邮寄费。",
            "检索、复制、邮寄费",
            "不收取费用；数量、频次明显超过合理范围的，可以收取信息处理费",
        ),
        ("根据国务院令第492号编制。", "国务院令第492号", "国务院令第711号"),
        ("按照国办公开办函〔2019〕60号编制。", "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"),
        ("依据法释〔2011〕17号。", "法释〔2011〕17号", "法释〔2025〕8号"),
    ],
)
def test_law_that_is_no_longer_law_is_named_with_what_took_its_place(text, found, instead):
    result = find_outdated(text, TODAY)
    assert [(one.found, one.instead) for one in result] == [(found, instead)]
    assert text[result[0].start : result[0].end] == found


@pytest.mark.parametrize(
    "text",
    [
        "修订后取消了“三需要”的限制。",
        "第三方应当自收到征求意见书之日起15个工作日内答复。",
        "12345热线工单15个工作日内办结。",
        "条例由国务院令第492号公布、第711号修订。",
        "以公开为常态、不公开为例外。",
        "在20个工作日内予以答复。",
    ],
)
def test_a_sentence_that_knows_the_change_is_left_alone(text):
    assert find_outdated(text, TODAY) == ()


def test_on_the_day_it_was_law_it_was_not_outdated():
    assert find_outdated("坚持以公开为原则。", date(2019, 5, 14)) == ()
    assert len(find_outdated("坚持以公开为原则。", date(2019, 5, 15))) == 1


def test_only_the_sentence_of_the_phrase_counts():
    text = "三需要的限制已经取消。核实三需要。再议。"
    assert [one.start for one in find_outdated(text, TODAY)] == [13]


def test_a_phrase_is_found_across_the_gaps_of_layout():
    text = "坚持以公\n  开为原则；在 15 个工作日\n内答复。"
    assert [one.found for one in find_outdated(text, TODAY)] == ["以公\n  开为原则", "15 个工作日\n内答复"]
