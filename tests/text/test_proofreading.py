import re
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.proofreading import _compiled, _entries, find

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.parametrize(
    ("text", "found", "suggestion", "kind"),
    [
        ("印发改革试试方案。", "试试方案", "实施方案", "typo"),
        ("落实新政执法公示要求。", "新政执法", "行政执法", "typo"),
        ("把好保密关、文字观。", "文字观", "文字关", "typo"),
        ("更新单位帐户信息。", "帐户", "账户", "typo"),
        ("建立台帐并销号。", "台帐", "台账", "typo"),
        ("加强风险防犯工作。", "防犯", "防范", "typo"),
        ("这项工作己完成。", "己完成", "已完成", "typo"),
        ("今年来，我局办理申请三件。", "今年来", "今年以来", "typo"),
        ("截止目前，已公开十条。", "截止目前", "截至目前", "usage"),
        ("截止2024年11月底共收到三件。", "截止", "截至", "usage"),
        ("提升管理水平和水平；", "水平和水平", "水平", "doubled"),
        ("打通服务群众的最最后一公里。", "最最", "最", "doubled"),
        ("做好公开的的审核。", "的的", "的", "doubled"),
        ("为群众提供提供了便利。", "提供提供", "提供", "doubled"),
        ("推进政府信息政府信息上网。", "政府信息政府信息", "政府信息", "doubled"),
        ("按时答复，，不得拖延。", "，，", "，", "punctuation"),
        ("按时答复。，不得拖延。", "。，", "。", "punctuation"),
    ],
)
def test_a_slip_is_found_with_its_place_and_what_it_should_be(text, found, suggestion, kind):
    slips = find(text)
    assert [(slip.found, slip.suggestion, slip.kind) for slip in slips] == [(found, suggestion, kind)]
    assert text[slips[0].start : slips[0].end] == found
    assert slips[0].note


@pytest.mark.parametrize(
    "text",
    [
        "新增救灾设备一台帐篷若干。",
        "设备按装机容量收费，按装修面积计价。",
        "公布署名文章。",
        "工程预防犯罪与防犯罪教育并重。",
        "内部份额和部份额调整。",
        "相关登记薄弱环节得到加强。",
        "各村按排名先后、按排放总量考核。",
        "由申请人自己经营、自己完成。",
        "批复盖章后答复盖好。",
        "提供献血服务，提供献花场所。",
        "安排视频临时会议。",
        "物资询价与投资询价同步开展。",
        "小组识别风险，精准到户。",
        "该网址不适宜传播。",
        "报名截止2024年6月前完成，截止日期另行通知，截止到年底。",
        "今年来访群众减少，今年来信增加。",
        "达到公开的目的的方式，一目了然，为了了解情况。",
        "“三公”经费全部公开，三公公开专栏上线。",
        "办公公开、对公公开。",
        "组织实施实施方案，政府信息公开工作工作人员参加。",
        "国家国家公园管理局挂牌。",
        "依法公开公开信一封。",
        "一件一件办，一项一项落实，研究研究再定。",
        "部门和部门，科室和科室之间加强协作。",
        "增强保密观念，树立文字观念。",
        "登记帐篷、检查帐篷、送到帐篷，针对帐篷采购。",
        "制定为民办实事方案，依申请开展培训，政府信息公开例会按期召开。",
        "答辩认为、答辩识别、视频烦请转发、应答付款、违反覆盖要求。",
        "截至到期日，报名截止今日，群众对政策不甚了了。",
        "堪察加半岛。",
        "人和人之间，市和市之间。",
        "等等……。。。",
        "常常、人人、方方面面、进一步、各项项目、全部部门、市市场监督管理局、公开开展、通信信息。",
        "",
    ],
)
def test_what_only_looks_like_a_slip_is_left_alone(text):
    assert find(text) == ()


def test_a_slip_is_found_across_the_gaps_of_layout():
    text = "把好文\n  字观，截 止\n目前无误。"
    assert [(slip.found, slip.suggestion) for slip in find(text)] == [
        ("文\n  字观", "文字关"),
        ("截 止\n目前", "截至目前"),
    ]


def test_what_two_lines_have_in_common_is_no_repetition():
    assert find("政务公开\n政务公开稳步推进") == ()
    assert find("依法答复。\n，") == ()


def test_of_overlapping_slips_the_first_and_longest_is_reported():
    assert [slip.found for slip in find("公公开条列")] == ["公公开"]
    assert [slip.found for slip in find("习近平新时代中国特色社会思想")] == ["习近平新时代中国特色社会思想"]


def test_every_entry_of_the_lists_is_found_and_its_suggestion_is_clean():
    for wrong, entry in _entries().items():
        assert [slip.found for slip in find(f"甲{wrong}乙")] == [wrong]
        assert find(f"甲{entry['right']}乙") == ()


def test_every_pattern_has_an_anchor_that_its_matches_hold():
    for pattern in _compiled():
        assert pattern.anchor in re.sub(r"\\u[0-9a-f]{4}", "", pattern.expression.pattern)


@given(st.text(alphabet="政府信息公开，。\n 的最和今年来截止目前", max_size=80))
def test_slips_stand_in_order_and_do_not_overlap(text):
    slips = find(text)
    assert all(text[slip.start : slip.end] == slip.found for slip in slips)
    assert all(left.end <= right.start for left, right in pairwise(slips))


# What a careful editor would mark in the real reports, and nothing else. The files are taken whole, tables included:
# what holds for them holds for the prose alone.
REAL = {
    "seeds/000": [
        ("水平和水平", "水平"),
        ("猪头涨价", "猪肉涨价"),
        ("新政执法", "行政执法"),
        ("截止目前", "截至目前"),
        ("试试方案", "实施方案"),
        ("截止", "截至"),
    ],
    "seeds/001": [("今年来", "今年以来")] * 3,
    "seeds/002": [("文字观", "文字关"), ("电脑供", "电脑"), ("最最", "最")],
    "seeds/004": [("今年来", "今年以来")],
    "corpus/pingtan_2021": [("审核审核", "审核")],
}


def real_reports():
    files = [path for kind in ("txt", "md", "html", "pdf") for path in SHARED.glob(f"*/*.{kind}")]
    return sorted(path for path in files if path.parent.name in {"seeds", "corpus"} and path.name != "README.md")


def text_of(path):
    if path.suffix == ".html":
        return lxml.html.fromstring(path.read_bytes()).text_content()
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(path)) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", real_reports() or [None], ids=lambda path: path.stem if path else "absent")
def test_the_real_reports_show_their_slips_and_no_others(path):
    if path is None:
        pytest.skip(f"the real reports are not at {SHARED}")
    name = f"{path.parent.name}/{path.stem}"
    expected = next((slips for prefix, slips in REAL.items() if name.startswith(prefix)), [])
    found = [(re.sub(r"\s", "", slip.found), slip.suggestion) for slip in find(text_of(path))]
    assert Counter(found) == Counter(expected)
