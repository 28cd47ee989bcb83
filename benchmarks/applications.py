"""The pages of applications against a bare Django list of the same table, in one run; and computing all again.

    uv run python benchmarks/applications.py [--scale 0.05]

Prints the median server time of each page (one client, warm, 50 requests), its ratio to the bare list and the number of
queries; then how long it takes to compute every case again after a calendar change, all of them unfinished, which is
the worst there can be. Exits with 1 where a bound is broken at full size: lists and board ≤ 2 × bare and ≤ 8 queries, a
case page with 40 events ≤ 4 × bare, 50 000 cases in 20 s. The data are invented and lie in a temporary folder; with
``GONGKAI_DATABASE_URL`` they lie in a test database on that server.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import date, timedelta

import installation

# ruff: noqa: E402 -- models can be imported only once Django is set up

installation.begin()

from django.conf import settings
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path, set_urlconf

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.applications.domain import identity, projection
from gongkai.applications.domain.identity import Identity
from gongkai.applications.models import ApplicantKind, Application, Event, Medium, Stage
from gongkai.journal.domain.entry import SYSTEM
from gongkai.law.calendar import CHINA
from gongkai.site import urls_office as urls
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Unit

UNITS, REPEAT, WARM, PAGE, CASES, EVENTS = 60, 50, 5, 20, 50_000, 40
FOUNDED, TODAY = date(2008, 1, 1), date.today()  # noqa: DTZ011 -- a benchmark has no legal day
LOT = 2000
PENDING_SHARE = 50
"""Every fiftieth application is unfinished, received within the last 25 days."""
BARE = Engine().from_string(
    "<html><body><table>{% for a in page %}<tr><td><a href='{{ a.pk }}/'>{{ a.number }}</a></td><td>{{ a.title }}</td>"
    "<td>{{ a.unit.code }}</td><td>{{ a.get_applicant_kind_display }}</td><td>{{ a.get_medium_display }}</td>"
    "<td>{{ a.get_stage_display }}</td><td>{{ a.arrived_on|date:'Y-m-d' }}</td>"
    "<td>{{ a.due_on|date:'Y-m-d' }}</td></tr>{% endfor %}</table>"
    "<p>{{ page.paginator.count }} {{ page.number }}/{{ page.paginator.num_pages }}</p></body></html>"
)


def bare(request):
    """List the table as Django does by itself: newest first, 20 a page, counted, the unit joined."""
    found = Application.objects.select_related("unit").order_by("-arrived_on", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return HttpResponse(BARE.render(Context({"page": page})))


def fill(size: int) -> tuple[User, Application]:
    """Make a city and its applications, each with one applicant and what happened to it; return a head and a case."""
    city = establish("HL-900", "海岚市人民政府", None, Kind.GOVERNMENT)
    units = [establish(f"HL-{n:03}", f"海岚市第{n}局", city, Kind.DEPARTMENT) for n in range(UNITS)]
    head = officer("head", city)
    days = 365 * 8
    for start in range(0, size, LOT):
        lot = [application(n, units, days) for n in range(start, min(start + LOT, size))]
        made = Application.objects.bulk_create(lot)
        people_of = [identity.sealed(one, Identity(name=f"申请人{one.number}"), 0) for one in made]
        type(people_of[0]).objects.bulk_create(people_of)
        Event.objects.bulk_create([event for one in made for event in events(one)])
    case = Application.objects.filter(stage=Stage.OPEN).order_by("-pk").first()
    Event.objects.bulk_create(
        [
            Event(application=case, sequence=n, kind="note", day=case.arrived_on, payload={"text": "办理记录"})
            for n in range(2, EVENTS + 1)
        ]
    )
    Application.objects.filter(pk=case.pk).update(version=EVENTS)
    return head, case


def establish(code: str, name: str, parent: Unit | None, kind: str) -> Unit:
    return structure.establish(
        code=code, kind=kind, name=name, short_name=name, parent=parent, day=FOUNDED, document="甲", actor=SYSTEM
    )


def officer(name: str, unit: Unit) -> User:
    user = User.objects.create_user(name, name=name)
    made = people.register(user=user, unit=unit, position="科员", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=made, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.HANDLER, unit=unit, day=FOUNDED, actor=SYSTEM, with_subtree=True)
    return user


def application(number: int, units: list[Unit], days: int) -> Application:
    is_pending = number % PENDING_SHARE == 0
    arrived = TODAY - timedelta(days=number // PENDING_SHARE % 25 if is_pending else 60 + number * 31 % days)
    due = CHINA.add(arrived, 20)
    unit = units[number * 7919 % UNITS]
    return Application(
        unit=unit,
        number=f"{unit.code}-{arrived.year}-{number:06}",
        medium=Medium.COUNTER,
        arrived_on=arrived,
        applicant_kind=list(ApplicantKind)[number % 6],
        title=f"关于第{number}号项目征收补偿方案及其批复的文件",
        version=1 if is_pending else 2,
        stage=Stage.OPEN if is_pending else Stage.ANSWERED,
        regulation="2019" if arrived >= date(2019, 5, 15) else "2008",
        started_on=arrived,
        due_on=due,
        ended_on=None if is_pending else arrived + timedelta(days=10),
        outcome="" if is_pending else "A1",
    )


def events(one: Application) -> list[Event]:
    received = Event(
        application=one, sequence=1, kind="received", day=one.arrived_on, payload={"medium": str(Medium.COUNTER)}
    )
    if one.stage == Stage.OPEN:
        return [received]
    answer = {"mode": "direct", "outcome": one.outcome}
    return [received, Event(application=one, sequence=2, kind="answer", day=one.ended_on, payload=answer)]


def medians(client: Client, *addresses: str) -> list[float]:
    """Return the median milliseconds of each address, asked in turn so that a busy machine slows all of them alike."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for turn in range(REPEAT + WARM):
        for address in addresses:
            start = time.perf_counter()
            response = client.get(address)
            taken = time.perf_counter() - start
            assert response.status_code == 200, (address, response.status_code)
            if turn >= WARM:
                times[address].append(taken)
    return [1000 * statistics.median(taken) for taken in times.values()]


