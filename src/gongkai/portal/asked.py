"""What a visitor asks the search page, read from its address, and the addresses that ask a little else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gongkai.portal import identity
from gongkai.portal.queries import searching
from gongkai.records.models import Validity
from gongkai.search.port import FACETS, MAX_WINDOW, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

A_PAGE = 10
_SHOWN = 12
"""Values of a facet that are shown; who looks for another types it."""
_LONGEST = 60
_DIGITS = 4
KINDS = {
    "record": "文件",
    "interpretation": "解读",
    "unit": "机构",
    "report": "年报",
    "service": "办事",
    "page": "专题",
}
TITLES = {"kind": "类型", "unit": "机构", "year": "成文年份", "validity": "有效性", "subject": "主题"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: what it is called, how much it holds, the address that narrows to it, whether it does."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, by what it is narrowed, in which order, on which page."""

    words: str
    filters: tuple[tuple[str, str], ...] = ()
    order: str = "relevance"
    page: int = 1

    @property
    def query(self) -> Query:
        """What the engine is asked."""
        return Query(
            text=self.words,
            access=searching.ACCESS,
            filters={name: (value,) for name, value in self.filters},
            order=self.order,
            offset=(self.page - 1) * A_PAGE,
            limit=A_PAGE,
            facets=FACETS,
            fuzzy=True,
            passages=2,
        )

    @property
    def address(self) -> str:
        """The parameters that ask the same."""
        given = [("q", self.words), *self.filters]
        given += [("order", self.order)] if self.order != "relevance" else []
        given += [("page", str(self.page))] if self.page > 1 else []
        return "?" + urlencode(given)

    def at(self, page: int) -> str:
        """Return the address of another page."""
        return replace(self, page=page).address

    def ordered(self, order: str) -> str:
        """Return the address of another order, from its first page."""
        return replace(self, order=order, page=1).address

    def said(self, words: str) -> str:
        """Return the address of other words, narrowed by nothing."""
        return Asked(words).address

    def facets(self, counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, list[Value]]]:
        """Return the facets that there is a choice in, each with its most frequent values."""
        chosen = dict(self.filters)
        shown = []
        for name in FACETS:
            values = sorted(counts.get(name, {}).items(), key=lambda one: (-one[1], one[0]))
            if name == "year":
                values.sort(reverse=True)
            if len(values) > 1 or name in chosen:
                without = replace(self, filters=tuple(one for one in self.filters if one[0] != name), page=1).address
                entries = [_narrowed(name, value, count, without, chosen.get(name)) for value, count in values[:_SHOWN]]
                shown.append((TITLES[name], entries))
        return shown


def _narrowed(name: str, value: str, count: int, without: str, chosen: str | None) -> Value:
    """Return a value with the address narrowed to it, or no more by it where it is the one chosen."""
    is_chosen = value == chosen
    address = without if is_chosen else f"{without}&{urlencode({name: value})}"
    return Value(label_of(name, value), count, address, is_chosen)


def asked(parameters: Mapping[str, str]) -> Asked:
    """Return what an address asks; what makes no sense is as if it had not been said."""
    page = parameters.get("page", "")
    is_number = page.isascii() and page.isdecimal() and len(page) <= _DIGITS
    number = min(max(1, int(page)), MAX_WINDOW // A_PAGE) if is_number else 1
    filters = tuple(
        (name, value) for name in FACETS if (value := parameters.get(name, "").strip()) and len(value) <= _LONGEST
    )
    order = "newest" if parameters.get("order") == "newest" else "relevance"
    return Asked(searching.words_of(parameters), filters, order, number)


def label_of(name: str, value: str) -> str:
    """Return what a value of a facet is called."""
    if name == "kind":
        return KINDS.get(value, value)
    if name == "validity":
        return dict(Validity.choices).get(value, value)
    if name == "year":
        return f"{value}年"
    if name == "unit":
        return identity.name_of(value) or value
    return value
