"""``kill -9`` in the middle of a publication run or of a tick loses nothing and doubles nothing."""

import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db.models import Count

from gongkai.accounts.models import User
from gongkai.indexing.models import Dirty
from gongkai.jobs.domain import presence, ticking
from gongkai.jobs.models import PeriodicState, Worker
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.journal.queries.chain import verify
from gongkai.records.models import Attribute, Category, Record, Stage
from gongkai.units.domain import structure
from gongkai.units.models import Kind
from jobs.processes import environment

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.fromisoformat("2024-06-10T09:05+08:00")
COUNT = 50


@pytest.fixture
def ready(settings, tmp_path):
    """Fifty approved records whose day has come."""
    settings.HOME = tmp_path
    unit = structure.establish(
        code="HL-001",
        kind=Kind.DEPARTMENT,
        name="海岚市水利局",
        short_name="水利局",
        parent=None,
        day=date(2010, 1, 1),
        document="甲",
        actor=SYSTEM,
    )
    author = User.objects.create_user("author", name="author")
    Record.objects.bulk_create(
        Record(
            unit=unit,
            author=author,
            category=Category.NOTICE,
            title=f"第{number}号通知",
            made_on=date(2024, 5, 20),
            attribute=Attribute.PROACTIVE,
            stage=Stage.READY,
            publish_on=date(2024, 6, 10),
        )
        for number in range(COUNT)
    )


@pytest.mark.parametrize(
    ("moment", "before"), [("traced-1", 0), ("traced-25", 24), ("published-25", 25), ("traced-50", 49), ("ran-1", 50)]
)
def test_a_run_that_was_killed_is_finished_by_the_next(ready, moment, before):
    script = Path(__file__).with_name("killed.py")
    killed = subprocess.run([sys.executable, str(script), moment], env=environment(), check=False, timeout=120)
    assert killed.returncode == 9
    assert Record.objects.filter(stage=Stage.PUBLISHED).count() == before
    assert Entry.objects.filter(act="records.published").count() == before
    left = PeriodicState.objects.get(name="records.publish_due")
    assert (left.done_for, left.runner_id) == ("", Worker.objects.get().pk)

    done = ticking.tick(now=NOW, worker=presence.arrive(queues=["default"]))

    assert "records.publish_due" in done
    records = Record.objects.annotate(kept=Count("versions"))
    assert Counter(records.values_list("stage", "published_on", "kept")) == {
        (Stage.PUBLISHED, date(2024, 6, 10), 1): COUNT
    }
    entered = Counter(Entry.objects.filter(act="records.published").values_list("subject", flat=True))
    assert entered == {f"records.record:{record.pk}": 1 for record in records}
    marked = Dirty.objects.filter(key__startswith="records.record:").values_list("key", flat=True)
    assert {f"records.record:{record.pk}" for record in records} == set(marked)
    assert verify().broken is None
    assert ticking.tick(now=NOW, worker=presence.arrive(queues=["default"])) == []
