"""One index is in use at any moment, whole; queries go on while the next is built."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gongkai.indexing import building, place, sources
from gongkai.indexing.domain import outbox
from gongkai.indexing.models import Dirty
from gongkai.indexing.words import learnt
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
    assert place.OFFICE.root().exists() is False


def test_a_rebuild_changes_over_in_one_step_and_keeps_only_the_one_before(papers):
    assert (building.rebuild(), total("通知")) == (COUNT, COUNT)
    first = place.OFFICE.folder()
    papers[COUNT] = "新的通知"
    assert (building.rebuild(), total("通知")) == (COUNT + 1, COUNT + 1)
    second = place.OFFICE.folder()
    assert (second == first, first.exists()) == (False, True)
    building.rebuild()
    assert {path for path in place.OFFICE.root().iterdir() if path.is_dir()} == {second, place.OFFICE.folder()}


def test_queries_find_everything_while_the_index_is_built_anew():
    building.rebuild()
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
                building.rebuild()
        finally:
            is_done.set()
        totals = searching.result()
    assert len(totals) > 4
    assert set(totals) == {COUNT}


def test_a_rebuild_that_fails_leaves_the_index_in_use(papers):
    building.rebuild()
    used = place.OFFICE.folder()
    papers[-1] = "不能读的通知"
    with pytest.raises(OSError, match="数据库连接中断"):
        building.rebuild()
    assert (place.OFFICE.folder(), total()) == (used, COUNT)
    del papers[-1]
    assert (building.rebuild(), total()) == (COUNT, COUNT)
    assert {path for path in place.OFFICE.root().iterdir() if path.is_dir()} == {used, place.OFFICE.folder()}


def test_one_broken_document_does_not_hold_a_rebuild_back_and_is_shown_to_the_operator(papers):
    papers[7] = None
    assert (building.rebuild(), total()) == (COUNT - 1, COUNT - 1)
    row = Dirty.objects.get()
    assert (row.key, row.failures, row.error) == ("test.paper:7", 1, "ValueError: 附件损坏")
    papers[7] = "修好的通知"
    assert outbox.drain(building.opened()) == 1
    assert (total(), Dirty.objects.count()) == (COUNT, 0)


def published(text=""):
    return place.public_reader().search(Query(text=text, access=frozenset({"public"}))).keys


def test_the_public_index_holds_what_is_published_and_nothing_else(papers, monkeypatch):
    """The same document is in both, in one of the office's alone, or in none, as its access has it."""
    access = {1: ("unit:1", "public"), 2: ("unit:1",), 3: ("public",)}

    def build(numbers):
        for number in numbers:
            if number in access:
                yield Document(
                    key=f"test.paper:{number}", kind="record", title=f"第{number}号通知", access=access[number]
                )

    sources.register(sources.Source(prefix="test.paper", build=build, numbers=lambda: iter(sorted(access))))
    building.rebuild()
    everything = frozenset({"public", "unit:1"})
    assert set(published("通知")) == {"test.paper:1", "test.paper:3"}
    assert place.public_reader().search(Query(access=everything)).total == 2
    assert place.reader().search(Query(access=everything)).total == 3

    access |= {1: ("unit:1",), 2: ("unit:1", "public")}
    del access[3]
    outbox.mark_again(f"test.paper:{number}" for number in (1, 2, 3))
    outbox.drain(building.opened())
    assert published("通知") == ("test.paper:2",)
    assert place.public_reader().search(Query(access=everything)).total == 1
    assert place.reader().search(Query(access=everything)).total == 2


def test_the_portal_needs_no_other_index_than_the_public_one():
    building.rebuild()
    shutil.rmtree(place.OFFICE.root())
    assert len(published("通知")) == 10


def test_what_changes_while_the_indexes_are_built_is_found_at_once_and_afterwards(papers, monkeypatch):
    building.rebuild()
    seen = []
    real = building.built

    def slow(keys):
        if not seen:
            papers[7] = "急件通知"
            outbox.mark_again(["test.paper:7"])
            papers[8] = "另一急件"
        elif len(seen) == 1:
            seen.append(published("急件"))
        seen.append(len(keys))
        return real(keys)

    monkeypatch.setattr(building, "_BATCH", 100)
    monkeypatch.setattr(building, "built", slow)
    building.rebuild(building.opened())
    assert seen[1] == ("test.paper:7",)
    assert set(Dirty.objects.values_list("key", flat=True)) == {"test.paper:7"}
    assert "test.paper:7" in published("急件")


def test_the_words_of_this_place_lie_beside_the_indexes_and_new_ones_ask_for_no_haste(papers):
    words = ["望岚湾", "望岚湾", "ABC", "一", "申请人"]
    sources.register(
        sources.Source(prefix="test.more", build=lambda _: (), numbers=lambda: iter(()), words=lambda: iter(words))
    )
    building.rebuild()
    assert (place.OFFICE.folder() / "words").read_text(encoding="utf-8") == "望岚湾"
    words.append("石屿渔港")
    assert building.are_usable() is True
    assert building.opened().learnt == ("望岚湾",)
    assert learnt() == ("望岚湾", "石屿渔港")


def test_a_second_writer_is_refused_while_queries_go_on():
    building.rebuild()
    writer = EmbeddedEngine(place.OFFICE.folder(), writable=True)
    with pytest.raises(SearchUnavailableError, match="检索服务暂不可用"):
        EmbeddedEngine(place.OFFICE.folder(), writable=True)
    assert total() == COUNT
    writer.remove(["test.paper:0"])
    assert total() == COUNT
    writer.commit()
    assert total() == COUNT - 1
