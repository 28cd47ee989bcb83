"""What can be contested by itself, and what cannot (国办函〔2021〕132号; 法释〔2011〕17号, 法释〔2025〕8号).

A correction notice, an extension, a seal, or a fee still payable cannot be contested alone; whoever thinks that an
agency neglects its duty to publish must first apply. Before 2021-12-22 no national document said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gongkai.law.catalogue import CatalogueError
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from datetime import date


class UnknownActError(CatalogueError):
    """No act of this key is listed."""

    code = "unknown-act"


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether an act can be contested by itself on a given day.

    ``None`` means that no document of that day decides it. ``review_first`` says that a suit needs a reconsideration
    decision before it; ``instead`` says what the applicant can do where the act is not admitted.
    """

    key: str
    caption: str
    review: bool | None
    suit: bool | None
    review_first: bool
    basis: tuple[str, ...]
    instead: str = ""


def acts() -> tuple[str, ...]:
    """Return the keys of the acts listed."""
    return tuple(entry["key"] for entry in read("remedies")["act"])


def admission(key: str, day: date) -> Admission:
    """Return whether the act ``key`` can be contested by itself on ``day``; ``UnknownActError`` for an unknown one."""
    entry: dict[str, Any] | None = next((one for one in read("remedies")["act"] if one["key"] == key), None)
    if entry is None:
        raise UnknownActError(f"没有登记“{key}”这种行为；可用的种类：{'、'.join(acts())}。")
    decided = entry["since"] <= day
    current = interpretation_on(day)
    basis = tuple(text for text in entry["basis"] if not text.startswith("法释") or text.startswith(current or "无"))
    first = entry.get("suit_after_review_since")
    return Admission(
        key=key,
        caption=entry["caption"],
        review=entry["review"] if decided else None,
        suit=entry["suit"] if decided else None,
        review_first=first is not None and first <= day,
        basis=basis if decided else (),
        instead=entry.get("instead", "") if decided else "",
    )


def interpretation_on(day: date) -> str | None:
    """Return the judicial interpretation on disclosure cases in force on ``day``; ``None`` before 2011-08-13."""
    rows: list[dict[str, Any]] = read("remedies")["interpretation"]
    return next((row["document"] for row in reversed(rows) if row["valid_from"] <= day), None)
