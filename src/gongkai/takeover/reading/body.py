"""Where the text of a page stands: in a container that content systems name, or where most of the words are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.takeover.reading.tree import SILENT, is_frame, is_hidden, text_of
from gongkai.takeover.reading.words import has_label

if TYPE_CHECKING:
    from lxml import etree

KNOWN = (
    "ucap-content",
    "zoom",
    "trs_editor",
    "view trs_ueditor",
    "pages_content",
    "article-content",
    "article_content",
    "article-body",
    "articlecontent",
    "artcontent",
    "entry-content",
    "post-content",
    "xxgk_content",
    "content_text",
    "con_text",
    "wzy_content",
    "bt_content",
    "detail-content",
    "news_content",
    "newscontent",
)
"""Identifiers and classes by which the content systems of government sites mark the text, the surest first."""
_KNOWN = frozenset(KNOWN)
_PARTS = frozenset({"div", "td", "section", "article", "main", "center", "body", "table", "tbody", "tr", "form", "dd"})
_OF_A_TABLE = frozenset({"table", "tbody", "thead", "tr"})
_SHARE = 0.85
"""A part that holds as much of the words as this is looked into; what stands beside it is left."""
_HALF = 0.3
"""A part with this share is looked into where nothing but the title and labels stand before it."""
_HEAD = 500
"""Characters that a title and labels take at most."""
_LEAST = 20
"""Characters below which there is no text."""
_LINKED = 0.5
"""A part more of whose words are links than this is a list."""
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """The element that holds the text; ``container`` is its name, or nothing where the words alone told."""

    element: etree._Element
    container: str
    size: int
    linked: int

    @property
    def is_listing(self) -> bool:
        """Tell a list of links from a text."""
        return self.linked > self.size * _LINKED


def find(root: etree._Element, title: str) -> Found | None:
    """Return where the text of the page called ``title`` stands; ``None`` where there is hardly any."""
    sizes = _measure(root)
    named = _named(root)
    for name in KNOWN:
        for element in named.get(name, ()):
            if sizes.get(element, (0, 0))[0] >= _LEAST or _has_file(element):
                return Found(element, name, *sizes.get(element, (0, 0)))
    start = next(root.iter("body"), root)
    element = _densest(start, sizes, "".join(title.split()))
    size, linked = sizes.get(element, (0, 0))
    return Found(element, "", size, linked) if size >= _LEAST else None


def _named(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the elements that bear a name of ``KNOWN``, by the name, in the order of the page."""
    found: dict[str, list[etree._Element]] = {}
    for element in root.iter("div", "td", "section", "article", "p", "ucapcontent", "span", "main"):
        identifier, classes = element.get("id"), element.get("class")
        if identifier or classes:
            plain = (classes or "").lower()
            for name in {(identifier or "").lower(), plain, *plain.split()}:
                if name in _KNOWN:
                    found.setdefault(name, []).append(element)
    return found


def _has_file(element: etree._Element) -> bool:
    return next(element.iter("a", "img"), None) is not None


def _measure(root: etree._Element) -> dict[etree._Element, tuple[int, int]]:
    """Return for each element how many characters it shows and how many of them are links; frames show none."""
    sizes: dict[etree._Element, tuple[int, int]] = {}
    # Children stand after their parents in the document: from its end, each is whole before its parent is asked.
    for element in reversed([one for one in root.iter() if isinstance(one.tag, str)]):
        if element.tag in SILENT or is_frame(element) or is_hidden(element):
            sizes[element] = (0, 0)
            continue
        size = _length(element.text)
        linked = 0
        for child in element:
            of_child = sizes.get(child, (0, 0))
            size += of_child[0] + _length(child.tail)
            linked += of_child[1]
        sizes[element] = (size, size if element.tag == "a" else linked)
    return sizes


def _length(text: str | None) -> int:
    return len(_SPACES.sub("", text)) if text else 0


def _densest(start: etree._Element, sizes: dict[etree._Element, tuple[int, int]], title: str) -> etree._Element:
    current = start
    while True:
        size, linked = sizes.get(current, (0, 0))
        children = [(sizes.get(child, (0, 0)), child) for child in current if child.tag in _PARTS]
        best = max(children, key=lambda pair: pair[0][0] - pair[0][1], default=None)
        if best is None:
            break
        (of_best, of_links), child = best
        if of_best - of_links < (size - linked) * _SHARE and not (
            of_best - of_links >= (size - linked) * _HALF and _is_headed(current, child, sizes, title)
        ):
            break
        current = child
    while current.tag in _OF_A_TABLE and current is not start:  # a table of data is part of the text beside it
        parent = current.getparent()
        if parent is None:
            break
        current = parent
    return current


def _is_headed(
    parent: etree._Element, best: etree._Element, sizes: dict[etree._Element, tuple[int, int]], title: str
) -> bool:
    """Tell whether all the words beside ``best`` stand before it and are the title or labels of the page."""
    if _length(parent.text):
        return False
    is_before = True
    for child in parent:
        if child is best:
            is_before = False
        elif sizes.get(child, (0, 0))[0]:
            if not is_before:
                return False
            words = text_of(child)
            plain = "".join(words.split())
            if len(plain) > _HEAD or not (plain in title or title in plain or has_label(words)):
                return False
        if _length(child.tail):
            return False
    return True
