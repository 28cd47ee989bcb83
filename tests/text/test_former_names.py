"""Names of bodies that no longer exist: found where they are used as if they did, left alone as history."""

import tomllib
from datetime import date
from importlib import resources

import pytest

from gongkai.text.former_names import find_former_names

TODAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("会同县国土资源局研究答复。", "国土资源局", "自然资源主管部门"),
        ("市环 保\n局公开了监测数据。", "环 保\n局", "生态环境主管部门"),
        ("联合工商局开展检查。", "工商局", "市场监督管理部门"),
        ("由旅游局负责更新。", "旅游局", "文化和旅游主管部门"),
        ("转发国家工商行政管理总局的通知。", "国家工商行政管理总局", "国家市场监督管理总局"),
        ("银保监局公布了名单。", "银保监局", "国家金融监督管理总局及其派出机构"),
    ],
)
def test_a_name_of_the_past_is_named_with_what_took_its_place(text, found, instead):
    (name,) = find_former_names(text, TODAY)
    assert (name.found, text[name.start : name.end], name.instead) == (found, found, instead)
    assert name.source


@pytest.mark.parametrize(
    "text",
    [
        "原国土资源局的档案已移交。",
        "环保局更名为生态环境局。",
        "依据《国家工商行政管理总局关于信息公示的规定》办理。",
        "文化和旅游局、文化广电旅游局、文体旅游局按时公开。",
        "自然资源局、生态环境局、市场监督管理局按时公开。",
    ],
)
def test_history_titles_and_names_of_today_are_left_alone(text):
    assert find_former_names(text, TODAY) == ()


def test_a_name_counts_from_the_day_it_ended():
    text = "县卫计局公开了信息。"
    assert find_former_names(text, date(2019, 1, 1)) == ()
    assert find_former_names(text, date(2020, 1, 1))[0].since == date(2019, 3, 31)


def test_every_name_is_found_by_its_anchors_and_has_a_source():
    data = tomllib.loads(resources.files("gongkai.text").joinpath("data/former_names.toml").read_text(encoding="utf-8"))
    for change in data["change"]:
        assert change["source"]
        for name in change["names"]:
            assert any(anchor in name for anchor in change["anchors"])
            assert name in [found.found for found in find_former_names(f"由{name}负责。", date(2030, 1, 1))]
