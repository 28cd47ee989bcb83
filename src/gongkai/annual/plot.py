"""Charts of a comparison, drawn here as SVG and through typst as PNG; the numbers themselves are always beside them.

Years of one body become lines over the years and shares per year; bodies of one year become bars and shares per body;
several bodies over several years become one line per body. A year whose number could not be read is a gap with a cross
on the axis, never a zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.compare import Comparison, Kind, Line
from gongkai.annual.indicators import Known
from gongkai.annual.plot_panels import Series, bars, shares, trend
from gongkai.annual.plot_svg import MUTED, WIDTH, Canvas, shorten, spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.annual.indicators import Entry

_PANELS = {
    "requests": ("依申请公开（件）", ("received", "concluded", "carried_out")),
    "outcomes": (
        "办理结果的构成",
        ("granted", "partial", "refused", "not_available", "not_processed", "other"),
    ),
    "remedies": (
        "行政复议和行政诉讼（件）",
        ("reconsiderations", "reconsiderations_corrected", "litigations", "litigations_corrected"),
    ),
    "documents": ("规范性文件（件）", ("normative_documents_made", "normative_documents_in_force")),
    "decisions": ("行政决定（件）", ("permits", "penalties", "coercions")),
}
PANELS = tuple(_PANELS)
"""The panels a figure of one body's years or one year's bodies can have, in order."""
_FOLLOWED = ("received", "disclosure_rate", "reconsiderations")
_TOP = 62.0
_UNKNOWN = {Known.UNREADABLE: "未能读出", Known.BLANK: "空白", Known.ABSENT: "无此项", Known.NO_BASE: "无基数"}


def said(entry: Entry) -> str:
    """Return an entry in words: the number, or why there is none."""
    return _UNKNOWN[entry.known] if entry.value is None else spaced(entry.value)


def describe(comparison: Comparison) -> str:
    """Return the numbers of the comparison in words, for those who do not see the chart."""
    sentences = [
        f"{line.caption}（{line.unit}）："
        + "，".join(f"{head.label} {said(entry)}" for head, entry in zip(comparison.heads, line.entries, strict=True))
        for line in comparison.lines
    ]
    return "。".join([comparison.title, *sentences]) + "。"


def figure(comparison: Comparison, panels: Sequence[str] = PANELS) -> str:
    """Return an SVG with the given ``panels`` (of ``PANELS``), without those about which no report says anything.

    Several bodies over several years have panels of their own: one indicator each, one line per body.
    """
    canvas = Canvas()
    canvas.text(24, 40, shorten(comparison.title, 21, WIDTH - 48), size=21, bold=True)
    y = _TOP
    if comparison.kind is Kind.MIXED:
        for line in _lines(comparison, _FOLLOWED):
            y = _followed(canvas, y, comparison, line)
    else:
        for name in PANELS:
            if name in panels:
                y = _panel(canvas, y, comparison, name)
    if not canvas.pieces[1:]:
        canvas.text(24, y + 24, "这些报告里没有可以作图的数据。", fill=MUTED)
        y += 48
    return canvas.svg(y + 6, title=comparison.title, description=describe(comparison))


def png(svg: str, *, ppi: int = 144) -> bytes:
    """Return the drawing ``svg`` as a PNG with ``ppi`` pixels per inch (72 units of the drawing are one inch)."""
    import typst  # noqa: PLC0415 -- a large library that drawing SVG does not need

    page = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.chart))\n"
    return typst.compile(page, format="png", ppi=ppi, sys_inputs={"chart": svg})


def _lines(comparison: Comparison, keys: Sequence[str]) -> list[Line]:
    found = {line.key: line for line in comparison.lines}
    return [found[key] for key in keys if key in found and any(e.value is not None for e in found[key].entries)]


def _panel(canvas: Canvas, y: float, comparison: Comparison, name: str) -> float:
    title, keys = _PANELS[name]
    lines = _lines(comparison, keys)
    if not lines:
        return y
    canvas.text(24, y + 24, title, size=15, bold=True)
    labels = [head.label for head in comparison.heads]
    places = range(len(labels))
    if name == "outcomes":
        return shares(canvas, y + 38, labels, [_series(line.caption, places, line.entries) for line in lines])
    if comparison.kind is Kind.BODIES:
        return bars(canvas, y + 38, labels, [_series(line.caption, places, line.entries) for line in lines])
    years = [head.year for head in comparison.heads]
    series = [_series(line.caption, years, line.entries) for line in lines]
    pairs = zip(comparison.heads, comparison.heads[1:], strict=False)
    breaks = [(before.year, after.year) for before, after in pairs if before.edition != after.edition]
    return trend(canvas, y + 38, years, series, breaks)


def _followed(canvas: Canvas, y: float, comparison: Comparison, line: Line) -> float:
    canvas.text(24, y + 24, f"{line.caption}，{line.unit}", size=15, bold=True)
    series = []
    for body in dict.fromkeys(head.body for head in comparison.heads):
        own = [place for place, head in enumerate(comparison.heads) if head.body == body]
        years = [comparison.heads[place].year for place in own]
        series.append(_series(body, years, [line.entries[place] for place in own]))
    every = sorted({head.year for head in comparison.heads})
    return trend(canvas, y + 38, every, [found for found in series if found.known], [])


def _series(caption: str, places: Sequence[int], entries: Sequence[Entry]) -> Series:
    """Return the entries as points; what the printed form does not have is no point at all."""
    points = tuple(zip(places, entries, strict=True))
    said = tuple((place, entry.value) for place, entry in points if entry.known is not Known.ABSENT)
    return Series(caption, said, tuple(place for place, entry in points if entry.known is Known.ABSENT))
