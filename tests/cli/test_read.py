from __future__ import annotations

import json

import pytest

from builders.samples import NO_REPORT, Y2022, Y2023, changed, run_together
from gongkai.cli import EX_USAGE, main


def test_every_file_is_one_line_of_json_in_the_order_given(capsys):
    assert main(["read", Y2023, Y2022, "--format", "json", "--jobs", "2"]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(found["file"], found["year"], found["body"]) for found in objects] == [
        (Y2023, 2023, "示例县人民政府"),
        (Y2022, 2022, "示例县人民政府"),
    ]
    assert objects[0]["cells"]["requests.received.total"] == 193
    assert objects[0]["period"] == ["2023-01-01", "2023-12-31"]
    assert objects[0]["edition"] == "2021"


def test_what_cannot_be_read_is_one_line_on_standard_error_and_the_rest_goes_on(tmp_path, capsys):
    (tmp_path / "坏.html").write_text(NO_REPORT, encoding="utf-8")
    (tmp_path / "空.docx").touch()
    bad = [str(tmp_path / name) for name in ("坏.html", "空.docx", "没有.pdf")]
    assert main(["read", bad[0], Y2022, *bad[1:], "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["file"] for line in out.splitlines()] == [Y2022]
    lines = err.splitlines()
    assert [line.startswith(f"gongkai: {name}：") for line, name in zip(lines, bad, strict=True)] == [True] * 3
    assert lines[1] == f"gongkai: {bad[1]}：文件是空的（0 字节）。请重新下载或重新导出。"


def test_a_folder_is_read_with_what_is_below_it(tmp_path, capsys):
    (tmp_path / "下级").mkdir()
    changed(Y2022, tmp_path / "下级" / "a.html")
    changed(Y2023, tmp_path / "b.html")
    assert main(["read", str(tmp_path), "--format", "json"]) == 0
    files = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert files == [str(tmp_path / "b.html"), str(tmp_path / "下级" / "a.html")]


def test_a_pattern_that_means_nothing_is_said(tmp_path, capsys):
    assert main(["read", str(tmp_path / "*.pdf"), "--format", "json"]) == 2
    assert capsys.readouterr().err == f"gongkai: {tmp_path}/*.pdf：没有找到文件。请核对路径或通配符\n"


def test_people_see_the_statutory_tables(capsys):
    assert main(["read", Y2023]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "2021 版格式，统计期限 2023-01-01 至 2023-12-31，读出 200 个单元格" in lines
    assert "二、主动公开政府信息情况" in lines
    row = next(line for line in lines if line.startswith("一、本年新收"))
    assert row.split() == ["一、本年新收政府信息公开申请数量", "181", "7", "0", "0", "3", "2", "193"]
    assert "行政许可                        12007" in lines
    assert "复议后起诉                1          0          0          0      1" in lines
    assert any(line.startswith("总体情况（") for line in lines)


def test_people_see_what_was_not_read_with_what_was_printed(tmp_path, capsys):
    path = run_together(Y2023, tmp_path / "连在一起.html")
    assert main(["read", path]) == 0
    out = capsys.readouterr().out
    assert "3 个未能读出" in out
    words = "proactive.normative_documents　印为“3025245”：有 3 种拆法都能使各项合计成立，未作猜测"
    assert words in [line.strip() for line in out.splitlines()]


@pytest.mark.parametrize(
    "words",
    [["read"], ["read", Y2023, "--format", "xml"], ["read", Y2023, "--jobs", "0"], ["read", Y2023, "--timeout", "x"]],
)
def test_wrong_usage_exits_with_64(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == EX_USAGE
    assert capsys.readouterr().out == ""


def test_a_hundred_bad_files_among_good_ones_do_not_stop_the_run(tmp_path, capsys):
    for number in range(20):
        (tmp_path / f"{number:02}.html").write_text(NO_REPORT, encoding="utf-8")
    changed(Y2022, tmp_path / "07-good.html")
    changed(Y2023, tmp_path / "99-good.html")
    assert main(["read", str(tmp_path), "--format", "json", "--jobs", "2"]) == 2
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 20
    assert [json.loads(line)["year"] for line in out.splitlines()] == [2022, 2023]
