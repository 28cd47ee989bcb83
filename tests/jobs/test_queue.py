"""A task is done at least once, is tried again after pauses, and is listed when that did not help."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.jobs.domain import presence, queue
from gongkai.jobs.models import Worker
from gongkai.jobs.queries import health
from gongkai.jobs.tasks import KEPT, tidy
from jobs import errands

pytestmark = pytest.mark.django_db
ALL = ("default", "render")


@pytest.fixture(autouse=True)
def fresh():
    errands.done.clear()
    errands.broken.clear()


def at_once():
    """Let no pause hold anything back."""
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_task_is_done_once_and_by_a_worker_of_its_queue(worker):
    errands.errand.enqueue("甲")
    assert queue.run_next(worker=worker, queues=["default"]) is False
    assert queue.run_next(worker=worker, queues=ALL) is True
    assert queue.run_next(worker=worker, queues=ALL) is False
    assert (errands.done, DBTaskResult.objects.get().status) == (["甲"], TaskResultStatus.SUCCESSFUL)


def test_a_task_left_by_an_act_undone_is_not_there(worker):
    with transaction.atomic():
        errands.errand.enqueue("甲")
        transaction.set_rollback(True)
    assert queue.run_next(worker=worker, queues=ALL) is False


def test_a_task_waits_for_its_time(worker):
    errands.errand.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("甲")
    assert queue.run_next(worker=worker, queues=ALL) is False


def test_a_failed_task_is_tried_again_after_a_pause(worker):
    errands.broken.append("网络不通")
    errands.errand.enqueue("甲")
    before = timezone.now()
    queue.run_next(worker=worker, queues=ALL)
    stored = DBTaskResult.objects.get()
    assert (stored.status, stored.exception_class_path) == (TaskResultStatus.READY, "builtins.ValueError")
    assert before + queue.PAUSES[0] <= stored.run_after <= timezone.now() + queue.PAUSES[0]
    assert queue.run_next(worker=worker, queues=ALL) is False
    errands.broken.clear()
    at_once()
    queue.run_next(worker=worker, queues=ALL)
    assert (errands.done, list(health.failed_tasks())) == (["甲"], [])


def test_a_task_that_keeps_failing_is_listed_until_the_operator_has_it_tried_anew(worker):
    errands.broken.append("网络不通")
    errands.errand.enqueue("甲")
    attempts = 0
    while queue.run_next(worker=worker, queues=ALL):
        attempts += 1
        at_once()
    (failed,) = health.failed_tasks()
    assert (attempts, "ValueError: 网络不通" in failed.traceback) == (len(queue.PAUSES) + 1, True)
    errands.broken.clear()
    assert queue.retry_failed() == 1
    queue.run_next(worker=worker, queues=ALL)
    assert errands.done == ["甲"]


def test_a_task_is_told_its_attempt(worker):
    errands.counted.enqueue()
    queue.run_next(worker=worker, queues=ALL)
    assert errands.done == [1]


def test_a_task_of_a_killed_worker_is_put_back_and_one_of_a_living_is_left(worker):
    killed = presence.arrive(queues=ALL)
    Worker.objects.filter(pk=killed.pk).update(birth="0")
    for holder in (killed, worker):
        errands.errand.enqueue(holder.pk)
        DBTaskResult.objects.get(status=TaskResultStatus.READY).claim(holder.pk)
    assert queue.recover() == 1
    at_once()
    queue.run_next(worker=worker, queues=ALL)
    assert errands.done == [killed.pk]
    assert DBTaskResult.objects.running().get().worker_ids == [worker.pk]


def test_a_task_that_kills_every_worker_is_given_up(worker):
    errands.errand.enqueue("甲")
    for number in range(len(queue.PAUSES) + 1):
        at_once()
        DBTaskResult.objects.get().claim(f"gone-{number}")
        assert queue.recover() == 1
    assert [task.exception_class_path for task in health.failed_tasks()] == [
        "gongkai.jobs.domain.queue.WorkerLostError"
    ]


def test_what_went_well_long_ago_is_thrown_away_and_failures_are_kept():
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        for age in (KEPT - timedelta(days=1), KEPT + timedelta(days=1)):
            errands.errand.enqueue(status)
            DBTaskResult.objects.filter(finished_at=None).update(status=status, finished_at=timezone.now() - age)
    tidy(day=timezone.localdate())
    kept = [str(status) for status in DBTaskResult.objects.values_list("status", flat=True).order_by("status")]
    assert kept == ["FAILED", "FAILED", "SUCCESSFUL"]
