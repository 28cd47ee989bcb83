"""Which words are the label of which row: exact captions first, then the shortest beginnings that tell rows apart.

Everything is made from the forms, once. Rows of several editions of one table share a ``Lexicon``: which edition was
printed is decided by the rows that were found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gongkai.annual import forms
from gongkai.annual.reader.flow import PROACTIVE, REMEDIES, REQUESTS, STATISTICS, SUMMARY, gapped
from gongkai.text.normalise import comparison_key, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.annual.forms import Row

SIX = "six"
"""（六）其他处理: a row of its own in 2019, the head of three rows in 2021."""

_EDITIONS = {
    PROACTIVE: ("2021", "2019"),
    REQUESTS: ("2021", "2019"),
    REMEDIES: ("2021",),
    SUMMARY: ("2008",),
    STATISTICS: ("2014",),
}
_SHORTEST = 4
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}\s*[.、．])\s*")
_PARENTHESIS = re.compile(r"[（(].*$")
_CHINESE_ORDINAL = r"(?:[一二三四五六七八九十]+\s*、\s*|\(\s*[一二三四五六七八九十]+\s*\)\s*|其\s*中\s*:?\s*)*"
_ANY_ORDINAL = rf"(?:\d\s*[.、,]\s*)?{_CHINESE_ORDINAL}(?:\d\s*[.、,]\s*)?"
_KEY_ORDINAL = re.compile(r"^(?:其中)?(?:\d|[一二三四五六七八九十])?")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one table. ``exact`` maps comparison keys, ``anchors`` finds labels inside running text."""

    table: str
    exact: dict[str, str]
    anchors: re.Pattern[str]
    names: dict[str, str]  # group name of the pattern -> row
    fragments: str  # every caption, head and group, in comparison keys joined by "|"
    captions: dict[str, str] = field(default_factory=dict)  # row -> comparison key of its caption
    stems: dict[str, str] = field(default_factory=dict)  # row -> that key without its ordinal

    @lru_cache(maxsize=8192)  # noqa: B019 -- there are five, made once and kept
    def row(self, text: str) -> str | None:
        """Return the row whose label the whole cell ``text`` is."""
        key = comparison_key(text)
        return self.exact.get(key) or self.exact.get(_KEY_ORDINAL.sub("", key, count=1))

    @lru_cache(maxsize=8192)  # noqa: B019 -- as above
    def knows(self, text: str) -> bool:
        """Tell whether ``text`` is a piece of the printed form: of a caption, a head or a group."""
        key = comparison_key(text)
        return len(key) <= 1 or key in self.fragments

    @lru_cache(maxsize=8192)  # noqa: B019 -- as above
    def has_label(self, text: str) -> bool:
        """Tell whether the label of a row stands somewhere in ``text``."""
        return self.anchors.search(text) is not None

    def rows_with(self, text: str) -> frozenset[str]:
        """Return the rows whose caption contains ``text``, a piece of a label that was torn."""
        key = comparison_key(text)
        return frozenset(row for row, caption in self.captions.items() if len(key) > 1 and key in caption)


@cache
def lexicon(table: str) -> Lexicon:
    """Return the words of the table ``table``, of all editions that have it."""
    rows = _rows(table)
    anchors, names = _patterns(table, rows)
    return Lexicon(
        table=table,
        exact=_exact(table, rows),
        anchors=anchors,
        names=names,
        fragments="|".join(dict.fromkeys(comparison_key(word) for word in _words(table) if word)),
        captions={name: comparison_key("".join(r.caption for r in same)) for name, same in rows.items()},
        stems={name: comparison_key(_ORDINAL.sub("", same[0].caption)) for name, same in rows.items()},
    )


