"""The figures of 520 reports compiled from the cases, against the bare SQL aggregates of the same tables, in one run.

    uv run python benchmarks/reporting.py [--scale 0.05] [--prefecture]

(a) ``reporting.queries.figures.figures`` of all units, as known now, at most 2 x the plain aggregates that the same
    tables are grouped by, and below 2 s, in the median of rounds in which one follows the other.
(b) The same with ten times the applications, remedies, documents and projects: at most 10 x the time, and a fifth.
(c) with ``--prefecture``: ``gongkai demo --preset prefecture`` made in a folder of its own (in a smaller city where
    ``--scale`` is not 1), in less than ten minutes; the report of the city, added up from those of its units, is that
    of the printed figures cell by cell.

The data of (a) and (b) are invented, as many as a city reported for 2019, and lie in a temporary database or on the
server of ``GONGKAI_DATABASE_URL``. The exit status is 1 if a bound is broken at full size, or a cell at any.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import date, timedelta

import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

installation.begin(GONGKAI_INDEX_GRAMMAR="quanzhou", GONGKAI_INDEX_PREFIX="LZ", GONGKAI_INDEX_AREA="00")

from django.db import connection, transaction
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.applications.models import Application, Event
from gongkai.decisions.models import Procurement
from gongkai.demo import founding
from gongkai.demo.prefecture.asking import AskingPlanner
from gongkai.demo.prefecture.figures import EDITION, YEAR, figures
from gongkai.demo.prefecture.making import make
from gongkai.demo.prefecture.places import ROOT, prefecture
from gongkai.records.models import Attribute, Category, Record, Stage, Validity
from gongkai.remedies.models import Party, PartyRole, Remedy, RemedyEvent, RemedyKind
from gongkai.reporting.models import Scope, Submission
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.figures import figures as compiled
from gongkai.units.models import Unit

RATIO, SECONDS, GROWTH, MINUTES = 2, 2.0, 12, 10
ROUNDS, TIMES, LOT = 7, 10, 5000
PROJECTS = 57_191
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
BARE = (
    # Table 三: the answers of each unit by who asked and what came of it.
    """
    SELECT a.unit_id, a.applicant_kind, e.kind, e.payload, COUNT(*) FROM applications_event e
    JOIN applications_application a ON a.id = e.application_id
    WHERE e.day <= %(last)s AND a.arrived_on <= %(last)s AND (a.ended_on IS NULL OR a.ended_on >= %(first)s)
    GROUP BY a.unit_id, a.applicant_kind, e.kind, e.payload
    """,
    # Table 四.
    """
    SELECT p.unit_id, r.kind, e.kind, e.payload, COUNT(*) FROM remedies_remedyevent e
    JOIN remedies_remedy r ON r.id = e.remedy_id JOIN remedies_party p ON p.remedy_id = r.id
    WHERE e.day <= %(last)s AND p.role = 'respondent' GROUP BY p.unit_id, r.kind, e.kind, e.payload
    """,
    # Table 二: documents, decisions, projects.
    """
    SELECT unit_id, category, SUM(CASE WHEN made_on BETWEEN %(first)s AND %(last)s THEN 1 ELSE 0 END),
    SUM(CASE WHEN made_on <= %(last)s AND NOT (validity IN ('repealed', 'expired') AND validity_since <= %(last)s)
    THEN 1 ELSE 0 END) FROM records_record
    WHERE category IN ('rules', 'normative') AND published_on IS NOT NULL GROUP BY unit_id, category
    """,
    """
    SELECT unit_id, kind, COUNT(*) FROM decisions_decision WHERE decided_on BETWEEN %(first)s AND %(last)s
    GROUP BY unit_id, kind
    """,
    "SELECT unit_id, COUNT(*), SUM(amount_fen) FROM decisions_procurement WHERE year = 2019 GROUP BY unit_id",
)


def bare() -> None:
    """Run the aggregates and fetch their rows."""
    with connection.cursor() as cursor:
        for query in BARE:
            cursor.execute(query, {"first": str(FIRST), "last": str(LAST)})
            cursor.fetchall()


def fill(share: float, times: int, seed: int) -> None:
    """Add the documents, projects, applications and remedies of a city, so many times."""
    from random import Random  # noqa: PLC0415 -- only here

    random, units = Random(seed), dict(Unit.objects.filter(abolished_on=None).values_list("code", "pk"))
    codes, user = list(units), User.objects.create(username=f"u{seed}", name="甲")
    whole = figures()
    with transaction.atomic():
        _rows(Record, round(whole.made * share * times), lambda n: record(n, units[codes[n * 7 % len(codes)]], user.pk))
        _rows(
            Procurement,
            round(PROJECTS * share * times),
            lambda n: Procurement(
                unit_id=units[codes[n * 7 % len(codes)]],
                year=YEAR,
                project=f"第{seed}-{n}号项目",
                amount_fen=n * 991 % 10**7,
            ),
        )
        for turn in range(max(1, round(share * times))):
            applications(random, units, seed * 100 + turn)


def record(number: int, unit: int, user: int) -> Record:
    is_normative = number % 50 == 0
    made_on = FIRST + timedelta(days=number % 360) if number % 500 else date(2015, 1, 1 + number % 28)
    is_published = number % 5 < 2
    return Record(
        unit_id=unit,
        author_id=user,
        category=Category.NORMATIVE if is_normative else Category.DOCUMENT,
        attribute=Attribute.PROACTIVE if is_published else Attribute.ON_REQUEST,
        stage=Stage.PUBLISHED if is_published else Stage.FILED,
        title=f"关于第{number}号事项的通知",
        body="<p>有关事项通知如下。</p>" * 10,
        made_on=made_on,
        published_on=made_on if is_published else None,
        validity=Validity.REPEALED if number % 400 == 0 else Validity.IN_FORCE,
        validity_since=LAST if number % 400 == 0 else None,
    )


def applications(random: object, units: dict[str, int], turn: int) -> None:
    """Add the applications of the year with what happened to them, and the remedies that follow some."""
    planned = AskingPlanner(prefecture(), random, figures=figures()).plan()
    made = Application.objects.bulk_create(
        Application(
            unit_id=units[case.place.code],
            number=f"{case.place.code}-{turn}-{number:05d}",
            medium=case.medium,
            arrived_on=case.received,
            applicant_kind=case.kind,
            title=case.request.title,
            stage="answered",
            started_on=case.started,
            ended_on=case.ended_on,
            outcome=case.outcome,
        )
        for number, case in enumerate(planned)
    )
    events = []
    for case, one in zip(planned, made, strict=True):
        steps = [("received", case.received, {"medium": case.medium})]
        if case.started != case.received or case.medium not in {"counter", "registered_post"}:
            steps.append(("confirmed", case.started, {"way": "电话"}))
        steps.append(("claimed", case.started, {"officer": "甲"}))
        steps.append(("answer", case.ended_on, {"mode": "posted", "outcome": case.outcome}))
        events += [
            Event(application=one, sequence=place, kind=kind, day=day, payload=payload)
            for place, (kind, day, payload) in enumerate(steps, 1)
        ]
    Event.objects.bulk_create(events, batch_size=LOT)
    contested = made[: sum(sum(columns.values()) for columns in figures().remedies.values())]
    remedies = Remedy.objects.bulk_create(
        Remedy(
            unit_id=one.unit_id,
            kind=list(RemedyKind)[number % 3],
            number=f"R-{turn}-{number}",
            application=one,
            ground="refusal",
            body="甲",
            earlier_decision="乙",
        )
        for number, one in enumerate(contested)
    )
    Party.objects.bulk_create(Party(remedy=one, unit_id=one.unit_id, role=PartyRole.RESPONDENT) for one in remedies)
    RemedyEvent.objects.bulk_create(
        RemedyEvent(remedy=one, sequence=place, kind=kind, day=date(YEAR, 3 + place, 5), payload=payload)
        for one in remedies
        for place, (kind, payload) in enumerate(
            (("notified", {}), ("answered", {}), ("decided", {"result": "claims_rejected"})), 1
        )
    )


def _rows(model: type, count: int, row: object) -> None:
    for start in range(0, count, LOT):
        model.objects.bulk_create([row(number) for number in range(start, min(start + LOT, count))])


def measure(name: str) -> tuple[float, float]:
    """Print and return the median seconds of the aggregates and of the compilation."""
    units = list(Unit.objects.filter(abolished_on=None).values_list("pk", flat=True))
    plain, ours = [], []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for turn in range(ROUNDS + 1):
        for times, work in ((plain, bare), (ours, lambda: compiled(units, YEAR, EDITION, known_at=timezone.now()))):
            start = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - start)
    base, taken = statistics.median(plain), statistics.median(ours)
    print(
        f"{name}: {len(units)} units, {Application.objects.count()} applications, {Record.objects.count()} documents, "
        f"{Procurement.objects.count()} projects: bare {1000 * base:.0f} ms, compiled {1000 * taken:.0f} ms, "
        f"{taken / base:.2f} x"
    )
    return base, taken


def whole_city(scale: float) -> bool:
    """Make the preset and compare the report of the city with the printed one; tell whether anything is broken."""
    began, worked = time.perf_counter(), time.process_time()
    counts = figures() if scale >= 1 else figures().scaled(round(1 / scale))
    made = make(today=date(YEAR + 1, 6, 30), password="not-a-secret", progress=_told, counts=counts)
    taken, used = time.perf_counter() - began, time.process_time() - worked
    report = Submission.objects.select_related("campaign", "unit").get(unit__code=ROOT, scope=Scope.WHOLE)
    found = {key: one.number for key, one in cells(report).items()}
    wrong = {key: (value, found.get(key)) for key, value in counts.cells().items() if found.get(key) != value}
    print(
        f"prefecture: {made.made.units} units, {made.made.records} documents, {made.made.cases} applications in "
        f"{taken:.0f} s (processor {used:.0f} s, ≤ {60 * MINUTES} s); {len(counts.cells()) - len(wrong)} of "
        f"{len(counts.cells())} cells as printed{f', wrong: {wrong}' if wrong else ''}"
    )
    return bool(wrong) or (scale >= 1 and taken > 60 * MINUTES)


def _told(words: str, done: int, total: int) -> None:
    if done in {0, total}:
        print(f"{time.process_time():8.1f} s {words} {done}/{total}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the compilation of the annual reports.")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the city's data; bounds hold at 1")
    parser.add_argument("--prefecture", action="store_true", help="make the whole city and compare its report")
    arguments = parser.parse_args()
    with installation.fresh_database():
        if arguments.prefecture:
            return int(whole_city(arguments.scale))
        founding.found(prefecture())
        fill(arguments.scale, 1, 1)
        base, once = measure("1 x")
        fill(arguments.scale, TIMES - 1, 2)
        _, many = measure("10 x")
    growth = many / once
    print(f"ratio {once / base:.2f} (≤ {RATIO}), {once:.2f} s (≤ {SECONDS:g} s), ten times the data {growth:.1f} x")
    broken = once / base > RATIO or once > SECONDS or growth > GROWTH
    return int(broken and arguments.scale >= 1)


if __name__ == "__main__":
    sys.exit(main())
