"""Periodic work is done once in a period, whatever is missed, fails or is cut off."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from gongkai.jobs.domain import presence, ticking
from gongkai.jobs.models import PeriodicState, Worker
from gongkai.jobs.registry import Every

pytestmark = pytest.mark.django_db


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


def noted_in(days):
    """Work that notes its day."""

    def work(*, day):
        days.append(day)

    return work


def nothing(*, day):
    """Work that does nothing."""


@pytest.mark.parametrize(
    ("every", "now", "period"),
    [
        (Every.HOUR, "2024-06-05T08:59:59+08:00", "2024-06-05T08"),
        (Every.DAY, "2024-06-05T23:59:59+08:00", "2024-06-05"),
        (Every.DAY, "2024-06-04T16:00:00+00:00", "2024-06-05"),
        (Every.WEEK, "2024-06-09T23:00:00+08:00", "2024-06-03"),
        (Every.MONTH, "2024-06-30T23:00:00+08:00", "2024-06-01"),
    ],
)
def test_a_period_begins_by_the_legal_day_in_china(every, now, period):
    assert every.period(datetime.fromisoformat(now)) == period


def test_work_is_done_once_a_day_with_the_legal_day(worker, only):
    days = []
    only("test.work", noted_in(days), every=Every.DAY)
    for now in ("2024-06-03T00:00:01", "2024-06-03T09:00", "2024-06-03T23:59:59", "2024-06-04T00:00:01"):
        ticking.tick(now=at(now), worker=worker)
    assert days == [date(2024, 6, 3), date(2024, 6, 4)]


def test_days_without_a_worker_are_made_up_for_by_one_run(worker, only):
    days = []
    only("test.work", noted_in(days), every=Every.DAY)
    ticking.tick(now=at("2024-06-03T09:00"), worker=worker)
    assert ticking.tick(now=at("2024-06-10T09:00"), worker=worker) == ["test.work"]
    assert days == [date(2024, 6, 3), date(2024, 6, 10)]


def test_a_clock_set_back_does_nothing_twice(worker, only):
    days = []
    only("test.work", noted_in(days), every=Every.DAY)
    ticking.tick(now=at("2024-06-03T00:01"), worker=worker)
    assert ticking.tick(now=at("2024-06-02T23:59"), worker=worker) == []


def test_a_failure_is_kept_retried_after_a_pause_and_holds_back_nothing_else(worker, only):
    days = []

    def fragile(day):
        if len(days) == 0:
            days.append(day)
            raise OSError("磁盘已满")
        days.append(day)

    only("test.fragile", fragile, every=Every.DAY)
    only("test.other", nothing, every=Every.DAY)
    now = at("2024-06-03T09:00")
    assert ticking.tick(now=now, worker=worker) == ["test.other"]
    state = PeriodicState.objects.get(name="test.fragile")
    assert (state.failures, state.error.splitlines()[-1], state.runner) == (1, "OSError: 磁盘已满", None)
    assert ticking.tick(now=now + ticking.PAUSES[0] - timedelta(seconds=1), worker=worker) == []
    assert ticking.tick(now=now + ticking.PAUSES[0], worker=worker) == ["test.fragile"]
    state.refresh_from_db()
    assert (state.failures, state.error, state.retry_at, state.done_for) == (0, "", None, "2024-06-03")


def test_pauses_grow_and_never_end(worker, only):
    def broken(day):
        raise OSError

    only("test.broken", broken, every=Every.DAY)
    now, pauses = at("2024-06-03T09:00"), []
    for _ in range(6):
        ticking.tick(now=now, worker=worker)
        state = PeriodicState.objects.get()
        pauses.append(state.retry_at - now)
        now = state.retry_at
    assert pauses == [*ticking.PAUSES, ticking.PAUSES[-1], ticking.PAUSES[-1]]


def test_work_that_a_living_worker_is_at_is_left_to_it(worker, only):
    other = presence.arrive(queues=["default"])
    only("test.work", nothing, every=Every.DAY)
    PeriodicState.objects.create(name="test.work", runner=other, started_at=at("2024-06-03T08:59"))
    assert ticking.tick(now=at("2024-06-03T09:00"), worker=worker) == []
    presence.leave(other)
    assert ticking.tick(now=at("2024-06-03T09:01"), worker=worker) == ["test.work"]


def test_work_of_a_killed_worker_is_taken_over(worker, only):
    killed = presence.arrive(queues=["default"])
    Worker.objects.filter(pk=killed.pk).update(birth="0")
    only("test.work", nothing, every=Every.DAY)
    PeriodicState.objects.create(name="test.work", runner=killed, started_at=at("2024-06-03T08:59"))
    assert ticking.tick(now=at("2024-06-03T09:00"), worker=worker) == ["test.work"]


def test_a_stop_is_heeded_before_the_next_piece(worker, only):
    done = []
    for name in ("甲", "乙"):
        only(f"test.{name}", noted_in(done), every=Every.DAY)
    ticking.tick(now=at("2024-06-03T09:00"), worker=worker, stopping=lambda: bool(done))
    assert len(done) == 1


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_it_once(only):
    done = []
    together = threading.Barrier(4)
    only("test.work", noted_in(done), every=Every.DAY)
    workers = [presence.arrive(queues=["default"]) for _ in range(4)]

    def work(worker):
        try:
            together.wait()
            ticking.tick(now=at("2024-06-03T09:00"), worker=worker)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [date(2024, 6, 3)]


@pytest.mark.parametrize("count", [1, 3])
def test_a_tick_with_nothing_due_asks_once(worker, only, count, django_assert_num_queries):
    for number in range(count):
        only(f"test.{number}", nothing, every=Every.DAY)
    ticking.tick(now=at("2024-06-03T09:00"), worker=worker)
    with django_assert_num_queries(1):
        ticking.tick(now=at("2024-06-03T09:01"), worker=worker)
