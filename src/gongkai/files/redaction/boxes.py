"""The boxes an officer draws.

A box lies on the page as it is seen: turned by its /Rotate and cut to its crop box, fractions of its width and height,
from the upper left corner. So a box means the same whatever the page is shown at.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from gongkai.files.redaction.errors import BoxError
from gongkai.files.redaction.reasons import REASONS, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MAX_BOXES = 2_000
"""Boxes of one document."""

MAX_NOTE = 200
_SLACK = 0.002
"""How far a box may reach over the edge of the page: a pointer is not exact, a box beside the page is a mistake."""


@dataclass(frozen=True, slots=True, order=True)
class Rect:
    """A rectangle in fractions of the page as it is seen; ``x0 <= x1`` and ``y0 <= y1``, y down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """The area."""
        return max(self.x1 - self.x0, 0.0) * max(self.y1 - self.y0, 0.0)

    def shared(self, other: Rect) -> float:
        """Return the area of what both cover."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        return wide * high if wide > 0 and high > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def joined(self, other: Rect) -> Rect:
        """Return the rectangle around both."""
        return Rect(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Box:
    """What is covered and why. ``page`` counts from 1; ``reason`` is a code of ``REASONS``; ``note`` stays inside."""

    page: int
    rect: Rect
    reason: str
    note: str = ""

    @property
    def ground(self) -> Reason:
        """The reason with its article."""
        return REASONS[self.reason]

    @classmethod
    def in_points(
        cls, page: int, rect: tuple[float, float, float, float], size: tuple[float, float], reason: str, note: str = ""
    ) -> Self:
        """Return the box of ``rect`` (left, top, right, bottom), in points of a page of ``size`` as it is seen."""
        wide, high = size
        x0, y0, x1, y1 = rect
        return cls(page, Rect(x0 / wide, y0 / high, x1 / wide, y1 / high), reason, note)

    @classmethod
    def of(cls, given: Mapping[str, object]) -> Self:
        """Return the box in ``given``, as ``to_json`` writes it; raise ``BoxError``."""
        try:
            corners = [float(given[key]) for key in ("x0", "y0", "x1", "y1")]  # type: ignore[arg-type]
            page = int(given["page"])  # type: ignore[call-overload]
            reason, note = str(given["reason"]), str(given.get("note", ""))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BoxError("遮盖框的数据不完整或不是数字，未处理。请刷新页面后重新标记。") from error
        # A data base refuses some characters that are not seen.
        return cls(page, Rect(*corners), reason, "".join(filter(str.isprintable, note)).strip())

    def to_json(self) -> dict[str, object]:
        """Return the box as plain data."""
        rect = {key: round(getattr(self.rect, key), 6) for key in ("x0", "y0", "x1", "y1")}
        return {"page": self.page, **rect, "reason": self.reason, "note": self.note}


def checked(boxes: Sequence[Box], pages: int) -> list[Box]:
    """Return the boxes, cut to the page, in the order of the pages; raise ``BoxError`` for the first that is wrong."""
    if not boxes:
        raise BoxError(
            "没有遮盖框，没有什么可遮盖。请先在页面上标出不予公开的内容；全部可以公开的，直接提供原件"
            "（条例第三十六条第二项）。"
        )
    if len(boxes) > MAX_BOXES:
        raise BoxError(f"遮盖框有 {len(boxes)} 个，超过 {MAX_BOXES} 个的上限。整页不公开的请整页遮盖，或拆分文件。")
    return sorted((_checked(box, pages) for box in boxes), key=lambda box: (box.page, box.rect.y0, box.rect.x0))


def _checked(box: Box, pages: int) -> Box:
    where = f"第 {box.page} 页的遮盖框"
    if not 1 <= box.page <= pages:
        raise BoxError(f"{where}不在文件内：文件只有 {pages} 页。请删除该框后重新标记。")
    rect = box.rect
    corners = (rect.x0, rect.y0, rect.x1, rect.y1)
    if not all(math.isfinite(value) and -_SLACK <= value <= 1 + _SLACK for value in corners):
        raise BoxError(f"{where}超出页面边缘。请在页面范围内重新标记。")
    if rect.x1 <= rect.x0 or rect.y1 <= rect.y0:
        raise BoxError(f"{where}没有面积，遮不住内容。请删除该框后重新标记。")
    if box.reason not in REASONS:
        raise BoxError(
            f"{where}没有写明理由，或理由“{box.reason}”不在条例所列之内。请选择依据的条款（条例第三十七条）。"
        )
    if len(box.note) > MAX_NOTE:
        raise BoxError(f"{where}的备注超过 {MAX_NOTE} 字。请精简。")
    inside = Rect(max(rect.x0, 0.0), max(rect.y0, 0.0), min(rect.x1, 1.0), min(rect.y1, 1.0))
    return Box(box.page, inside, box.reason, box.note)


def by_page(boxes: Iterable[Box]) -> dict[int, list[Box]]:
    """Return the boxes of each page that has some."""
    found: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        found[box.page].append(box)
    return dict(found)
