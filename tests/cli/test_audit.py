from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from builders.samples import NO_REPORT, Y2022, Y2023, Y2024, changed
from gongkai.annual.finding import Finding
from gongkai.annual.report import Report
from gongkai.cli import EX_USAGE, main
from gongkai.cli.audit import plain
from gongkai.cli.findings import findings_view
from gongkai.cli.output import console

WRONG_TOTAL = ("<td>10</td><td>2</td><td>0</td>", "<td>11</td><td>2</td><td>0</td>")
BOUND_TOTAL = ("<td>0</td><td>193</td>", "<td>0</td><td>194</td>")


def audited(capsys, *words):
    status = main(["audit", *words, "--format", "json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_correct_report_has_no_errors_and_exits_with_0(capsys):
    status, objects = audited(capsys, Y2024)
    assert status == 0
    assert objects[0]["file"] == Y2024
    assert [found for found in objects[0]["findings"] if found["severity"] == "error"] == []


def test_a_wrong_sum_is_an_error_with_its_cell_and_both_numbers(tmp_path, capsys):
    path = changed(Y2023, tmp_path / "a.html", WRONG_TOTAL)
    status, objects = audited(capsys, path)
    assert status == 1
    found = [found for found in objects[0]["findings"] if found["severity"] == "error"]
    assert [(entry["code"], entry["expected"], entry["found"]) for entry in found] == [("remedy-sum", 10, 11)]
    assert found[0]["cells"] == ["remedies.reconsideration.total"]
    assert found[0]["source"] == "国办公开办函〔2021〕30号、〔2019〕60号表四"
    assert len(found[0]["fingerprint"]) == 16
    assert "against" not in found[0]


def test_an_unreadable_file_wins_over_errors_in_the_exit_status(tmp_path, capsys):
    path = changed(Y2023, tmp_path / "a.html", WRONG_TOTAL)
    (tmp_path / "b.html").write_text(NO_REPORT, encoding="utf-8")
    status, objects = audited(capsys, path, str(tmp_path / "b.html"))
    assert (status, len(objects)) == (2, 1)


def test_years_of_one_body_are_audited_together_whatever_their_order(tmp_path, capsys):
    later = changed(
        Y2024,
        tmp_path / "2024.html",
        ("<td>54</td><td>225</td>", "<td>54</td><td>226</td>"),
        ("有效225件", "有效226件"),
    )
    status, objects = audited(capsys, later, Y2023)
    assert status == 1
    assert [found["file"] for found in objects] == [later, Y2023]
    across = [found for found in objects[0]["findings"] if "against" in found]
    assert [(found["code"], found["against"]) for found in across] == [("stock-flow", Y2023)]
    assert [found for found in objects[1]["findings"] if "against" in found] == []


def test_reports_of_one_body_agree_over_the_years(capsys):
    status, objects = audited(capsys, Y2022, Y2023, Y2024)
    assert status == 0
    assert [len(found["findings"]) for found in objects] == [0, 0, 0]


def test_a_report_without_a_body_is_audited_alone(tmp_path, capsys):
    text = "示例县人民政府"
    alone = changed(Y2023, tmp_path / "a.html", *[(text, "")] * 5)
    status, objects = audited(capsys, alone, Y2022)
    assert (status, len(objects)) == (0, 2)


def test_a_level_given_overrides_the_name(tmp_path, capsys):
    path = changed(
        Y2023,
        tmp_path / "a.html",
        ("<td>规章</td><td>0</td><td>0</td><td>0</td>", "<td>规章</td><td>1</td><td>0</td><td>1</td>"),
    )
    codes = [
        [found["code"] for found in audited(capsys, path, *more)[1][0]["findings"] if found["code"] == "level"]
        for more in ([], ["--level", "prefecture"])
    ]
    assert [set(found) for found in codes] == [{"level"}, set()]


def test_people_see_findings_with_numbers_words_source_and_what_to_do(tmp_path, capsys):
    path = changed(Y2023, tmp_path / "a.html", ("结转下年度5件", "结转下年度7件"))
    assert main(["audit", path]) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "错误 1 项" in lines
    assert "数　值  应为 5，实为 7" in lines
    assert "原　文  “结转下年度7件”" in lines
    assert any(line.startswith("依　据  国办公开办函〔2021〕30号") for line in lines)
    assert any(line.startswith("处　理  请") for line in lines)
    assert lines[-1] == "审核 1 份报告：错误 1 项　警告 0 项　说明 0 项"


def test_people_see_that_nothing_was_found_and_how_many_could_not_be_read(tmp_path, capsys):
    assert main(["audit", Y2023, str(tmp_path / "missing.html")]) == 2
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "✓ 没有发现问题" in lines
    assert lines[-1] == "审核 1 份报告：错误 0 项　警告 0 项　说明 0 项　1 份无法读取"


def test_the_example_has_exactly_its_three_planted_errors(capsys):
    assert main(["audit", "--example", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(entry["severity"], entry["code"], entry["expected"], entry["found"]) for entry in found] == [
        ("error", "remedy-sum", 12, 13),
        ("error", "narrative-table", 3, 5),
        ("error", "percentage", 44.3, 47.3),
    ]


def test_the_example_shows_the_report_with_the_cells_concerned_marked(capsys):
    assert main(["audit", "--example"]) == 1
    out = capsys.readouterr().out
    assert "（随软件附带的示例报告）" in out
    assert "site-packages" not in out
    assert "✗ 13" in out
    assert "错误 3 项" in out


def test_files_or_the_example_but_one_of_them(capsys):
    assert main(["audit"]) == EX_USAGE
    assert main(["audit", "--example", Y2023]) == EX_USAGE
    assert "两者选一" in capsys.readouterr().err


def test_findings_of_a_rule_that_is_not_listed_are_shown_as_they_are(capsys):
    found = Finding(
        "some-code",
        "info",
        "说明文字。",
        tuple(f"remedies.reconsideration.{c}" for c in ("upheld", "corrected", "other", "pending", "total")),
        expected=None,
        found="x",
        against="旧.html",
    )
    console().print(findings_view(Report(edition="2021", cells={}, file="a.html"), [found]))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "· some-code　some-code" in lines
    assert "问　题  说明文字。" in lines
    assert "数　值  实为 x" in lines
    assert "对　照  旧.html" in lines
    assert "等 5 格" in " ".join(lines)


def test_numbers_are_json_numbers():
    assert [plain(value) for value in (Decimal("3.0"), Decimal("44.3"), 3, "x", None)] == [3, 44.3, 3, "x", None]


COPIED = (
    "持续完善主动公开目录，逐项明确公开内容、公开时限、公开主体和公开渠道，推动教育、医疗、养老等民生领域信息及时更新，"
    "方便群众查询办事，并安排专人对历史栏目逐条核查、补录和归档，定期通报更新情况，邀请企业代表和居民代表走进办事大厅体验流程，"
    "听取对公开工作的意见建议，逐条研究并反馈办理结果。"
)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_paragraph_that_two_bodies_share_is_told_of_both(tmp_path, capsys, jobs):
    text = Path(Y2023).read_text(encoding="utf-8")
    for name in ("海岚市", "临溪县"):
        own = text.replace("示例县", name).replace("<p>（二）", f"<p>{COPIED}</p><p>（二）", 1)
        (tmp_path / f"{name}.html").write_text(own, encoding="utf-8")
    main(["audit", str(tmp_path), Y2023, "--format", "json", "--jobs", jobs])
    shared = [
        [(Path(found["against"]).stem, found["severity"]) for found in one["findings"] if "other-body" in found["code"]]
        for one in map(json.loads, capsys.readouterr().out.splitlines())
    ]
    assert sorted(shared) == [[], [("临溪县", "warning")], [("海岚市", "warning")]]


def test_a_limit_of_length_is_an_option(capsys):
    assert main(["audit", Y2023, "--overview-limit", "20", "--format", "json"]) == 0
    assert "too-long" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="64"):
        main(["audit", Y2023, "--overview-limit", "0"])
