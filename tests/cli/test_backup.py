"""What was backed up comes back whole, on either database; what is not whole is refused before anything is touched."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from builders import city as build
from builders.editions import attached, edition
from gongkai.accounts.models import Role
from gongkai.cli import main
from gongkai.decisions.domain import importing, intake
from gongkai.decisions.models import Dataset
from gongkai.files.domain import shelf, store
from gongkai.files.models import Blob
from gongkai.indexing import building, place
from gongkai.jobs.domain import presence
from gongkai.journal.domain.entry import SYSTEM, record
from gongkai.journal.models import Entry
from gongkai.journal.queries.chain import verify
from gongkai.search.port import SearchUnavailableError
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Span, Unit
from gongkai.windows import laying, role
from gongkai.windows.pages import forget
from gongkai.windows.window import windows
from jobs.processes import environment

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "关于汛期安全检查的通知\n请各镇街认真落实。".encode()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.CLAMD_SOCKET = ""
    settings.FIELD_KEYS = ["0123456789abcdef" * 4]
    return settings.HOME


@pytest.fixture
def filled(home):
    """A unit, a kept file and what the journal says of them."""
    establish("HL-001")
    return store.keep(data=TEXT, name="通知.txt")


@pytest.fixture
def backup(filled, tmp_path):
    path = tmp_path / "一份备份.tar"
    assert main(["backup", str(path)]) == 0
    return path


def establish(code):
    return structure.establish(
        code=code,
        kind=Kind.DEPARTMENT,
        name=f"海岚市第{code}局",
        short_name=code,
        parent=None,
        day=date(2010, 1, 1),
        document="甲",
        actor=SYSTEM,
    )


def rewritten(path, change):
    """Rewrite an archive; ``change(name, data)`` gives the new members of each old one."""
    with tarfile.open(path) as tar:
        members = [(member.name, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(path, "w") as tar:
        for name, data in members:
            for new, content in change(name, data):
                info = tarfile.TarInfo(new)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))


def with_manifest(path, **values):
    def change(name, data):
        return [(name, json.dumps(json.loads(data) | values).encode() if name == "manifest.json" else data)]

    rewritten(path, change)


def test_everything_comes_back_and_what_came_after_is_gone(backup, filled, home, capsys):
    before = (verify(), list(Unit.objects.values_list("code", flat=True)), list(Span.objects.values_list("name")))
    establish("HL-002")
    (home / "files" / "aa").mkdir()
    assert main(["restore", str(backup), "--force"]) == 0
    assert list(Unit.objects.values_list("code", flat=True)) == before[1]
    assert list(Span.objects.values_list("name")) == before[2]
    assert store.read(Blob.objects.get()) == TEXT
    assert (Entry.objects.order_by("-sequence")[0].act, verify().broken) == ("site.restored", None)
    assert Entry.objects.count() == before[0].checked + 1
    assert f"操作日志完整：共 {before[0].checked} 条，链尾摘要 {before[0].digest}" in capsys.readouterr().out


def test_what_was_there_is_kept_aside(backup, home):
    later = store.keep(data="另一份通知".encode(), name="乙.txt")
    assert main(["restore", str(backup), "--force"]) == 0
    (aside,) = home.glob("replaced-*")
    kept = {path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file()}
    assert f"files/{later.digest[:2]}/{later.digest}" in kept
    name = "database" if connection.vendor == "postgresql" else Path(connection.settings_dict["NAME"]).name
    assert name in kept


def test_new_rows_can_be_written_after_a_restore(backup):
    assert main(["restore", str(backup), "--force"]) == 0
    establish("HL-003")
    assert verify().broken is None


def test_the_views_come_back_and_public_pages_answer(backup, client):
    """A dump knows nothing of who may look: the public's role has its rights again."""
    laying.lift()
    assert main(["restore", str(backup), "--force"]) == 0
    forget()
    for path in ("/", "/policies/", "/units/HL-001/", "/reports/"):
        assert client.get(path).status_code == 200, path
    with connection.cursor() as cursor:
        views = [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "v"]
    assert sorted(views) == sorted(window._meta.db_table for window in windows())
    assert verify().broken is None


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL knows roles")
def test_the_public_role_has_its_rights_again_after_a_restore(backup, settings, capsys):
    settings.PORTAL_ROLE = "gongkai_portal_of_backup"
    assert main(["restore", str(backup), "--force"]) == 1
    assert "CREATE ROLE gongkai_portal_of_backup" in capsys.readouterr().err
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE gongkai_portal_of_backup")
    try:
        assert main(["restore", str(backup), "--force"]) == 0
        assert role.excess(connection, settings.PORTAL_ROLE) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('gongkai_portal_of_backup', 'window_record', 'SELECT')")
            assert cursor.fetchone() == (True,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY gongkai_portal_of_backup")
            cursor.execute("DROP ROLE gongkai_portal_of_backup")


def test_a_backup_from_before_the_views_gets_them(filled, tmp_path, client):
    laying.lift()
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 0
    laying.lay()
    assert main(["restore", str(path), "--force"]) == 0
    forget()
    assert client.get("/").status_code == 200


def test_the_published_files_are_in_no_backup_and_are_put_up_anew_by_a_restoration(home, tmp_path):
    published = attached(edition(), "json").files.get().blob
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 0
    with tarfile.open(path) as archive:
        assert [name for name in archive.getnames() if "published" in name] == []
    taken_back = attached(edition(slug="yi"), "docx").files.get().blob
    assert shelf.place_of(taken_back.digest).exists()
    shutil.rmtree(home / "published" / "files" / published.digest[:2])
    assert main(["restore", str(path), "--force"]) == 0
    assert shelf.read(published) == store.read(published)
    assert not shelf.place_of(taken_back.digest).exists()


def test_the_index_goes_with_the_data_it_was_of(backup, home):
    building.rebuild()
    assert main(["restore", str(backup), "--force"]) == 0
    assert (home / "index").exists() is False
    with pytest.raises(SearchUnavailableError, match="由 gongkai worker 启动后建立"):
        place.reader()


def test_data_is_not_replaced_unasked(backup, capsys):
    establish("HL-002")
    assert main(["restore", str(backup)]) == 1
    assert "已有数据，没有覆盖" in capsys.readouterr().err
    assert Unit.objects.count() == 2


def test_data_is_not_replaced_under_a_running_worker(backup, capsys):
    presence.arrive(queues=["default"])
    assert main(["restore", str(backup), "--force"]) == 1
    assert "还有 1 个工作进程在运行" in capsys.readouterr().err


def test_no_key_is_in_a_backup(backup, home, settings):
    (home / "secret_key").write_text("geheim-geheim")
    (home / "field_keys").write_text(settings.FIELD_KEYS[0])
    assert main(["backup", str(backup), "--force"]) == 0
    data = backup.read_bytes()
    assert [data.count(key.encode()) for key in ("geheim-geheim", settings.FIELD_KEYS[0])] == [0, 0]
    with tarfile.open(backup) as tar:
        assert [name.split("/")[0] for name in tar.getnames()] == ["database", "files", "manifest.json"]


def test_a_backup_made_with_other_keys_is_refused_until_they_are_said_to_be_lost(backup, settings, capsys):
    settings.FIELD_KEYS = ["fedcba9876543210" * 4]
    assert main(["restore", str(backup), "--force"]) == 1
    assert "请把备份时的 field_keys 放回数据目录" in capsys.readouterr().err
    assert main(["restore", str(backup), "--force", "--lost-keys"]) == 0


def test_a_new_key_in_front_of_the_old_one_fits(backup, settings):
    settings.FIELD_KEYS = ["fedcba9876543210" * 4, *settings.FIELD_KEYS]
    assert main(["restore", str(backup), "--force"]) == 0


def test_a_backup_names_itself_in_a_folder_and_is_not_overwritten_unasked(filled, tmp_path, capsys):
    folder = tmp_path / "backups"
    folder.mkdir()
    assert main(["backup", str(folder)]) == 0
    (made,) = folder.iterdir()
    assert main(["backup", str(made)]) == 1
    assert "已经存在，没有覆盖" in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "nowhere" / "b.tar")]) == 1


