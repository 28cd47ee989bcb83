"""The parts of an OFD container: paths as producers write them, elements whatever their namespace."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from gongkai.annual.reader.limits import Archive


LARGEST = 1e9
"""Numbers beyond this are no lengths on a page."""


class Package:
    """The members of a container by path. Some producers write other capitals or slashes in a path than in the zip."""

    def __init__(self, archive: Archive) -> None:
        """Take the archive as it is opened: its limits hold for every member."""
        self._archive = archive
        self._names = {_plain(name): name for name in archive.names}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members."""
        return tuple(self._names.values())

    def __contains__(self, path: str) -> bool:
        return _plain(path) in self._names

    def resolve(self, base: str, path: str) -> str:
        """Return the full path of ``path`` as written in the member ``base``: relative to it, or to the root."""
        path = path.strip().replace("\\", "/")
        near = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")
        from_root = posixpath.normpath("/" + path).lstrip("/")
        return from_root if near not in self and from_root in self else near

    def read(self, path: str) -> bytes:
        """Return the bytes of a member; raise ``DamagedFileError`` where it is missing."""
        return self._archive.read(self._names.get(_plain(path), path))

    def xml(self, path: str) -> _Element:
        """Return the parsed member."""
        return self._archive.xml(self._names.get(_plain(path), path))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def local(element: _Element) -> str:
    """Return the name of an element without its namespace, which differs between editions of the standard."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element | None, name: str) -> list[_Element]:
    """Return the child elements of that name."""
    return [] if element is None else [inner for inner in element if local(inner) == name]


def child(element: _Element | None, name: str) -> _Element | None:
    """Return the first child element of that name."""
    return next(iter(children(element, name)), None)


def descendants(element: _Element, name: str) -> list[_Element]:
    """Return all elements of that name below an element."""
    return [inner for inner in element.iter() if local(inner) == name]


def text_of(element: _Element | None) -> str:
    """Return the text of an element, without the space around it."""
    return "" if element is None else (element.text or "").strip()


def numbers(text: str | None) -> list[float]:
    """Return the numbers of an attribute such as a box; empty where it is missing or none."""
    try:
        return [number(word) for word in (text or "").split()]
    except ValueError:
        return []


def number(word: str) -> float:
    """Return a length or factor; raise ``ValueError`` for what is none, infinity and not-a-number included."""
    value = float(word)
    if not -LARGEST < value < LARGEST:
        raise ValueError(word)
    return value
