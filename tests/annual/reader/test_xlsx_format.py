import pytest
from lxml import etree

from gongkai.annual.reader.xlsx_format import read_formats, shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("203", "", "203"),
        ("203.0", "", "203"),
        ("18651.059999999998", "", "18651.06"),
        ("-35", "", "-35"),
        ("0.0", "", "0"),
        ("1E+2", "", "100"),
        ("1.2E-3", "", "0.0012"),
        ("8040", "0.00", "8040.00"),
        ("4166.241619", "0.00_ ", "4166.24"),
        ("2.675", "0.00", "2.68"),
        ("1234567.891", "#,##0.00;[Red]-#,##0.00", "1,234,567.89"),
        ("1234567", "#,##0", "1,234,567"),
        ("0.125", "0.0%", "12.5%"),
        ("0.5", "0%", "50%"),
        ("1.5", "0.0##", "1.5"),
        ("2", "0.##", "2"),
        ("7", '0"件"', "7"),
        ("7", "@", "7"),
        ("45292", "yyyy/m/d", "2024-01-01"),
        ("-1", "yyyy/m/d", "-1"),
        ("9999999", "yyyy/m/d", "9999999"),
        ("nan", "0", "nan"),
        ("1E+999", "0", "1E+999"),
        ("二", "0", "二"),
    ],
)
def test_a_stored_number_is_shown_in_its_format(stored, code, text):
    assert shown(stored, code) == text


def test_formats_are_declared_or_known_by_number():
    styles = (
        '<styleSheet xmlns="s"><numFmts><numFmt numFmtId="170" formatCode="0.000"/></numFmts>'
        '<cellXfs><xf numFmtId="170"/><xf numFmtId="10"/><xf/><xf numFmtId="x"/></cellXfs></styleSheet>'
    )
    assert read_formats(etree.fromstring(styles)) == ("0.000", "0.00%", "", "")
