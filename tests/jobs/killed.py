"""A tick that is killed: ``python killed.py MOMENT`` ends without a word when the work has come so far.

MOMENT is ``traced-N``, in the Nth publication's transaction after its entry in the journal; ``published-N``, after the
Nth was committed; or ``ran-1``, after all the work and before the tick marks it done.
"""

import os
import sys
from collections import Counter
from datetime import datetime

import django

django.setup()

from gongkai.jobs.domain import presence, ticking  # noqa: E402 -- Django must be started first
from gongkai.jobs.registry import Every, periodic  # noqa: E402 -- the same
from gongkai.records.domain import publication  # noqa: E402 -- the same

MOMENT = sys.argv[1]
trace, publish = publication.trace, publication.publish
done = Counter()


def reached(what):
    done[what] += 1
    if f"{what}-{done[what]}" == MOMENT:
        os._exit(9)


def trace_until(*given, **named):
    trace(*given, **named)
    reached("traced")


def publish_until(**named):
    record = publish(**named)
    reached("published")
    return record


def run_until(*, day):
    publication.publish_due(day=day)
    reached("ran")


publication.trace, publication.publish = trace_until, publish_until
periodic("records.publish_due", run_until, every=Every.HOUR)
ticking.tick(now=datetime.fromisoformat("2024-06-10T09:00+08:00"), worker=presence.arrive(queues=["default"]))
