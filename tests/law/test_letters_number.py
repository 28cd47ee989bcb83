import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.letters_number import LetterNumber, LetterNumberError, NumberFormat, PatternError, gaps

KINDS = ("公复", "公补", "公")
NATIONAL = NumberFormat(kinds=KINDS)


def test_a_number_is_written_and_read_back():
    number = LetterNumber("晋政", "公复", 2024, 17)
    assert NATIONAL.format(number) == "晋政公复〔2024〕17号"
    assert NATIONAL.parse("晋政公复〔2024〕17号") == number


def test_the_longest_kind_is_read_first():
    assert NATIONAL.parse("晋政公〔2024〕1号") == LetterNumber("晋政", "公", 2024, 1)


@given(
    st.text("晋泉福丰政信住建", min_size=1, max_size=4),
    st.sampled_from(KINDS),
    st.integers(1949, 2099),
    st.integers(1, 99999),
)
def test_reading_undoes_writing(agency, kind, year, n):
    number = LetterNumber(agency, kind, year, n)
    assert NATIONAL.parse(NATIONAL.format(number)) == number


def test_the_pattern_is_a_setting():
    shanghai = NumberFormat("{agency}〔{year}〕第{n}号-{kind}", ("告",))
    assert shanghai.format(LetterNumber("沪水务", "告", 2024, 3)) == "沪水务〔2024〕第3号-告"
    assert shanghai.parse("沪水务〔2024〕第3号-告") == LetterNumber("沪水务", "告", 2024, 3)
    assert NumberFormat("{year}-{n}").parse("2024-3") == LetterNumber("", "", 2024, 3)


@pytest.mark.parametrize("pattern", ["{agency}{n}号", "{year}{n}{n}", "{year}{n}{colour}"])
def test_a_pattern_without_year_and_serial_is_refused(pattern):
    with pytest.raises(PatternError, match="不可用"):
        NumberFormat(pattern)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("晋政公复〔2024〕 17号", "中间不应有空格，应为“晋政公复〔2024〕17号”"),
        ("晋政公复[2024]17号", "年份应当用六角括号，应为“晋政公复〔2024〕17号”"),
        ("晋政公复（2024）17号", "年份应当用六角括号"),
        ("晋政公复〔2024〕017号", "序号不编虚位、不加“第”，应为“晋政公复〔2024〕17号”"),
        ("晋政公复〔2024〕第17号", "序号不编虚位、不加“第”"),
        ("晋政公复〔1024〕17号", "格式应为“{agency}{kind}〔{year}〕{n}号”，例如“某政〔2024〕1号”"),
        ("晋政办发〔2024〕", "格式应为"),
        ("晋 政", "格式应为"),
        ("晋政[17]号", "格式应为"),
        ("晋政〔24〕017号", "格式应为"),
    ],
)
def test_what_is_wrong_is_said(text, why):
    assert not NATIONAL.is_valid(text)
    with pytest.raises(LetterNumberError) as caught:
        NATIONAL.parse(text)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (LetterNumber("晋政", "公复", 24, 1), "四位公历年份"),
        (LetterNumber("晋政", "公复", 2024, 0), "序号应从1起"),
        (LetterNumber("晋政", "发", 2024, 1), "已登记的类别字：公复、公补、公"),
    ],
)
def test_impossible_parts_are_refused(number, why):
    with pytest.raises(LetterNumberError, match=why):
        NATIONAL.format(number)


def test_serials_run_per_class_and_year():
    issued = [LetterNumber("晋政", "公复", 2024, n) for n in (1, 2)] + [LetterNumber("晋政", "公补", 2024, 9)]
    assert NATIONAL.next_after(issued, agency="晋政", kind="公复", year=2024).n == 3
    assert NATIONAL.next_after(issued, agency="晋政", kind="公复", year=2025).n == 1


def test_gaps_and_numbers_used_twice_are_found():
    issued = [LetterNumber("晋政", "公复", 2024, n) for n in (1, 3, 3)]
    missing, twice = gaps(issued)
    assert missing == (LetterNumber("晋政", "公复", 2024, 2),)
    assert twice == (LetterNumber("晋政", "公复", 2024, 3),)
    assert gaps([]) == ((), ())
