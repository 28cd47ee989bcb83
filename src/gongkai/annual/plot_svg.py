"""The little that is needed to draw a chart as SVG: text that fits, axes with round numbers, marks told apart by shape.

The output is deterministic: the same numbers give the same bytes. Nothing is loaded from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, log10
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.report import Number

INK = "#1c2733"
MUTED = "#5a6672"
RULE = "#d9dee3"
COLOURS = ("#1f5fa8", "#c4431b", "#00756a", "#8f6200", "#7b4ea3", "#56616d", "#a3345f", "#3d6b1f")
"""Told apart by colour-blind readers beside the shapes; each has a contrast of at least 4.5 : 1 on white."""
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Noto Serif SC',sans-serif"
WIDTH = 860
_FIRST_WIDE = 0x2E80


def text_width(text: str, size: float) -> float:
    """Return about how wide ``text`` is at ``size``: Chinese is as wide as high, a digit 0.58."""
    return sum(size if ord(char) >= _FIRST_WIDE else 0.58 * size for char in text)


def shorten(text: str, size: float, room: float) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``room``."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def spaced(value: Number) -> str:
    """Return a number with its thousands set apart by a no-break space and a true minus sign."""
    words = f"{abs(value):,}".replace(",", "\u00a0")
    return f"\u2212{words}" if value < 0 else words


def ticks(largest: float) -> list[int]:
    """Return round numbers from zero to at least ``largest``, at most six."""
    if largest <= 1:
        return [0, 1]
    rough = largest / 4
    size = 10 ** floor(log10(rough)) if rough > 1 else 1
    step = next(int(size * factor) for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * place for place in range(int(-(-largest // step)) + 1)]


def apart(wanted: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Return the positions ``wanted``, in their order, moved to be ``gap`` apart and not past ``lowest``."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed = dict.fromkeys(order, 0.0)
    above = None
    for place in order:
        placed[place] = wanted[place] if above is None else max(wanted[place], above + gap)
        above = placed[place]
    limit = lowest
    for place in reversed(order):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - gap
    return [placed[place] for place in range(len(wanted))]


@dataclass
class Canvas:
    """Pieces of SVG, in drawing order, on a page ``WIDTH`` wide."""

    pieces: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 13,
        fill: str = INK,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write ``words`` with their baseline at ``y``."""
        weight = ' font-weight="bold"' if bold else ""
        self.pieces.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{weight}>'
            f"{escape(words)}</text>"
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        stroke: str = RULE,
        width: float = 1,
        dash: str = "",
    ) -> None:
        """Draw a straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.pieces.append(
            f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
            f'stroke="{stroke}" stroke-width="{width:g}"{dashes}/>'
        )

    def bar(self, x: float, y: float, width: float, height: float, *, fill: str, title: str) -> None:
        """Draw a filled box that says ``title`` when pointed at."""
        self.pieces.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}">'
            f"<title>{escape(title)}</title></rect>"
        )

    def path(self, points: Sequence[tuple[float, float]], *, stroke: str) -> None:
        """Draw an open line through ``points``."""
        steps = " ".join(f"{'L' if place else 'M'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(points))
        self.pieces.append(
            f'<path d="{steps}" fill="none" stroke="{stroke}" stroke-width="2.2" stroke-linejoin="round" '
            f'stroke-linecap="round"/>'
        )

    def mark(self, x: float, y: float, series: int, title: str = "") -> None:
        """Draw the mark of the series number ``series``: its own shape in its own colour, edged in white."""
        fill = COLOURS[series % len(COLOURS)]
        shape = _SHAPES[series % len(_SHAPES)]
        points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in shape)
        body = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"' if not shape else f'<polygon points="{points}"'
        tag = "polygon" if shape else "circle"
        says = f"<title>{escape(title)}</title>" if title else ""
        self.pieces.append(f'{body} fill="{fill}" stroke="#fff" stroke-width="1.2">{says}</{tag}>')

    def svg(self, height: float, *, title: str, description: str) -> str:
        """Return the whole drawing, with ``title`` and ``description`` for those who do not see it."""
        size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
        spoken = 'role="img" aria-labelledby="chart-title chart-description"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {spoken} font-family="{FONTS}">',
            f'<title id="chart-title">{escape(title)}</title>',
            f'<desc id="chart-description">{escape(description)}</desc>',
            f'<rect width="{WIDTH}" height="{height:.0f}" fill="#fff"/>',
            *self.pieces,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


_SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),  # a circle
    ((-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)),
    ((0, -5.4), (5.2, 4), (-5.2, 4)),
    ((0, -5.8), (5.8, 0), (0, 5.8), (-5.8, 0)),
    ((0, 5.4), (5.2, -4), (-5.2, -4)),
    (
        (-1.8, -5),
        (1.8, -5),
        (1.8, -1.8),
        (5, -1.8),
        (5, 1.8),
        (1.8, 1.8),
        (1.8, 5),
        (-1.8, 5),
        (-1.8, 1.8),
        (-5, 1.8),
        (-5, -1.8),
        (-1.8, -1.8),
    ),
)
