"""The office list of records against a bare Django list of the same table, in one run.

    uv run python benchmarks/records_list.py [--scale 0.05]

Prints the median server time of each page (one client, warm, 50 requests), its ratio to the bare list, the number of
queries, and for each hot filter whether the database reads the whole table. Exits with 1 where a bound is broken:
median ≤ 2 × bare, ≤ 8 queries, no whole-table scan. The data are invented and lie in a temporary folder; with
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
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Attribute, Category, Record, Stage, Validity
from gongkai.site import urls_office as urls
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Unit

UNITS, REPEAT, PAGE = 60, 50, 20
FOUNDED, LAST = date(2000, 1, 1), date.today()  # noqa: DTZ011 -- a benchmark has no legal day
BARE = Engine().from_string(
    "<html><body><table>{% for r in page %}<tr><td><a href='{{ r.pk }}/'>{{ r.title }}</a></td>"
    "<td>{{ r.document_number }}</td><td>{{ r.index_number }}</td><td>{{ r.unit.code }}</td>"
    "<td>{{ r.get_category_display }}</td><td>{{ r.get_attribute_display }}</td><td>{{ r.get_stage_display }}</td>"
    "<td>{{ r.made_on|date:'Y-m-d' }}</td></tr>{% endfor %}</table>"
    "<p>{{ page.paginator.count }} {{ page.number }}/{{ page.paginator.num_pages }}</p></body></html>"
)


def bare(request):
    """List the table as Django does by itself: newest first, 20 a page, counted, the unit joined."""
    records = Record.objects.select_related("unit").order_by("-made_on", "-pk")
    page = Paginator(records, PAGE).get_page(request.GET.get("page"))
    return HttpResponse(BARE.render(Context({"page": page})))


def fill(scale: int) -> tuple[User, User]:
    city = structure.establish(
        code="HL-900",
        kind=Kind.GOVERNMENT,
        name="海岚市人民政府",
        short_name="市政府",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )
    units = [
        structure.establish(
            code=f"HL-{n:03}",
            kind=Kind.DEPARTMENT,
            name=f"海岚市第{n}局",
            short_name=f"第{n}局",
            parent=city,
            day=FOUNDED,
            document="甲",
            actor=SYSTEM,
        )
        for n in range(UNITS)
    ]
    author = officer("author", units[0])
    head = officer("head", city)
    body = "<p>各镇街、各有关单位：现将有关事项通知如下，请认真贯彻执行。</p>" * 10
    days = 365 * 12
    rows = (
        Record(
            unit=units[n * 7919 % UNITS],
            author=author,
            category=list(Category)[n % 6],
            title=f"关于做好第{n}号事项有关工作的通知",
            document_number=f"岚办〔{2014 + n % 12}〕{n}号",
            index_number=f"B{n}",
            made_on=LAST - timedelta(days=n * 31 % days),
            attribute=Attribute.PROACTIVE,
            body=body,
            stage=Stage.DRAFT if n % 2000 == 0 else Stage.PUBLISHED,
            published_on=LAST - timedelta(days=n * 31 % days),
            validity=Validity.REPEALED if n % 9 == 0 else Validity.IN_FORCE,
        )
        for n in range(scale)
    )
    Record.objects.bulk_create(rows, batch_size=2000)
    return author, head


def officer(name: str, unit: Unit) -> User:
    user = User.objects.create_user(name, name=name)
    made = people.register(user=user, unit=unit, position="科员", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=made, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.HANDLER, unit=unit, day=FOUNDED, actor=SYSTEM, with_subtree=True)
    return user


def medians(client: Client, *addresses: str) -> list[float]:
    """Return the median milliseconds of each address, asked in turn so that a busy machine slows all of them alike."""
    times: dict[str, list[float]] = {address: [] for address in addresses}
    for turn in range(REPEAT + 5):
        for address in addresses:
            start = time.perf_counter()
            response = client.get(address)
            taken = time.perf_counter() - start
            assert response.status_code == 200, (address, response.status_code)
            if turn >= 5:
                times[address].append(taken)
    return [1000 * statistics.median(taken) for taken in times.values()]


def whole_table(sql: str, params: tuple) -> bool:
    """Tell whether the database reads the table itself from end to end for this query."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
            lines = [row[3] for row in cursor.fetchall()]
            return any(line.startswith("SCAN records_record") and "INDEX" not in line for line in lines)
        cursor.execute("EXPLAIN " + sql, params)
        return any("Seq Scan on records_record" in row[0] for row in cursor.fetchall())


class Recorder:
    """Keep the statements with their parameters, which Django's own log joins into one text."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, tuple]] = []

    def __call__(self, execute, sql, params, many, context):
        if 'FROM "records_record"' in sql:
            self.seen.append((sql, params))
        return execute(sql, params, many, context)


def measure(client: Client, name: str, address: str) -> bool:
    same_page = "/bare/?page=500" if "page=500" in address else "/bare/"
    base, taken = medians(client, same_page, address)
    recorder = Recorder()
    with CaptureQueriesContext(connection) as queries, connection.execute_wrapper(recorder):
        client.get(address)
    scans = [whole_table(sql, params) for sql, params in recorder.seen]
    ratio = taken / base
    count = len(queries.captured_queries)
    broken = ratio > 2 or count > 8 or any(scans)
    print(
        f"{name:24} {taken:7.1f} ms  bare {base:7.1f} ms  {ratio:5.2f} x  {count} queries  "
        f"{'WHOLE TABLE' if any(scans) else 'by index'}{'  BROKEN' if broken else ''}"
    )
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the office list of records.")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the 200 000 records; bounds hold at 1")
    share = parser.parse_args().scale
    scale = round(200_000 * share)
    # Not ``setup_test_environment``: it has every template report its whole context, which is no server's time.
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    urls.urlpatterns.append(path("bare/", bare))
    clear_url_caches()
    set_urlconf(None)
    with installation.fresh_database():
        author, head = fill(scale)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {scale} records, {UNITS} units, one client, median of {REPEAT}")
        client = Client()
        client.force_login(head)
        address = "/office/records/"
        year = LAST.year
        pages = {
            "whole city": "",
            "whole city, page 500": "?page=500",
            "one unit": "?unit=5",
            "stage": "?stage=draft",
            "attribute": "?attribute=proactive",
            "category": "?category=notice",
            "validity": "?validity=repealed",
            "late": "?is_late=on",
            "category and validity": "?category=normative&validity=in_force",
            "year": f"?year={year}",
            "unit, stage, year": f"?unit=5&stage=published&year={year}",
        }
        broken = [measure(client, name, address + query) for name, query in pages.items()]
        client.force_login(author)
        broken.append(measure(client, "officer of one unit", address))
    return int(any(broken) and share >= 1)


if __name__ == "__main__":
    sys.exit(main())
