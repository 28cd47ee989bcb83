"""Each check finds its fault, and nothing where there is none."""

import socket
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.indexing.domain.outbox import MAX_FAILURES
from gongkai.indexing.models import Dirty
from gongkai.jobs.domain import presence
from gongkai.jobs.models import PeriodicState
from gongkai.journal.domain.entry import SYSTEM, record
from gongkai.site import checks
from gongkai.units.models import Kind, Unit

GOOD_SECRET = "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY3zA5bC7dE9"
GOOD_KEY = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def sound(settings, tmp_path):
    """An installation with nothing to find."""
    settings.HOME, settings.SECRET_KEY, settings.FIELD_KEYS = tmp_path, GOOD_SECRET, [GOOD_KEY]
    settings.DEBUG, settings.HTTPS, settings.ALLOWED_HOSTS = False, True, ["xxgk.example.gov.cn"]
    settings.CLAMD_SOCKET = ""
    tmp_path.chmod(0o700)


def ids(found):
    return [message.id.removeprefix("gongkai.") for message in found]


@pytest.mark.parametrize(("secret", "expected"), [(GOOD_SECRET, []), ("short", ["E001"]), ("ab" * 40, ["E001"])])
def test_a_weak_signing_key_is_found(settings, secret, expected):
    settings.SECRET_KEY = secret
    assert ids(checks.keys()) == expected


@pytest.mark.parametrize(
    ("field_keys", "expected"),
    [
        ([GOOD_KEY], []),
        ([GOOD_KEY.upper(), GOOD_KEY], []),
        ([], ["E002"]),
        ([GOOD_KEY, "00" * 32], ["E002"]),
        ([GOOD_KEY[:-1]], ["E002"]),
        (["z" + GOOD_KEY[1:]], ["E002"]),
    ],
)
def test_a_bad_field_key_is_found(settings, field_keys, expected):
    settings.FIELD_KEYS = field_keys
    assert ids(checks.keys()) == expected


@pytest.mark.parametrize(("mode", "expected"), [(0o600, []), (0o640, ["E003"]), (0o604, ["E003"])])
def test_a_key_file_that_others_read_is_found(tmp_path, mode, expected):
    (tmp_path / "field_keys").touch()
    (tmp_path / "field_keys").chmod(mode)
    assert ids(checks.keys()) == expected


def test_a_data_directory_that_is_missing_or_open_is_found(settings, tmp_path):
    assert ids(checks.home()) == []
    tmp_path.chmod(0o755)
    assert ids(checks.home()) == ["W007"]
    settings.HOME = tmp_path / "nowhere"
    assert ids(checks.home()) == ["E004"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("HTTPS", True, []),
        ("DEBUG", True, ["E005"]),
        ("ALLOWED_HOSTS", ["*"], ["E006"]),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], ["W008"]),
    ],
)
def test_what_must_not_be_shown_to_the_world_is_found(settings, name, value, expected):
    setattr(settings, name, value)
    assert ids(checks.exposure()) == expected


def test_a_missing_and_a_silent_scanner_are_found(settings, tmp_path):
    assert ids(checks.virus_scanner()) == ["W002"]
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    assert ids(checks.virus_scanner()) == ["E010"]


def test_a_scanner_that_answers_is_fine(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(settings.CLAMD_SOCKET)
    listener.listen()

    def answer():
        peer, _ = listener.accept()
        with peer:
            received = b""
            while not received.endswith(b"\0\0\0\0"):
                received += peer.recv(1024)
            peer.sendall(b"stream: OK\0")

    answering = threading.Thread(target=answer)
    answering.start()
    assert ids(checks.virus_scanner()) == []
    answering.join()
    listener.close()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 1), []),
        (date(2025, 12, 1), []),
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), ["W003"]),
        (date(2027, 1, 1), ["E011"]),
    ],
)
def test_a_missing_year_of_the_calendar_is_found_from_december_on(today, expected):
    assert ids(checks.calendar(today=today)) == expected


