"""A run of letters that is killed: ``python killed.py MOMENT`` ends without a word when the work has come so far.

MOMENT is ``traced-N``, in the Nth letter's transaction after its entry in the journal, or ``sent-N``, after the Nth was
committed.
"""

import os
import sys
from collections import Counter
from datetime import date

import django

django.setup()

from gongkai.accounts.models import User  # noqa: E402 -- Django must be started first
from gongkai.applications.domain import letters_sending  # noqa: E402 -- the same
from gongkai.applications.domain.letters_sending import Posting  # noqa: E402 -- the same
from gongkai.applications.models import Letter  # noqa: E402 -- the same

MOMENT = sys.argv[1]
DAY = date(2024, 2, 19)
trace, send = letters_sending.trace, letters_sending.send
done = Counter()


def reached(what):
    done[what] += 1
    if f"{what}-{done[what]}" == MOMENT:
        os._exit(9)


def trace_until(*given, **named):
    trace(*given, **named)
    reached("traced")


def send_until(**named):
    letter = send(**named)
    reached("sent")
    return letter


letters_sending.trace, letters_sending.send = trace_until, send_until
run = [(letter, Posting("ems", f"EX{letter.pk}")) for letter in Letter.objects.order_by("pk")]
letters_sending.send_all(letters=run, day=DAY, user=User.objects.get(username="lin"), today=DAY)
