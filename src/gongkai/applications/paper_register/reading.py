"""A row of a paper register: its cells read, each complaint by the name of its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gongkai.applications.models import ApplicantKind
from gongkai.applications.paper_register.columns import fields, withdrawn, words
from gongkai.law import outcomes
from gongkai.law.clock.events import parse_date
from gongkai.law.editions import edition_for
from gongkai.law.errors import LawError
from gongkai.tables import cells
from gongkai.tables.cells import CellError, Complaints

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CAPTIONS = {one.name: one.caption for one in fields()}
_RULES = {one.caption: one.rule for one in fields()}
_DAYS = ("received", "correction_on", "corrected_on", "extended_on", "consulted_on", "opinion_on", "answered_on")
_TEXTS = {
    "register_number": 40,
    "proof_number": 40,
    "telephone": 40,
    "address": 200,
    "content": 2000,
    "document_number": 80,
    "approver": 40,
    "answer_number": 80,
    "earlier": 80,
    "remark": 500,
}
_MOST_DAYS = 99
_ADVICE = re.compile("(?<!申)请|之一|可以填写")
_SEPARATORS = re.compile(r"[、;；]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read: days by field, texts by field, and what could not be read."""

    days: dict[str, date] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    applicants: tuple[str, ...] = ()
    kind: str = ""
    medium: str = ""
    mode: str = "direct"
    outcome: str = ""
    is_withdrawn: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read(found: Mapping[str, str], *, latest: date, serial: bool) -> Line:
    """Read the cells of a row by field; ``latest`` is today, ``serial`` says that days may be Excel's numbers."""
    complaints = Complaints(CAPTIONS)
    days = {
        name: parse_date(text)
        for name in _DAYS
        if (text := complaints.take(name, _day, found.get(name, ""), latest, serial, required=name == "received"))
    }
    texts = {
        name: complaints.take(name, cells.text, found.get(name, ""), most, required=name == "content")
        for name, most in _TEXTS.items()
    }
    names = complaints.take("applicant", cells.text, found.get("applicant", ""), 300, required=True)
    line = Line(
        days=days,
        texts=texts,
        applicants=tuple(name.strip() for name in _SEPARATORS.split(names) if name.strip()),
        kind=complaints.take("kind", _kind, found.get("kind", ""), required=True),
        medium=complaints.take("medium", _begins, found.get("medium", ""), words("media"), required=True),
        mode=complaints.take("mode", _begins, found.get("mode", ""), words("modes")) or "direct",
        outcome=complaints.take("outcome", _outcome, found.get("outcome", ""), days.get("received")),
        is_withdrawn=withdrawn(found.get("outcome", "")),
        numbers={
            name: number
            for name in ("correction_days", "extended_days")
            if (number := complaints.take(name, _count, found.get(name, "")))
        },
    )
    _under_which_law(line, complaints)
    _together(line, found, complaints)
    return replace(line, problems=tuple(complaints.words))


def advised(words: str) -> str:
    """Return a complaint, which begins with its column, with what to fill in instead, unless it says so already."""
    rule = _RULES.get(words.partition("：")[0], "")
    return words if _ADVICE.search(words) or not rule else f"{words}。请填：{rule}"


def _under_which_law(line: Line, complaints: Complaints) -> None:
    """Complain about a day of receipt that no regulation governs."""
    if "received" not in line.days:
        return
    try:
        edition_for(line.days["received"])
    except LawError as error:
        complaints.add("received", error.message)


def _together(line: Line, found: Mapping[str, str], complaints: Complaints) -> None:
    """Complain about what does not go together, whatever the law says; a cell that was refused is not empty."""
    ended, told = "answered_on" in line.days, line.outcome or line.is_withdrawn
    if ended and not told and not _filled(found, "outcome"):
        complaints.add("outcome", "有答复日期而没有办理结果，无法计入年度报告")
    if told and not ended and not _filled(found, "answered_on"):
        complaints.add("answered_on", "有办理结果而没有答复日期")
    for later, earlier in (("corrected_on", "correction_on"), ("opinion_on", "consulted_on")):
        if later in line.days and not _filled(found, earlier):
            complaints.add(later, f"没有“{CAPTIONS[earlier]}”")


def _filled(found: Mapping[str, str], name: str) -> bool:
    return found.get(name, "").strip() not in cells.BLANKS


def _day(cell: str, latest: date, serial: bool) -> str:
    return cells.day(cell, latest=latest, serial=serial)


def _kind(cell: str) -> str:
    said = cells.text(cell, 20)
    if not said:
        return ""
    found = {label: value for value, label in ApplicantKind.choices} | {"公民": "natural_person", "其他": "other_org"}
    if said not in found:
        raise CellError(f"“{said}”不是 {'、'.join(ApplicantKind.labels)} 之一")
    return found[said]


def _begins(cell: str, known: Mapping[str, str]) -> str:
    said = cells.text(cell, 40).lower()
    if not said:
        return ""
    found = next((value for start, value in known.items() if said.startswith(start)), None)
    if found is None:
        raise CellError(f"“{said}”不是 {'、'.join(known)} 之一")
    return found


def _outcome(cell: str, received: date | None) -> str:
    said = cells.text(cell, 80)
    if not said or withdrawn(said) or received is None:
        return ""
    try:
        catalogue = outcomes.outcomes_on(received)
        regulation = edition_for(received).code
    except LawError:
        return ""  # It is the day that is wrong, which is said there.
    codes = {one.code: one.code for one in catalogue} | {one.caption: one.code for one in reversed(catalogue)}
    code = codes.get(said.upper()) or codes.get(said) or words("outcomes").get(said)
    if code not in {one.code for one in catalogue}:
        known = "、".join(f"{one.code} {one.caption}" for one in catalogue if not one.part_of)
        raise CellError(f"{regulation}年条例没有办理结果“{said}”；可以填写：{known}，或者“撤回”")
    return str(code)


def _count(cell: str) -> Any:  # noqa: ANN401 -- 0 stands for an empty cell
    said = cells.text(cell, 10)
    if not said:
        return 0
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= _MOST_DAYS):
        raise CellError(f"“{said}”不是工作日数，请填 1 至 {_MOST_DAYS} 的数字")
    return int(said)
