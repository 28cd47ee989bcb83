"""The worker does what is due, one piece after another, stops when it is told, and is the only one that indexes."""

import os
import shutil
import signal
import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.cli import background, background_index, main
from gongkai.cli.background_index import IndexKeeper
from gongkai.indexing import building, place, sources
from gongkai.indexing.domain import outbox
from gongkai.indexing.models import Dirty
from gongkai.jobs import registry
from gongkai.jobs.models import PeriodicState, Worker
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import Document, Query, SearchUnavailableError
from jobs import errands
from jobs.processes import ended, gongkai

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def papers(settings, tmp_path, monkeypatch):
    """Two papers to be found, and nothing periodic but what the test adds."""
    settings.HOME = tmp_path
    texts = {1: "河道采砂", 2: "汛期检查"}

    def build(numbers):
        found = [(number, texts[number]) for number in numbers if number in texts]
        return [Document(key=f"test.paper:{n}", kind="record", title=text, access=("public",)) for n, text in found]

    monkeypatch.setattr(sources, "_sources", {})
    sources.register(sources.Source(prefix="test.paper", build=build, numbers=lambda: iter(sorted(texts))))
    monkeypatch.setattr(registry, "_registered", {})
    errands.done.clear()
    errands.broken.clear()
    return texts


def mark(*numbers):
    with transaction.atomic():
        outbox.mark(f"test.paper:{number}" for number in numbers)


def found(text=""):
    return sorted(place.reader().search(Query(text=text, access=frozenset({"public"}))).keys)


def test_once_does_all_that_is_due_and_leaves(capsys):
    days = []

    def work(*, day):
        days.append(day)

    registry.periodic("test.work", work, every=registry.Every.DAY)
    for word in ("甲", "乙"):
        errands.errand.enqueue(word)
    mark(1, 2)
    assert main(["worker", "--once"]) == 0
    assert (days, errands.done, found("采砂")) == ([timezone.localdate()], ["甲", "乙"], ["test.paper:1"])
    assert (Worker.objects.count(), Dirty.objects.count()) == (0, 0)
    assert capsys.readouterr().out.splitlines()[-1] == "工作进程已停止。"


def test_a_worker_of_some_queues_leaves_the_others_and_the_index_alone():
    errands.errand.enqueue("甲")
    mark(1)
    assert main(["worker", "--once", "--queues", "default"]) == 0
    assert (errands.done, Dirty.objects.count()) == ([], 1)


def test_an_unknown_queue_is_refused(capsys):
    assert main(["worker", "--queues", "default,suche"]) == 1
    assert "没有名为“suche”的队列" in capsys.readouterr().err