def measure(client: Client, name: str, address: str, *, ratio: float, queries: int) -> bool:
    """Print one page's figures and tell whether a bound is broken."""
    base, taken = medians(client, "/bare/", address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    count = len(seen.captured_queries)
    broken = taken / base > ratio or count > queries
    print(
        f"{name:28} {taken:7.1f} ms  bare {base:7.1f} ms  {taken / base:5.2f} x (≤ {ratio:g})  "
        f"{count} queries{'  BROKEN' if broken else ''}"
    )
    return broken


def again(size: int) -> bool:
    """Make every case unfinished, compute all again on another day, and tell whether it takes too long."""
    Event.objects.filter(kind="answer")._raw_delete("default")  # noqa: SLF001 -- events are append-only; a benchmark may
    Application.objects.update(stage=Stage.OPEN, ended_on=None, outcome="", due_on=None)
    start = time.perf_counter()
    moved = projection.recompute(day=TODAY, reason="基准测试")
    taken = time.perf_counter() - start
    assert len(moved) == size, (len(moved), size)
    print(f"recompute {size} cases: {taken:.1f} s (≤ 20 s for {CASES})")
    return taken > 20


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the pages of applications.")
    parser.add_argument("--scale", type=float, default=1.0, help=f"share of the {CASES} applications; bounds hold at 1")
    share = parser.parse_args().scale
    size = round(CASES * share)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    urls.urlpatterns.append(path("bare/", bare))
    clear_url_caches()
    set_urlconf(None)
    with installation.fresh_database():
        head, case = fill(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {size} applications, {UNITS} units, one client, median of {REPEAT}")
        client = Client()
        client.force_login(head)
        place = "/office/applications/"
        broken = [
            measure(client, name, place + rest, ratio=2, queries=8)
            for name, rest in {
                "register": "",
                "register, page 400": "?page=400",
                "register, one unit": "?unit=5",
                "register, unfinished": "?is_pending=on",
                "register, late": "?is_late=on",
                "register, outcome": "?outcome=A1",
                "register, year": f"?year={TODAY.year - 1}",
                "register, stage": "?stage=answered",
                "board": "board/",
                "board, mine": "board/?handler=mine",
            }.items()
        ]
        broken.append(measure(client, f"case page, {EVENTS} events", f"{place}{case.pk}/", ratio=4, queries=40))
        broken.append(again(size))
    return int(any(broken) and share >= 1)


if __name__ == "__main__":
    sys.exit(main())
