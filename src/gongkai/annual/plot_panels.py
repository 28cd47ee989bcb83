"""The three kinds of panel a figure is made of: lines over the years, shares, and bars side by side.

Each function draws onto a canvas from ``top`` down and returns where it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.annual.indicators import percent
from gongkai.annual.plot_svg import COLOURS, MUTED, RULE, WIDTH, Canvas, apart, shorten, spaced, text_width, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.report import Number

_LEFT = 64
_RIGHT = 636
_TREND_HEIGHT = 250
_MANY_YEARS = 10
_NAME_ROOM = 200
_SMALL = 12
_BODY = 13


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend or one colour of bars: (place, value), ``None`` where it should be known and is not."""

    caption: str
    points: tuple[tuple[int, Number | None], ...]
    without: tuple[int, ...] = ()  # places whose printed form does not have it

    @property
    def known(self) -> tuple[tuple[int, Number], ...]:
        """The points whose value is known."""
        return tuple((place, value) for place, value in self.points if value is not None)

    @property
    def runs(self) -> list[list[tuple[int, Number]]]:
        """The known points, cut where a report in between does not give one."""
        known = dict(self.known)
        found: list[list[tuple[int, Number]]] = [[]]
        for place in sorted({*dict(self.points), *self.without}):
            if place in known:
                found[-1].append((place, known[place]))
            else:
                found.append([])
        return [run for run in found if run]


@dataclass(frozen=True, slots=True)
class _Axes:
    years: tuple[int, ...]
    scale: tuple[int, ...]
    right: float
    top: float
    bottom: float

    def x(self, year: int) -> float:
        first, last = _LEFT + 18.0, self.right - 18
        share = (year - self.years[0]) / (self.years[-1] - self.years[0]) if len(self.years) > 1 else 0.5
        return first + (last - first) * share

    def y(self, value: Number) -> float:
        return self.bottom - (self.bottom - self.top - 16) * float(value) / self.scale[-1]

    def draw(self, canvas: Canvas) -> None:
        for tick in self.scale:
            canvas.line((_LEFT, self.y(tick)), (self.right, self.y(tick)), stroke=RULE if tick else MUTED)
            canvas.text(_LEFT - 8, self.y(tick) + 4, spaced(tick), size=_SMALL, fill=MUTED, anchor="end")
        step = 1 + (self.years[-1] - self.years[0]) // _MANY_YEARS
        for year in self.years:
            if (self.years[-1] - year) % step == 0:
                canvas.text(self.x(year), self.bottom + 20, str(year), size=_SMALL, fill=MUTED, anchor="middle")


def trend(
    canvas: Canvas, top: float, years: Sequence[int], series: Sequence[Series], breaks: Sequence[tuple[int, int]]
) -> float:
    """Draw lines over ``years``, each named at its right end with its last value.

    ``breaks`` are pairs of years between which the form of the report changed. Every series has a known point. A value
    that should be known and is not is a cross on the axis.
    """
    largest = max(value for found in series for _, value in found.known)
    ends = [f"{shorten(found.caption, _BODY, 130)} {spaced(found.known[-1][1])}" for found in series]
    axes = _Axes(tuple(years), tuple(ticks(float(largest))), _RIGHT, top, top + _TREND_HEIGHT - 34)
    axes.draw(canvas)
    said_until = 0.0
    for before, after in breaks:
        x = (axes.x(before) + axes.x(after)) / 2
        canvas.line((x, top), (x, axes.bottom), stroke=MUTED, dash="3 4")
        if x > said_until:
            canvas.text(x + 5, top + 9, "报表格式变更", size=11, fill=MUTED)
            said_until = x + 5 + text_width("报表格式变更", 11)
    for number, found in enumerate(series):
        for run in found.runs:
            canvas.path([(axes.x(year), axes.y(value)) for year, value in run], stroke=COLOURS[number % len(COLOURS)])
    for number, found in enumerate(series):
        for year, value in found.points:
            if value is None:
                canvas.text(axes.x(year), axes.bottom + 4, "×", size=14, fill=MUTED, anchor="middle", bold=True)
            else:
                canvas.mark(axes.x(year), axes.y(value), number, f"{found.caption} {year}年 {spaced(value)}")
    heights = apart([axes.y(found.known[-1][1]) for found in series], 18, axes.bottom)
    for number, (words, y) in enumerate(zip(ends, heights, strict=True)):
        canvas.mark(_RIGHT + 6, y, number)
        canvas.text(_RIGHT + 16, y + 4, words, fill=COLOURS[number % len(COLOURS)], bold=True)
    return top + _TREND_HEIGHT


