"""Old and new index numbers: what a re-coding leaves behind.

A number that was published never dies: links and citations keep it. Re-coding adds one alias per record, old → new;
several re-codings make a chain. A number has one successor, and a chain has an end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.law.catalogue import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class AliasError(CatalogueError):
    """The alias would give a number two successors, or make it its own."""

    code = "index-number-alias"


@dataclass(frozen=True, slots=True)
class Aliases:
    """The successors of re-coded numbers; immutable. Texts are compared as they are."""

    successors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Aliases:
        """Return the table of ``pairs`` (old, new); ``AliasError`` for the first pair that does not fit."""
        table: dict[str, str] = {}
        for old, new in pairs:
            _check(table, old, new)
            table[old] = new
        return cls(table)

    def add(self, old: str, new: str) -> Aliases:
        """Return a table with one more alias; the same table if it is already there. ``AliasError``."""
        _check(self.successors, old, new)
        return Aliases({**self.successors, old: new})

    def current(self, number: str) -> str:
        """Return the number in use today for ``number``: the end of its chain, itself if it was never re-coded."""
        return _end(self.successors, number)

    def history(self, number: str) -> tuple[str, ...]:
        """Return every earlier number that leads to ``number``, in the order they were added."""
        return tuple(old for old in self.successors if old != number and number in _chain(self.successors, old))


def _check(table: Mapping[str, str], old: str, new: str) -> None:
    known = table.get(old)
    if known is not None and known != new:
        raise AliasError(f"索引号“{old}”已经改编为“{known}”，不能再改编为“{new}”；请从“{_end(table, old)}”继续改编。")
    if _end(table, new) == old:
        raise AliasError(f"索引号“{old}”改编为“{new}”会首尾相接，没有现行的索引号；请核对新旧对照表。")


def _end(table: Mapping[str, str], number: str) -> str:
    return _chain(table, number)[-1]


def _chain(table: Mapping[str, str], number: str) -> list[str]:
    chain = [number]
    while chain[-1] in table:
        chain.append(table[chain[-1]])
    return chain
