"""The workers are real processes; what makes them fail is code that runs when a task reaches them."""

from __future__ import annotations

import os
import signal
import time

import pytest

from gongkai.cli.pool import Pool
from gongkai.cli.worker import MEMORY


class OnArrival:
    """Runs ``function`` with ``arguments`` in the process that unpacks it."""

    def __init__(self, function, *arguments):
        self.how = function, arguments

    def __reduce__(self):
        return self.how


@pytest.fixture
def missing(tmp_path):
    return (str(tmp_path / "missing.html"),)


NOT_FOUND = "找不到这个文件。请核对路径。"


def test_answers_come_in_the_order_of_the_tasks(tmp_path):
    (tmp_path / "empty.html").touch()
    names = ["empty.html", "missing.html", "empty.html", "missing.html", "."]
    done = []
    with Pool(2) as pool:
        refusals = [
            answer.refused
            for answer in pool.run("load", [(str(tmp_path / name),) for name in names], lambda: done.append(1))
        ]
    assert [words[:5] for words in refusals] == ["文件是空的", "找不到这个", "文件是空的", "找不到这个", "这是一个文"]
    assert len(done) == len(names)


def test_a_worker_that_dies_costs_only_the_file_it_had(missing):
    with Pool(1) as pool:
        answers = list(pool.run("load", [missing, (OnArrival(os._exit, 3),), missing]))
    assert [answer.refused == NOT_FOUND for answer in answers] == [True, False, True]
    assert answers[1].refused.startswith("读取进程意外终止（状态 3）")


def test_a_worker_that_hangs_is_ended_after_its_time(missing):
    began = time.monotonic()
    with Pool(1, seconds=1) as pool:
        answers = list(pool.run("load", [(OnArrival(time.sleep, 60),), missing]))
    assert answers[0].refused == "读取它超过 1 秒，已停止读取。确需读取的，请用 --timeout 放宽时限"
    assert answers[1].refused == NOT_FOUND
    assert time.monotonic() - began < 20


def test_a_worker_that_computes_too_long_is_ended_by_its_own_clock(missing):
    with Pool(1) as pool:
        answers = list(pool.run("load", [(OnArrival(signal.raise_signal, signal.SIGPROF),), missing]))
    assert answers[0].refused.startswith("读取它计算了 60 秒还没有结束")
    assert answers[1].refused == NOT_FOUND


def test_a_worker_cannot_take_more_memory_than_it_is_given(missing):
    with Pool(1) as pool:
        answers = list(pool.run("load", [(OnArrival(bytearray, MEMORY + 1),), missing]))
    assert answers[0].refused.startswith("读取进程意外终止（状态 1）")
    assert answers[1].refused == NOT_FOUND


def test_what_a_library_prints_is_not_taken_for_an_answer(missing):
    with Pool(1) as pool:
        answers = list(pool.run("load", [(OnArrival(os.system, "echo noise; echo noise >&2"),), missing]))
    assert answers[1].refused == NOT_FOUND


def test_leaving_early_ends_the_workers(missing):
    with Pool(1) as pool:
        answers = pool.run("load", [missing, (OnArrival(time.sleep, 60),), missing])
        assert next(answers).refused == NOT_FOUND
        began = time.monotonic()
    assert time.monotonic() - began < 20
