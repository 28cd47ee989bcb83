"""What is drawn on the pages of an OFD document: characters by their deltas and matrices, lines from path objects.

Chapter and attribute names follow GB/T 33190—2016: 7 (pages, templates), 9 (paths), 11 (text), 13 (composite objects).
Lengths are millimetres there, points here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, TypeAlias

from gongkai.annual.errors import HostileFileError, ReadError
from gongkai.annual.reader import ofd_fonts
from gongkai.annual.reader.layout import FIRST_WIDE, Glyph, Sheet
from gongkai.annual.reader.ofd_package import Package, child, children, descendants, local, number, numbers, text_of
from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_OBJECTS = 300_000
"""Drawn objects of one container that are looked at, those of templates counted on every page they lie under."""

MAX_CHARACTERS = 3_000_000
"""Characters of one container."""

MAX_DEPTH = 6
"""Composite objects within each other that are looked into."""

ASCENT = 0.88
"""How much of a character stands above its base line."""

POINTS = 72 / 25.4
_A4 = [0.0, 0.0, 210.0, 297.0]
_REPLACEMENT = "\ufffd"
_STEPS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CURVES = frozenset("QBA")

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return the point as the matrix moves it."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Resources:
    """Fonts, templates and composite units of one document, read when first asked for."""

    def __init__(self, package: Package, document: str, common: _Element | None) -> None:
        """Take the document's ``CommonData``; ``document`` is the path of the file it stands in."""
        self.package = package
        self.default_box = numbers(text_of(child(child(common, "PageArea"), "PhysicalBox"))) or _A4
        self._templates = {
            template.get("ID"): package.resolve(document, template.get("BaseLoc", ""))
            for template in children(common, "TemplatePage")
        }
        self._trees: dict[str, _Element] = {}
        self._fonts: dict[str, str] = {}
        self._units: dict[str, _Element] = {}
        self._maps: dict[str, dict[int, str]] = {}
        for name in ("PublicRes", "DocumentRes"):
            for element in children(common, name):
                self.add(package.resolve(document, text_of(element)))

    def add(self, path: str) -> None:
        """Take in a resource file; one that is missing only leaves its glyphs unmapped."""
        if path not in self.package:
            return
        root = self.tree(path)
        # What stands in a resource file is found from its BaseLoc, or from the file itself.
        folder = root.get("BaseLoc", "").strip()
        base = self.package.resolve(path, folder) + "/" if folder else path
        for font in descendants(root, "Font"):
            file = text_of(child(font, "FontFile"))
            if file:
                self._fonts[font.get("ID", "")] = self.package.resolve(base, file)
        for unit in descendants(root, "CompositeGraphicUnit"):
            self._units[unit.get("ID", "")] = unit

    def tree(self, path: str) -> _Element:
        """Return a parsed member, parsed once: a template lies under many pages."""
        if path not in self._trees:
            self._trees[path] = self.package.xml(path)
        return self._trees[path]

    def template(self, identifier: str | None) -> str | None:
        """Return the path of a page template."""
        return self._templates.get(identifier)

    def unit(self, identifier: str | None) -> _Element | None:
        """Return a composite unit."""
        return self._units.get(identifier or "")

    def characters(self, font: str) -> dict[int, str]:
        """Return what the glyph numbers of an embedded font stand for; empty where it is missing or unreadable."""
        if font not in self._maps:
            try:
                self._maps[font] = ofd_fonts.characters(self.package.read(self._fonts[font]))
            except (KeyError, ReadError):
                self._maps[font] = {}
        return self._maps[font]


