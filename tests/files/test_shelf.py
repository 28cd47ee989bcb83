"""Among the published files lies what a window names, and nothing else."""

import os
import stat
from datetime import date

import pytest
from django.db import transaction

from builders.city import unit
from builders.editions import edition
from gongkai.accounts.models import User
from gongkai.files.domain import shelf, store
from gongkai.jobs.registry import Every, registered
from gongkai.records.models import Attribute, Category, Record, Stage
from gongkai.reporting.models import EditionFile
from gongkai.windows import showcase

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET = tmp_path, ""
    return tmp_path


@pytest.fixture
def author(db):
    return User.objects.create_user("author", name="经办甲")


@pytest.fixture
def attached(author):
    """Return a function that puts a record with a file into a stage, past the verbs."""
    water = unit("HL-010", "海岚市水利局")

    def made(stage=Stage.PUBLISHED, text="供水价格表"):
        record = Record.objects.create(
            title=f"{stage}的通知",
            unit=water,
            author=author,
            category=Category.DOCUMENT,
            attribute=Attribute.PROACTIVE,
            stage=stage,
            made_on=DAY,
            published_on=DAY,
        )
        blob = store.keep(data=text.encode(), name="表.txt")
        record.attachments.create(blob=blob, name="表.txt", position=1)
        return record, blob

    return made


def lying(home):
    return {path.name for path in (home / "published").rglob("*") if path.is_file()}


def test_a_sweep_puts_up_what_is_named_and_takes_down_what_is_not(home, attached):
    record, out = attached()
    _, draft = attached(Stage.DRAFT, "草稿附件")
    assert shelf.sweep() == 1
    assert lying(home) == {out.digest}
    assert shelf.read(out) == "供水价格表".encode()

    Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN)
    stray = shelf.place_of(draft.digest)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"")
    shelf.place_of("0" * 64).parent.mkdir()
    shelf.place_of("0" * 64).write_bytes(b"nobody's")
    assert shelf.sweep() == 3
    assert lying(home) == set()
    assert store.read(out) == "供水价格表".encode(), "the store keeps what it has"
    assert shelf.sweep() == 0


def test_a_file_that_another_published_record_bears_stays(home, attached):
    record, blob = attached()
    attached()
    shelf.sweep()
    Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN)
    shelf.sweep()
    assert lying(home) == {blob.digest}


def test_the_files_of_a_report_lie_there_from_its_publication_on(home):
    frozen = edition(published_on=None)
    blob = store.keep_made(data=b"{}", kind="json")
    EditionFile.objects.create(edition=frozen, format="json", blob=blob)
    shelf.sweep()
    assert lying(home) == set()
    frozen.enter_publication(DAY)
    shelf.sweep()
    assert lying(home) == {blob.digest}


def test_only_what_is_committed_is_put_up(home, attached, django_capture_on_commit_callbacks):
    _, blob = attached()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        shelf.arrange([blob.digest])
        assert lying(home) == set()
    assert len(callbacks) == 1
    assert lying(home) == {blob.digest}
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        shelf.arrange([])
    assert callbacks == []


def test_what_was_rolled_back_is_not_put_up(home, attached, django_capture_on_commit_callbacks):
    def published_and_undone():
        with transaction.atomic():
            _, blob = attached()
            shelf.arrange([blob.digest])
            raise ConnectionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ConnectionError):
        published_and_undone()
    assert lying(home) == set()


def test_whoever_comes_late_with_old_news_changes_nothing(home, attached, django_capture_on_commit_callbacks):
    """Two acts are committed, and the files of the first are arranged after those of the second."""
    record, blob = attached()
    with django_capture_on_commit_callbacks() as first:
        shelf.arrange([blob.digest])
    Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN)
    with django_capture_on_commit_callbacks(execute=True):
        shelf.arrange([blob.digest])
    for callback in first:
        callback()
    assert lying(home) == set()


