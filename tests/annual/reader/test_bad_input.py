"""Every kind of bad file gives one clear line, soon, and nothing half-read."""

import subprocess
import sys
import time

import pytest

from builders import office
from gongkai.annual.errors import (
    DamagedFileError,
    HostileFileError,
    ProtectedFileError,
    ReadError,
    TooLargeError,
    UnknownFormatError,
)
from gongkai.annual.reader import load

PAGE = "<html><body><h1>报告</h1><table>" + "<tr><td>规章<td>1</tr>" * 50 + "</table></body></html>"
WORD = office.docx("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>" * 50)
SHEET = office.xlsx("<sheetData>" + "<row><c><v>1</v></c><c><v>2</v></c></row>" * 50 + "</sheetData>")
LAUGHS = '<!DOCTYPE w [<!ENTITY a "哈哈">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'{LAUGHS}]><w:document xmlns:w="{office.W}"><w:body><w:p>&i;</w:p></w:body></w:document>'
ZEROS = bytes(100 * 2**20)
CASES = {
    "empty": (b"", DamagedFileError),
    "truncated page": (PAGE[:400].encode(), DamagedFileError),
    "truncated docx": (WORD[: len(WORD) // 2], DamagedFileError),
    "truncated xlsx": (SHEET[: len(SHEET) // 2], DamagedFileError),
    "truncated doc": (office.old_word()[:600], DamagedFileError),
    "docx with its text cut": (
        office.archive({"word/document.xml": "<w:document xmlns:w='w'><w:body>"}),
        DamagedFileError,
    ),
    "docx under a password": (office.ole("EncryptionInfo", "EncryptedPackage"), ProtectedFileError),
    "doc under a password": (office.old_word(encrypted=True), ProtectedFileError),
    "docx bomb": (office.archive({"word/document.xml": ZEROS}), HostileFileError),
    "docx with a bomb beside": (office.archive({"word/document.xml": "<a/>", "word/media/x": ZEROS}), HostileFileError),
    "xlsx bomb": (office.archive({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": ZEROS}), HostileFileError),
    "entity bomb in docx": (office.archive({"word/document.xml": BOMB}), HostileFileError),
    "entity bomb in xlsx": (office.archive({"xl/workbook.xml": BOMB}), HostileFileError),
    "nested page": (b"<div>" * 100_000, HostileFileError),
    "nested tables": (b"<table><tr><td>" * 50_000 + b"</table>" * 50_000, HostileFileError),
    "nested docx": (office.docx("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000), HostileFileError),
    "spans beyond reason": (
        "<table>" + "<tr><td colspan=1000>规<td colspan=1000>章</tr>" * 900 + "</table>",
        HostileFileError,
    ),
    "far too many cells": (b"<table>" + b"<tr><td>" * 300_000 + b"</table>", HostileFileError),
    "a tag of a hundred thousand attributes": (
        b"<p " + b" ".join(b"a%d='>'" % number for number in range(100_000)) + b">",
        HostileFileError,
    ),
    "tables in tables": (b"<table><tr><td>" * 70 + b"<b>1</b></table>" * 70, HostileFileError),
    "too many lines": ("一\n".encode() * 500_001, TooLargeError),
    "large page": (b"<p>" + b"x" * (17 * 2**20), TooLargeError),
    "photo": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 9, UnknownFormatError),
    "program": (b"\x7fELF\2\1\1" + bytes(range(256)) * 9, UnknownFormatError),
    "archive of reports": (office.archive({"2023.docx": WORD, "2024.docx": WORD}), UnknownFormatError),
    "mojibake": (bytes(range(129, 255)) * 9, DamagedFileError),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_gives_one_chinese_line_soon(name):
    data, mistake = CASES[name]
    started = time.monotonic()
    with pytest.raises(ReadError) as caught:
        load(data if isinstance(data, bytes) else data.encode(), name="年报.docx")
    assert time.monotonic() - started < 10
    assert type(caught.value) is mistake
    (line,) = str(caught.value).splitlines()
    assert line.endswith("。")
    assert any("\u4e00" <= character <= "\u9fff" for character in line)


HUNGRY = {
    "tags": "'<b></b>' * 249_000",
    "cells": "'<table>' + '<tr><td>1<td>2' * 160_000 + '</table>'",
    "lines": "'一\\n' * 499_000",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUNGRY)
def test_a_file_just_under_the_limits_stays_within_the_memory_allowed(name):
    # A process of its own: the high-water mark of this one would be that of the hungriest test before, and what
    # ``getrusage`` tells of a child begins with what its parent had.
    script = (
        "import re\nfrom pathlib import Path\n"
        "from gongkai.annual.errors import ReadError\nfrom gongkai.annual.reader import load\n"
        f"data = ({HUNGRY[name]}).encode()\n"
        "try:\n    load(data, name='x.html')\nexcept ReadError:\n    pass\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 512
