"""By what a visitor narrows a list: read from the address, never trusted, and offered again as it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.scope import subjects
from gongkai.portal import identity
from gongkai.records.models import Category, Validity
from gongkai.records.queries import published
from gongkai.windows.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHOWN = 40
"""As much of an unknown condition as is repeated to the visitor."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of a filter: its parameter, its label, what can be chosen (as elements), and what is."""

    name: str
    label: str
    options: SafeString
    value: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A condition of the address that nothing can meet: what it narrows by, and what was given."""

    label: str
    given: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the visitor asked for, as selects and as values. What makes no sense is left out, and the page says so."""

    choices: tuple[Choice, ...]
    left_out: tuple[Unknown, ...] = ()

    def get(self, name: str) -> str:
        """Return what is chosen; empty for nothing."""
        return next((choice.value for choice in self.choices if choice.name == name), "")

    @property
    def year(self) -> int | None:
        """The year that is chosen."""
        return int(self.get("year")) if self.get("year") else None

    @property
    def units(self) -> frozenset[int] | None:
        """The ids of the chosen unit, of everything below it and of what ended there."""
        if not self.get("unit"):
            return None
        tree = identity.units()
        node = tree.coded(self.get("unit"))
        return tree.with_ended([node.id] if node else [])

    @property
    def query(self) -> str:
        """The parameters of the address that say the same."""
        return urlencode([(choice.name, choice.value) for choice in self.choices if choice.value])


@remembered
def years() -> tuple[int, ...]:
    """Return the years in which anything was published, newest first."""
    return published.years()


def offered(name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the label of a filter and what can be chosen."""
    if name == "unit":
        return "机构", tuple((node.code, "　" * node.depth + node.short_name) for node in identity.units())
    if name == "year":
        return "发布年份", tuple((str(year), f"{year}年") for year in years())
    if name == "validity":
        return "有效性", tuple((value.value, str(value.label)) for value in Validity)
    if name == "category":
        kinds = (Category.RULES, Category.NORMATIVE, Category.DOCUMENT)
        return "文种", tuple((value.value, str(value.label)) for value in kinds)
    if name == "subject":
        return "主题", tuple((subject, subject) for subject in subjects())
    raise ValueError(name)


def narrowed(parameters: Mapping[str, str], names: Iterable[str]) -> Narrowed:
    """Return the filters called ``names`` with what the address says."""
    choices, left_out = [], []
    for name in names:
        label, options = _offered(name)
        given = parameters.get(name, "")
        value = given if given in options else ""
        choices.append(Choice(name, label, _elements(name, value), value))
        if given != value:
            left_out.append(Unknown(label, given[:_SHOWN]))
    return Narrowed(tuple(choices), tuple(left_out))


@remembered
def _offered(name: str) -> tuple[str, dict[str, str]]:
    label, options = offered(name)
    return label, dict(options)


@remembered
def _elements(name: str, value: str) -> SafeString:
    """Return the options as elements: hundreds of units are not worth a template on every page."""
    options = _offered(name)[1].items()
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one, mark_safe(" selected") if one == value else "", label) for one, label in options),
    )