def test_what_is_withdrawn_while_it_is_put_up_does_not_stay(
    home, attached, monkeypatch, django_capture_on_commit_callbacks
):
    """The withdrawal is committed and arranges its files after the other act looked, and before it put the file up."""
    record, blob = attached()
    put = showcase.put
    waiting = []

    def slowly(source, target):
        Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN)
        with django_capture_on_commit_callbacks() as callbacks:
            shelf.arrange([blob.digest])
        waiting.extend(callbacks)  # it waits for the lock on the file's row
        put(source, target)

    monkeypatch.setattr(showcase, "put", slowly)
    shelf.sweep()
    for callback in waiting:
        callback()
    assert lying(home) == set()


def test_one_that_cannot_be_put_up_keeps_no_other_from_it(home, attached):
    _, stuck = attached()
    shelf.place_of(stuck.digest).mkdir(parents=True)
    _, other = attached(text="另一份")
    shelf.sweep()
    assert shelf.place_of(other.digest).is_file()


def test_what_was_cut_short_is_put_up_again(attached):
    _, blob = attached()
    shelf.sweep()
    place = shelf.place_of(blob.digest)
    place.unlink()
    place.write_bytes(b"half")
    shelf.sweep()
    assert shelf.read(blob) == store.read(blob)


def test_what_nobody_put_there_by_the_rules_is_removed(home, attached):
    _, blob = attached()
    shelf.sweep()
    odd = [home / "published/files/secret.pdf", home / "published/files/zz/secret.pdf"]
    odd[1].parent.mkdir()
    for path in odd:
        path.write_bytes(b"secret")
    shelf.sweep()
    assert not any(path.exists() for path in odd)
    assert lying(home) == {blob.digest}


def test_the_bytes_lie_on_the_disk_once_and_are_open_while_they_are_published(home, attached):
    before = os.umask(0o077)
    try:
        record, blob = attached()
        shelf.sweep()
    finally:
        os.umask(before)
    place = shelf.place_of(blob.digest)
    assert place.samefile(blob.path)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (place, place.parent, home / "published" / "files")]
    assert modes == [0o644, 0o755, 0o755], "another user must be able to read them"
    Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN)
    shelf.sweep()
    assert stat.S_IMODE(blob.path.stat().st_mode) == 0o600


def test_where_links_are_refused_the_file_is_copied(attached, monkeypatch):
    def refused(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    _, blob = attached()
    shelf.sweep()
    place = shelf.place_of(blob.digest)
    assert not place.samefile(blob.path)
    assert shelf.read(blob) == store.read(blob)
    assert stat.S_IMODE(place.stat().st_mode) == 0o644


def test_a_copy_that_was_cut_off_is_made_good(home, attached):
    _, blob = attached()
    place = shelf.place_of(blob.digest)
    place.parent.mkdir(parents=True)
    place.with_name(f".{blob.digest}").write_bytes(b"half")
    shelf.sweep()
    assert lying(home) == {blob.digest}
    _, other = attached(Stage.DRAFT, "草稿附件")
    beside = shelf.place_of(other.digest).with_name(f".{other.digest}")
    beside.parent.mkdir(exist_ok=True)
    beside.write_bytes(b"half")
    shelf.sweep()
    assert lying(home) == {blob.digest}


def test_a_file_that_the_store_lost_is_not_put_up_and_stops_nothing(home, attached):
    _, lost = attached()
    lost.path.unlink()
    _, other = attached(text="另一份")
    assert shelf.sweep() == 1
    assert lying(home) == {other.digest}


def test_a_sweep_asks_the_same_however_many_lie_there(attached, django_assert_num_queries):
    for number in range(3):
        attached(text=f"第{number}份")
    shelf.sweep()
    with django_assert_num_queries(2):
        shelf.sweep()


def test_the_worker_sweeps_every_hour():
    (work,) = [one for one in registered() if one.name == "files.sweep_published"]
    assert work.every is Every.HOUR
    work.run(day=DAY)
