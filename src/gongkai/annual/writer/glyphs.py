"""Which characters of a report the shipped face lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.writer.document import Heading, Paragraph, Title, items
from gongkai.typeset.glyphs import missing_in

if TYPE_CHECKING:
    from gongkai.annual.report import Report
    from gongkai.annual.writer.document import Item


def missing(report: Report) -> tuple[str, ...]:
    """Return the characters that ``report`` prints and the font lacks, each once, in order."""
    return missing_in(text for item in items(report) for text in texts(item))


def texts(item: Item) -> tuple[str, ...]:
    """Return the texts that an item prints."""
    if isinstance(item, Title):
        return item.lines
    if isinstance(item, Heading | Paragraph):
        return (item.text,)
    return tuple(box.text for box in item.boxes)
