"""Workbooks are read as a stream, sheet by sheet, and never trusted."""

import pytest

from builders.office import archive, xlsx
from gongkai.decisions.domain import importing
from gongkai.decisions.errors import KindMismatchError
from gongkai.decisions.models import BatchState, Decision, RejectedRow
from gongkai.decisions.queries.rejected import error_file
from gongkai.files.errors import ClassifiedError
from gongkai.tables import book
from gongkai.tables.book import BookReader
from gongkai.tables.errors import FileFormatError, HeaderError

from .conftest import CAPTIONS, line

pytestmark = pytest.mark.django_db


def cell(place, words):
    if isinstance(words, (int, float)):
        return f'<c r="{place}"><v>{words}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def sheet(*rows, first=1):
    """Return the inside of a sheet; ``None`` leaves the row out."""
    found = []
    for number, row in enumerate(rows, first):
        if row is not None:
            cells = "".join(cell(f"{'ABCDEFGHIJKL'[place]}{number}", words) for place, words in enumerate(row))
            found.append(f'<row r="{number}">{cells}</row>')
    return f"<sheetData>{''.join(found)}</sheetData>"


def read(path, data):
    path.write_bytes(data)
    reader = BookReader(path)
    try:
        return [(found.name, list(found.rows)) for found in reader.sheets()]
    finally:
        reader.close()


def test_several_sheets_come_in_with_excel_days_under_titles_and_captions_of_their_own(bring):
    permits = sheet(["2024年行政许可公示表"], CAPTIONS, line(1, 决定日期=45432, 公示日期=45436), None, line(2, 事项=""))
    captions = ["处罚机关", "行政处罚决定书文号", "被处罚人", "案由", "处罚决定日期"]
    penalties = sheet(
        captions,
        ["HL-001", "岚水罚〔2024〕1号", "李四", "无证采砂", "2024-05-06"],
        ["HL-001", "", "李四", "无证采砂", 45432.0],
    )
    notes = sheet(["填表说明：本表每月报送。"])
    batch = bring(xlsx(permits, penalties, notes), name="双公示.xlsx")
    assert (batch.state, batch.rows_in, batch.rows_bad) == (BatchState.FINISHED, 2, 2)
    assert sorted(Decision.objects.values_list("kind", flat=True)) == ["penalty", "permit"]
    assert str(Decision.objects.get(kind="permit").decided_on) == "2024-05-20"
    assert list(RejectedRow.objects.values_list("place", flat=True)) == ["表1!5", "表2!3"]
    assert "工作表“表3”前 10 行中没有完整的表头" in batch.notes[0]
    lines = b"".join(error_file(batch)).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("机构代码,决定类别,决定书文号,")
    assert lines[2].startswith("HL-001,行政处罚,,李四,")


def test_the_error_file_of_a_workbook_can_be_uploaded(bring):
    captions = ["处罚机关", "行政处罚决定书文号", "被处罚人", "案由", "处罚决定日期"]
    penalties = sheet(captions, ["HL-001", "", "李四", "无证采砂", "2024-05-06"])
    batch = bring(xlsx(sheet(CAPTIONS, line(1)), penalties), name="双公示.xlsx")
    errors = b"".join(error_file(batch)).decode("utf-8-sig").replace("行政处罚,,", "行政处罚,岚水罚〔2024〕9号,")
    again = bring(errors.encode("utf-8-sig"), name="更正.csv")
    assert (again.rows_in, again.rows_bad) == (1, 0)
    assert Decision.objects.get(kind="penalty").number == "岚水罚〔2024〕9号"


def test_shared_strings_beyond_the_number_held_in_memory_lie_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "IN_MEMORY", 2)
    strings = (
        "".join(f"<si><t>第{n}</t></si>" for n in range(4))
        + "<si><r><t>甲</t></r><r><t>乙</t></r><rPh><t>音</t></rPh></si>"
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDE"))
    data = xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>', strings=strings)
    assert read(tmp_path / "a.xlsx", data) == [("表1", [["第0", "第1", "第2", "第3", "甲乙"]])]


def test_cells_stand_where_their_reference_says(tmp_path):
    rows = '<row><c t="str"><v>无号</v></c></row><row r="4"><c r="C4"><v>3</v></c><c r="AB4"/></row>'
    found = read(tmp_path / "a.xlsx", xlsx(f"<sheetData>{rows}</sheetData>"))
    assert found == [("表1", [["无号"], [], [], ["", "", "3", *[""] * 25]])]


def test_columns_far_out_cost_nothing(tmp_path):
    found = read(tmp_path / "a.xlsx", xlsx('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'))
    assert found == [("表1", [[]])]


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="3"/><row r="2"/></sheetData>',
        '<sheetData><row r="x"/></sheetData>',
        '<sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>',
        "<sheetData><row></sheetData>",
    ],
)
def test_a_sheet_that_breaks_the_format_is_named_so(tmp_path, inside):
    with pytest.raises(FileFormatError):
        read(tmp_path / "a.xlsx", xlsx(inside))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut off",
        archive({"word/document.xml": "<x/>"}),
        xlsx(),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, data):
    with pytest.raises(FileFormatError):
        read(tmp_path / "a.xlsx", data)


def test_no_entity_is_expanded(tmp_path):
    data = archive(
        {
            "xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook><x>&b;</x></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="r"/>',
        }
    )
    with pytest.raises(FileFormatError):
        read(tmp_path / "a.xlsx", data)


def test_what_unpacks_beyond_the_limit_is_not_read_on(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "MAX_UNPACKED", 100_000)
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 200_000
    with pytest.raises(FileFormatError, match="已停止读取"):
        read(tmp_path / "a.xlsx", xlsx(f"<sheetData>{rows}</sheetData>"))


def test_too_many_sheets_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "MAX_SHEETS", 1)
    with pytest.raises(FileFormatError, match="超过 1 张"):
        read(tmp_path / "a.xlsx", xlsx(sheet(["甲"]), sheet(["乙"])))


def test_a_workbook_with_a_secrecy_mark_is_refused(receive):
    with pytest.raises(ClassifiedError):
        receive(xlsx(sheet(["机密★5年"], CAPTIONS, line(1))), name="双公示.xlsx")


def test_a_workbook_of_another_kind_than_was_chosen_is_refused(receive):
    captions = ["处罚机关", "行政处罚决定书文号", "被处罚人", "案由", "处罚决定日期"]
    with pytest.raises(KindMismatchError, match="上传时选择的类别是“行政许可”"):
        receive(xlsx(sheet(captions, ["HL-001"] * 5)), name="处罚.xlsx", kind="permit")


def test_a_workbook_without_captions_says_what_is_missing(receive):
    with pytest.raises(HeaderError, match="缺少 “决定书文号”"):
        receive(xlsx(sheet(["说明"])), name="说明.xlsx")
    with pytest.raises(FileFormatError, match="没有数据"):
        receive(xlsx("<sheetData/>"), name="空.xlsx")


def test_an_import_of_a_workbook_goes_on_in_the_sheet_where_it_stopped(receive, monkeypatch):

    monkeypatch.setattr(importing, "LOT", 2)
    batch = receive(xlsx(sheet(CAPTIONS, line(1), line(2)), sheet(CAPTIONS, line(3), line(4), line(5))), name="a.xlsx")
    stops = iter([False, True])

    class PowerCutError(Exception):
        pass

    def cut(_):
        if next(stops):
            raise PowerCutError

    with pytest.raises(PowerCutError):
        importing.run(batch=batch.pk, progress=cut)
    assert importing.run(batch=batch.pk).rows_in == 5
    assert Decision.objects.count() == 5
