from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders.samples import NO_REPORT, Y2022, Y2023, changed, run_together
from gongkai.annual.writer import FORMATS as WRITER_FORMATS
from gongkai.cli import main
from gongkai.cli.convert import FORMATS


def cells(capsys, path):
    assert main(["read", str(path), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)["cells"]


def test_the_command_offers_what_the_writer_writes():
    assert FORMATS == WRITER_FORMATS


@pytest.mark.parametrize("form", ["docx", "html", "pdf", "xlsx"])
def test_what_is_converted_reads_back_with_the_same_cells(form, tmp_path, capsys):
    target = tmp_path / f"out.{form}"
    assert main(["convert", Y2023, "--to", form, "-o", str(target)]) == 0
    assert capsys.readouterr().out == f"{Y2023} → {target}\n"
    assert cells(capsys, target) == cells(capsys, Y2023)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_is_written_for_programs(form, tmp_path):
    target = tmp_path / f"out.{form}"
    assert main(["convert", Y2023, "--to", form, "-o", str(target)]) == 0
    assert "193" in target.read_text(encoding="utf-8-sig")


def test_without_an_output_the_new_file_stands_beside_the_old_one(tmp_path):
    path = changed(Y2023, tmp_path / "年报.html")
    assert main(["convert", path, "--to", "json"]) == 0
    assert sorted(found.name for found in tmp_path.iterdir()) == ["年报.html", "年报.json"]


def test_several_files_go_into_a_folder_that_is_made(tmp_path):
    folder = tmp_path / "新" / "表格"
    assert main(["convert", Y2022, Y2023, "--to", "csv", "-o", str(folder)]) == 0
    assert sorted(found.name for found in folder.iterdir()) == ["2022.csv", "2023.csv"]


def test_one_file_goes_into_a_folder_that_is_there(tmp_path):
    assert main(["convert", Y2022, "--to", "csv", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "2022.csv").exists()
    assert main(["convert", Y2022, "--to", "json", "-o", f"{tmp_path}/neu/"]) == 0
    assert (tmp_path / "neu" / "2022.json").exists()


def test_an_existing_file_is_only_replaced_when_told_so(tmp_path, capsys):
    target = tmp_path / "out.json"
    target.write_text("mine")
    assert main(["convert", Y2023, "--to", "json", "-o", str(target)]) == 1
    assert target.read_text() == "mine"
    assert "已经存在，没有覆盖。确要覆盖的，请加 --force" in capsys.readouterr().err
    assert main(["convert", Y2023, "--to", "json", "-o", str(target), "--force"]) == 0
    assert target.read_text(encoding="utf-8").startswith("{")
    assert [found.name for found in tmp_path.iterdir()] == ["out.json"]


def test_two_files_that_would_become_one_are_not_converted(tmp_path, capsys):
    (tmp_path / "a").mkdir()
    paths = [changed(Y2022, tmp_path / "x.html"), changed(Y2023, tmp_path / "a" / "x.html")]
    assert main(["convert", *paths, "--to", "json", "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert f"{paths[0]}、{paths[1]} 都会写成这个文件" in capsys.readouterr().err


def test_run_together_digits_are_not_written_as_a_number_unless_told_so(tmp_path, capsys):
    path = run_together(Y2023, tmp_path / "a.html")
    assert main(["convert", path, "--to", "docx"]) == 1
    assert "有 1 处未能读出（proactive.normative_documents），没有写成 docx" in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()
    assert main(["convert", path, "--to", "json"]) == 0
    unread = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["unreadable"]
    assert unread["proactive.normative_documents"]["printed"] == "3025245"
    assert main(["convert", path, "--to", "docx", "--keep-unreadable"]) == 0
    assert (tmp_path / "a.docx").exists()


def test_what_cannot_be_read_is_not_converted_and_the_rest_is(tmp_path, capsys):
    (tmp_path / "bad.html").write_text(NO_REPORT, encoding="utf-8")
    good = changed(Y2022, tmp_path / "good.html")
    assert main(["convert", str(tmp_path / "bad.html"), good, "--to", "json"]) == 2
    out, err = capsys.readouterr()
    assert out == f"{good} → {Path(good).with_suffix('.json')}\n"
    assert err.startswith(f"gongkai: {tmp_path}/bad.html：")


def test_a_place_that_cannot_be_written_to_is_said(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["convert", Y2022, "--to", "json", "-o", str(tmp_path / "file" / "out.json")]) == 1
    assert "写不进去" in capsys.readouterr().err
