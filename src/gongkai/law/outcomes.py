"""The outcomes of an application (办理结果): one catalogue per edition of the regulation.

An outcome carries its article, the row of table 三 it is counted in, the letter it is told by, the rule of remedy it
opens, and what must be on file before it may be chosen. Codes are those of the house: ``A1`` … ``O3``. ``U1a`` and
``U1b`` refine ``U1`` (the letters differ, the row does not).

Sources: 国务院令第711号 Arts 14–16, 30, 35–39, 42; 国务院令第492号 Arts 8, 13, 14, 21–23; 国办公开办函〔2019〕60号 and
〔2021〕30号 for the rows. The regulation of 2008 knew fewer outcomes: rows of an outcome that only a later document or
practice supports are marked ``unconfirmed``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.editions import edition_for
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date


class UnknownOutcomeError(CatalogueError):
    """The edition of the regulation has no outcome of this code."""

    code = "unknown-outcome"


class NoRowError(CatalogueError):
    """The outcome cannot be counted in this edition of the annual report."""

    code = "no-row"


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What must be on file before an outcome may be chosen."""

    key: str
    caption: str
    article: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way an application can end.

    ``rows`` maps an edition of the annual report to the key of its row. ``remedy`` is ``ordinary``, ``review_first``
    (复议前置 for answers given since 2024-01-01) or ``by_part`` (a partial answer, judged part by part).
    """

    code: str
    caption: str
    regulation: str
    articles: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    letter: str
    remedy: str
    prerequisites: tuple[Prerequisite, ...] = ()
    part_of: str = ""
    note: str = ""
    unconfirmed: bool = False


@cache
def outcomes(regulation: str = "2019") -> tuple[Outcome, ...]:
    """Return the catalogue of one edition of the regulation, in the order of table 三; empty for an unknown one."""
    data = read("outcomes")
    return tuple(
        _outcome(entry, data["prerequisite"]) for entry in data["outcome"] if entry["regulation"] == regulation
    )


def outcomes_on(received: date) -> tuple[Outcome, ...]:
    """Return the catalogue that governs an application received on ``received``.

    Raises ``BeforeRegulationError`` for a day before 2008-05-01.
    """
    return outcomes(edition_for(received).code)


def outcome(code: str, regulation: str = "2019") -> Outcome:
    """Return one outcome; ``UnknownOutcomeError`` if the edition has none of this code."""
    found = next((entry for entry in outcomes(regulation) if entry.code == code), None)
    if found is None:
        known = "、".join(entry.code for entry in outcomes(regulation)) or "无"
        raise UnknownOutcomeError(f"{regulation}年条例没有办理结果“{code}”；可用的代码：{known}。")
    return found


def row_for(which: Outcome, edition: str) -> str:
    """Return the key of the row of table 三 (or of the older tables) that counts ``which`` in ``edition``.

    ``NoRowError`` where the form cannot count it: an answer under the regulation of 2019 has no place in the forms
    of 2008 and 2014, and the reverse holds for the form of 2021.
    """
    row = dict(which.rows).get(edition)
    if row is None:
        raise NoRowError(
            f"{which.regulation}年条例的办理结果“{which.code} {which.caption}”在{edition}版年度报告中没有对应的行；"
            "请核对申请的收到日期和报告年度。"
        )
    return row


def leaves(edition: str, regulation: str = "2019") -> tuple[str, ...]:
    """Return the distinct rows an outcome can be counted in, in printed order: 21 for 2021, 19 for 2019."""
    rows = (dict(entry.rows).get(edition) for entry in outcomes(regulation))
    return tuple(dict.fromkeys(row for row in rows if row is not None))


def principal(codes: Sequence[str], regulation: str = "2019", *, order: Sequence[str] | None = None) -> Outcome:
    """Return the outcome under which an answer of several parts is counted once.

    ``codes`` are the outcomes of the parts, in the order of the answer, at least one. ``order`` names the rows that
    win over the others, first first; whatever remains is decided by the first part. The default 部分公开 > 予以公开 >
    first refusal is UNCONFIRMED beyond 部分公开 (the form says 区分处理的，只计这一情形) and therefore a setting.
    """
    if not codes:
        raise UnknownOutcomeError("答复没有任何办理结果，无法计入年度报告；请为答复的每一部分选定办理结果。")
    found = [outcome(code, regulation) for code in codes]
    ranked: list[str] = list(read("outcomes")["settings"]["multi_outcome_order"] if order is None else order)
    return min(found, key=lambda entry: _rank(entry, ranked))


def missing(which: Outcome, evidence: Container[str]) -> tuple[Prerequisite, ...]:
    """Return what is not yet on file for ``which``; ``evidence`` holds the keys of the prerequisites that are."""
    return tuple(need for need in which.prerequisites if need.key not in evidence)


def _rank(entry: Outcome, ranked: list[str]) -> int:
    rows = {row for _, row in entry.rows}
    return next((place for place, row in enumerate(ranked) if row in rows), len(ranked))


def _outcome(entry: dict[str, Any], needs: dict[str, dict[str, str]]) -> Outcome:
    return Outcome(
        code=entry["code"],
        caption=entry["caption"],
        regulation=entry["regulation"],
        articles=tuple(entry["articles"]),
        rows=tuple(entry["rows"].items()),
        letter=entry["letter"],
        remedy=entry["remedy"],
        prerequisites=tuple(Prerequisite(key, **needs[key]) for key in entry.get("prerequisites", ())),
        part_of=entry.get("part_of", ""),
        note=entry.get("note", ""),
        unconfirmed=entry.get("unconfirmed", False),
    )