def test_a_backup_enters_itself_in_the_journal(backup):
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.act, entry.detail["file"]) == ("site.backed_up", "一份备份.tar")


def test_a_lost_and_a_changed_file_are_named_and_do_not_stop_the_rest(filled, tmp_path, capsys):
    changed = store.keep(data="另一份通知".encode(), name="乙.txt")
    whole = store.keep(data="第三份通知".encode(), name="丙.txt")
    filled.path.unlink()
    changed.path.write_bytes(b"x")
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 1
    out = capsys.readouterr().out
    named = [f"  files/{blob.digest[:2]}/{blob.digest}" in out for blob in (filled, changed, whole)]
    assert named == [True, True, False]
    assert main(["restore", str(path), "--force"]) == 1
    assert "2 个文件在备份时就已丢失或损坏" in capsys.readouterr().out
    assert store.read(whole) == "第三份通知".encode()


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_manifest(path):
    rewritten(path, lambda name, data: [] if name == "manifest.json" else [(name, data)])


def without_files(path):
    rewritten(path, lambda name, data: [] if name.startswith("files/") else [(name, data)])


def without_database(path):
    rewritten(path, lambda name, data: [] if name == "database" else [(name, data)])


def with_a_changed_file(path):
    rewritten(path, lambda name, data: [(name, b"x" if name.startswith("files/") else data)])


