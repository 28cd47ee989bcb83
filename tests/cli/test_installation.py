"""An installation is set up step by step, and each command says what is missing before it does harm."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from builders.city import person, unit
from builders.editions import attached, edition
from gongkai.accounts.models import Role
from gongkai.cli import COMMANDS, MODULES, main
from gongkai.cli.installation import pending_migrations
from gongkai.files.domain import shelf
from gongkai.jobs.models import PeriodicState
from gongkai.journal.domain.entry import SYSTEM, record
from gongkai.journal.queries.chain import verify
from jobs.processes import ended, environment

ROOT = Path(__file__).parents[2]


def test_every_command_has_its_module():
    modules = {path.stem for path in (ROOT / "src/gongkai/cli").glob("*.py")}
    assert {MODULES.get(command, command) for command in COMMANDS} <= modules


def test_init_makes_the_keys_once_for_the_owner_alone(tmp_path, monkeypatch, capsys):
    home = tmp_path / "数据"
    monkeypatch.setenv("GONGKAI_HOME", str(home))
    for name in ("GONGKAI_SECRET_KEY", "GONGKAI_FIELD_KEYS"):
        monkeypatch.delenv(name)
    assert main(["init"]) == 0
    assert f"已生成密钥：{home / 'secret_key'}（仅属主可读）" in capsys.readouterr().out
    keys = [(home / name).read_text() for name in ("secret_key", "field_keys")]
    assert main(["init"]) == 0
    assert f"已有密钥：{home / 'field_keys'}" in capsys.readouterr().out
    assert [(home / name).read_text() for name in ("secret_key", "field_keys")] == keys
    assert {oct(path.stat().st_mode & 0o777) for path in (home, home / "secret_key")} == {"0o700", "0o600"}


def test_init_makes_no_file_for_a_key_of_the_environment(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path))
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "given")
    monkeypatch.delenv("GONGKAI_FIELD_KEYS")
    assert main(["init"]) == 0
    assert "GONGKAI_SECRET_KEY 由环境变量给出" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["field_keys"]


def test_init_says_where_it_cannot_write(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "file" / "home"))
    assert main(["init"]) == 1
    assert "不能写入" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "verify-log", "check"])
def test_without_keys_nothing_starts(command, tmp_path):
    given = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    given |= {"GONGKAI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongkai.site.settings"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gongkai", command], env=given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("gongkai: 缺少设置 GONGKAI_SECRET_KEY")
    assert "gongkai init" in done.stderr


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a database of its own is made as a file")
def test_an_empty_database_is_refused_until_it_is_migrated(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    status, said = ended("serve", GONGKAI_DATABASE_URL=url)
    assert (status, "请先备份，再运行 gongkai migrate" in said) == (1, True)
    status, said = ended("migrate", "--plan", GONGKAI_DATABASE_URL=url)
    assert (status, said.count("待执行 journal.")) == (0, 1)
    status, said = ended("migrate", GONGKAI_DATABASE_URL=url)
    assert (status, said.count("已执行 journal.")) == (0, 1)
    with sqlite3.connect(tmp_path / "new.sqlite3") as stored:
        assert stored.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_database_that_cannot_be_reached_is_said_to_be(tmp_path):
    given = os.environ | {
        "GONGKAI_DATABASE_URL": f"sqlite:///{tmp_path / 'no' / 'where.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
    }
    for command in ("verify-log", "check"):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gongkai", command], env=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert "unable to open database file" in done.stdout + done.stderr


@pytest.mark.django_db
def test_the_test_database_has_all_migrations():
    assert pending_migrations() == []


@pytest.mark.django_db
def test_migrate_has_nothing_to_do_on_a_current_database(capsys):
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "数据库结构已是最新。\n"


@pytest.mark.django_db
def test_migrate_puts_up_the_files_that_the_windows_name(settings, tmp_path):
    settings.HOME = tmp_path
    blob = attached(edition(), "json").files.get().blob
    shelf.place_of(blob.digest).unlink()
    assert main(["migrate"]) == 0
    assert shelf.place_of(blob.digest).exists()


@pytest.mark.django_db
def test_verify_log_says_how_many_entries_and_the_last_digest(capsys):
    with transaction.atomic():
        for number in range(3):
            record(act="test.done", actor=SYSTEM, subject=f"test.thing:{number}")
    assert main(["verify-log"]) == 0
    assert capsys.readouterr().out == f"操作日志完整：共 3 条。\n链尾摘要（SM3）：{verify().digest}\n"


@pytest.mark.django_db
def test_verify_log_names_the_first_break(capsys):
    with transaction.atomic():
        for number in range(3):
            record(act="test.done", actor=SYSTEM, subject=f"test.thing:{number}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'chen' WHERE sequence = 2")
    assert main(["verify-log"]) == 1
    assert "操作日志不完整：第 2 条日志被改动。此前 1 条完好。" in capsys.readouterr().err


@pytest.mark.django_db
def test_check_lists_errors_first_with_what_to_do(settings, tmp_path, capsys):
    settings.HOME, settings.SECRET_KEY, settings.FIELD_KEYS = tmp_path, "short", ["0123456789abcdef" * 4]
    tmp_path.chmod(0o755)
    PeriodicState.objects.create(name="test.work", failures=1)
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines if not line.startswith("    ")] == [
        "错误 gongkai.E001",
        "警告 gongkai.W006",
        "警告 gongkai.W007",
        "警告 gongkai.W010",
        "检查：1 项错误，3 项警告。",
    ]
    assert sum(line.startswith("    办法：") for line in lines) == 4


@pytest.mark.django_db
def test_check_finds_nothing_on_a_sound_installation(settings, tmp_path, capsys):
    settings.HOME, settings.SECRET_KEY = tmp_path, "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY3zA5bC7dE9"
    settings.FIELD_KEYS = ["0123456789abcdef" * 4]
    tmp_path.chmod(0o700)
    root = unit("HL-000", "市政府")
    for name in ("guanli", "beiren"):
        person(name, root, Role.ADMINISTRATOR, with_subtree=True)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "检查：没有发现问题。\n"


def test_the_environment_of_a_process_is_that_of_the_test(db):
    assert environment()["GONGKAI_DATABASE_URL"].partition(":")[0] == connection.vendor
