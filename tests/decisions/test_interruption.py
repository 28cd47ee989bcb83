"""An import that is killed goes on where its last lot ended."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from gongkai.decisions.domain import importing
from gongkai.decisions.models import BatchState, Decision, ImportBatch, RejectedRow
from gongkai.decisions.queries.proof import prove
from gongkai.journal.queries import chain

from .conftest import line, table

CHILD = """
import os, sys
import django
from django.conf import settings
django.setup()
from gongkai.decisions.domain import importing
importing.LOT = 200
importing.run(batch=int(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_kill_minus_nine_loses_and_doubles_nothing(receive, monkeypatch):
    rows = [line(n, 相对人名称=f"第{n}建材有限公司", 事项="" if n % 50 == 7 else "取水许可") for n in range(20_000)]
    batch = receive(table(*rows))
    process = subprocess.Popen([sys.executable, "-c", CHILD, str(batch.pk)], env=_environment())
    try:
        deadline = time.monotonic() + 60
        while ImportBatch.objects.get(pk=batch.pk).position < 1000:
            assert process.poll() is None, "the import ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    stopped = ImportBatch.objects.get(pk=batch.pk)
    assert stopped.state == BatchState.RUNNING
    assert 1000 <= stopped.position < 20_001
    monkeypatch.setattr(importing, "LOT", 5000)
    importing.run(batch=batch.pk)
    batch.refresh_from_db()
    assert (batch.rows_read, batch.rows_in, batch.rows_same, batch.rows_bad) == (20_000, 19_600, 0, 400)
    assert list(Decision.objects.order_by("row").values_list("row", flat=True)) == [
        number + 2 for number in range(20_000) if number % 50 != 7
    ]
    assert RejectedRow.objects.filter(batch=batch).count() == 400
    assert prove(batch).broken == ()
    assert chain.verify().broken is None


def _environment():
    """Point a process of its own at the test's database and files."""
    given = connection.settings_dict
    if connection.vendor == "postgresql":
        host = given["HOST"] or given["OPTIONS"].get("host", "")
        url = f"postgresql://{given['USER']}@/{given['NAME']}?host={host}"
    else:
        url = f"sqlite:///{given['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
        "GONGKAI_DATABASE_URL": url,
        "GONGKAI_HOME": str(settings.HOME),
    }