@dataclass(slots=True)
class Drawing:
    """The pages of a container as far as they are read."""

    sheets: list[Sheet] = field(default_factory=list)
    unmapped: dict[int, int] = field(default_factory=dict)
    """Glyphs without a character, by page."""
    pictures: set[int] = field(default_factory=set)
    """Pages that a picture covers a large part of."""
    objects: int = 0
    letters: int = 0

    def page(self, resources: Resources, path: str) -> None:
        """Read one page, the templates under it first."""
        root = resources.tree(path)
        box = numbers(text_of(child(child(root, "Area"), "PhysicalBox"))) or resources.default_box
        left, top, width, height = (box * 4)[:4]
        sheet = Sheet(len(self.sheets) + 1, width * POINTS, height * POINTS)
        self.sheets.append(sheet)
        for element in children(root, "PageRes"):
            resources.add(resources.package.resolve(path, text_of(element)))
        matrix = (POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS)
        for template in children(root, "Template"):
            under = resources.template(template.get("TemplateID"))
            if under is not None:
                self._content(resources, resources.tree(under), matrix)
        self._content(resources, root, matrix)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield what could not be read."""
        for page, count in self.unmapped.items():
            message = f"有 {count} 个字形的内嵌字体没有注明对应的文字，读作无法辨认，请对照原件。"
            yield Diagnostic("warning", "ofd-unmapped-glyphs", message, f"第{page}页")
        for page in sorted(self.pictures):
            if not self.sheets[page - 1].glyphs:
                message = "这一页是图像，没有文字，未能读取。请另存为 PDF 后用文字识别读取。"
                yield Diagnostic("warning", "ofd-image-page", message, f"第{page}页")

    def _content(self, resources: Resources, root: _Element, matrix: Matrix) -> None:
        for content in children(root, "Content"):
            for layer in children(content, "Layer"):
                self._block(resources, layer, matrix, depth=0)

    def _block(self, resources: Resources, block: _Element, matrix: Matrix, *, depth: int) -> None:
        for element in block:
            self.objects += 1
            if self.objects > MAX_OBJECTS:
                raise HostileFileError("OFD 中的图形数量远超任何年度报告，已停止读取。请核对文件来源。")
            if element.get("Visible") == "false":
                continue
            kind = local(element)
            if kind == "PageBlock":
                self._block(resources, element, matrix, depth=depth)
                continue
            own = _placed(element, matrix)
            if kind == "TextObject":
                self._text(resources, element, own)
            elif kind == "PathObject":
                _path(element, own, self.sheets[-1])
            elif kind == "ImageObject":
                self._picture(element, matrix)
            elif kind == "CompositeObject" and depth < MAX_DEPTH:
                unit = resources.unit(element.get("ResourceID"))
                for content in children(unit, "Content"):
                    self._block(resources, content, own, depth=depth + 1)

    def _picture(self, element: _Element, matrix: Matrix) -> None:
        sheet = self.sheets[-1]
        x, y, width, height = [*numbers(element.get("Boundary")), 0.0, 0.0, 0.0, 0.0][:4]
        (x0, y0), (x1, y1) = applied(matrix, x, y), applied(matrix, x + width, y + height)
        sheet.rule(x0, y0, x1, y1)
        if abs((x1 - x0) * (y1 - y0)) > sheet.width * sheet.height / 3:
            self.pictures.add(sheet.number)

    def _text(self, resources: Resources, element: _Element, matrix: Matrix) -> None:
        size = (numbers(element.get("Size")) or [0.0])[0]
        scale = (numbers(element.get("HScale")) or [1.0])[0]
        glyphs = _glyph_numbers(element)
        start = 0
        sheet = self.sheets[-1]
        for code in children(element, "TextCode"):
            text = code.text or ""
            self.letters += len(text)
            if self.letters > MAX_CHARACTERS:
                raise HostileFileError("OFD 中的文字数量远超任何年度报告，已停止读取。请核对文件来源。")
            for index, (printed, x, y, advance) in enumerate(_places(code, text, size, scale)):
                character = printed
                if not _means_something(character) or (start + index in glyphs and character in _PLACEHOLDERS):
                    glyph = glyphs.get(start + index)
                    known = resources.characters(element.get("Font", "")) if glyph is not None else {}
                    character = known.get(glyph or 0, _REPLACEMENT)
                if character.isspace():
                    continue
                if character == _REPLACEMENT:
                    self.unmapped[sheet.number] = self.unmapped.get(sheet.number, 0) + 1
                corners = [
                    applied(matrix, *corner)
                    for corner in ((x, y - ASCENT * size), (x + advance, y + (1 - ASCENT) * size))
                ]
                (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(*corners, strict=True))
                sheet.glyphs.append(Glyph(character, x0, y0, x1, y1))
            start += len(text)


_PLACEHOLDERS = frozenset("¤□■?")
"""What producers write in TextCode where they know the glyph but not the character."""


def _means_something(character: str) -> bool:
    return character.isprintable() or character.isspace()


def _placed(element: _Element, outer: Matrix) -> Matrix:
    """Return the matrix of an object: its CTM, then the corner of its Boundary, then its surroundings."""
    own = numbers(element.get("CTM"))
    x, y = [*numbers(element.get("Boundary")), 0.0, 0.0][:2]
    a, b, c, d, e, f = own if len(own) == len(_UNIT) else _UNIT
    return combined((a, b, c, d, e + x, f + y), outer)


def _glyph_numbers(element: _Element) -> dict[int, int]:
    """Return the glyph number of each character of a text object, by position, where CGTransform gives one each."""
    found: dict[int, int] = {}
    for transform in children(element, "CGTransform"):
        position = int((numbers(transform.get("CodePosition")) or [0])[0])
        glyphs = numbers(text_of(child(transform, "Glyphs")))
        for index, glyph in enumerate(glyphs):
            found[position + index] = int(glyph)
    return found


def _places(code: _Element, text: str, size: float, scale: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield every character with its place on the base line and its width."""
    x, y = (numbers(code.get("X")) or [0.0])[0], (numbers(code.get("Y")) or [0.0])[0]
    along, below = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
    moved = "DeltaX" in code.attrib or "DeltaY" in code.attrib
    for character in text:
        width = size * scale * (1.0 if character >= FIRST_WIDE or not character.isprintable() else 0.5)
        step = next(along, 0.0 if moved else width)
        # A letter narrower than half its size must not seem to reach into the next one.
        yield character, x, y, min(width, step) if step > 0 else width
        x += step
        y += next(below, 0.0)


