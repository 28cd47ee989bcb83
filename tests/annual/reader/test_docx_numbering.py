import pytest
from lxml import etree

from gongkai.annual.reader.docx_numbering import Level, Numbering, format_number, read_numbering, to_int


@pytest.mark.parametrize(
    ("number", "shape", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (12, "japaneseCounting", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (2024, "ideographDigital", "二〇二四"),
        (1003, "chineseCounting", "一千零三"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (11, "ideographTraditional", "甲"),
        (2, "ideographZodiac", "丑"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (1994, "lowerRoman", "mcmxciv"),
        (8, "upperRoman", "VIII"),
        (7, "decimal", "7"),
        (7, "unheard-of", "7"),
        (7, "none", ""),
        (0, "chineseCounting", "0"),
        (10_000, "chineseCounting", "10000"),
    ],
)
def test_a_number_is_printed_in_the_format_of_its_list(number, shape, text):
    assert format_number(number, shape) == text


def lists(content):
    return read_numbering(etree.fromstring(f'<n xmlns="w">{content}</n>'), "{w}")


def level(depth, shape, text, start=1):
    attributes = (("start", start), ("numFmt", shape), ("lvlText", text))
    inner = "".join(f'<{name} xmlns:w="w" w:val="{value}"/>' for name, value in attributes)
    return f'<lvl xmlns:w="w" w:ilvl="{depth}">{inner}</lvl>'


def declared(*levels, number=""):
    return (
        f'<abstractNum xmlns:w="w" w:abstractNumId="0">{"".join(levels)}</abstractNum>'
        f'<num xmlns:w="w" w:numId="1"><abstractNumId w:val="0"/></num>{number}'
    )


def test_levels_count_under_the_level_above():
    numbering = lists(declared(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")))
    assert [numbering.next("1", depth) for depth in (0, 1, 1, 0, 1)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_level_whose_parents_were_not_printed_counts_from_their_start():
    numbering = lists(declared(level(1, "decimal", "%1.%2", start=4)))
    assert numbering.next("1", 1) == "1.4"


def test_bullets_and_unknown_lists_print_nothing():
    numbering = lists(declared(level(0, "bullet", "●")))
    assert (numbering.next("1", 0), numbering.next("1", 5), numbering.next("9", 0)) == ("", "", "")
    assert Numbering().next("1", 0) == ""


def test_a_second_list_of_one_definition_counts_on_unless_it_starts_anew():
    replaced = f'<lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</lvlOverride>'
    override = '<lvlOverride w:ilvl="0"><startOverride w:val="5"/></lvlOverride>'
    more = (
        '<num xmlns:w="w" w:numId="2"><abstractNumId w:val="0"/></num>'
        f'<num xmlns:w="w" w:numId="3"><abstractNumId w:val="0"/>{override}</num>'
        f'<num xmlns:w="w" w:numId="4"><abstractNumId w:val="8"/>{replaced}</num>'
    )
    numbering = lists(declared(level(0, "decimal", "%1."), number=more))
    assert [numbering.next(number, 0) for number in "12314"] == ["1.", "2.", "5.", "3.", "1)"]
    assert numbering.levels["4"] == {0: Level(1, "decimal", "%1)")}


def test_a_broken_number_is_zero():
    assert [to_int(text) for text in (None, "", "x", "-1", "12")] == [0, 0, 0, 0, 12]
