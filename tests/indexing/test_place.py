"""One index is in use at any moment, whole; queries go on while the next is built."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gongkai.indexing import place, sources
from gongkai.indexing.domain import outbox
from gongkai.indexing.models import Dirty
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import Document, Query, SearchUnavailableError

pytestmark = pytest.mark.django_db
COUNT = 300


@pytest.fixture(autouse=True)
def papers(settings, tmp_path, monkeypatch):
    """Numbered papers; ``None`` cannot be built, and the number -1 not even be counted."""
    settings.HOME = tmp_path
    texts = {number: f"第{number}号通知" for number in range(COUNT)}

    def build(numbers):
        for number in numbers:
            if texts[number] is None:
                raise ValueError("附件损坏")
            yield Document(key=f"test.paper:{number}", kind="record", title=texts[number], access=("public",))

    def numbers():
        yield from sorted(texts, reverse=True)
        if -1 in texts:
            raise OSError("数据库连接中断")

    monkeypatch.setattr(sources, "_sources", {})
    sources.register(sources.Source(prefix="test.paper", build=build, numbers=numbers))
    return texts


def total(text=""):
    return place.reader().search(Query(text=text, access=frozenset({"public"}))).total


def test_before_the_first_is_built_a_search_fails_and_makes_none():
    with pytest.raises(SearchUnavailableError, match="检索索引还没有建立：由 gongkai worker 启动后建立"):
        total()
    assert place.root().exists() is False


def test_a_rebuild_changes_over_in_one_step_and_keeps_only_the_one_before(papers):
    assert (place.rebuild(), total("通知")) == (COUNT, COUNT)
    first = place.folder()
    papers[COUNT] = "新的通知"
    assert (place.rebuild(), total("通知")) == (COUNT + 1, COUNT + 1)
    second = place.folder()
    assert (second == first, first.exists()) == (False, True)
    place.rebuild()
    assert {path for path in place.root().iterdir() if path.is_dir()} == {second, place.folder()}


def test_queries_find_everything_while_the_index_is_built_anew():
    place.rebuild()
    is_done = threading.Event()

    def search():
        totals = []
        while not is_done.is_set():
            totals.append(total("通知"))
        return totals

    with ThreadPoolExecutor(1) as pool:
        searching = pool.submit(search)
        try:
            for _ in range(4):
                place.rebuild()
        finally:
            is_done.set()
        totals = searching.result()
    assert len(totals) > 4
    assert set(totals) == {COUNT}


def test_a_rebuild_that_fails_leaves_the_index_in_use(papers):
    place.rebuild()
    used = place.folder()
    papers[-1] = "不能读的通知"
    with pytest.raises(OSError, match="数据库连接中断"):
        place.rebuild()
    assert (place.folder(), total()) == (used, COUNT)
    del papers[-1]
    assert (place.rebuild(), total()) == (COUNT, COUNT)
    assert {path for path in place.root().iterdir() if path.is_dir()} == {used, place.folder()}


def test_one_broken_document_does_not_hold_a_rebuild_back_and_is_shown_to_the_operator(papers):
    papers[7] = None
    assert (place.rebuild(), total()) == (COUNT - 1, COUNT - 1)
    row = Dirty.objects.get()
    assert (row.key, row.failures, row.error) == ("test.paper:7", 1, "ValueError: 附件损坏")
    papers[7] = "修好的通知"
    assert outbox.drain(EmbeddedEngine(place.folder(), writable=True)) == 1
    assert (total(), Dirty.objects.count()) == (COUNT, 0)


def test_a_second_writer_is_refused_while_queries_go_on():
    place.rebuild()
    writer = EmbeddedEngine(place.folder(), writable=True)
    with pytest.raises(SearchUnavailableError, match="检索服务暂不可用"):
        EmbeddedEngine(place.folder(), writable=True)
    assert total() == COUNT
    writer.remove(["test.paper:0"])
    assert total() == COUNT
    writer.commit()
    assert total() == COUNT - 1