def test_local_rules_of_the_calendar_that_cannot_be_read_are_found(settings):
    file = settings.HOME / "calendar.toml"
    assert checks.local_calendar() == []
    rule = '[[rule]]\nfirst = 2024-03-04\neffect = "{}"\nname = "台风停工"\nreference = "{}"\n'
    for text, expected in [(rule.format("off", "甲"), []), (rule.format("闭", "甲"), ["E013"]), ("[[", ["E013"])]:
        file.write_text(text, encoding="utf-8")
        assert ids(checks.local_calendar()) == expected
    file.write_text(rule.format("off", " "), encoding="utf-8")
    assert "没有写明依据" in checks.local_calendar()[0].msg


@pytest.mark.django_db
def test_a_database_with_all_migrations_is_fine():
    assert checks.database(databases=["default"]) == []


def test_checks_of_the_database_are_not_made_unasked():
    for check in (checks.database, checks.size, checks.background, checks.worker, checks.journal):
        assert check(databases=None) == []


@pytest.mark.django_db
def test_a_missing_migration_is_found_and_silences_the_rest():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'usersessions'")
    assert ids(checks.database(databases=["default"])) == ["E008"]
    assert checks.worker(databases=["default"]) == []


@pytest.mark.django_db
def test_an_old_database_is_found(monkeypatch):
    monkeypatch.setitem(checks.OLDEST, connection.vendor, (99,))
    assert ids(checks.database(databases=["default"])) == ["E009"]


@pytest.mark.django_db
def test_a_database_of_another_kind_is_found(monkeypatch):
    monkeypatch.delitem(checks.OLDEST, connection.vendor)
    assert ids(checks.database(databases=["default"])) == ["E009"]


@pytest.mark.django_db
@pytest.mark.parametrize(("over", "expected"), [(0, []), (1, ["W004"])])
def test_many_units_on_sqlite_are_found(over, expected):
    Unit.objects.bulk_create(
        Unit(code=f"HL-{number:03}", kind=Kind.DEPARTMENT, established_on=date(2010, 1, 1))
        for number in range(checks.SQLITE_UNITS + over)
    )
    assert ids(checks.size(databases=["default"])) == (expected if connection.vendor == "sqlite" else [])


@pytest.mark.django_db
def test_failed_work_is_found():
    assert checks.background(databases=["default"]) == []
    PeriodicState.objects.create(name="test.work", failures=1)
    Dirty.objects.create(key="records.record:7", failures=MAX_FAILURES, error="ValueError: 附件损坏")
    found = checks.background(databases=["default"])
    assert ids(found) == ["W006", "W009"]
    assert "records.record:7：ValueError: 附件损坏" in found[1].msg


@pytest.mark.django_db
def test_an_installation_has_two_administrators():
    root = unit("HL-000", "市政府")
    assert checks.people(databases=["default"])[0].msg == "还没有系统管理员。"
    person("guanli", root, Role.ADMINISTRATOR, with_subtree=True)
    assert checks.people(databases=["default"])[0].msg == "只有一名系统管理员。"
    other = person("beiren", root, Role.ADMINISTRATOR, with_subtree=True)
    assert checks.people(databases=["default"]) == []
    other.is_active = False
    other.save()
    assert ids(checks.people(databases=["default"])) == ["W010"]


@pytest.mark.django_db
def test_a_missing_worker_is_found():
    assert ids(checks.worker(databases=["default"])) == ["W005"]
    present = presence.arrive(queues=["default"])
    assert checks.worker(databases=["default"]) == []
    present.host, present.seen_at = "elsewhere/1", timezone.now() - timedelta(days=1)
    present.save()
    assert ids(checks.worker(databases=["default"])) == ["W005"]


@pytest.mark.django_db
def test_a_broken_journal_is_found():
    with transaction.atomic():
        record(act="test.done", actor=SYSTEM, subject="test.thing:1")
    assert checks.journal(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'chen'")
    found = checks.journal(databases=["default"])
    assert (ids(found), found[0].msg) == (["E007"], "操作日志不完整：第 1 条日志被改动。")