def test_failures_are_listed_and_tried_anew_when_asked(capsys):
    def broken(*, day):
        raise OSError("磁盘已满")

    registry.periodic("test.broken", broken, every=registry.Every.DAY)
    main(["worker", "--once"])
    errands.broken.append("网络不通")
    errands.errand.enqueue("甲")
    for _ in range(5):
        DBTaskResult.objects.update(run_after=timezone.now())
        main(["worker", "--once"])
    capsys.readouterr()
    assert main(["worker", "--failed"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "周期任务 test.broken：连续失败 1 次，OSError: 磁盘已满"
    assert (lines[1].endswith("失败，ValueError: 网络不通"), lines[2]) == (
        True,
        "失败的周期任务 1 个，失败的任务 1 个。",
    )
    errands.broken.clear()
    assert main(["worker", "--retry-failed"]) == 0
    assert main(["worker", "--once"]) == 0
    assert errands.done == ["甲"]


def test_an_index_of_other_words_is_built_anew():
    assert main(["worker", "--once"]) == 0
    first = place.OFFICE.folder()
    (first / "version").write_text("0-alt")
    assert main(["worker", "--once"]) == 0
    assert (place.OFFICE.folder() == first, found()) == (False, ["test.paper:1", "test.paper:2"])


def test_an_index_that_lost_its_documents_is_built_anew():
    building.rebuild()
    shutil.rmtree(place.OFFICE.folder())
    with pytest.raises(SearchUnavailableError, match="不在数据目录中"):
        found()
    assert IndexKeeper().step() is False
    assert found() == ["test.paper:1", "test.paper:2"]


def test_after_a_rebuild_the_new_index_is_written(papers):
    keeper = IndexKeeper()
    keeper.step()
    building.rebuild()
    papers[3] = "饮水安全"
    mark(3)
    assert (keeper.step(), found("饮水")) == (True, ["test.paper:3"])


def test_an_index_that_another_writes_is_left_until_it_is_free(caplog):
    building.rebuild()
    mark(1)
    holder = EmbeddedEngine(place.OFFICE.folder(), writable=True)
    keeper = IndexKeeper()
    assert (keeper.step(), "检索索引暂不可用" in caplog.text, Dirty.objects.count()) == (False, True, 1)
    del holder
    assert keeper.step() is False
    keeper._not_before = time.monotonic()
    assert (keeper.step(), Dirty.objects.count()) == (True, 0)


def test_what_is_published_is_found_within_five_seconds_whatever_else_is_done(papers):
    """The loop is at a task that takes long; the indexes are kept beside it."""
    building.rebuild()
    seconds = []

    def long(*, day):
        papers[3] = "饮水安全"
        mark(3)
        started = time.monotonic()
        while not place.public_reader().search(Query(text="饮水", access=frozenset({"public"}))).total:
            assert time.monotonic() < started + 60
            time.sleep(0.05)
        seconds.append(time.monotonic() - started)
        os.kill(os.getpid(), signal.SIGTERM)

    registry.periodic("test.long", long, every=registry.Every.DAY)
    assert main(["worker"]) == 0
    assert seconds[0] < 5


def test_new_words_of_the_place_are_taken_up_in_their_time(papers):
    words = []
    sources.register(
        sources.Source(prefix="test.more", build=lambda _: (), numbers=lambda: iter(()), words=lambda: words)
    )
    keeper = IndexKeeper()
    keeper.step()
    first = place.PUBLIC.folder()
    words.append("望岚湾")
    keeper.step()
    assert place.PUBLIC.folder() == first
    keeper._words_at = time.monotonic()
    keeper.step()
    assert (place.PUBLIC.folder() != first, building.opened().learnt) == (True, ("望岚湾",))
    assert found() == ["test.paper:1", "test.paper:2"]


def test_an_error_beside_the_loop_does_not_end_the_keeping(monkeypatch, caplog):
    stopping = threading.Event()
    keeper = IndexKeeper()
    calls = []

    def step():
        calls.append(1)
        if len(calls) == 1:
            raise OSError("磁盘已满")
        stopping.set()
        return True

    monkeypatch.setattr(keeper, "step", step)
    monkeypatch.setattr(background_index, "ERROR_SECONDS", 0)
    keeper.keep(stopping)
    assert (len(calls), "检索索引出错" in caplog.text) == (2, True)


def test_told_to_stop_it_finishes_the_piece_in_hand_and_begins_no_other(capsys):
    done = []

    def interrupted(*, day):
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("甲")

    def other(*, day):
        done.append("乙")

    registry.periodic("test.interrupted", interrupted, every=registry.Every.DAY)
    registry.periodic("test.other", other, every=registry.Every.DAY)
    before = signal.getsignal(signal.SIGTERM)
    assert main(["worker"]) == 0
    assert (done, Worker.objects.count(), signal.getsignal(signal.SIGTERM)) == (["甲"], 0, before)
    assert "正在做完手头的一件" in capsys.readouterr().out


def test_a_worker_that_others_took_for_dead_ends(monkeypatch, capsys):
    def forget(*, day):
        Worker.objects.all().delete()

    monkeypatch.setattr(background, "BEAT_SECONDS", 0.05)
    registry.periodic("test.forget", forget, every=registry.Every.DAY)
    assert main(["worker", "--queues", "default"]) == 1
    assert "已被视为停止" in capsys.readouterr().err


def test_an_error_of_the_surroundings_does_not_end_the_worker(monkeypatch, caplog):
    calls = []

    def piece():
        calls.append(len(calls))
        if len(calls) == 1:
            raise OSError("磁盘已满")
        return len(calls) == 2

    monkeypatch.setattr(background, "ERROR_SECONDS", 0)
    monkeypatch.setattr(background, "IDLE_SECONDS", 0)
    background.Background(("default",))._loop([piece, lambda: len(calls) < 2], once=True)
    assert (calls, "后台工作出错" in caplog.text) == ([0, 1, 2], True)


def lines_until(process, words):
    lines = []
    while True:
        line = process.stdout.readline()
        assert line, lines
        lines.append(line.strip())
        if words in line:
            return lines


def test_a_second_worker_for_the_index_is_refused_and_the_first_stops_when_told():
    with gongkai("worker") as first:
        lines_until(first, "工作进程已启动")
        status, said = ended("worker", "--once")
        assert (status, f"进程 {first.pid}" in said, "只能由一个进程写入" in said) == (1, True, True)
        assert ended("worker", "--once", "--queues", "default,render")[0] == 0
        first.send_signal(signal.SIGTERM)
        said, _ = first.communicate(timeout=60)
        assert (first.returncode, said.strip().splitlines()[-1]) == (0, "工作进程已停止。")
    assert Worker.objects.count() == 0
    assert PeriodicState.objects.get(name="jobs.tidy").done_for == timezone.localdate().isoformat()


def test_a_worker_that_was_killed_leaves_its_seat_to_the_next():
    with gongkai("worker") as first:
        lines_until(first, "工作进程已启动")
        first.kill()
    assert Worker.objects.count() == 1
    assert ended("worker", "--once")[0] == 0
    assert Worker.objects.count() == 0
