"""A redaction from the order to the kept copy: who, when, what and why stay on record, words do not."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from builders import hiding
from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.files import tasks
from gongkai.files.domain import redaction, store
from gongkai.files.models import Blob, Redaction, State
from gongkai.files.queries import redactions
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.errors import BoxError, NotRedactableError
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.words import Text
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db
SUBJECT = "applications.application:7"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""
    return tmp_path


@pytest.fixture
def bureau():
    return unit("HL-010", "海岚市住房和城乡建设局")


@pytest.fixture
def officer(bureau):
    return person("lin", bureau, Role.HANDLER, name="林一诺")


def marked(data, word=hiding.SECRET):
    with open_original(data, "pdf") as original:
        hits = Text(original.glyphs(1)).search(word)
    return [Box(page, rect, "N4-privacy", "姓名").to_json() for hit in hits for page, rect in hit.rects]


@pytest.fixture
def ordered(bureau, officer):
    def order(data=None, file="letter.pdf", **fields):
        data = hiding.letter() if data is None else data
        original = store.keep(data=data, name=file)
        given = {"boxes": marked(data) if file.endswith("pdf") else [], **fields}
        return redaction.order(original=original, subject=SUBJECT, unit=bureau, user=officer, **given)

    return order


def test_a_copy_is_made_kept_and_on_record(ordered, officer, home):
    order = ordered()
    assert order.state == State.ORDERED
    tasks.make_copy.func(order.pk)
    made = redactions.released(SUBJECT).get()
    copy = store.read(made.copy)
    assert hiding.where(copy, [hiding.SECRET]) == set()
    assert hiding.REST in hiding.texts(copy)["pdfium"]
    assert made.original.digest != made.copy.digest
    assert (made.file_name, made.ordered_by, made.copy.kind) == ("区分处理件.pdf", officer, "pdf")
    assert [(box.reason, box.note) for box in made.marked] == [("N4-privacy", "姓名")]
    assert made.report["pdfium_characters"] > 0
    entries = list(Entry.objects.filter(act__startswith="files.").order_by("sequence"))
    assert [entry.act for entry in entries] == ["files.redaction_ordered", "files.redacted"]
    assert {entry.subject for entry in entries} == {SUBJECT}
    assert {entry.actor for entry in entries} == {"lin"}
    detail = entries[1].detail
    assert (detail["original"], detail["copy"]) == (made.original.digest, made.copy.digest)
    assert entries[0].detail["reasons"] == {"N4-privacy": 1}
    assert not any(hiding.SECRET in str(each) for each in (entries[0].detail, detail, made.report, made.name))


def test_a_task_done_twice_makes_one_copy(ordered):
    order = ordered()
    first, again = redaction.perform(number=order.pk), redaction.perform(number=order.pk)
    assert first.copy == again.copy
    assert Entry.objects.filter(act="files.redacted").count() == 1


def test_the_same_order_gives_the_same_bytes(ordered):
    one, other = ordered(), ordered()
    assert redaction.perform(number=one.pk).copy == redaction.perform(number=other.pk).copy


def test_what_only_the_pages_tell_is_kept_as_the_refusal(ordered):
    data = hiding.typeset(f"申请人{hiding.SECRET}", f"{hiding.SECRET}的申请")
    refused = redaction.perform(number=ordered(data).pk)
    assert (refused.state, refused.copy) == (State.REFUSED, None)
    assert "第 2 页" in refused.refusal
    entry = Entry.objects.get(act="files.redaction_refused")
    assert entry.detail["code"] == "redaction-remaining"
    assert hiding.SECRET not in str(entry.detail)
    assert not redactions.released(SUBJECT).exists()
    allowed = redaction.perform(number=ordered(data, may_remain=True).pk)
    assert allowed.state == State.MADE


def test_an_original_that_the_disk_lost_is_told(ordered):
    order = ordered()
    order.original.path.unlink()
    assert "从备份恢复" in redaction.perform(number=order.pk).refusal


def test_a_fault_in_keeping_the_copy_leaves_neither_row_nor_entry(ordered, monkeypatch):
    order = ordered()

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(OSError, match="No space"):
        redaction.perform(number=order.pk)
    order.refresh_from_db()
    assert (order.state, order.copy) == (State.ORDERED, None)
    assert not Entry.objects.filter(act="files.redacted").exists()
    assert Blob.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"boxes": []}, BoxError, "没有遮盖框"),
        ({"boxes": [{"page": 1}]}, BoxError, "不完整"),
        ({"style": "pink"}, BoxError, "样式"),
        ({"name": "x" * 81}, BoxError, "80 字"),
    ],
)
def test_what_is_wrong_at_first_sight_is_not_written_down(ordered, fields, error, words):
    with pytest.raises(error, match=words):
        ordered(**fields)
    assert not Redaction.objects.exists()
    assert not Entry.objects.filter(act__startswith="files.").exists()


def test_a_text_file_is_refused_with_what_to_do(ordered):
    with pytest.raises(NotRedactableError, match="打印为 PDF"):
        ordered("通知\n".encode(), file="通知.txt", boxes=[Box(1, Rect(0, 0, 1, 1), "N5").to_json()])


def test_the_database_holds_that_only_a_made_one_has_a_copy(ordered):
    order = ordered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.filter(pk=order.pk).update(state=State.MADE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.filter(pk=order.pk).update(copy=order.original)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_makes_the_copy(ordered):
    order = ordered()
    results, barrier = [], threading.Barrier(2)

    def work():
        barrier.wait()
        results.append(redaction.perform(number=order.pk).state)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [State.MADE, State.MADE]
    assert Entry.objects.filter(act="files.redacted").count() == 1
