"""What is let in, and what is not."""

import re

import pytest

from gongkai.decisions.domain import intake
from gongkai.decisions.errors import ImportScopeError
from gongkai.decisions.models import ImportBatch
from gongkai.decisions.models.batch import folder
from gongkai.files.errors import ClassifiedError, ScannerError
from gongkai.journal.models import Entry
from gongkai.tables.errors import EncodingError, FileFormatError, HeaderError

from .conftest import CAPTIONS, line, table

pytestmark = pytest.mark.django_db


def kept():
    return sorted(path.name for path in folder().iterdir()) if folder().exists() else []


def test_a_file_is_kept_by_its_digest_and_the_upload_is_in_the_journal(receive):
    batch = receive(table(line(1)))
    assert kept() == [batch.digest]
    assert Entry.objects.get(act="decisions.received").subject == f"decisions.batch:{batch.pk}"


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        (b"", "a.csv", FileFormatError, "这是空文件。请重新选择"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls", FileFormatError, "“a.xls”是旧版 Excel（xls）或加密的工作簿"),
        (table(line(1)), "a.xlsx", FileFormatError, "“a.xlsx”的内容是文本，与扩展名不符。只接收"),
        (table(line(1)), "a.exe", FileFormatError, "“a.exe”的内容是文本，与扩展名不符"),
        (b"PK\x03\x04 cut off", "a.xlsx", FileFormatError, "文件损坏、加密，或并非真正的 xlsx"),
        (b"PK\x03\x04 cut off", "a.csv", FileFormatError, "“a.csv”的内容是工作簿或压缩包，与扩展名不符"),
        (b"MZ\x90\x00" + bytes(600), "a.csv", FileFormatError, "文件含有空字节，不是文本表格"),
        (b"%PDF-1.7\n1 0 obj", "a.csv", HeaderError, "没有完整的表头：缺少 “决定书文号”、“相对人名称”"),
        (b"\xff\xff\xff\xff", "a.csv", EncodingError, "文字编码无法识别（不是 UTF-8，也不是 GB18030）"),
        (table(line(1)), "机密文件.csv", ClassifiedError, "机密"),
        (table(["秘密★10年", *line(1)[1:]]), "a.csv", ClassifiedError, "带有密级标志“秘密★”。本系统为非涉密系统"),
        (table(line(1), captions=["", *CAPTIONS[1:3], *CAPTIONS[2:8]]), "a.csv", HeaderError, "决定书文号"),
        (table(line(1)[2:], captions=CAPTIONS[2:]), "a.csv", HeaderError, "“决定类别”一列"),
        (b"\r\n\r\n", "a.csv", FileFormatError, "文件里没有数据。请核对是否选错了文件"),
    ],
)
def test_what_is_not_let_in_leaves_nothing_behind(receive, data, name, error, words):
    with pytest.raises(error, match=re.escape(words)):
        receive(data, name)
    assert (kept(), ImportBatch.objects.count()) == ([], 0)


def test_a_file_over_the_limit_is_refused(receive, monkeypatch):
    monkeypatch.setattr(intake, "MAX_BYTES", 100)
    with pytest.raises(FileFormatError, match="上限"):
        receive(table(line(1)))
    assert kept() == []


def test_nothing_is_let_in_unscanned_where_a_scanner_is_set_up(receive, settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")
    with pytest.raises(ScannerError):
        receive(table(line(1)))
    assert kept() == []


def test_who_may_not_import_for_a_unit_is_refused(receive, city):
    for user in (city.stranger, city.auditor):
        with pytest.raises(ImportScopeError):
            receive(table(line(1)), user=user)


def test_the_competent_department_imports_for_units_below(receive, city):
    assert receive(table(line(1)), user=city.competent).pk


def test_a_second_refusal_of_a_kept_file_leaves_the_first_alone(receive, bring):
    data = table(line(1))
    batch = bring(data)
    with pytest.raises(intake.AlreadyImportedError):
        receive(data)
    assert kept() == [batch.digest]


def test_captions_of_a_single_kind_need_no_column_and_no_choice(receive):
    captions = [
        caption if caption != "决定书文号" else "行政许可决定书文号" for caption in CAPTIONS if caption != "决定类别"
    ]
    row = line(1)
    del row[1]
    assert receive(table(row, captions=captions)).pk
