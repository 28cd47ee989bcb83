"""How a reconsideration or a suit can end, and the column of table 四 each end is counted in.

Table 四 has three blocks (行政复议, 未经复议直接起诉, 复议后起诉) of four columns and their total
(国办公开办函〔2021〕30号): ``upheld``, ``corrected``, ``other``, ``pending``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

EARLIER = "earlier"
"""The column of an end that leaves an earlier result as it was."""

PENDING = "pending"
"""The column of what is not ended."""


class UnknownResultError(CatalogueError):
    """The procedure had no result of this key on that day."""

    code = "unknown-result"


@dataclass(frozen=True, slots=True)
class Result:
    """One way a case can end. ``column`` is a key of ``columns()`` or ``EARLIER``; ``form`` one of ``forms()``.

    ``orders_answer``: the agency must answer, again or at last. ``appealable``: either side may take it to the second
    instance. ``unconfirmed``: the column is believed, not read.
    """

    key: str
    procedure: str
    caption: str
    column: str
    form: str
    article: str
    orders_answer: bool = False
    appealable: bool = False
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """The settings of table 四; see ``parameters/remedies_results.toml``."""

    counts_carried_cases: bool
    counts_before_effect: bool


def counting() -> Counting:
    """Return the default settings."""
    return Counting(**read("remedies_results")["settings"])


def blocks() -> Mapping[str, str]:
    """Return the captions of the blocks of table 四 by key, in printed order."""
    return _words("block")


def columns() -> Mapping[str, str]:
    """Return the captions of its columns by key, in printed order, without the total."""
    return _words("column")


def forms() -> Mapping[str, str]:
    """Return what a result is told by, by key."""
    return _words("form")


def results(procedure: str, day: date) -> tuple[Result, ...]:
    """Return what a case can end in on ``day``.

    ``procedure`` is ``reconsideration``, ``litigation`` (first instance) or ``appeal`` (second instance and retrial,
    which may also end in whatever the first can).
    """
    own = tuple(made for entry, made in _entries() if entry["procedure"] == procedure and _stood(entry, day))
    return own + (results("litigation", day) if procedure == "appeal" else ())


def result(key: str, procedure: str, day: date) -> Result:
    """Return one result; ``UnknownResultError`` if ``procedure`` had none of this key on ``day``."""
    found = next((one for one in results(procedure, day) if one.key == key), None)
    if found is None:
        known = "、".join(f"{one.key}（{one.caption}）" for one in results(procedure, day)) or "无"
        raise UnknownResultError(f"{day} 没有“{key}”这种结果；可用的结果：{known}。")
    return found


@cache
def _entries() -> tuple[tuple[dict[str, Any], Result], ...]:
    """Return the entries of the table, each with the result it stands for."""
    return tuple((entry, _result(entry)) for entry in read("remedies_results")["result"])


def _words(table: str) -> Mapping[str, str]:
    found: dict[str, str] = read("remedies_results")[table]
    return found


def _stood(entry: dict[str, Any], day: date) -> bool:
    since, until = entry.get("since"), entry.get("until")
    return (since is None or since <= day) and (until is None or day <= until)


def _result(entry: dict[str, Any]) -> Result:
    return Result(**{key: value for key, value in entry.items() if key not in {"since", "until"}})