def with_a_changed_database(path):
    rewritten(path, lambda name, data: [(name, data[:-1] + b"!" if name == "database" else data)])


def with_a_path_outside(path):
    rewritten(path, lambda name, data: [("../outside", b"x"), (name, data)])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.unlink(), "读不出来"),
        (lambda path: path.write_bytes(b""), "不是备份，或已经损坏"),
        (lambda path: path.write_bytes("不是备份".encode() * 200), "不是备份，或已经损坏"),
        (cut, "没有清单|已经损坏"),
        (without_manifest, "没有清单"),
        (without_files, "缺少1 个文件"),
        (without_database, "缺少数据库"),
        (with_a_changed_file, "与清单不符"),
        (with_a_changed_database, "database 与清单不符"),
        (with_a_path_outside, "清单之外的 ../outside"),
        (lambda path: with_manifest(path, format=2), "由更新版本的程序备份"),
        (lambda path: with_manifest(path, vendor="oracle"), "备份来自 oracle"),
        (lambda path: with_manifest(path, server=99), "高于现在的服务器"),
        (lambda path: with_manifest(path, migrations=["units.9999_later"]), "含 units.9999_later"),
        (lambda path: rewritten(path, lambda n, d: [(n, b"[]" if n == "manifest.json" else d)]), "清单不可读"),
        (lambda path: rewritten(path, lambda n, d: [(n, b"{" if n == "manifest.json" else d)]), "清单不可读"),
    ],
)
def test_what_is_not_whole_or_does_not_fit_is_refused_and_nothing_is_touched(backup, home, spoil, words, capsys):
    establish("HL-002")
    spoil(backup)
    capsys.readouterr()
    assert main(["restore", str(backup), "--force"]) == 1
    said = capsys.readouterr().err
    assert any(word in said for word in words.split("|"))
    assert (Unit.objects.count(), list(home.glob("replaced-*")), list(home.glob(".restore-*"))) == (2, [], [])
    assert (home.parent / "outside").exists() is False


def test_a_journal_that_was_broken_before_the_backup_is_said_to_be(filled, tmp_path, capsys):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'chen' WHERE sequence = 1")
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 0
    assert main(["restore", str(path), "--force"]) == 1
    assert "恢复后的操作日志不完整：第 1 条日志被改动" in capsys.readouterr().err


def test_what_is_written_during_a_backup_does_not_tear_it(filled, tmp_path, monkeypatch):
    """A row and its entry come after the database was copied: neither is in it, and the archive is whole."""
    from gongkai.cli import backup as module  # noqa: PLC0415 -- its dump is replaced below
    from gongkai.cli.dump import dump  # noqa: PLC0415 -- the same

    def dump_then_write(target):
        snapshot = dump(target)
        establish("HL-002")
        store.keep(data="备份期间的通知".encode(), name="乙.txt")
        return snapshot

    monkeypatch.setattr(module, "dump", dump_then_write)
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 0
    assert main(["restore", str(path), "--force"]) == 0
    assert (Unit.objects.count(), Blob.objects.count(), verify().broken) == (1, 1, None)


