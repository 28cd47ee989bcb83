import subprocess
import sys

import pytest

from builders import office
from gongkai.annual.reader import load, read, read_bytes

PAGE = "<html><body><table><tr><td>规章<td>1</tr></table></body></html>".encode()


def codes(source):
    return [diagnostic.code for diagnostic in source.diagnostics]


@pytest.mark.parametrize(
    ("data", "right", "wrong", "kind"),
    [
        (PAGE, "html", "pdf", "html"),
        ("正文".encode(), "md", "docx", "text"),
        (office.docx("<w:p><w:r><w:t>一</w:t></w:r></w:p>"), "DOCX", "doc", "docx"),
        (office.xlsx("<sheetData/>"), "xlsx", "txt", "xlsx"),
    ],
)
def test_a_misleading_extension_is_said_and_the_content_decides(data, right, wrong, kind):
    honest, misleading, silent = (load(data, name=f"年报.{end}") for end in (right, wrong, "2024"))
    assert [source.kind for source in (honest, misleading, silent)] == [kind] * 3
    assert [codes(source) for source in (honest, misleading, silent)] == [[], ["wrong-extension"], []]


def test_a_path_gives_its_name_to_the_source(tmp_path):
    path = tmp_path / "报告.html"
    path.write_bytes(PAGE)
    assert load(path).file == str(path)
    assert load(str(path), name="海岚").file == "海岚"


def test_bytes_and_a_path_give_the_same_report(tmp_path):
    rows = "".join(
        f"<tr><td>{caption}<td>{number}<td>0<td>{number}</tr>"
        for caption, number in (("规章", 0), ("行政规范性文件", 7))
    )
    head = (
        "<tr><td colspan=4>第二十条第（一）项</tr><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数</tr>"
    )
    page = f"<h1>海岚市2024年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>{head}{rows}</table>"
    path = tmp_path / "报告.html"
    path.write_bytes(page.encode())
    reports = read(path, ocr=False), read_bytes(page.encode(), name=str(path))
    values = [report.value("proactive.normative_documents.made") for report in reports]
    assert values == [7, 7]


def test_two_reports_in_one_file_are_loaded_one_after_the_other():
    data = "".join(f"<h1>{year}年报告</h1><table><tr><td>规章<td>1</tr></table>" for year in (2023, 2024))
    source = load(data.encode(), name="两年.html")
    assert [type(block).__name__ for block in source.blocks] == ["Line", "Grid", "Line", "Grid"]


def test_reading_a_page_loads_no_library_for_other_formats():
    script = (
        "import sys\nfrom gongkai.annual.reader import load\nload(b'<p>x</p>', name='a.html')\n"
        "print(sorted({'pypdfium2', 'pdfplumber', 'openpyxl', 'docx', 'PIL', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['zipfile']\n"
