"""The journal cannot be changed without it showing."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from gongkai.journal.domain.entry import SYSTEM, Actor, OutsideTransactionError, record
from gongkai.journal.models import AppendOnlyError, Entry, Head
from gongkai.journal.queries.chain import Break, Verdict, verify

OFFICER = Actor(id=7, name="lin", unit="HL-021")


def written(count):
    with transaction.atomic():
        return [
            record(act="test.done", actor=OFFICER, subject=f"test.thing:{n}", detail={"n": n}) for n in range(count)
        ]


@pytest.mark.django_db
def test_an_empty_journal_is_whole():
    assert verify() == Verdict(0, "0" * 64)


@pytest.mark.django_db
def test_every_entry_continues_the_one_before():
    first, second, third = written(3)
    assert (first.previous, second.previous, third.previous) == ("0" * 64, first.digest, second.digest)
    assert verify() == Verdict(3, third.digest)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_for_whom_and_under_which_article():
    with transaction.atomic():
        entry = record(
            act="units.renamed", actor=OFFICER, subject="units.change:4", article="条例 第四条", detail={"甲": 1}
        )
    stored = Entry.objects.get()
    assert stored.computed_digest() == entry.digest
    assert (stored.act, stored.actor, stored.actor_id, stored.unit) == ("units.renamed", "lin", 7, "HL-021")
    assert (stored.article, stored.detail) == ("条例 第四条", {"甲": 1})


@pytest.mark.django_db
def test_a_changed_entry_is_named():
    written(4)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'chen' WHERE sequence = 3")
    assert verify().broken == Break(3, "changed", "第 3 条日志被改动。")


@pytest.mark.django_db
def test_a_removed_entry_is_named():
    written(4)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE sequence = 2")
    assert verify().broken == Break(2, "missing", "缺少第 2 条到第 2 条日志。")


@pytest.mark.django_db
def test_a_cut_off_end_is_named():
    written(4)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE sequence = 4")
    assert verify().broken == Break(4, "cut", "链尾记为第 4 条，实际只到第 3 条：末尾日志被删除或替换。")


@pytest.mark.django_db
def test_a_changed_time_shows():
    written(1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET entered_at = %s", [datetime(2026, 1, 1, tzinfo=UTC)])
    assert verify().broken == Break(1, "changed", "第 1 条日志被改动。")


@pytest.mark.django_db
def test_entries_cannot_be_changed_or_deleted_through_the_models():
    (entry,) = written(1)
    for attempt in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(actor="chen"),
        lambda: Entry.objects.bulk_update([entry], ["actor"]),
    ):
        with pytest.raises(AppendOnlyError, match="只能追加"):
            attempt()
    assert verify() == Verdict(1, entry.digest)


@pytest.mark.django_db(transaction=True)
def test_recording_outside_the_act_s_transaction_is_refused():
    with pytest.raises(OutsideTransactionError, match="同一事务"):
        record(act="test.done", actor=SYSTEM, subject="test.thing:1")


@pytest.mark.django_db(transaction=True)
def test_an_act_undone_leaves_no_entry():
    with transaction.atomic():
        record(act="test.done", actor=SYSTEM, subject="test.thing:1")
        transaction.set_rollback(True)
    assert Entry.objects.count() == 0
    assert verify() == Verdict(0, "0" * 64)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain():
    def write():
        try:
            for number in range(10):
                with transaction.atomic():
                    record(act="test.done", actor=SYSTEM, subject=f"test.thing:{number}")
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify() == Verdict(80, Head.objects.get().digest)
