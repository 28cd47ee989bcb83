"""Finding words in a PDF, and reading one."""

from builders import hiding
from gongkai.files.redaction.boxes import Box
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.words import Text


def found(data, *words):
    """Return a box for every place where a word stands."""
    with open_original(data, "pdf") as original:
        text = Text([glyph for page in range(1, len(original) + 1) for glyph in original.glyphs(page)])
        hits = [hit for word in words for hit in text.search(word)]
    return [Box(page, rect, "N4-privacy") for hit in hits for page, rect in hit.rects]


def read(data):
    return {name: "".join(text.split()) for name, text in hiding.texts(data).items()}
