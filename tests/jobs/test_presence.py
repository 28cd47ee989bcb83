"""A worker that lives keeps its seat; one that was killed does not."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.jobs.domain import presence
from gongkai.jobs.errors import ForgottenError, SeatTakenError
from gongkai.jobs.models import Worker
from gongkai.jobs.queries import health

pytestmark = pytest.mark.django_db


def test_a_second_worker_on_the_same_seat_is_refused_and_one_without_a_seat_is_not():
    first = presence.arrive(queues=["search"], seat="search")
    with pytest.raises(SeatTakenError, match=f"进程 {first.pid}.*只能由一个进程写入"):
        presence.arrive(queues=["search"], seat="search")
    second = presence.arrive(queues=["render"])
    assert health.living_workers() == [first, second]


def test_the_seat_of_a_worker_that_left_is_free():
    presence.leave(presence.arrive(queues=["search"], seat="search"))
    assert presence.arrive(queues=["search"], seat="search").seat == "search"


def test_the_seat_of_a_killed_process_is_free():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    holder = presence.arrive(queues=["search"], seat="search")
    holder.pid, holder.birth = process.pid, presence._birth(process.pid)
    holder.save()
    assert presence.is_alive(holder) is True
    process.kill()
    process.communicate()
    assert (presence.is_alive(holder), presence.arrive(queues=["search"], seat="search").seat) == (False, "search")


def test_a_process_of_the_same_number_that_began_later_is_another():
    holder = presence.arrive(queues=["search"], seat="search")
    Worker.objects.update(birth="1")
    holder.refresh_from_db()
    assert presence.is_alive(holder) is False


@pytest.mark.parametrize(("silence", "alive"), [(timedelta(seconds=-5), True), (timedelta(seconds=5), False)])
def test_a_worker_on_another_machine_lives_while_it_is_seen(silence, alive):
    holder = presence.arrive(queues=["default"])
    holder.host, holder.seen_at = "elsewhere/1", timezone.now() - presence.SILENCE - silence
    assert presence.is_alive(holder) is alive


def test_a_worker_that_was_taken_for_dead_is_told_so():
    worker = presence.arrive(queues=["default"])
    presence.be_seen(worker)
    presence.leave(worker)
    with pytest.raises(ForgottenError, match="已被视为停止"):
        presence.be_seen(worker)
