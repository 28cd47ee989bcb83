from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders.samples import NO_REPORT, Y2022, Y2023, Y2024, changed
from gongkai.annual import plot
from gongkai.cli import main
from gongkai.cli.compare import FORMATS, PANELS


def test_the_panels_offered_are_those_that_can_be_drawn():
    assert PANELS == plot.PANELS


def test_people_see_years_with_changes_under_the_numbers(capsys):
    assert main(["compare", Y2024, Y2023]) == 0
    out = capsys.readouterr().out
    assert "示例县人民政府2023—2024年政府信息公开情况对比" in out
    lines = [line.split() for line in out.splitlines()]
    assert ["新收申请（件）", "193", "219"] in lines
    assert ["+26（+13.5%）"] in lines
    assert ["上年结转（件）", "4", "5"] in lines


def test_many_years_are_shown_some_at_a_time(tmp_path, capsys):
    paths = []
    for year in range(2021, 2028):
        text = Path(Y2023).read_text(encoding="utf-8").replace("2023", str(year))
        (tmp_path / f"{year}.html").write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / f"{year}.html"))
    assert main(["compare", *paths]) == 0
    heads = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip().startswith("指标")]
    assert [len(words) for words in heads] == [7, 2]


def test_rows_that_none_of_the_reports_shown_has_are_left_out(tmp_path, capsys):
    paths = []
    for year in range(2021, 2027):
        text = (
            Path(Y2023).read_text(encoding="utf-8").replace("2023", str(year)).replace("193", str(100 + year % 7 * 20))
        )
        (tmp_path / f"{year}.html").write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / f"{year}.html"))
    assert main(["compare", *paths]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert not any(words[1:].count("无此项") == 6 for words in lines)
    assert any(words and words[0].startswith("（+") for words in lines)  # a line of its own under the difference


def test_data_for_programs(capsys):
    assert main(["compare", Y2022, Y2023, "--format", "json"]) == 0
    rows = {row["key"]: row["values"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["received"] == [152, 193]
    assert main(["compare", Y2022, Y2023, "--format", "csv", "--detail"]) == 0
    assert "requests.received.natural_person" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", b"<svg"),
        ("a.png", b"\x89PNG"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.txt", "─".encode()),
        ("a.json", b"{"),
    ],
)
def test_the_format_follows_the_name_of_the_output(name, start, tmp_path, capsys):
    target = tmp_path / name
    assert main(["compare", Y2022, Y2023, "-o", str(target)]) == 0
    assert target.read_bytes().startswith(start)
    assert capsys.readouterr().out == f"→ {target}\n"


def test_a_chart_can_be_piped_on(capfdbinary):
    assert main(["compare", Y2022, Y2023, "--format", "svg", "--panel", "requests"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("<svg")
    assert "行政决定（件）" not in out


def test_an_existing_output_is_only_replaced_when_told_so(tmp_path, capsys):
    target = tmp_path / "a.svg"
    target.write_text("mine")
    assert main(["compare", Y2022, "-o", str(target)]) == 1
    assert target.read_text() == "mine"
    assert main(["compare", Y2022, "-o", str(target), "--force"]) == 0
    assert main(["compare", Y2022, "-o", str(tmp_path / "no" / "a.svg")]) == 1
    assert "写不进去" in capsys.readouterr().err


def test_what_cannot_be_read_or_named_is_left_out_and_said(tmp_path, capsys):
    (tmp_path / "bad.html").write_text(NO_REPORT, encoding="utf-8")
    nameless = changed(Y2023, tmp_path / "a.html", *[("示例县人民政府", "")] * 5)
    assert main(["compare", Y2022, nameless, "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert len(json.loads(out)["columns"]) == 1
    assert "报告里没有找到机构名称" in err
    assert main(["compare", Y2022, str(tmp_path / "bad.html"), "--format", "json"]) == 2


def test_nothing_to_compare_is_said(tmp_path, capsys):
    (tmp_path / "bad.html").write_text(NO_REPORT, encoding="utf-8")
    assert main(["compare", str(tmp_path / "bad.html")]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "gongkai: compare：没有可以对比的报告"
    nameless = changed(Y2023, tmp_path / "a.html", *[("示例县人民政府", "")] * 5)
    assert main(["compare", nameless]) == 1


def test_every_format_is_offered():
    assert FORMATS == ("table", "json", "csv", "html", "svg", "png")
