"""Redacting a document: time and size a page, against drawing the same pages once and doing nothing with them.

    uv run python benchmarks/redaction.py [--scale 0.05]

A document of 500 pages of text (black and white) and one of 50 pages with colours and shades, with a box on every
tenth page. Prints processor seconds a page of redacting with its proof, the ratio to drawing every page once at
300 dots per inch in the same run, bytes a page, and the largest memory. Exits with 1 where a bound is broken: at most
5 times the bare drawing, at most 120 kB for a page of text.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from importlib import resources

import typst

from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.making import make
from gongkai.files.redaction.original import open_original

PAGES, COLOURED = 500, 50
MOST_TIMES, MOST_BYTES = 5, 120_000
HEAD = '#set text(font: "Gongkai Serif SC", size: 12pt, lang: "zh")\n#set page(paper: "a4")\n#set par(justify: true)\n'
SENTENCE = "本机关经审查认为，您申请公开的信息中第{n}项可以公开，另有部分内容涉及个人隐私，依法区分处理后提供。"


def text_of(pages: int) -> bytes:
    body = "\n#pagebreak()\n".join(
        "".join(SENTENCE.format(n=f"{page}之{k}") for k in range(20)) for page in range(pages)
    )
    return set_in_type(body)


def colours_of(pages: int) -> bytes:
    seal = "#place(bottom + right, circle(radius: 60pt, stroke: 3pt + red)[#text(red)[公开专用章]])"
    table = "#table(columns: 3, fill: (x, y) => if y == 0 { rgb(200, 215, 235) }, [事项], [金额], [备注])"
    pictures = "#rect(width: 100%, height: 100pt, fill: gradient.linear(..color.map.viridis))"
    words = "".join(SENTENCE.format(n=k) for k in range(8))
    return set_in_type("\n#pagebreak()\n".join([f"{words}\n{table}\n{pictures}\n{seal}"] * pages))


def set_in_type(body: str) -> bytes:
    fonts = str(resources.files("gongkai.typeset") / "fonts")
    return typst.compile((HEAD + body).encode(), font_paths=[fonts])


def bare(data: bytes) -> float:
    start = time.process_time()
    with open_original(data, "pdf") as original:
        for page in range(1, len(original) + 1):
            original.picture(page, 300)
    return time.process_time() - start


def measure(name: str, data: bytes, pages: int) -> tuple[float, float]:
    boxes = [Box(page, Rect(0.3, 0.2, 0.6, 0.22), "N4-privacy") for page in range(1, pages + 1, 10)]
    drawing = bare(data)
    start, wall = time.process_time(), time.perf_counter()
    copy = make(data, "pdf", boxes=boxes, may_remain=True)
    taken, waited = time.process_time() - start, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio, size = taken / drawing, len(copy.data) / pages
    print(
        f"{name}: {pages} pages, {1000 * taken / pages:.0f} ms a page ({waited:.1f} s on the wall), "
        f"{ratio:.1f} x drawing ({1000 * drawing / pages:.0f} ms), {size / 1000:.0f} kB a page "
        f"(original {len(data) / pages / 1000:.0f}), {peak:.0f} MB at most, text on {pages - silent(copy)} pages"
    )
    return ratio, size


def silent(copy) -> int:
    return len(copy.report["pages_without_text"])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    pages, coloured = max(int(PAGES * scale), 2), max(int(COLOURED * scale), 2)
    ratio, size = measure("text", text_of(pages), pages)
    measure("colours", colours_of(coloured), coloured)
    broken = ratio > MOST_TIMES or size > MOST_BYTES
    if scale < 1:
        return 0
    print("a bound is broken" if broken else "within the bounds")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
