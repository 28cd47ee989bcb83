"""What changed is indexed, once it is committed, whatever fails on the way."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from gongkai.indexing import sources
from gongkai.indexing.domain import outbox
from gongkai.indexing.models import Dirty
from gongkai.search.memory import MemoryEngine
from gongkai.search.port import Document, Query, SearchUnavailableError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    """A source of texts by number; ``None`` cannot be built."""
    settings.HOME = tmp_path
    texts = {1: "河道采砂", 2: "汛期检查", 3: "饮水安全"}

    def build(numbers):
        found = [(number, texts[number]) for number in numbers if number in texts]
        if any(text is None for _, text in found):
            raise ValueError("附件损坏")
        return [Document(key=f"test.paper:{n}", kind="record", title=text, access=("public",)) for n, text in found]

    sources.register(sources.Source(prefix="test.paper", build=build, numbers=lambda: iter(sorted(texts))))
    yield texts
    sources._sources.pop("test.paper")


@pytest.fixture
def engine():
    return MemoryEngine()


def mark(*numbers):
    with transaction.atomic():
        outbox.mark(f"test.paper:{number}" for number in numbers)


def found(engine, text=""):
    return sorted(engine.search(Query(text=text, access=frozenset({"public"}))).keys)


def test_marked_things_are_indexed_and_unmarked(engine):
    mark(1, 2)
    assert outbox.drain(engine) == 2
    assert (found(engine), Dirty.objects.count()) == (["test.paper:1", "test.paper:2"], 0)
    assert outbox.drain(engine) == 0


def test_what_is_gone_is_taken_out(engine, papers):
    mark(1, 2)
    outbox.drain(engine)
    del papers[1]
    mark(1)
    outbox.drain(engine)
    assert found(engine) == ["test.paper:2"]


def test_an_act_undone_marks_nothing():
    with transaction.atomic():
        outbox.mark(["test.paper:1"])
        transaction.set_rollback(True)
    assert Dirty.objects.count() == 0


def test_what_changes_while_it_is_indexed_stays_marked(engine, papers):
    mark(1)
    build = sources.source_of("test.paper:1").build

    def slow(numbers):
        result = build(numbers)
        mark(1)
        return result

    sources.register(sources.Source(prefix="test.paper", build=slow, numbers=lambda: iter(papers)))
    outbox.drain(engine)
    assert [row.mark for row in Dirty.objects.all()] == [2]


def test_an_engine_that_fails_loses_nothing():
    class Broken(MemoryEngine):
        def commit(self):
            raise SearchUnavailableError("磁盘已满")

    mark(1)
    with pytest.raises(SearchUnavailableError):
        outbox.drain(Broken())
    assert Dirty.objects.get().failures == 0


def test_one_broken_document_does_not_hold_back_the_others(engine, papers):
    papers[2] = None
    mark(1, 2, 3)
    assert outbox.drain(engine) == 2
    assert found(engine) == ["test.paper:1", "test.paper:3"]
    row = Dirty.objects.get()
    assert (row.key, row.failures, row.error) == ("test.paper:2", 1, "ValueError: 附件损坏")


def test_a_key_that_keeps_failing_waits_for_the_operator_until_it_changes(engine, papers):
    papers[2] = None
    mark(2)
    for _ in range(outbox.MAX_FAILURES):
        outbox.drain(engine)
    assert outbox.drain(engine) == 0
    papers[2] = "修好了"
    mark(2)
    assert (outbox.drain(engine), found(engine)) == (1, ["test.paper:2"])


def test_what_cannot_be_built_any_more_is_not_found_any_more(engine, papers):
    """It may be what was just withdrawn."""
    papers[2] = "供水"
    mark(2)
    outbox.drain(engine)
    papers[2] = None
    mark(2)
    outbox.drain(engine)
    assert found(engine) == []
    assert Dirty.objects.get().failures == 1


@pytest.mark.django_db(transaction=True)
def test_marking_outside_the_transaction_is_refused():
    with pytest.raises(outbox.OutsideTransactionError, match="同一事务"):
        outbox.mark(["test.paper:1"])


def test_a_crash_between_index_and_unmarking_doubles_nothing(engine, monkeypatch):
    """The engine has committed, the marks are still there: the next run does the same again."""
    mark(1, 2)
    with monkeypatch.context() as patch:
        patch.setattr(outbox.transaction, "atomic", _die)
        with pytest.raises(KeyboardInterrupt):
            outbox.drain(engine)
    assert (found(engine), Dirty.objects.count()) == (["test.paper:1", "test.paper:2"], 2)
    assert outbox.drain(engine) == 2
    assert (found(engine), Dirty.objects.count()) == (["test.paper:1", "test.paper:2"], 0)


def _die():
    raise KeyboardInterrupt


@pytest.mark.django_db(transaction=True)
def test_nothing_is_indexed_before_it_is_committed(engine, papers):
    """The trap of an index made beside the transaction: what is read then is what was, and nobody looks again."""
    changed, go_on = threading.Event(), threading.Event()

    def change():
        try:
            with transaction.atomic():
                outbox.mark(["test.paper:1"])
                changed.set()
                assert go_on.wait(10)
                papers[1] = "河道清淤"
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(change)
        assert changed.wait(10)
        assert outbox.drain(engine) == 0
        go_on.set()
        coming.result()
    assert outbox.drain(engine) == 1
    assert (found(engine, "清淤"), found(engine, "采砂")) == (["test.paper:1"], [])


@pytest.mark.parametrize("count", [1, 3])
def test_draining_takes_the_same_queries_per_key(engine, count, django_assert_max_num_queries):
    mark(*range(1, count + 1))
    with django_assert_max_num_queries(3 + count):
        outbox.drain(engine)
