"""The one way in: formats by name, loaded when asked for, errors by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.annual.report import Report
from gongkai.annual.writer import FORMATS, UnknownTargetError, UnplacedCellError, WriteError, write


def test_the_formats_are_named():
    assert FORMATS == ("docx", "html", "pdf", "xlsx", "json", "csv")


def test_an_unknown_format_is_refused_with_those_known():
    with pytest.raises(UnknownTargetError) as caught:
        write(Report("2021", {}), "ofd")
    assert str(caught.value) == "不能写成“ofd”格式。可选的格式：docx、html、pdf、xlsx、json、csv。"
    assert caught.value.code == "unknown-target"


def test_every_error_is_a_write_error():
    assert {error.__base__ for error in (UnknownTargetError, UnplacedCellError)} == {WriteError}


def test_a_light_format_does_not_load_the_libraries_of_a_heavy_one():
    script = (
        "import sys; from gongkai.annual.report import Report; from gongkai.annual.writer import write;"
        "write(Report('2021', {}), 'csv'); write(Report('2021', {}), 'docx'); write(Report('2021', {}), 'html');"
        "print(sorted({'typst', 'openpyxl', 'lxml', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
