"""What an operator decided on the columns and units of an old site, and what is wrong with how it was written."""

import pytest

from gongkai.records.models import Category
from gongkai.takeover.errors import MappingError, SourceError
from gongkai.takeover.mapping import Rule, read

TABLE = """原栏目,原机构,类别,主题分类,公开事项,机构代码,新地址,处理
政务公开 / 规范性文件,,行政规范性文件,农业、林业、水利,20.01,,/normative/,
通知,,,,,HL-001,,
部门新闻,,,,,,,不收
,海岚市水务局,,,,HL-012,,
"""
TOML = """
[[column]]
column = "政务公开/规范性文件"
category = "行政规范性文件"
subject = "农业、林业、水利"
scope_item = "20.01"
target = "/normative/"
[[column]]
column = "通知"
unit = "HL-001"
[[column]]
column = "部门新闻"
leave = true
[units]
"海岚市水务局" = "HL-012"
"""


@pytest.fixture
def written(tmp_path):
    def made(text, name="mapping.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return made


@pytest.mark.parametrize(
    ("text", "name", "encoding"),
    [
        (TABLE, "m.csv", "utf-8"),
        (TABLE, "m.csv", "utf-8-sig"),
        (TABLE, "m.csv", "gb18030"),
        (TOML, "m.toml", "utf-8"),
        (TOML, "m.toml", "utf-8-sig"),
    ],
)
def test_a_table_and_a_toml_file_say_the_same(written, text, name, encoding):
    plan = read(written(text, name, encoding))
    assert plan.columns == {
        "政务公开/规范性文件": Rule(Category.NORMATIVE, "农业、林业、水利", "20.01", "", "/normative/"),
        "通知": Rule(unit="HL-001"),
        "部门新闻": Rule(is_left_out=True),
    }
    assert plan.units == {"海岚市水务局": "HL-012"}


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (("政务公开", "规范性文件"), "政务公开/规范性文件"),
        (("政务公开", "规范性文件", "水利"), "政务公开/规范性文件"),
        (("首页", "通知"), "通知"),
        (("通知", "2019年"), "通知"),
        (("规范性文件",), None),
        ((), None),
    ],
)
def test_a_column_takes_its_own_row_or_that_of_the_nearest_above_it(written, column, found):
    plan = read(written(TABLE))
    assert plan.rule_for(column) is (plan.columns[found] if found else None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("甲,,奇怪,,,,,", "没有类别“奇怪”"),
        ("甲,,,奇怪,,,,", "没有“奇怪”"),
        ("甲,,,,99.99,,,", "没有主动公开事项代码“99.99”"),
        ("甲,,,,,,http://example.cn/,", "不是本站的路径"),
        ("甲,,,,,,//example.cn/,", "不是本站的路径"),
        ("甲,,,,,,,也许", "不是处理意见"),
        ("甲,,,,,,,\n甲,,,,,,,", "出现了两次"),
        (",水务局,,,,,,", "没有写机构代码"),
        (",,通知公告,,,,,", "没有写原栏目"),
    ],
)
def test_a_mistake_is_told_with_its_row(written, row, words):
    head = TABLE.splitlines()[0]
    with pytest.raises(MappingError, match=words) as raised:
        read(written(f"{head}\n{row}\n"))
    assert "第" in str(raised.value)


@pytest.mark.parametrize(
    "text", ["[[column]]\nwhat = 1", "what = 1", "[[column]\n", '[[column]]\ncategory = "通知公告"']
)
def test_a_toml_file_with_anything_else_is_refused(written, text):
    with pytest.raises(MappingError):
        read(written(text, "m.toml"))


def test_there_must_be_a_file(tmp_path):
    for name in ("m.csv", "m.toml"):
        with pytest.raises(SourceError):
            read(tmp_path / name)
