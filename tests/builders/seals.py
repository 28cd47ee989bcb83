"""Letters as OFD files, sealed with keys that are thrown away."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from builders import ofd, sm2
from gongkai.annual.reader import pdf as pdf_reader
from gongkai.annual.reader.layout_text import lines
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.seals.ofd import making, sealing

if TYPE_CHECKING:
    from gongkai.applications.seals.ofd.making import Key

NOW = datetime(2024, 2, 19, 3, tzinfo=UTC)
DATE = "2024年2月19日"
_POINTS = 72 / 25.4


def short(*more: str) -> ofd.Ofd:
    """A letter of one page with the date of ``NOW``."""
    return ofd.Ofd([ofd.text(30, 30, "政府信息公开延期答复告知书") + ofd.text(120, 200, DATE), *more])


def ofd_of(pdf: bytes) -> ofd.Ofd:
    """What a converter makes of a letter: the same characters at the same places, spaces not drawn."""
    pages = []
    for page in pdf_reader.pages_of(pdf):
        layer = ""
        for line in lines(page.sheet.glyphs):
            first = line[0]
            steps = [(after.x0 - glyph.x0) / _POINTS for glyph, after in pairwise(line)]
            more = {"DeltaX": " ".join(f"{step:.3f}" for step in steps)} if steps else {}
            words = "".join(glyph.text for glyph in line)
            size = (first.y1 - first.y0) / _POINTS
            layer += ofd.text(first.x0 / _POINTS, first.y0 / _POINTS, words, size=size, **more)
        pages.append(layer)
    return ofd.Ofd(pages)


@dataclass
class Client:
    """The seal client of a city: it seals whole OFD files with an SM2 key, as GB/T 38540—2020 has it."""

    key: Key = field(default_factory=lambda: sm2.key_of("海岚市水利局"))
    maker: Key = field(default_factory=lambda: sm2.key_of("海岚市印章中心"))
    seal_name: str = "海岚市水利局"
    name: str = "client"
    kinds: frozenset = frozenset({"pdf", "ofd"})

    def seal(self, data: bytes, words: str = DATE) -> bytes:
        """Return ``data`` sealed on ``words``."""
        made = making.seal_of(self.seal_name, b"\x89PNG", signer=self.key.certificate, maker=self.maker, now=NOW)
        return sealing.seal(
            data,
            place=sealing.place_of(data, words),
            method=self.key.method,
            sign=lambda signed, path: making.sealed(signed, path, seal=made, key=self.key, now=NOW),
            now=NOW,
        )

    def sign(self, data: bytes, *, unit, document, kind="pdf") -> bytes:
        """Serve the port of electronic seals."""
        assert (kind, unit) == ("ofd", "HL-012")
        return self.seal(data, chinese_day(document.day))


def changed(data: bytes, changes: dict[str, object]) -> bytes:
    """The container with members replaced, added, changed by a function, or left out (``None``)."""
    files = members(data)
    for name, content in changes.items():
        files[name] = content(files[name]) if callable(content) else content
    return ofd.zipped({name: content for name, content in files.items() if content is not None})


def members(data: bytes) -> dict[str, bytes]:
    """The members of a container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
