import json

import pytest

from gongkai.cli import main


def run(capsys, *words):
    status = main(["fee", *words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("words", "yuan"),
    [(("--items", "31"), 2200), (("--items", "0"), 0), (("--pages", "201"), 2740), (("--nth-item", "41"), 300)],
)
def test_the_object_of_the_contract_is_printed(capsys, words, yuan):
    status, out, _ = run(capsys, *words, "--format", "json")
    answer = json.loads(out)
    assert (status, answer["amount_yuan"], answer["trace"][-1]["kind"]) == (0, yuan, "total")


def test_the_text_goes_step_by_step(capsys):
    assert run(capsys, "--items", "11")[1].splitlines()[-2:] == [
        "  第11至第30件，每件100元：1件，100元〔国办函〔2020〕109号第四条〕",
        "  合计11件，应收100元〔国办函〔2020〕109号第四条〕",
    ]


def test_a_waiver_is_on_record(capsys):
    lines = run(capsys, "--items", "11", "--waive", "经济困难")[1].splitlines()
    assert (lines[0], lines[-1]) == (
        "应收 0 元",
        "  行政机关决定免收（应收100元）：经济困难〔《政府信息公开条例》第四十二条〕",
    )


def test_an_application_before_the_schedule_exits_1(capsys):
    status, out, _ = run(capsys, "--items", "11", "--received", "2020-12-31", "--format", "json")
    assert (status, json.loads(out)["error"]["code"]) == (1, "fee-before-schedule")
    status, out, err = run(capsys, "--pages", "31", "--received", "2020-12-31")
    assert (status, out) == (1, "")
    assert err.startswith("2020-12-31 收到的申请不能收取信息处理费")


@pytest.mark.parametrize(
    "words", [("--items=-1",), ("--items", "1", "--received", "now"), ("--items", "1", "--waive", "")]
)
def test_what_cannot_be_understood_exits_64(capsys, words):
    status, out, err = run(capsys, *words)
    assert (status, out) == (64, "")
    assert err.startswith("gongkai fee: ")


@pytest.mark.parametrize("words", [(), ("--items", "1", "--pages", "1"), ("--items", "many")])
def test_wrong_usage_exits_64(capsys, words):
    with pytest.raises(SystemExit) as caught:
        main(["fee", *words])
    assert caught.value.code == 64
    assert "usage" in capsys.readouterr().err
