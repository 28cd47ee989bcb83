"""The chart of a campaign, drawn here as SVG; the same numbers stand in the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gongkai.annual.plot_svg import COLOURS, MUTED, RULE, Canvas, apart, spaced, text_width, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reporting.queries.progress import Progress

_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 52.0, 742.0, 84.0, 316.0, 346.0
_SMALL = 12
_LABELS = 8
"""At most so many days are written below the axis."""
_SENT, _ACCEPTED = 0, 2
"""The colours and marks of the two lines."""
_RED = COLOURS[1]


@dataclass(frozen=True, slots=True)
class _Axes:
    first: date
    span: int
    scale: Sequence[int]

    def x(self, day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first).days / self.span

    def y(self, value: int) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * value / self.scale[-1]


def draw(found: Progress, title: str) -> str:
    """Return the cumulative reports by day against the deadlines and the number owed, as SVG."""
    canvas = Canvas()
    canvas.text(24, 30, title, size=18, bold=True)
    span = max((found.last - found.first).days, 1)
    axes = _Axes(found.first, span, ticks(float(max(found.owed, 1))))
    _frame(canvas, axes, found)
    _deadlines(canvas, axes, found.deadlines)
    lines = (
        ("已报送", _SENT, [(one.day, one.sent) for one in found.days]),
        ("已接收", _ACCEPTED, [(one.day, one.accepted) for one in found.days]),
    )
    for name, number, points in lines:
        _line(canvas, axes, name, number, points)
    ends = apart([axes.y(points[-1][1]) for _, _, points in lines], 18, _BOTTOM)
    for (name, number, points), height in zip(lines, ends, strict=True):
        canvas.mark(_RIGHT + 14, height, number)
        canvas.text(_RIGHT + 24, height + 4, f"{name} {spaced(points[-1][1])}")
    return canvas.svg(_HEIGHT, title=title, description=describe(found))


def describe(found: Progress) -> str:
    """Return the chart in words, for those who do not see it."""
    last = found.days[-1]
    dues = "，".join(f"{name} {day}" for day, name in found.deadlines)
    return f"应报 {found.owed} 份，{dues}；截至 {last.day} 已报送 {last.sent} 份，已接收 {last.accepted} 份。"


def _frame(canvas: Canvas, axes: _Axes, found: Progress) -> None:
    for tick in axes.scale:
        canvas.line((_LEFT, axes.y(tick)), (_RIGHT, axes.y(tick)), stroke=RULE if tick else MUTED)
        canvas.text(_LEFT - 8, axes.y(tick) + 4, spaced(tick), size=_SMALL, fill=MUTED, anchor="end")
    for step in range(0, axes.span + 1, max(-(-axes.span // _LABELS), 1)):
        day = found.first + timedelta(days=step)
        words = f"{day.month}月{day.day}日"
        canvas.text(axes.x(day), _BOTTOM + 20, words, size=_SMALL, fill=MUTED, anchor="middle")
    owed = axes.y(found.owed)
    canvas.line((_LEFT, owed), (_RIGHT, owed), stroke=MUTED, width=1.5, dash="6 4")
    canvas.text(_LEFT + 4, owed - 6, f"应报 {spaced(found.owed)}", size=_SMALL, fill=MUTED)


def _deadlines(canvas: Canvas, axes: _Axes, deadlines: Sequence[tuple[date, str]]) -> None:
    """Draw the deadlines with their names above, the second one higher where the names would touch."""
    said = 0.0
    for day, name in deadlines:
        words = f"{name} {day.month}月{day.day}日"
        wide = text_width(words, _SMALL)
        left = max(min(axes.x(day) - wide / 2, _RIGHT - wide), _LEFT)
        height = _TOP - 12 if left >= said else _TOP - 28
        canvas.line((axes.x(day), height + 5), (axes.x(day), _BOTTOM), stroke=_RED, width=1.5, dash="3 3")
        canvas.text(left, height, words, size=_SMALL, fill=_RED)
        said = left + wide + 12


def _line(canvas: Canvas, axes: _Axes, name: str, number: int, points: Sequence[tuple[date, int]]) -> None:
    """Draw a line in steps: between two days nothing came. Only where something came is a mark."""
    path: list[tuple[float, float]] = []
    for day, value in points:
        if path:
            path.append((axes.x(day), path[-1][1]))
        path.append((axes.x(day), axes.y(value)))
    canvas.path(path, stroke=COLOURS[number])
    before = 0
    for day, value in points:
        if value != before:
            canvas.mark(axes.x(day), axes.y(value), number, f"{day} {name} {value}")
        before = value
