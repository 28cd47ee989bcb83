"""Local rules over the national calendar: days off, days worked, and suspensions of legal periods, each cited.

A typhoon closes the offices of a city; a county works a Saturday; an authority suspends the periods of its own
procedures for days on which its offices are open. Each is data with its own document, limited to a region and, for a
suspension, to the clocks it names. Rules may be made after the days they are about: whatever is computed afterwards
follows them.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai.law.calendar.errors import UncitedRuleError
from gongkai.law.errors import InputError

if TYPE_CHECKING:
    from datetime import date

EFFECTS = ("off", "worked", "suspended")


class LocalRule(NamedTuple):
    """A rule for the days ``first`` … ``last`` (both included).

    ``effect`` is ``off`` (not a working day), ``worked`` (a working day) or ``suspended`` (a day that no legal period
    counts, though people may work). ``region`` is the beginning of an administrative division code (``3505`` holds for
    ``350582``), empty for everywhere. ``clocks`` names the clocks a suspension stops, empty for all of them.
    """

    first: date
    last: date
    effect: str
    name: str
    reference: str
    region: str = ""
    clocks: frozenset[str] = frozenset()

    def holds(self, *, region: str, clock: str) -> bool:
        """Tell whether the rule is one for ``region`` (a division code) and ``clock`` (a name)."""
        return region.startswith(self.region) and (not self.clocks or clock in self.clocks)


def closed(first: date, last: date | None = None, *, name: str, reference: str, region: str = "") -> LocalRule:
    """Return a rule that makes the days ``first`` … ``last`` (default: ``first`` alone) days off."""
    return _rule(first, last, effect="off", name=name, reference=reference, region=region)


def worked(first: date, last: date | None = None, *, name: str, reference: str, region: str = "") -> LocalRule:
    """Return a rule that makes the days ``first`` … ``last`` (default: ``first`` alone) working days."""
    return _rule(first, last, effect="worked", name=name, reference=reference, region=region)


def suspended(
    first: date,
    last: date | None = None,
    *,
    name: str,
    reference: str,
    region: str = "",
    clocks: frozenset[str] = frozenset(),
) -> LocalRule:
    """Return a rule by which no period (or none of ``clocks``) counts the days ``first`` … ``last``."""
    return _rule(first, last, effect="suspended", name=name, reference=reference, region=region, clocks=clocks)


def read_rules(text: str) -> tuple[LocalRule, ...]:
    """Return the rules written in ``text``: TOML with ``[[rule]]`` tables of the fields of ``LocalRule``.

    ``last`` may be left out. Raises ``InputError`` for what is no such table and ``UncitedRuleError`` for a rule
    without a document.
    """
    try:
        tables = tomllib.loads(text).get("rule", [])
        return tuple(_read(table) for table in tables)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"本地日历规则无法读取（{error}）：每条 [[rule]] 应有 first、effect、name、reference。"
        ) from error


def _read(table: dict[str, Any]) -> LocalRule:
    return _rule(
        table["first"],
        table.get("last"),
        effect=table["effect"],
        name=table["name"],
        reference=table["reference"],
        region=table.get("region", ""),
        clocks=frozenset(table.get("clocks", ())),
    )


def _rule(
    first: date,
    last: date | None,
    *,
    effect: str,
    name: str,
    reference: str,
    region: str,
    clocks: frozenset[str] = frozenset(),
) -> LocalRule:
    end = first if last is None else last
    if effect not in EFFECTS:
        raise InputError(f"本地日历规则“{name}”的 effect 是“{effect}”：应为 off、worked 或 suspended。")
    if end < first:
        raise InputError(f"本地日历规则“{name}”的止日 {end} 早于起日 {first}。")
    if not reference.strip():
        raise UncitedRuleError(f"本地日历规则“{name}”没有写明依据：请填写文件名称和文号。")
    return LocalRule(first, end, effect, name, reference, region, clocks)