def _rows(table: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for edition in _EDITIONS[table]:
        for row in forms.table(edition, table).rows:
            name = SIX if table == REQUESTS and row.caption.startswith("（六）") else row.key
            rows.setdefault(name, []).append(row)
    return rows


def _words(table: str) -> Iterator[str]:
    yield from _EXTRA
    for edition in _EDITIONS[table]:
        found = forms.table(edition, table)
        yield from (found.title, found.note, *found.heads)
        for block in found.blocks:
            yield from (block.caption, block.head)
            for column in block.columns:
                yield from (*column.group, column.caption, *column.variants)
            for row in block.rows:
                yield from (*row.group, row.caption, *row.variants)


def _exact(table: str, rows: dict[str, list[Row]]) -> dict[str, str]:
    exact: dict[str, str] = {}
    captions = [(name, c) for name, same in rows.items() for row in same for c in (row.caption, *row.variants)]
    for name, caption in captions:
        exact.setdefault(comparison_key(caption), name)
    for name, caption in captions:
        bare = _ORDINAL.sub("", caption)
        for spelling in (_PARENTHESIS.sub("", caption), bare, _PARENTHESIS.sub("", bare)):
            exact.setdefault(comparison_key(spelling or caption), name)
    if table == REQUESTS:
        exact.update({"六其他": SIX, "六其他处理": SIX, "其他处理": SIX})
        exact.pop("其他", None)  # also the head of a column: only its place in the row tells
        exact.pop("总计", None)
    return exact


_EXTRA = ("条件元次篇个人万元", "单位：万元", "单位：件", "其中", "序号", "备注", "类别", "项目", "数量")
_REQUESTS_ONLY = {
    # Words too short to be told from others by themselves.
    "other": r"3\s*[.、,]\s*其\s*他(?!\s*[法处结对情])",
    "outcome_total": r"\(\s*七\s*\)\s*总\s*计|七\s*、\s*总\s*计",
    SIX: r"\(\s*六\s*\)\s*其\s*他(?:\s*处\s*理)?",
    "granted": rf"(?:\(\s*一\s*\)\s*)?{gapped('予以公开')}",
}


def _patterns(table: str, rows: dict[str, list[Row]]) -> tuple[re.Pattern[str], dict[str, str]]:
    captions = {
        name: [_ORDINAL.sub("", caption) for row in same for caption in (row.caption, *row.variants)]
        for name, same in rows.items()
    }
    special: list[tuple[str, str]] = []
    stems: list[tuple[str, str, str]] = []  # row, beginning, its ordinals
    for name, own in captions.items():
        if table == REQUESTS and name in _REQUESTS_ONLY:
            special.append((name, _REQUESTS_ONLY[name]))
            continue
        others = [c for other, listed in captions.items() if other != name for c in listed]
        whole = table not in (REQUESTS, REMEDIES)
        keys = dict.fromkeys(key for c in own for key in (comparison_key(c), _folded_key(c)))
        stems += [(name, key if whole else _beginning(key, others), _ordinals(table, rows[name][0])) for key in keys]
    stems = sorted(dict.fromkeys(stems), key=lambda entry: -len(entry[1]))
    ordered = [*special, *((name, ordinals + _spelled(stem)) for name, stem, ordinals in stems)]
    names = {f"r{number}": name for number, (name, _) in enumerate(ordered)}
    pattern = "|".join(f"(?P<r{number}>{pattern})" for number, (_, pattern) in enumerate(ordered))
    return re.compile(pattern), names


def _folded_key(caption: str) -> str:
    """Return the key of a caption as it is met in folded text, where words are not yet replaced: 规范性档案."""
    return "".join(filter(str.isalnum, fold(caption)))


def _ordinals(table: str, row: Row) -> str:
    # In table 三 the numbers are fixed: a digit that is not the row's own belongs to the values before it.
    if table == REQUESTS:
        own = re.match(r"\d", row.caption)
        return rf"(?:{own[0]}\s*[.、,]\s*)?" if own else _CHINESE_ORDINAL
    return _CHINESE_ORDINAL if table == PROACTIVE else _ANY_ORDINAL


def _beginning(caption: str, others: Iterable[str]) -> str:
    keys = [comparison_key(other) for other in others]
    for length in range(_SHORTEST, len(caption)):
        if not any(caption[:length] in key for key in keys):
            return caption[:length]
    return caption


def _spelled(stem: str) -> str:
    # Marks that a key leaves out may stand between any two characters of what is printed.
    return r'[\s"、,:《》]*'.join(re.escape(char) for char in stem)