def _deltas(text: str | None) -> Iterator[float]:
    """Yield the offsets of DeltaX or DeltaY; ``g 3 5.0`` stands for 5.0 three times (GB/T 33190, 11.3)."""
    words = iter((text or "").split())
    runs: list[Iterator[float]] = []
    try:
        for word in words:
            if word == "g":
                count, value = int(number(next(words))), number(next(words))
                runs.append(islice(repeat(value), max(count, 0)))
            else:
                runs.append(iter((number(word),)))
    except (ValueError, StopIteration):
        pass  # what was whole of a damaged list still holds
    return chain.from_iterable(runs)


def _path(element: _Element, matrix: Matrix, sheet: Sheet) -> None:
    """Keep the straight parts of a path: strokes along an axis, and filled boxes that are thin."""
    stroked, filled = element.get("Stroke") != "false", element.get("Fill") == "true"
    for points, straight in _subpaths(text_of(child(element, "AbbreviatedData")), matrix):
        sheet.draw(points, straight=straight, stroked=stroked, filled=filled)


def _subpaths(data: str, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the corners of each part of a path, the first again at the end of a closed one, and if it has no curve."""
    points: list[tuple[float, float]] = []
    straight = True
    words = iter(data.split())
    for word in words:
        steps = numbers(" ".join(islice(words, _STEPS.get(word, 0))))
        if word in {"S", "M"} and points:
            yield points, straight
            points, straight = [], True
        straight = straight and word not in _CURVES
        if word == "C" and points:
            points.append(points[0])
        elif len(steps) > 1:
            points.append(applied(matrix, steps[-2], steps[-1]))
    if points:
        yield points, straight
