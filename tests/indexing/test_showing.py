"""Whoever may only read finds the public index, while one process writes it."""

import os
import shutil
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gongkai.indexing import place, showing
from gongkai.search import committed
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.port import Document, Query, SearchUnavailableError


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path / "office"
    settings.HOME.mkdir(mode=0o700)
    monkeypatch.setattr(place, "_readers", {})
    return settings.HOME


@pytest.fixture
def written(home):
    """The writer of a public index in use, and a function that puts a notice in and shows it."""
    before = os.umask(0o077)
    writer = EmbeddedEngine(place.PUBLIC.root() / "made", writable=True)

    def put(number):
        writer.add([Document(key=f"test.paper:{number}", kind="record", title=f"第{number}号通知", access=("public",))])
        writer.commit()
        place.PUBLIC.show(place.PUBLIC.root() / "made")

    put(0)
    place.PUBLIC.point_to("made")
    yield put
    os.umask(before)


def total():
    return place.public_reader().search(Query(text="通知", access=frozenset({"public"}))).total


def files(folder):
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_a_process_that_may_not_write_there_reads_what_is_committed(home, written, settings, tmp_path):
    settings.HOME = tmp_path / "portal"
    shutil.copytree(home / "published", settings.HOME / "published", symlinks=True)
    before = files(place.PUBLIC.shown() / "made")
    for path in settings.HOME.glob("published/**/"):
        path.chmod(0o555)
    try:
        assert total() == 1
        assert files(place.PUBLIC.shown() / "made") == before
        assert (settings.HOME / "index.lock").exists(), "the reader's lock lies with the reader"
    finally:
        for path in settings.HOME.glob("published/**/"):
            path.chmod(0o755)


def test_everybody_may_read_it_whatever_the_writer_keeps_for_itself(home, written):
    written(1)
    paths = [path for path in (home / "published").rglob("*") if not path.is_symlink()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o755}


def test_what_is_merged_away_goes_one_commit_later(written):
    for number in range(1, 30):
        written(number)
        assert total() == number + 1
    shown = place.PUBLIC.shown() / "made"
    needed = {path.name for path in committed.files_of(shown, committed.listed(shown))}
    written(30)
    again = {path.name for path in committed.files_of(shown, committed.listed(shown))}
    assert files(shown) == needed | again | {committed.LIST, *committed.BESIDE}
    assert len(again) < 30 * 7, "segments were merged meanwhile"


def test_nobody_who_reads_while_it_is_written_meets_an_error(written):
    is_done = threading.Event()

    def search():
        totals = []
        while not is_done.is_set():
            totals.append(total())
        return totals

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(search)
        try:
            for number in range(1, 60):
                written(number)
        finally:
            is_done.set()
        totals = reading.result()
    assert totals == sorted(totals)
    assert total() == 60


def test_an_index_that_never_stands_still_is_not_shown_half(written, monkeypatch):
    shown = place.PUBLIC.shown() / "made"
    before = committed.listed(shown)
    lists = iter(range(1000))
    real = committed.listed
    monkeypatch.setattr(committed, "listed", lambda folder: real(folder) + b" " * next(lists))
    with pytest.raises(SearchUnavailableError, match="一直在变"):
        showing.show(place.PUBLIC.root() / "made", shown)
    assert real(shown) == before


def test_an_index_that_is_not_shown_is_said_to_be_missing(written):
    shutil.rmtree(place.PUBLIC.shown())
    assert place.PUBLIC.is_built() is False
    with pytest.raises(SearchUnavailableError, match="还没有建立"):
        total()