def shares(canvas: Canvas, top: float, labels: Sequence[str], series: Sequence[Series]) -> float:
    """Draw one bar per label, all of one length, divided by the values of ``series``.

    A label for which a value is missing or all are zero gets words instead of a bar.
    """
    y = _legend(canvas, top, [found.caption for found in series]) + 8
    room = min(max(text_width(label, _BODY) for label in labels), _NAME_ROOM)
    left, length = 24 + room + 12, WIDTH - 24 - (24 + room + 12) - 74
    for place, label in enumerate(labels):
        canvas.text(24, y + 15, shorten(label, _BODY, room), size=_BODY)
        said = [value for found in series for at, value in found.points if at == place]
        values = [value for value in said if value is not None]
        total = sum(values)
        if len(values) < len(said) or not total:
            canvas.text(left, y + 15, "没有办理结果" if len(values) == len(said) else "数据不全，未作图", fill=MUTED)
        else:
            _share_bar(canvas, (left, y, length), label, [(s.caption, dict(s.points).get(place)) for s in series])
            canvas.text(left + length + 10, y + 15, f"{spaced(total)} 件", size=_SMALL, fill=MUTED)
        y += 28
    return y + 12


def _share_bar(
    canvas: Canvas, box: tuple[float, float, float], label: str, parts: Sequence[tuple[str, Number | None]]
) -> None:
    x, y, length = box
    total = sum(value or 0 for _, value in parts)
    for number, (caption, value) in enumerate(parts):
        if not value:
            continue
        width = length * float(value) / float(total)
        rate = f"{percent(value, total)}%"
        title = f"{label} {caption} {spaced(value)} 件（{rate}）"
        canvas.bar(x, y, max(width - 1.5, 0.5), 21, fill=COLOURS[number % len(COLOURS)], title=title)
        if text_width(rate, 11) + 8 < width:
            canvas.text(x + width / 2, y + 15, rate, size=11, fill="#fff", anchor="middle")
        x += width


def bars(canvas: Canvas, top: float, labels: Sequence[str], series: Sequence[Series]) -> float:
    """Draw for each label one bar per series, with its value at the end; what is not known is said in words."""
    y = _legend(canvas, top, [found.caption for found in series]) + 8
    room = min(max(text_width(label, _BODY) for label in labels), _NAME_ROOM)
    largest = max((value for found in series for _, value in found.known), default=0)
    left, length = 24 + room + 12, WIDTH - 24 - (24 + room + 12) - 90
    for place, label in enumerate(labels):
        canvas.text(24, y + 12, shorten(label, _BODY, room), size=_BODY)
        for number, found in enumerate(series):
            points = dict(found.points)
            value = points.get(place)
            if value is not None:
                width = length * float(value) / float(largest or 1)
                colour = COLOURS[number % len(COLOURS)]
                if value:
                    canvas.bar(
                        left, y, max(width, 1), 14, fill=colour, title=f"{label} {found.caption} {spaced(value)}"
                    )
                canvas.text(left + width + 6, y + 11, spaced(value), size=11)
            else:
                words = "未读出或空白" if place in points else "无此项"
                canvas.text(left + 4, y + 11, f"{found.caption}：{words}", size=11, fill=MUTED)
            y += 18
        y += 8
    return y + 8


def _legend(canvas: Canvas, top: float, captions: Sequence[str]) -> float:
    x, y = 24.0, top + 14
    for number, caption in enumerate(captions):
        width = 22 + text_width(caption, _BODY) + 18
        if x + width > WIDTH - 24:
            x, y = 24.0, y + 22
        canvas.bar(x, y - 11, 13, 13, fill=COLOURS[number % len(COLOURS)], title=caption)
        canvas.text(x + 20, y, caption)
        x += width
    return y + 6