def test_a_backup_of_many_entries_ends_where_the_database_does(filled, tmp_path):
    with transaction.atomic():
        for number in range(50):
            record(act="test.done", actor=SYSTEM, subject=f"test.thing:{number}")
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 0
    with tarfile.open(path) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["journal"] == [verify().checked, verify().digest]


@pytest.fixture
def killed(settings):
    def run(*words):
        script = str(Path(__file__).with_name("killed.py"))
        given = environment(GONGKAI_FIELD_KEYS=settings.FIELD_KEYS[0])
        assert subprocess.run([sys.executable, script, *words], env=given, check=False, timeout=120).returncode == 9

    return run


def everything():
    return list(Unit.objects.values_list("code", flat=True)), [store.read(blob) for blob in Blob.objects.all()]


@pytest.mark.parametrize("moment", ["dumped", "packed"])
def test_a_backup_that_was_killed_leaves_the_last_one_and_the_next_is_whole(filled, backup, killed, tmp_path, moment):
    before, kept = everything(), backup.read_bytes()
    killed(moment, "backup", str(backup), "--force")
    assert (everything(), backup.read_bytes() == kept, verify().broken) == (before, True, None)
    (left,) = tmp_path.glob(".gongkai-backup-*")

    assert main(["backup", str(tmp_path / "b.tar")]) == 0
    assert left.exists(), "it might be that of a backup still running"
    os.utime(left, (1, 1))
    assert main(["backup", str(tmp_path / "c.tar")]) == 0
    assert left.exists() is False
    assert main(["restore", str(tmp_path / "b.tar"), "--force"]) == 0
    assert everything() == before


@pytest.mark.parametrize("moment", ["unpacked", "moved"])
def test_a_restore_that_was_killed_is_finished_by_the_next_and_loses_nothing(backup, killed, home, moment):
    before = everything()
    establish("HL-002")
    later = store.keep(data="另一份通知".encode(), name="乙.txt")
    killed(moment, "restore", str(backup), "--force")
    assert Unit.objects.count() == 2
    assert main(["restore", str(backup), "--force"]) == 0
    assert everything() == before
    assert verify().broken is None
    assert [path.read_bytes() for path in home.rglob(later.digest)] == ["另一份通知".encode()]


def test_an_import_in_flight_goes_on_after_a_restore(home, tmp_path):
    """Its file comes back with the rows; where it does not, the upload says so instead of running for ever."""
    unit = establish("HL-001")
    clerk = build.person("clerk", unit, Role.HANDLER)
    day = date(2024, 6, 3)
    captions = "决定机关,决定类别,决定书文号,相对人名称,事项,决定日期\n"
    batches = [
        intake.receive(
            pieces=[f"{captions}HL-001,行政许可,岚许〔2024〕{n}号,澜江建材有限公司,取水许可,2024-05-20\n".encode()],
            name="许可.csv",
            dataset=Dataset.DECISIONS,
            kind="",
            unit=unit,
            user=clerk,
            day=day,
        )
        for n in (1, 2)
    ]
    batches[1].source_path.unlink()
    path = tmp_path / "b.tar"
    assert main(["backup", str(path)]) == 1
    shutil.rmtree(home / "imports")
    assert main(["restore", str(path), "--force"]) == 1
    states = [importing.run(batch=batch.pk) for batch in batches]
    assert [(batch.state, batch.rows_in) for batch in states] == [("finished", 1), ("failed", 0)]
    assert states[1].notes == [
        "上传的数据文件已不在数据目录中（磁盘损坏，或恢复时没有它）。请重新上传同一文件；此前已入库的行不会重复。"
    ]


def test_a_restored_set_without_its_keys_does_not_start(backup, home):
    assert main(["restore", str(backup), "--force"]) == 0
    given = {
        name: value for name, value in environment().items() if name not in {"GONGKAI_SECRET_KEY", "GONGKAI_FIELD_KEYS"}
    }
    for missing in ("GONGKAI_SECRET_KEY", "GONGKAI_FIELD_KEYS"):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gongkai", "serve"], env=given, capture_output=True, text=True, check=False
        )
        assert (done.returncode, missing in done.stderr) == (1, True)
        (home / "secret_key").write_text("aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY3zA5bC7dE9")
