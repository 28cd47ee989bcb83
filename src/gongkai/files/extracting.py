"""The process that opens one file and prints its words: started by ``extracts``, bounded by itself, then gone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.reader.source import Source

MEMORY = 400 << 20
CPU_SECONDS = 120
MAX_CHARACTERS = 100_000
MAX_PAGES = 400
_SCANNED = 20
"""Characters in all the pages of a PDF below which it is taken for a scan."""


def main() -> None:
    """Print the words of the file named by the arguments: its kind and its path."""
    kind, path = sys.argv[1:3]
    _limit()
    words = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # What a library prints is not of the file.
    left = MAX_CHARACTERS
    for piece in pieces(kind, Path(path).read_bytes()):
        words.write(f"{piece[:left]}\n")
        left -= len(piece) + 1
        if left <= 0:
            break
    words.flush()


def pieces(kind: str, data: bytes) -> Iterator[str]:
    """Yield the words of ``data`` line by line, cell by cell. Raises what its reader raises."""
    if kind == "pdf":
        yield from _pdf(data)
        return
    from gongkai.annual.reader import load  # noqa: PLC0415 -- only what a file needs is loaded

    yield from _source(load(data, name=f"attachment.{'txt' if kind == 'text' else kind}"))


def _pdf(data: bytes) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 -- as above

    from gongkai.annual.reader import ocr, pdf_limits  # noqa: PLC0415 -- as above

    pdf_limits.check(data)
    document = pypdfium2.PdfDocument(data)
    found = 0
    for number in range(min(len(document), MAX_PAGES)):
        text = document[number].get_textpage().get_text_bounded().replace("\r", "")
        found += len(text.strip())
        yield text
    document.close()
    if found < _SCANNED:
        yield from _source(ocr.load(data, file="attachment.pdf"))


def _source(source: Source) -> Iterator[str]:
    from gongkai.annual.reader.source import Line  # noqa: PLC0415 -- as above

    for block in source.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells if cell.text.strip())


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- only where there is such a module

    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
