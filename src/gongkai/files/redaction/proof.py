"""Proving a copy clean, before anybody gets it.

Four questions, each asked in its own way: is every byte accounted for (``reading_back``); do two independent libraries
find covered words, or anything but the label inside a box (PDFium and pdfminer); do the bytes of any stream hold a
covered word in any form (``raw``); is every pixel of a box painted.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError

from gongkai.files.pdfium import LOCK
from gongkai.files.redaction import glyphs, layer, pictures, raw, reading_back
from gongkai.files.redaction.boxes import Rect
from gongkai.files.redaction.glyphs import Glyph
from gongkai.files.redaction.words import GAP, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gongkai.files.redaction.boxes import Box

_SHARP, _EVEN = 110, 12
"""Levels by which a pixel of a box, and all of them on average, may differ from what was painted: a palette and JPEG
blur the edges of the label."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a copy must be: its style, the boxes of each page with the characters they cut, and the covered words.

    ``words`` must be gone; ``kept`` may stand as often as they stood uncovered, because somebody confirmed it.
    """

    style: str
    sizes: Sequence[tuple[float, float]]
    boxes: Mapping[int, Sequence[Box]]
    cut: Mapping[int, Sequence[Rect]]
    words: frozenset[str]
    kept: Mapping[str, int] = field(default_factory=dict)
    characters: Mapping[int, int] = field(default_factory=dict)
    """Characters of text on each page."""


@dataclass(slots=True)
class Proof:
    """What was looked at and found. ``pages_in_doubt`` are those whose text alone is at fault."""

    findings: list[str] = field(default_factory=list)
    pages_in_doubt: set[int] = field(default_factory=set)
    figures: dict[str, int] = field(default_factory=dict)

    def doubt(self, page: int, finding: str) -> None:
        """Note a finding that is cured by leaving out the text of a page."""
        said = f"第 {page} 页{finding}"
        if said not in self.findings:
            self.findings.append(said)
        self.pages_in_doubt.add(page)


def prove(copy: bytes, expected: Expected) -> Proof:
    """Examine a PDF; it is clean where the proof has no findings."""
    proof = Proof()
    parts = reading_back.taken_apart(copy)
    proof.findings += parts.faults
    every = expected.words | expected.kept.keys()
    # Words that may stand as text may still not stand in a title or beside a picture: text is written in codes.
    proof.findings += raw.found_in(parts, every)
    proof.figures = {
        "objects": len(parts.dictionaries),
        "streams": len(parts.streams),
        "words": len(every),
        "bytes": len(copy),
    }
    for name, read in (("pdfium", _by_pdfium), ("pdfminer", _by_pdfminer)):
        try:
            _check_text(name, read(copy), expected, proof)
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the copy is not proven
            proof.findings.append(f"{name} 无法打开遮盖件（{type(error).__name__}）")
    _check_pictures(copy, expected, proof)
    return proof


def prove_picture(copy: bytes, expected: Expected) -> Proof:
    """Examine a picture file."""
    proof = Proof(figures={"bytes": len(copy)})
    try:
        if copy.startswith(b"\x89PNG"):
            names = {name for name, _ in pictures.chunks(copy)}
            if names - {b"IHDR", b"IDAT", b"IEND"}:
                proof.findings.append("图片带有附加信息")
        elif fault := reading_back.jpeg_fault(copy):
            proof.findings.append(fault)
        picture = Image.open(io.BytesIO(copy)).convert("RGB")
    except (ValueError, OSError, UnidentifiedImageError):
        proof.findings.append("图片无法重新打开")
        return proof
    if picture.size != tuple(map(round, expected.sizes[0])):
        proof.findings.append("图片的幅面与原件不符")
    elif not _is_painted(picture, expected, 1):
        proof.findings.append("遮盖框内有未遮盖的像素")
    return proof


def _by_pdfium(copy: bytes) -> Iterator[list[Glyph]]:
    with LOCK:
        document = pypdfium2.PdfDocument(copy)
    try:
        for index in range(len(document)):
            with LOCK:
                page = document[index]
                found = glyphs.read(page, index + 1)
                page.close()
            yield found
    finally:
        with LOCK:
            document.close()


def _by_pdfminer(copy: bytes) -> Iterator[list[Glyph]]:
    from pdfminer.converter import PDFPageAggregator  # noqa: PLC0415 - loaded only where a file is redacted
    from pdfminer.layout import LTChar  # noqa: PLC0415 - as above
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415 - as above
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415 - as above

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(copy)), start=1):
        interpreter.process_page(page)
        sheet = device.get_result()
        found = []
        for item in sheet:
            if isinstance(item, LTChar) and not item.get_text().isspace():
                x0, y0, x1, y1 = item.bbox
                rect = Rect(x0 / sheet.width, 1 - y1 / sheet.height, x1 / sheet.width, 1 - y0 / sheet.height)
                found.append(Glyph(number, item.get_text(), rect, rect))
        yield found


def _check_text(name: str, pages: Iterator[list[Glyph]], expected: Expected, proof: Proof) -> None:
    words = expected.words | expected.kept.keys()
    counts: Counter[str] = Counter()
    before: list[Glyph] = []
    characters = number = 0
    for number, found in enumerate(pages, start=1):
        characters += len(found)
        boxes = expected.boxes.get(number, ())
        if len(found) != expected.characters.get(number, 0):
            proof.doubt(number, f"的文字与写入的不一致（{name}）")
        inside = [any(_centre_in(glyph, box.rect) for box in boxes) for glyph in found]
        labels = Counter("".join(layer.label_of(box, expected.sizes[number - 1]) for box in boxes))
        if found and Counter(glyph.text for glyph, is_in in zip(found, inside, strict=True) if is_in) != labels:
            proof.doubt(number, f"的遮盖框内还有可读出的文字（{name}）")
        # What stands before and behind a box is not one word.
        outside = [replace(one, text=GAP) if is_in else one for one, is_in in zip(found, inside, strict=True)]
        # A word may begin on the page before; none is longer than a page.
        text = Text(before + outside)
        for word in words:
            here = sum(text.glyphs[max(place)].page == number for place in text.occurrences(word))
            counts[word] += here
            if here and counts[word] > expected.kept.get(word, 0):
                proof.doubt(number, f"仍可读出被遮盖的文字（{name}）")
        before = outside
    proof.figures[f"{name}_characters"] = characters
    if number != len(expected.sizes):
        proof.findings.append(f"{name} 读到 {number} 页，应为 {len(expected.sizes)} 页")


def _centre_in(glyph: Glyph, rect: Rect) -> bool:
    return rect.holds((glyph.rect.x0 + glyph.rect.x1) / 2, (glyph.rect.y0 + glyph.rect.y1) / 2)


def _check_pictures(copy: bytes, expected: Expected, proof: Proof) -> None:
    """Compare the picture of each page that has boxes, as PDFium unpacks it, with the boxes painted anew."""
    try:
        with LOCK:
            document = pypdfium2.PdfDocument(copy)
            try:
                for number in expected.boxes:
                    picture = _only_picture(document, number)
                    if picture is None:
                        proof.findings.append(f"第 {number} 页不是单独一幅图像")
                    elif not _is_painted(picture, expected, number):
                        proof.findings.append(f"第 {number} 页的遮盖框内有未遮盖的像素")
            finally:
                document.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
        proof.findings.append(f"遮盖件的图像无法复核（{type(error).__name__}）")
    proof.figures["pages_with_boxes"] = len(expected.boxes)


def _only_picture(document: pypdfium2.PdfDocument, number: int) -> Image.Image | None:
    page = document[number - 1]
    try:
        drawn = [one for one in page.get_objects() if one.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
        if len(drawn) != 1 or drawn[0].type != pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            return None
        return drawn[0].get_bitmap(render=False).to_pil().convert("RGB")
    finally:
        page.close()


def _is_painted(picture: Image.Image, expected: Expected, number: int) -> bool:
    boxes, cut = expected.boxes.get(number, ()), expected.cut.get(number, ())
    # On white, and on black: what differs between the two was not painted, and is not compared.
    anew = [Image.new("RGB", picture.size, colour) for colour in ("white", "black")]
    for paper in anew:
        pictures.burn(paper, boxes, cut, expected.style)
    for rect in [*cut, *(box.rect for box in boxes)]:
        place = pictures.pixels(rect, picture.size)
        one, other, real = (whole.crop(place) for whole in (*anew, picture))
        if ImageChops.difference(one, other).getbbox() is not None:
            return False
        unlike = ImageStat.Stat(ImageChops.difference(one, real))
        if max(high for _, high in unlike.extrema) > _SHARP or max(unlike.mean) > _EVEN:
            return False
    return True
