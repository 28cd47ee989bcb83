"""A mirror of a site of static pages in a folder, as wget, HTTrack or the old system itself left it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from gongkai.takeover.addresses import normalise
from gongkai.takeover.errors import UnreadablePageError
from gongkai.takeover.reading import static
from gongkai.takeover.reading.links import suffix_of
from gongkai.takeover.reading.page import OldPage, Shape
from gongkai.takeover.reading.tree import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Generator

    from gongkai.takeover.reading.folder import Folder
    from gongkai.takeover.reading.page import OldFile

_PAGES = frozenset({"html", "htm", "shtml", "xhtml", "jsp", "php", "asp", "aspx", "do", "action"})
_DYNAMIC = re.compile(r"\.(?:jsp|php|aspx?|do|action)(?=[?@])", re.IGNORECASE)
_ADDED = re.compile(r"((?:\.(?:jsp|php|aspx?|do|action)|[?@].*))\.html$", re.IGNORECASE)
_MIRRORED = re.compile(rb"<!-- Mirrored from ([^\s]{3,500}) by HTTrack")
_HEAD = 4096


class Mirror:
    """The pages of ``folder``, which is the root of the site that stood at ``host``."""

    def __init__(self, folder: Folder, host: str) -> None:
        self._folder = folder
        self._host = host

    def pages(self) -> Generator[OldPage]:
        """Yield the pages in the order of their names; one that cannot be read says why."""
        for name in self._folder.names():
            if not _is_page(name):
                continue
            data = self._folder.read(name, MAX_PAGE_BYTES)
            base = _base(name, data or b"", self._host)
            address = normalise(base)
            if address is None or data is None:
                continue
            try:
                yield static.read(data, address=address, base=base, place=name)
            except UnreadablePageError as error:
                yield OldPage(address=address, place=name, digest="", shape=Shape.EMPTY, problems=(str(error),))

    def read_file(self, file: OldFile) -> bytes | None:
        """Return the bytes of a file of the site; ``None`` where the mirror has it not."""
        name = self._folder.find(file.address.path)
        return None if name is None else self._folder.read(name)


def _is_page(name: str) -> bool:
    return suffix_of(name) in _PAGES or _DYNAMIC.search(name) is not None


def _base(name: str, data: bytes, host: str) -> str:
    """Return the address under which the file ``name`` stood on the site."""
    mirrored = _MIRRORED.search(data, 0, _HEAD)
    if mirrored is not None:
        whole = "http://" + mirrored[1].decode("utf-8", "replace")
        address = normalise(whole)
        if address is not None and address.host == host:
            return whole
    plain = _ADDED.sub(r"\1", name)
    match = _DYNAMIC.search(plain)
    if match is not None:
        path, query = plain[: match.end()], plain[match.end() + 1 :]
        return f"http://{host}/{quote(path)}?{query}"
    return f"http://{host}/{quote(plain)}"
