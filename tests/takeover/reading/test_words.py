"""Days, numbers and labels as old pages print them."""

from datetime import date

import pytest

from gongkai.takeover.reading.words import day_in, first_number, labelled, number_in, signed_on


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2019-03-05 10:00:00", date(2019, 3, 5)),
        ("发布于2019年3月5日", date(2019, 3, 5)),
        ("2019/3/5", date(2019, 3, 5)),
        ("2019.03.05", date(2019, 3, 5)),
        ("20190305", date(2019, 3, 5)),
        ("二〇一九年三月十五日", date(2019, 3, 15)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("2019年13月1日", None),
        ("2019年2月30日", None),
        ("第20190305号", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_every_spelling_and_never_invented(words, day):
    assert day_in(words) == day


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("岚水〔2019〕12号", "岚水〔2019〕12号"),
        ("岚水[2019] 12 号", "岚水〔2019〕12号"),
        ("（岚政办（2019）101号）", "岚政办〔2019〕101号"),
        ("根据岚水〔2019〕12号文件", ""),
        ("岚水〔2019〕12号 岚水〔2019〕13号", ""),
        ("第12号", ""),
    ],
)
def test_a_line_is_a_document_number_only_as_a_whole(line, number):
    assert number_in(line) == number


def test_a_number_further_down_is_one_that_is_cited():
    assert first_number(["正文"] * 10 + ["岚水〔2019〕12号"]) == ""


def test_labels_stand_in_one_line_or_in_cells_beside_each_other():
    pieces = [
        "索 引 号：",
        "HL06-1",
        "文　号：岚水〔2019〕12号 发布机构：水利局",
        "生成日期：",
        "发布日期：2019-3-5 浏览次数：3",
    ]
    assert labelled(pieces) == {
        "index_number": "HL06-1",
        "document_number": "岚水〔2019〕12号",
        "unit": "水利局",
        "published_on": "2019-3-5",
    }


def test_an_empty_label_takes_nothing_that_belongs_to_another():
    assert labelled(["索引号：　文号：岚水〔2019〕12号", "第一条 正文"]) == {"document_number": "岚水〔2019〕12号"}


def test_the_day_below_a_signature_is_a_line_of_its_own():
    assert signed_on(
        [
            "自2019年1月1日起施行，有效期至2024年1月1日，各单位应当遵照执行并及时报送有关情况和数据。",
            "海岚市水利局",
            "2019年3月5日",
        ]
    ) == date(2019, 3, 5)
    assert signed_on(["本办法自2019年1月1日起施行。"]) is None
