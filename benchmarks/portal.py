"""The public site under load, beside a hello-world and a bare Django list of the same table, in one run.

    uv run python benchmarks/portal.py [--scale 0.05] [--seconds 6]

200 000 published records of about 541 characters (``search_corpus.py``) lie in a temporary folder (SQLite) and are
indexed; the public service runs with two workers, and wrk (Debian's package) asks from the same machine. *Warm*: the
same address again and again, 32 connections; *cold*: another address each time. What is searched for is drawn from the
titles: a word, a few characters, or the whole title. *search* asks such queries, 300 of them, again and again, each
time at another address: the engine remembers what it was asked, the page does not. *anew* asks queries that were not
asked before, but for the words that many titles share. Prints requests a second, latencies and ratios, and how long
after its publication a record is seen on a page that is being asked for all the time. Exits with 1 where a bound is
broken: warm ≥ 0.5 × hello, cold ≥ 0.5 × the bare list (but *anew*: what the engine costs is in search.py), p50 < 20 ms
at 4 connections, a publication seen within 5 s. Without wrk it says so and measures nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import installation
from search_corpus import documents

# ruff: noqa: E402 -- models can be imported only once Django is set up

HOME = installation.begin(
    GONGKAI_CITY="海岚市",
    GONGKAI_DATABASE_URL="",
    GONGKAI_SERVICE="portal",
    DJANGO_SETTINGS_MODULE="portal_settings",
    PYTHONPATH=str(Path(__file__).parent),
)

from gongkai.accounts.models import User
from gongkai.indexing import building
from gongkai.jobs.domain import statistics
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.models import Attribute, Category, Record, Stage, Validity
from gongkai.text.segmentation import cutter
from gongkai.units.domain import structure
from gongkai.units.models import Kind, Unit

UNITS, FOUNDED, LAST = 60, date(2000, 1, 1), date(2026, 6, 30)
PORT = 8931
WARM = {"home": "/", "list": "/policies/", "record": "/records/77/", "search": "/search/?q=公积金"}
COLD = [*WARM, "anew"]
AGAIN = 300
"""Queries that are asked again and again; those asked anew are all others that are drawn."""


def fill(total: int) -> None:
    city = Unit.objects.filter(code="HL-001").first() or establish("HL-001", "海岚市人民政府", None, Kind.GOVERNMENT)
    units = [establish(f"HL-{n:03d}", f"海岚市第{n}局", city, Kind.DEPARTMENT) for n in range(100, 100 + UNITS)]
    author = User.objects.create_user("author", name="甲")
    days = (LAST - FOUNDED).days
    kinds = (Category.NORMATIVE, Category.DOCUMENT, Category.DOCUMENT, Category.NOTICE, Category.INTERPRETATION)
    batch = []
    for number, document in enumerate(documents(total)):
        day = FOUNDED + timedelta(days=number * days // total)
        batch.append(
            Record(
                unit=units[number % UNITS],
                author=author,
                category=kinds[number % 5],
                title=document.title,
                document_number=f"岚文〔{day.year}〕{number}号",
                index_number=f"HL06{number:09d}",
                made_on=day,
                published_on=day,
                attribute=Attribute.PROACTIVE,
                stage=Stage.PUBLISHED,
                validity=Validity.REPEALED if number % 7 == 0 else Validity.IN_FORCE,
                validity_since=day if number % 7 == 0 else None,
                scope_item="20.01",
                body=f"<p>{document.body}</p>",
            )
        )
        if len(batch) == 2000:
            Record.objects.bulk_create(batch)
            batch.clear()
    Record.objects.bulk_create(batch)


def establish(code, name, parent, kind):
    return structure.establish(
        code=code, kind=kind, name=name, short_name=name, parent=parent, day=FOUNDED, document="甲", actor=SYSTEM
    )


def queries(total: int) -> list[str]:
    """Return what is searched for: of titles in any order a word, a few characters, or all of it, in equal parts."""
    draw, cut = random.Random(6), cutter()
    found = []
    titles = [document.title for document in islice(documents(total), 20_000)]
    for title in draw.sample(titles, len(titles)):
        words = [word for word in cut.words(title) if len(word) > 1]
        start = draw.randrange(len(title) - 6)
        found.append((draw.choice(words), title[start : start + draw.randrange(3, 7)], title)[len(found) % 3])
    return found


def cold_script(total: int) -> Path:
    """Write the script by which wrk asks for another address each time."""
    path = HOME / "cold.lua"
    asked = ", ".join(f"'{quote(text)}'" for text in queries(total))
    path.write_text(
        "local kind = os.getenv('COLD')\nmath.randomseed(7)\n"
        f"local asked = {{ {asked} }}\n"
        "request = function()\n"
        "  local p, other = '/', math.random(1, 1e9)\n"
        f"  if kind == 'record' then p = '/records/' .. math.random(1, {total}) .. '/'\n"
        "  elseif kind == 'list' then p = '/policies/?page=' .. math.random(1, 400) .. '&x=' .. other\n"
        "  elseif kind == 'bare' then p = '/bare/?page=' .. math.random(1, 400) .. '&x=' .. other\n"
        f"  elseif kind == 'search' then p = '/search/?q=' .. asked[math.random({AGAIN})] .. '&x=' .. other\n"
        f"  elseif kind == 'anew' then p = '/search/?q=' .. asked[math.random({AGAIN + 1}, #asked)] .. '&x=' .. other\n"
        "  else p = '/?x=' .. other end\n"
        "  return wrk.format('GET', p)\n"
        "end\n",
        encoding="utf-8",
    )
    return path


def wrk(path: str, *, seconds: int, connections: int, script: Path | None = None, kind: str = "") -> dict[str, float]:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    command += ["-s", str(script)] if script else []
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{PORT}{quote(path, safe='/?=&')}"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"COLD": kind},
    ).stdout
    if "Non-2xx" in done:
        raise SystemExit(f"{path} {kind}: {done}")
    latency = {share: in_ms(value) for share, value in re.findall(r"(50|99)%\s+([\d.]+\w+)", done)}
    return {"rps": float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1]), "p50": latency["50"], "p99": latency["99"]}


def in_ms(value: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", value).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def seen_after() -> float:
    """Publish a record while the first page is asked for all the time; return the seconds until it is there."""
    last = Record.objects.order_by("-pk").first()
    fresh = "刚刚公开的通知"
    fetch = lambda: urllib.request.urlopen(f"http://127.0.0.1:{PORT}/").read().decode()  # noqa: E731 -- said in place
    assert fresh not in fetch()
    last.pk, last.index_number, last.title, last.published_on = None, "HL-fresh", fresh, date(2026, 7, 1)
    last.save(force_insert=True)
    start = time.monotonic()
    while fresh not in fetch() and time.monotonic() - start < 30:
        time.sleep(0.05)
    return time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seconds", type=int, default=6)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        print("NOT MEASURED: wrk is not installed (apt-get install wrk)")
        return 0
    total = int(200_000 * arguments.scale)
    seconds = max(2, int(arguments.seconds * min(1, arguments.scale * 4)))
    installation.migrate()
    fill(total)
    start = time.monotonic()
    building.rebuild()
    statistics.gather()
    print(f"{total} records; indexed in {time.monotonic() - start:.0f} s")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]
    server = subprocess.Popen(
        [*command, "--port", str(PORT), "--log-level", "warning", "gongkai.site.wsgi:application"]
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/hello/").read()
                break
            except OSError:
                time.sleep(0.2)
        return measure(total, seconds, is_whole=arguments.scale >= 1)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def measure(total: int, seconds: int, *, is_whole: bool) -> int:
    broken = []
    script = cold_script(total)
    hello = wrk("/hello/", seconds=seconds, connections=32)
    print(f"{'hello':8} {hello['rps']:8.0f} rps  p50 {hello['p50']:6.1f} ms")
    for name, path in WARM.items():
        found = wrk(path, seconds=seconds, connections=32)
        ratio = found["rps"] / hello["rps"]
        print(
            f"{name:8} {found['rps']:8.0f} rps  p50 {found['p50']:6.1f}  p99 {found['p99']:6.1f} ms  warm"
            f" {ratio:.2f} × hello"
        )
        if ratio < 0.5:
            broken.append(f"warm {name}: {ratio:.2f} × hello")
    bare = wrk("/", seconds=seconds, connections=32, script=script, kind="bare")
    print(f"{'bare':8} {bare['rps']:8.0f} rps  p50 {bare['p50']:6.1f} ms")
    for name in COLD:
        found = wrk("/", seconds=seconds, connections=32, script=script, kind=name)
        few = wrk("/", seconds=seconds, connections=4, script=script, kind=name)
        ratio = found["rps"] / bare["rps"]
        print(
            f"{name:8} {found['rps']:8.0f} rps  p50 {found['p50']:6.1f}  p99 {found['p99']:6.1f} ms  cold"
            f" {ratio:.2f} × bare  at 4 connections p50 {few['p50']:.1f} ms"
        )
        if name != "anew" and ratio < 0.5:
            broken.append(f"cold {name}: {ratio:.2f} × bare")
        if few["p50"] >= 20:
            broken.append(f"cold {name}: p50 {few['p50']:.1f} ms at 4 connections")
    after = seen_after()
    print(f"a publication is seen after {after:.1f} s")
    if after > 5:
        broken.append(f"a publication seen after {after:.1f} s")
    for line in broken:
        print("BROKEN:" if is_whole else "over the bound at this scale:", line)
    return 1 if broken and is_whole else 0


if __name__ == "__main__":
    sys.exit(main())
