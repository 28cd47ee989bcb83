"""The command, in one process with the tests' own database."""

import argparse
import json
import os

import pytest
from django.contrib.auth import authenticate

from gongkai.accounts.models import User
from gongkai.cli import demo
from gongkai.cli.installation import RefusedError
from gongkai.demo.sizes import SIZES
from gongkai.records.models import Record


@pytest.fixture
def place(tmp_path, monkeypatch, settings):
    """A folder for a demonstration; the environment is as before afterwards."""
    home = tmp_path / "demo"
    settings.HOME = home
    settings.INDEX_GRAMMAR, settings.INDEX_PREFIX, settings.INDEX_AREA = "quanzhou", "HL", "06"
    for name in (*demo._SETTINGS, *demo._PRESETS["city"]):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("GONGKAI_HOME", str(home))
    return home


def _arguments(*words):
    parser = argparse.ArgumentParser()
    demo.configure(parser)
    return parser.parse_args(["--no-serve", *words])


def _mark(home, **about):
    home.mkdir(exist_ok=True)
    (home / demo.MARK).write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.django_db
def test_it_is_made_once_and_used_again(place, monkeypatch, tiny, capsys, rf):
    monkeypatch.setitem(SIZES, "small", tiny)
    arguments = _arguments("--size", "small", "--today", "2025-06-20")
    assert demo.run(arguments) == 0
    first = capsys.readouterr().out
    about = json.loads((place / demo.MARK).read_text(encoding="utf-8"))
    assert (about["ready"], about["size"], about["today"]) == (True, "small", "2025-06-20")
    assert about["password"] in first
    shown = {line.split()[-2] for line in first.splitlines() if line.startswith("│")}
    assert {"zhuguan", "jiandu", "neishen", "guanli", "shuili.jingban", "lanjiang.baomi"} <= shown
    user = authenticate(rf.post("/"), username="shuili.jingban", password=about["password"])
    assert user == User.objects.get(username="shuili.jingban")
    count = Record.objects.count()
    assert demo.run(arguments) == 0
    assert Record.objects.count() == count
    assert about["password"] in capsys.readouterr().out


def test_what_is_no_demonstration_is_not_touched(place, capsys):
    place.mkdir()
    kept = place / "gongkai.sqlite3"
    kept.write_bytes(b"of a city")
    assert demo.run(_arguments("--fresh")) == 1
    assert kept.read_bytes() == b"of a city"
    assert [path.name for path in place.iterdir()] == ["gongkai.sqlite3"]
    assert "不是演示数据" in capsys.readouterr().err


def test_a_day_before_the_end_of_the_year_is_refused(place, capsys):
    assert demo.run(_arguments("--today", "2024-12-31")) == 1
    assert "不能早于 2025-01-15" in capsys.readouterr().err


@pytest.mark.parametrize(("size", "today"), [("full", None), ("small", "2025-02-01")])
def test_another_demonstration_than_the_one_that_stands_needs_fresh(place, size, today):
    _mark(place, ready=True, size="small", today="2025-01-31")
    with pytest.raises(RefusedError, match="--fresh"):
        demo.prepare(place, fresh=False, size=size, today=demo.date.fromisoformat(today) if today else None)


@pytest.mark.parametrize("ready", [True, False])
def test_what_is_made_anew_is_cleared_first_and_keys_stay(place, ready):
    _mark(place, ready=ready, size="small", today="2025-01-31")
    (place / "gongkai.sqlite3").write_bytes(b"old")
    (place / "index").mkdir()
    (place / "secret_key").write_text("kept", encoding="ascii")
    assert demo.prepare(place, fresh=ready, size="small", today=None) is False
    assert {path.name for path in place.iterdir()} == {demo.MARK, "secret_key"}
    assert json.loads((place / demo.MARK).read_text(encoding="utf-8")) == {"ready": False}


def test_the_prefecture_has_one_size(place, capsys):
    assert demo.run(_arguments("--preset", "prefecture", "--size", "small")) == 1
    assert "去掉 --size" in capsys.readouterr().err


def test_the_prefecture_is_looked_at_once_its_cases_have_ended(place, capsys):
    assert demo.run(_arguments("--preset", "prefecture", "--today", "2020-06-29")) == 1
    assert "不能早于 2020-06-30" in capsys.readouterr().err


def test_another_city_than_the_one_that_stands_needs_fresh(place, capsys):
    _mark(place, ready=True, preset="city", size="small", today="2025-01-31")
    assert demo.run(_arguments("--preset", "prefecture")) == 1
    assert "规模 small" in capsys.readouterr().err
    _mark(place, ready=True, preset="prefecture", size=None, today="2020-07-01")
    assert demo.run(_arguments("--preset", "city")) == 1
    assert "设区的市" in capsys.readouterr().err


def test_the_prefecture_that_stands_is_taken_without_being_named(place, capsys):
    account = ["经办", "岚前区教育局", "lanqian-jiaoyu.jingban"]
    about = {"size": None, "today": "2020-07-01", "password": "x", "accounts": [account]}
    followed = ["已答复", "水利局", "W20200612-3P7R19TK", "7K3M-9Q2X-0ABC-DEFG"]
    _mark(place, ready=True, preset="prefecture", followed=[followed], **about)
    assert demo.run(_arguments()) == 0
    shown = capsys.readouterr().out
    assert "lanqian-jiaoyu.jingban" in shown
    assert all(words in shown for words in followed)
    assert os.environ["GONGKAI_CITY"] == "岚州市"


def test_a_broken_mark_is_that_of_an_unfinished_demonstration(place):
    place.mkdir()
    (place / demo.MARK).write_text("{", encoding="utf-8")
    assert demo.prepare(place, fresh=False, size="small", today=None) is False


def test_the_one_that_stands_is_used_whatever_day_it_is(place):
    _mark(place, ready=True, size="small", today="2025-01-31")
    assert demo.prepare(place, fresh=False, size="small", today=None) is True
    assert demo.prepare(place, fresh=False, size=None, today=None) is True
