import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from builders import office
from gongkai.annual.errors import DamagedFileError, MissingToolError
from gongkai.annual.reader import doc, load
from gongkai.annual.reader.source import Line

RTF = rb"{\rtf1\ansi x}"
WHOLE = office.docx("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Install small programs of our own in place of those of the machine: they do what a test says."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(name, script):
        program = folder / name
        program.write_text(f"#!{sys.executable}\nimport pathlib, subprocess, sys, time\n{script}\n")
        program.chmod(0o755)

    return install


def converter(tmp_path, data):
    result = tmp_path / "result"
    result.write_bytes(data)
    return (
        "target, folder, original = sys.argv[-4], sys.argv[-2], pathlib.Path(sys.argv[-1])\n"
        "assert any(word.startswith('-env:UserInstallation=file:') for word in sys.argv)\n"
        "output = pathlib.Path(folder) / (original.stem + '.' + target)\n"
        f"output.write_bytes(open({str(result)!r}, 'rb').read())"
    )


def test_without_any_program_the_message_names_them(programs):
    with pytest.raises(MissingToolError, match=r"soffice.*antiword.*docx"):
        load(office.old_word(), name="a.doc")
    with pytest.raises(MissingToolError, match=r"soffice）。请"):
        load(RTF, name="a.rtf")


@pytest.mark.parametrize(("data", "name"), [(office.old_word(), "a.doc"), (RTF, "a.rtf")])
@pytest.mark.parametrize("office_name", ["soffice", "libreoffice"])
def test_libreoffice_converts_to_docx(programs, tmp_path, data, name, office_name):
    programs(office_name, converter(tmp_path, WHOLE))
    source = load(data, name=name)
    assert source.blocks == (Line("一、总体情况"),)
    assert (source.kind, source.file, source.diagnostics) == ("doc", name, ())


def test_libreoffice_converts_an_old_sheet_to_xlsx(programs, tmp_path):
    rows = '<row><c><v>1</v></c><c t="b"><v>1</v></c></row>'
    programs("soffice", converter(tmp_path, office.xlsx(f"<sheetData>{rows}</sheetData>")))
    source = load(office.ole("Workbook"), name="a.xls")
    assert ([cell.text for cell in source.blocks[0].cells], source.kind) == (["1", "TRUE"], "xls")


def test_antiword_gives_text_where_libreoffice_is_absent(programs):
    programs("antiword", "print('一、总体情况\\n|规章 |1 |\\n|文件 |2 |')")
    source = load(office.old_word(), name="a.doc")
    assert source.blocks[0] == Line("一、总体情况")
    assert [cell.text for cell in source.blocks[1].cells] == ["规章", "1", "文件", "2"]
    assert [diagnostic.code for diagnostic in source.diagnostics] == ["text-only"]


def test_the_next_program_is_tried_where_one_fails(programs):
    programs("soffice", "sys.exit(3)")
    programs("antiword", "sys.exit(1)")
    programs("catdoc", "print('一、总体情况')")
    assert load(office.old_word(), name="a.doc").blocks == (Line("一、总体情况"),)


def test_a_file_that_no_program_can_read_is_damaged(programs):
    programs("soffice", "pass")
    programs("catdoc", "print(' ')")
    with pytest.raises(DamagedFileError, match="LibreOffice"):
        load(office.old_word(), name="a.doc")


def test_without_libreoffice_a_file_that_gives_no_text_is_damaged(programs):
    programs("catdoc", "print(' ')")
    with pytest.raises(DamagedFileError, match="旧版"):
        load(office.old_word(), name="a.doc")


def test_a_program_that_prints_without_end_is_not_believed(programs, monkeypatch):
    monkeypatch.setattr(doc, "MAX_TEXT_BYTES", 100)
    programs("catdoc", "print('一' * 1000)")
    with pytest.raises(DamagedFileError, match="旧版"):
        load(office.old_word(), name="a.doc")


def test_a_program_that_hangs_is_killed_with_its_children(programs, tmp_path, monkeypatch):
    child = tmp_path / "child"
    script = (
        "sub = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(child)!r}).write_text(str(sub.pid))\ntime.sleep(60)"
    )
    programs("soffice", script)
    monkeypatch.setattr(doc, "TIMEOUT_SECONDS", 2)
    started = time.monotonic()
    with pytest.raises(DamagedFileError, match="LibreOffice"):
        load(office.old_word(), name="a.doc")
    assert time.monotonic() - started < 20
    deadline = time.monotonic() + 5
    while is_running(int(child.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(int(child.read_text()))


def is_running(pid):
    """Tell whether the process lives; an orphan that nobody waits for yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_real_libreoffice_keeps_tables_of_an_rtf_file():
    table = rb"\trowd\cellx2000\cellx4000 Rules\intbl\cell 7\intbl\cell\row"
    source = load(rb"{\rtf1\ansi " + table + table + rb"\pard end\par}", name="a.rtf")
    assert [cell.text for cell in source.blocks[0].cells] == ["Rules", "7"] * 2
