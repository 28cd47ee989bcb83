"""The damages that ``fuzz.py`` does to whole files: to bytes, to markup, to members of an archive, to lines of text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

ABSURD = ("0", "-1", "1", "2", "65536", "4294967295", "99999999999999999999", "1e999", "NaN", "", "٣", "½", "一", "1.5")
ATTRIBUTE = re.compile(rb'"[^"<>]{0,40}"')
NUMBER = re.compile(rb"\d+(?:\.\d+)?")
TAG = re.compile(rb"</?[A-Za-z][^<>]*>")
DIGITS = re.compile(r"\d+")
BREAK = re.compile(r"[\s|]+|(?<=\D)(?=\D)")
LEGEND = re.compile(r"20\d\d|^[一二三四五六]、")


def of_bytes(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut off, repeat, lose or exchange bytes; several times."""
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 30])):
        start = rng.randrange(max(1, len(out)))
        length = rng.choice([1, 2, 4, 64, 1024])
        kind = rng.randrange(6)
        if kind == 0 and out:
            out[start] ^= 1 << rng.randrange(8)
        elif kind == 1 and out:
            out[start] = rng.choice(b"\x00\xff\x80<>&\"'{}[]|\n\r\t 09-.%/")
        elif kind == 2:
            out[start:start] = out[start : start + length] * rng.choice([1, 2, 50])
        elif kind == 3:
            del out[start : start + length]
        elif kind == 4:
            out[start : start + length] = rng.randbytes(length)
        elif rng.random() < 0.3:
            del out[start:]
    return bytes(out)


def of_markup(data: bytes, rng: random.Random) -> bytes:
    """Make numbers and attributes absurd; lose, repeat, exchange or wrap tags."""
    for _ in range(rng.choice([1, 1, 3, 10])):
        kind = rng.randrange(6)
        expression = (ATTRIBUTE, NUMBER, TAG, TAG, TAG, TAG)[kind]
        places = list(expression.finditer(data))
        if not places:
            return of_bytes(data, rng)
        place = rng.choice(places)
        absurd = rng.choice(ABSURD).encode()
        new = {
            0: b'"' + absurd + b'"',
            1: absurd,
            2: b"",
            3: place[0] * rng.choice([2, 300]),
            4: rng.choice(places)[0],
            5: place[0].replace(b" ", b' colspan="999" rowspan="65535" ', 1),
        }[kind]
        data = data[: place.start()] + new + data[place.end() :]
    return data


def of_members(data: bytes, rng: random.Random) -> bytes:
    """Damage the content of one member of an archive, exchange two, lose or repeat one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name, other = rng.choice(list(members)), rng.choice(list(members))
    kind = rng.randrange(12)
    if kind == 0:
        del members[name]
    elif kind == 1:
        members[name] = members[other]
    elif kind == 2:
        members[name] = of_bytes(members[name], rng)
    else:
        # The large members hold the report: most damages go there.
        name = max(members, key=lambda one: len(members[one])) if rng.random() < 0.5 else name
        members[name] = of_markup(members[name], rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return buffer.getvalue()


def of_lines(text: str, rng: random.Random) -> tuple[str, bool]:
    """Damage the lines of a text; the second result tells whether a figure of a table was lost or moved."""
    lines = text.split("\n")
    lost = False
    for _ in range(rng.choice([1, 1, 2, 4])):
        if lines:
            lost |= rng.choice(LINE_DAMAGES)(lines, rng.randrange(len(lines)), rng)
    return "\n".join(lines), lost


def _drop(lines: list[str], place: int, rng: random.Random) -> bool:
    del rng
    return _figures(lines.pop(place))


def _swap(lines: list[str], place: int, rng: random.Random) -> bool:
    other = rng.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]
    return _figures(lines[place]) or _figures(lines[other])


def _merge(lines: list[str], place: int, rng: random.Random) -> bool:
    lines[place : place + 2] = [rng.choice(["", " ", "\u3000"]).join(lines[place : place + 2])]
    return False


def _split(lines: list[str], place: int, rng: random.Random) -> bool:
    cut = rng.choice([found.end() for found in BREAK.finditer(lines[place])] or [0])
    lines[place : place + 1] = [lines[place][:cut], lines[place][cut:]]
    return False


def _page_number(lines: list[str], place: int, rng: random.Random) -> bool:
    number = rng.randint(1, 30)
    lines.insert(place, rng.choice([f"- {number} -", f"第{number}页", f"{number}", f"—{number}—"]))
    return False


def _glued(lines: list[str], place: int, rng: random.Random) -> bool:
    number = rng.randint(1, 30)
    lines[place] += rng.choice([f"- {number} -", f" — {number} —", f"第{number}页"])
    return False


def _blank(lines: list[str], place: int, rng: random.Random) -> bool:
    line = lines[place]
    numbers = [found for found in DIGITS.finditer(line) if len(found[0]) > 1]
    if numbers and not LEGEND.search(line):
        found = rng.choice(numbers)
        cut = rng.randrange(found.start() + 1, found.end())
        lines[place] = f"{line[:cut]} {line[cut:]}"
    return False


def _gap(lines: list[str], place: int, rng: random.Random) -> bool:
    line = lines[place]
    cut = rng.choice([found.start() for found in re.finditer(r"(?<=\D)(?=\D)", line)] or [0])
    lines[place] = f"{line[:cut]}{rng.choice([' ', '  ', chr(0x3000)])}{line[cut:]}"
    return False


def _figures(line: str) -> bool:
    return bool(DIGITS.search(line)) and not LEGEND.search(line)


LINE_DAMAGES = (_drop, _swap, _merge, _split, _page_number, _glued, _blank, _gap)
