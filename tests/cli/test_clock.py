import json

import pytest

from gongkai.cli import main


def run(capsys, *words):
    status = main(["clock", *words])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_object_of_the_contract_is_printed(capsys):
    status, out, _ = run(capsys, "--received", "2024-02-05", "--format", "json")
    answer = json.loads(out)
    assert status == 0
    assert {key: answer[key] for key in ("regulation", "status", "due", "provisional")} == {
        "regulation": "2019",
        "status": "open",
        "due": "2024-03-08",
        "provisional": False,
    }
    assert answer["trace"][-1]["date"] == "2024-03-08"
    assert "工作日" in out


def test_channel_confirmation_events_and_day_are_understood(capsys):
    status, out, _ = run(
        capsys, "--received", "2021-11-24", "--channel", "internet", "--confirmed", "2021-12-02",
        "--event", "extension:2021-12-20:days=10,approver=王,notified=2021-12-20", "--as-of", "2021-12-31",
        "--format", "json",
    )  # fmt: skip
    answer = json.loads(out)
    assert (status, answer["due"], answer["as_of"], answer["days_used"]) == (0, "2022-01-14", "2021-12-31", 21)


def test_where_no_period_runs_due_is_null(capsys):
    _, out, _ = run(capsys, "--received", "2024-02-05", "--event", "correction_notice:2024-02-06", "--format", "json")
    answer = json.loads(out)
    assert (answer["status"], answer["due"]) == ("suspended", None)


def test_what_comes_next_is_printed_when_asked_for(capsys):
    _, out, _ = run(capsys, "--received", "2024-02-05", "--next", "--format", "json")
    answer = json.loads(out)
    assert answer["sub_clocks"][0]["due"] == "2024-02-20"
    assert [option["kind"] for option in answer["next"] if option["allowed"]][-1] == "withdrawal"


def test_an_event_the_law_forbids_prints_the_error_and_exits_1(capsys):
    words = ("--received", "2024-02-05", "--event", "extension:2024-02-06:days=21,approver=王")
    status, out, _ = run(capsys, *words, "--format", "json")
    assert status == 1
    assert json.loads(out) == {
        "error": {
            "code": "extension-too-long",
            "article": "《政府信息公开条例》第三十三条第二款",
            "message": "延期21个工作日：最长不得超过20个工作日，请改为20个以内。",
        }
    }
    status, out, err = run(capsys, *words)
    assert (status, out) == (1, "")
    assert err.endswith("依据：《政府信息公开条例》第三十三条第二款（extension-too-long）\n")


@pytest.mark.parametrize(
    "words",
    [
        ("--received", "2024-02-30"),
        ("--received", "2024-02-05", "--confirmed", "tomorrow"),
        ("--received", "2024-02-05", "--as-of", "2024-02-04"),
        ("--received", "2024-02-05", "--event", "reply:2024-02-06"),
        ("--received", "2024-02-05", "--event", "answer:2024-02-06:colour=red"),
    ],
)
def test_what_cannot_be_understood_exits_64(capsys, words):
    status, out, err = run(capsys, *words)
    assert (status, out) == (64, "")
    assert err.startswith("gongkai clock: ")


@pytest.mark.parametrize("words", [(), ("--received", "2024-02-05", "--channel", "pigeon")])
def test_wrong_usage_exits_64(capsys, words):
    with pytest.raises(SystemExit) as caught:
        main(["clock", *words])
    assert caught.value.code == 64
    assert "usage" in capsys.readouterr().err


def test_the_text_says_due_date_and_every_day_that_is_not_ordinary_with_its_notice(capsys):
    status, out, _ = run(capsys, "--received", "2024-02-05", "--as-of", "2024-03-11")
    lines = out.splitlines()
    assert status == 0
    assert lines[:3] == ["状态　　　办理中（逾期）", "应答复日　2024-03-08", "已用　　　21 个工作日（截至 2024-03-11）"]
    notice = "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）"
    assert f"  2024-02-18  计入  星期日，调休上班（春节），第5个工作日〔{notice}〕" in lines
    assert "  2024-02-06  计入  星期二，工作日，第1个工作日" in lines


def test_a_provisional_date_says_so_in_the_text(capsys):
    assert run(capsys, "--received", "2026-12-25")[1].splitlines()[1] == "应答复日　2027-01-25（暂定）"


def test_the_text_lists_what_runs_and_what_may_be_done(capsys):
    words = ("--received", "2024-02-05", "--event", "other_agency_sent:2024-02-06", "--next")
    lines = run(capsys, *words)[1].splitlines()
    assert lines[1] == "应答复日　无"
    assert "同时进行的期限" in lines
    assert "  告知补正（至 2024-02-20）" in lines
    done = run(capsys, "--received", "2024-02-05", "--event", "answer:2024-02-06", "--next")[1].splitlines()
    assert done[done.index("可以办理") + 1] == "  （无）"
    assert "同时进行的期限" not in done
