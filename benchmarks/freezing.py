"""Freezing one report of a city, with its html, docx, pdf and json, against writing the four files alone, in one run.

    uv run python benchmarks/freezing.py [--scale 0.05]

``reporting.domain.freezing.freeze`` counts the cases again, audits, checks the glyphs, renders and keeps four files and
writes the journal, in less than 3 s in the median of the rounds; the ratio to ``annual.writer.write`` of the same
report in the four formats says what all that costs. The city is a small invented one in a temporary database, or on
the server of ``GONGKAI_DATABASE_URL``; its report has all the words and tables of a large one. The exit status is 1 if
the bound is broken at full size.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import date
from random import Random

import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

installation.begin(GONGKAI_INDEX_GRAMMAR="quanzhou", GONGKAI_INDEX_PREFIX="HL", GONGKAI_INDEX_AREA="06")

from django.db import transaction

from gongkai.annual.writer import write
from gongkai.demo import accounting, founding
from gongkai.demo.city import city
from gongkai.reporting.domain.freezing import freeze
from gongkai.reporting.models import Edition, Scope, State, Submission
from gongkai.reporting.queries.report import report_of

SECONDS, ROUNDS = 3.0, 9
FORMATS = ("html", "docx", "pdf", "json")
UNITS = ("HL-001", "HL-002", "HL-009", "HL-010", "HL-016", "HL-025", "HL-029", "HL-031")
TODAY = date(2025, 3, 20)


def measure(rounds: int) -> tuple[float, float]:
    """Return the median seconds of writing the four files and of the whole freeze."""
    whole = Submission.objects.select_related("unit", "campaign").get(campaign__year=2024, scope=Scope.WHOLE)
    report = report_of(whole)
    plain, ours = [], []
    for turn in range(rounds + 1):
        start = time.perf_counter()
        for form in FORMATS:
            write(report, form)
        written = time.perf_counter() - start
        with transaction.atomic():
            # As before it was frozen: what the round makes is undone with it.
            Edition.objects.filter(submission=whole)._raw_delete("default")  # noqa: SLF001 -- editions are never deleted
            Submission.objects.filter(pk=whole.pk).update(state=State.ACCEPTED)
            start = time.perf_counter()
            freeze(submission=whole, user=None, today=TODAY)
            taken = time.perf_counter() - start
            transaction.set_rollback(True)
        if turn:
            plain.append(written)
            ours.append(taken)
    return statistics.median(plain), statistics.median(ours)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the freezing of an annual report.")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rounds; the bound holds at 1")
    arguments = parser.parse_args()
    with installation.fresh_database():
        town = city().only(UNITS)
        cast = founding.found(town)
        list(founding.employ(town, cast, Random(1), "not-a-secret"))
        list(accounting.account(cast, date(2025, 6, 1)))
        base, taken = measure(max(1, round(ROUNDS * arguments.scale)))
    print(f"four files {1000 * base:.0f} ms, frozen {1000 * taken:.0f} ms (≤ {SECONDS:g} s), {taken / base:.2f} x")
    return int(taken > SECONDS and arguments.scale >= 1)


if __name__ == "__main__":
    sys.exit(main())
