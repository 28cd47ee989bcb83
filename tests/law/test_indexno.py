import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.indexno import IndexNumberError, SerialsUsedUpError, grammar, grammars, parse

QUANZHOU = grammar("quanzhou")
NATIONAL = grammar("national")
AUDIT_OFFICE = {"area": "06", "unit": "121", "category": "2510", "year": "2026"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("QZ06121-2510-2026-10002", ("06", "121", "2510", "2026", "10002")),
        ("QZ06913-2510-2026-00006", ("06", "913", "2510", "2026", "00006")),
        ("QZ02101-9000-2026-00012", ("02", "101", "9000", "2026", "00012")),
        ("QZ00101-0200-2019-00012", ("00", "101", "0200", "2019", "00012")),
    ],
)
def test_published_numbers_of_quanzhou_are_read(text, fields):
    number = parse(text)
    assert number.grammar == "quanzhou"
    assert tuple(value for _, value in number.fields) == fields
    assert (number.year, number.serial) == (int(fields[3]), int(fields[4]))


def test_a_national_number_has_twenty_characters():
    number = parse("035210000/2025-00016")
    assert len(number.text) == 20
    assert number.fields == (("organisation", "035210000"), ("year", "2025"), ("serial", "00016"))


def test_every_grammar_reads_its_own_example_and_no_other():
    for one in grammars():
        assert [other.key for other in grammars() if other.accepts(one.example)] == [one.key]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("QZ06121-2510-2026-1000", "第19个字符起应为年度流水号（5位数字），实为“1000”"),
        ("QZ06121-2510-2026-100021", "末尾多出“1”"),
        ("QZ6121-2510-2026-10002", "第5个字符起应为信息生成机构代码（3位数字），实为“21-”"),
        ("QZ06121－2510－2026－10002", "是否应为“QZ06121-2510-2026-10002”？"),
        ("qz06121-2510-2026-10002", "第1个字符起应为“QZ”，实为“qz”"),
        ("QZ06121-2510-0026-10002", "年度应为公历年份、流水号应从1起"),
        ("QZ06121-2510-2026-00000", "年度应为公历年份、流水号应从1起"),
        ("035210000/2025-0001", "流水号（5位数字），实为“0001”"),
        ("03521000/2025-00016", "发布机构的组织机构代码（9位，不含连字符）（9位数字或大写字母），实为“03521000/”"),
        ("什么也不是", "例如“003123456/2024-00017”"),
    ],
)
def test_the_complaint_names_the_place_and_what_was_expected(text, why):
    with pytest.raises(IndexNumberError) as caught:
        parse(text)
    assert why in str(caught.value)


def test_one_grammar_can_be_asked_for():
    assert parse("QZ06121-2510-2026-10002", "quanzhou").serial == 10002
    with pytest.raises(IndexNumberError, match="应为发布机构的组织机构代码"):
        parse("QZ-121-25", "national")
    with pytest.raises(IndexNumberError, match="没有索引号规则“ningbo”；可用的规则：national、quanzhou"):
        parse("QZ06121-2510-2026-10002", "ningbo")


def test_the_next_number_follows_those_of_the_same_unit_and_year():
    issued = [
        "QZ06121-2510-2026-00007",
        "QZ06121-0200-2026-00009",
        "QZ06121-2510-2025-00090",
        "QZ06913-2510-2026-00050",
        "035210000/2025-00016",
    ]
    assert QUANZHOU.issue(issued, AUDIT_OFFICE).text == "QZ06121-2510-2026-00010"
    assert QUANZHOU.issue([], AUDIT_OFFICE).text == "QZ06121-2510-2026-00001"


def test_a_run_of_serials_comes_to_an_end():
    with pytest.raises(SerialsUsedUpError, match="已经用到99999，5位编不下"):
        QUANZHOU.issue(["QZ06121-2510-2026-99999"], AUDIT_OFFICE)


def test_what_is_lacking_is_named_before_a_number_is_made():
    with pytest.raises(IndexNumberError, match="缺少：地区代码、信息类别代码；请补充后再编号"):
        QUANZHOU.issue([], {"unit": "121", "year": "2026"})


def test_short_values_are_filled_and_long_ones_refused():
    assert QUANZHOU.issue([], {**AUDIT_OFFICE, "area": "6"}).text == "QZ06121-2510-2026-00001"
    with pytest.raises(IndexNumberError):
        QUANZHOU.issue([], {**AUDIT_OFFICE, "area": "350582"})


@given(st.integers(0, 99), st.integers(0, 999), st.integers(0, 9999), st.integers(1949, 2100), st.integers(1, 99999))
def test_reading_undoes_building(area, unit, category, year, serial):
    values = {"area": area, "unit": unit, "category": category, "year": year, "serial": serial}
    number = QUANZHOU.build({key: str(value) for key, value in values.items()})
    assert parse(number.text) == number
    assert {key: int(value) for key, value in number.fields} == values


@given(st.lists(st.integers(1, 500), max_size=20))
def test_a_number_issued_is_never_one_of_those_given(serials):
    issued = [NATIONAL.build({"organisation": "003123456", "year": "2024", "serial": str(n)}).text for n in serials]
    following = NATIONAL.issue(issued, {"organisation": "003123456", "year": "2024"})
    assert following.serial == max(serials, default=0) + 1
