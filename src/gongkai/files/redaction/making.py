"""Making the copy: every page drawn, the boxes painted, the text laid over, the whole proven."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.files.redaction import layer, pictures, writing
from gongkai.files.redaction.boxes import by_page, checked
from gongkai.files.redaction.errors import (
    BoxError,
    NameCarriesError,
    NotProvenError,
    NotRedactableError,
    RemainingError,
)
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.proof import Expected, prove, prove_picture
from gongkai.files.redaction.words import covered_words, is_covered, on_pages, plain, remaining

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.files.redaction.boxes import Box, Rect
    from gongkai.files.redaction.glyphs import Glyph
    from gongkai.files.redaction.original import Original
    from gongkai.files.redaction.pictures import Picture
    from gongkai.files.redaction.proof import Proof
    from gongkai.files.redaction.words import Remaining

MAX_BYTES = 48 << 20
"""The copy; a longer document belongs in several parts."""

NEUTRAL_NAME = "区分处理件"
MAX_NAME = 80
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
EXTENSIONS = {"pdf": ".pdf", "png": ".png", "jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What boxes would do: the text under each, what it leaves elsewhere, and what the officer should know."""

    boxes: tuple[Box, ...]
    under: tuple[str, ...]
    remaining: tuple[Remaining, ...]
    notices: tuple[str, ...]
    glyphs: tuple[Glyph, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was proven clean. ``report`` is plain data without a word of what was covered."""

    data: bytes
    kind: str
    name: str
    report: dict[str, object]


def plan(original: Original, boxes: Iterable[Box], *, look: bool = True) -> Plan:
    """Return what ``boxes`` would do to ``original``; raise ``BoxError``.

    Without ``look`` all characters are taken to be seen: enough for asking, three times as fast.
    """
    good = checked(list(boxes), len(original))
    read = original.glyphs if look else original.text
    glyphs = [glyph for page in range(1, len(original) + 1) for glyph in read(page)]
    marked = by_page(good)
    words = covered_words(glyphs, marked)
    under = []
    pages = on_pages(glyphs)
    for box in good:
        inside = [glyph for glyph in pages.get(box.page, ()) if is_covered(glyph, [box.rect])]
        under.append("".join((" " if glyph.spaced else "") + glyph.text for glyph in inside).strip())
    return Plan(
        tuple(good),
        tuple(under),
        tuple(remaining(glyphs, marked, words)),
        tuple(original.notices),
        tuple(glyphs),
        frozenset(words),
    )


def make(
    data: bytes,
    kind: str,
    *,
    boxes: Iterable[Box],
    name: str = "",
    style: str = pictures.BLACK,
    may_remain: bool = False,
) -> Copy:
    """Return the copy of the file in ``data`` (of ``kind``, see ``files.kinds``) without what lies under ``boxes``.

    ``name`` is what the copy shall be called, without extension; empty for a neutral name. ``may_remain`` says that
    covered words may stand where they are not covered. Takes about a quarter of a second a page. Raises a
    ``RedactionError``; then there is no copy.
    """
    if style not in pictures.STYLES:
        raise BoxError(f"没有“{style}”这种遮盖样式。请选择黑底白字或白底黑框。")
    with open_original(data, kind) as original:
        planned = plan(original, boxes)
        if planned.remaining and not may_remain:
            raise RemainingError(planned.remaining)
        stem = named(name, planned)
        if kind == "pdf":
            copy, proof, silent = _pdf(original, planned, stem, style)
        else:
            copy, proof, silent = *_picture(original, planned, style), ()
    if proof.findings:
        raise NotProvenError(proof.findings)
    report = {
        **proof.figures,
        "pages": len(original),
        "boxes": len(planned.boxes),
        "characters_covered": sum(len(plain(text)) for text in planned.under),
        "words_remaining": len(planned.remaining),
        "pages_without_text": list(silent),
        "notices": list(planned.notices),
    }
    return Copy(copy, kind, stem + EXTENSIONS[kind], report)


def harmless(name: str) -> str:
    """Return a name without what a file system, a header or a reader may take amiss."""
    return _UNSAFE.sub(" ", name).strip(" .")[:MAX_NAME].strip(" .")


def named(name: str, planned: Plan) -> str:
    """Return what the copy is called; raise ``NameCarriesError`` where the name says what was covered."""
    given = harmless(name)
    # What is covered may be the neutral name itself.
    names = (given,) if given else (NEUTRAL_NAME, "遮盖件", "PDF")
    stem = next((each for each in names if not any(word in plain(each) for word in planned.words)), None)
    if stem is None:
        raise NameCarriesError(
            f"遮盖件的名称里有被遮盖的文字，公开文件名等于公开内容，未处理。请换一个名称，或留空使用“{NEUTRAL_NAME}”。"
        )
    return stem


def _expected(original: Original, planned: Plan, style: str) -> Expected:
    marked = by_page(planned.boxes)
    cut: dict[int, list[Rect]] = {}
    for glyph in planned.glyphs:
        if is_covered(glyph, [box.rect for box in marked.get(glyph.page, ())]):
            cut.setdefault(glyph.page, []).append(glyph.ink)
    left = {one.word: one.count for one in planned.remaining}
    return Expected(style, original.sizes, marked, cut, planned.words - left.keys(), left)


def _pdf(original: Original, planned: Plan, title: str, style: str) -> tuple[bytes, Proof, list[int]]:
    expected = _expected(original, planned, style)
    texts: dict[int, list[Glyph]] = {page: [] for page in range(1, len(original) + 1)}
    if not original.has_hidden_layers:
        written = on_pages(planned.glyphs)
        for page, size in enumerate(original.sizes, start=1):
            texts[page] = layer.kept(written.get(page, ()), expected.boxes.get(page, ()), size)
    drawn = _pictures(original, expected)
    copy, proof = _written(original, drawn, texts, title, expected)
    if proof.findings and proof.pages_in_doubt:
        # Text that two libraries do not agree about is left out; its page stays as a picture.
        texts |= {page: [] for page in proof.pages_in_doubt}
        copy, proof = _written(original, drawn, texts, title, expected)
    silent = [page for page, text in texts.items() if not text]
    return copy, proof, silent


def _written(
    original: Original,
    drawn: Sequence[Picture],
    texts: dict[int, list[Glyph]],
    title: str,
    expected: Expected,
) -> tuple[bytes, Proof]:
    pages = [
        writing.Page(size, picture, texts[number])
        for number, (size, picture) in enumerate(zip(original.sizes, drawn, strict=True), start=1)
    ]
    copy = writing.written(pages, title)
    return copy, prove(copy, replace(expected, characters={page: len(text) for page, text in texts.items()}))


def _pictures(original: Original, expected: Expected) -> list[Picture]:
    drawn: list[Picture] = []
    size = 0
    for page in range(1, len(original) + 1):
        boxes, cut = expected.boxes.get(page, ()), expected.cut.get(page, ())
        picture = original.picture(page, pictures.BLACK_AND_WHITE_DPI)
        if pictures.is_black_and_white(picture):
            pictures.burn(picture, boxes, cut, expected.style)
            drawn.append(pictures.fax(picture))
        else:
            picture = original.picture(page, pictures.COLOUR_DPI)
            pictures.burn(picture, boxes, cut, expected.style)
            drawn.append(pictures.coloured(picture))
        size += len(drawn[-1].data)
        if size > MAX_BYTES:
            raise NotRedactableError(
                f"遮盖件到第 {page} 页已超过 {MAX_BYTES >> 20} MB 的上限。请把原件拆分成几份，分别遮盖。"
            )
    return drawn


def _picture(original: Original, planned: Plan, style: str) -> tuple[bytes, Proof]:
    expected = _expected(original, planned, style)
    picture = original.picture(1, 0)
    pictures.burn(picture, expected.boxes[1], (), style)
    copy = pictures.saved(picture, original.kind)
    return copy, prove_picture(copy, expected)
