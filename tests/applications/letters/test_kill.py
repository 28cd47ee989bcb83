"""``kill -9`` in the middle of a run of letters loses nothing and doubles nothing."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gongkai.applications.domain import letters_sending
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.models import Event, Letter, LetterState
from gongkai.journal.models import Entry
from gongkai.journal.queries.chain import verify
from jobs.processes import environment

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2024, 2, 19)
COUNT = 6


@pytest.mark.parametrize(("moment", "before"), [("traced-1", 0), ("traced-4", 3), ("sent-4", 4), ("traced-6", 5)])
def test_a_run_that_was_killed_is_finished_by_running_it_again(receive, sealed, staff, moment, before):
    for _ in range(COUNT):
        sealed(receive(), "extension_notice", DAY)
    script = Path(__file__).with_name("killed.py")
    killed = subprocess.run([sys.executable, str(script), moment], env=environment(), check=False, timeout=120)
    assert killed.returncode == 9
    assert Letter.objects.filter(state=LetterState.SENT).count() == before
    assert Event.objects.filter(kind="extension").count() == before

    run = [(letter, Posting("ems", f"EX{letter.pk}")) for letter in Letter.objects.order_by("pk")]
    outcomes = letters_sending.send_all(letters=run, day=DAY, user=staff.handler, today=DAY)

    assert [bool(one.error) for one in outcomes] == [True] * before + [False] * (COUNT - before)
    assert all("已发出" in one.error for one in outcomes if one.error)
    events = Event.objects.filter(kind="extension")
    assert Counter(events.values_list("application", flat=True)) == {
        letter.application_id: 1 for letter in Letter.objects.all()
    }
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    assert Entry.objects.filter(act="applications.letter_sent").count() == COUNT
    assert verify().broken is None
