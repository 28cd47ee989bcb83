import io
import json

import pytest

from gongkai.cli import main

AUDIT_OFFICE = "QZ06121-2510-2026-10002"


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_parse_prints_the_parts_with_their_captions(capsys):
    assert main(["indexno", "parse", AUDIT_OFFICE]) == 0
    assert capsys.readouterr().out == (
        "QZ06121-2510-2026-10002\n"
        "  地区代码：06（晋江市）\n"
        "  信息生成机构代码：121\n"
        "  信息类别代码：2510\n"
        "  生成年度：2026\n"
        "  年度流水号：10002\n"
    )


def test_parse_gives_one_json_object_per_number(capsys):
    assert main(["indexno", "parse", AUDIT_OFFICE, "035210000/2025-00016", "--format", "json"]) == 0
    found = lines(capsys.readouterr().out)
    assert [(one["number"], one["valid"], one["grammar"]) for one in found] == [
        (AUDIT_OFFICE, True, "quanzhou"),
        ("035210000/2025-00016", True, "national"),
    ]
    assert found[0]["fields"]["serial"] == "10002"


def test_validate_says_what_is_wrong_and_exits_1(capsys):
    assert main(["indexno", "validate", AUDIT_OFFICE, "QZ06121-2510-2026-1"]) == 1
    printed = capsys.readouterr()
    assert printed.out == f"{AUDIT_OFFICE}\n"
    assert printed.err.startswith("索引号“QZ06121-2510-2026-1”第19个字符起应为年度流水号（5位数字），实为“1”")


def test_validate_reads_standard_input_and_reports_errors_as_json(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{AUDIT_OFFICE}\n\nQZ\n"))
    assert main(["indexno", "validate", "-", "--grammar", "quanzhou", "--format", "json"]) == 1
    found = lines(capsys.readouterr().out)
    assert [(one["number"], one["valid"]) for one in found] == [(AUDIT_OFFICE, True), ("QZ", False)]
    assert found[1]["error"]["code"] == "index-number"


def test_issue_follows_what_was_used(capsys):
    values = ["--set", "area=06", "--set", "unit=121", "--set", "category=2510", "--set", "year=2026"]
    assert main(["indexno", "issue", "--grammar", "quanzhou", *values, "--issued", AUDIT_OFFICE]) == 0
    assert capsys.readouterr().out == "QZ06121-2510-2026-10003\n"


def test_issue_names_the_parts_it_needs(capsys):
    assert main(["indexno", "issue", "--grammar", "national", "--set", "year=2026"]) == 1
    assert capsys.readouterr().err == (
        "缺少：发布机构的组织机构代码（9位，不含连字符）；请补充后再编号。\n"
        "各部分用 --set 给出：organisation（发布机构的组织机构代码（9位，不含连字符））、year（生成年度）\n"
    )


def test_a_missing_action_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["indexno"])
    assert caught.value.code == 64
    assert "ACTION" in capsys.readouterr().err
