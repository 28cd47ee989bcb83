from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders.samples import Y2023
from gongkai.cli.output import complain, console, jobs_for, positive, progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_numbers_of_the_command_line_are_positive():
    assert positive("3") == 3
    for word in ("0", "-1", "x"):
        with pytest.raises(ValueError, match=word):
            positive(word)


def test_no_more_processes_than_files_and_four_at_most_unless_asked_for():
    assert jobs_for(None, 1) == 1
    assert jobs_for(None, 0) == 1
    assert jobs_for(None, 1000) == min(os.cpu_count(), 4)
    assert jobs_for(6, 1000) == 6
    assert jobs_for(6, 2) == 2


def test_a_complaint_is_one_line(capsys):
    complain("a.html", "第一行\n  第二行")
    assert capsys.readouterr().err == "gongkai: a.html：第一行 第二行\n"


def test_progress_is_shown_on_a_terminal_for_many_files_only(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(3, "读取") as done:
        assert done is None
    with progress(20, "读取") as done:
        for _ in range(20):
            done()
    assert "20/20" in sys.stderr.getvalue()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress(20, "读取") as done:
        assert done is None


def test_without_a_terminal_the_width_is_fixed_unless_the_environment_gives_one(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert console().width == 110
    monkeypatch.setenv("COLUMNS", "77")
    assert console().width == 77


def test_the_command_itself_loads_no_parser():
    code = (
        "import sys; from gongkai.cli import main; "
        f"status = main(['read', {Y2023!r}, '--format', 'json']); "
        "loaded = {'lxml', 'pdfplumber', 'pypdfium2', 'docx', 'openpyxl', 'rich', 'typst'} & set(sys.modules); "
        "sys.exit(f'{status} {loaded}' if status or loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_stops_listening_ends_the_command_quietly(tmp_path):
    for number in range(30):  # More than fits into a pipe.
        (tmp_path / f"{number:02}.html").write_bytes(Path(Y2023).read_bytes())
    command = f"{sys.executable} -m gongkai read {tmp_path} --format json --jobs 1 | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('{"file": "', "")
