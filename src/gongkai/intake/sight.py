"""What an applicant sees of a case: plain words, no officer, no third party, no one else's data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from gongkai.accounts.sealing import seal, unseal

PURPOSE = "intake.sight"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how the last day was computed; ``note`` is what it rests on."""

    day: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that was sent to the applicant; ``way`` says how."""

    title: str
    number: str
    day: date
    way: str


@dataclass(frozen=True, slots=True)
class Sight:
    """One case. ``state`` is the key of a stage, ``due`` the last day for the answer, ``None`` where none runs.

    ``asked`` is the text of a correction notice that is to be answered until ``answer_until``. ``corrected`` is the day
    the answer to one came, from which the period ran anew; ``correction`` is the text that was sent then,
    ``correction_files`` the names of its files. ``remedy`` is the paragraph on remedies of the answer, or where it is
    late of having none. ``may`` holds what the applicant can do: ``confirm``, ``correct``, ``withdraw``, ``rate``;
    ``score`` is what they said.
    """

    number: str
    unit: str
    title: str
    arrived: date
    state: str
    caption: str
    words: str
    started: date | None = None
    due: date | None = None
    is_provisional: bool = False
    is_late: bool = False
    steps: tuple[Step, ...] = ()
    letters: tuple[SentLetter, ...] = ()
    asked: tuple[str, ...] = ()
    answer_until: date | None = None
    corrected: date | None = None
    correction: str = ""
    correction_files: tuple[str, ...] = ()
    outcome: str = ""
    remedy: str = ""
    may: tuple[str, ...] = ()
    score: int = 0
    contact: tuple[str, ...] = field(default=())

    def sealed(self) -> str:
        """Return it sealed, for the row."""
        return seal(json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat), PURPOSE)


def opened(content: str) -> Sight:
    """Return what ``Sight.sealed`` sealed."""
    data: dict[str, Any] = json.loads(unseal(content, PURPOSE))
    for name in ("arrived", "started", "due", "answer_until", "corrected"):
        # Rows written before a field was there do not have it.
        data[name] = date.fromisoformat(data[name]) if data.get(name) else None
    data["steps"] = tuple(Step(**one) for one in data["steps"])
    data["letters"] = tuple(SentLetter(**{**one, "day": date.fromisoformat(one["day"])}) for one in data["letters"])
    for name in ("asked", "may", "contact", "correction_files"):
        data[name] = tuple(data.get(name, ()))
    return Sight(**data)
