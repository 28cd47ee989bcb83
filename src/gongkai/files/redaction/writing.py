"""Writing the copy: a PDF of pictures and unseen text, every byte of it from here.

The same pages give the same bytes: there is no date, no identifier and nothing of the original in it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.files.redaction import layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.files.redaction.glyphs import Glyph
    from gongkai.files.redaction.pictures import Picture

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the copy: its size in points, its picture, and its text (empty where none can be trusted)."""

    size: tuple[float, float]
    picture: Picture
    text: Sequence[Glyph] = ()


@dataclass(slots=True)
class _File:
    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str = "") -> int:
        self.bodies.append(body.encode("ascii"))
        return len(self.bodies)

    def stream(self, entries: str, data: bytes) -> int:
        head = f"<< {entries}{' ' if entries else ''}/Length {len(data)} >>\nstream\n".encode("ascii")
        self.bodies.append(head + data + b"\nendstream")
        return len(self.bodies)

    def packed(self, entries: str, data: bytes) -> int:
        return self.stream(f"{entries} /Filter /FlateDecode".strip(), zlib.compress(data, 9))

    def put(self, number: int, body: str) -> None:
        self.bodies[number - 1] = body.encode("ascii")

    def whole(self, root: int, info: int) -> bytes:
        parts, offsets, at = [HEADER], [], len(HEADER)
        for number, body in enumerate(self.bodies, start=1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            offsets.append(at)
            parts.append(part)
            at += len(part)
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        count = len(offsets) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % count + table)
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (count, root, info))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(parts)


def written(pages: Sequence[Page], title: str) -> bytes:
    """Return the copy."""
    file = _File()
    catalog, tree, info = file.add(), file.add(), file.add()
    file.put(info, f"<< /Title {_string(title)} >>")
    letters = layer.Letters()
    has_text = any(page.text for page in pages)
    font, root, document = (file.add() if has_text else 0 for _ in range(3))
    kids, paragraphs = [], []
    for index, page in enumerate(pages):
        number = file.add()
        kids.append(number)
        wide, high = page.size
        content = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q"
        more = ""
        if has_text:
            paragraph = file.add(f"<< /Type /StructElem /S /P /P {document} 0 R /Pg {number} 0 R /K 0 >>")
            paragraphs.append(paragraph)
            words = layer.content(page.text, page.size, letters)
            content = f"/Artifact BMC\n{content}\nEMC\n/P << /MCID 0 >> BDC\n{words}\nEMC"
            more = f" /StructParents {index}"
        picture = page.picture
        kind = f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        drawn = file.stream(f"{kind} {picture.entries}", picture.data)
        written_to = file.packed("", content.encode("ascii"))
        fonts = f" /Font << /F {font} 0 R >>" if has_text else ""
        file.put(
            number,
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {wide:.2f} {high:.2f}] /Contents {written_to} 0 R"
            f" /Resources << /XObject << /P {drawn} 0 R >>{fonts} >>{more} >>",
        )
    file.put(tree, f"<< /Type /Pages /Kids [{_references(kids)}] /Count {len(kids)} >>")
    tagged = ""
    if has_text:
        _write_font(file, font, letters)
        _write_structure(file, root, document, paragraphs)
        tagged = f" /MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R"
    shown = "/Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>"
    file.put(catalog, f"<< /Type /Catalog /Pages {tree} 0 R {shown}{tagged} >>")
    return file.whole(catalog, info)


def _write_font(file: _File, font: int, letters: layer.Letters) -> None:
    face = layer.Letters.face()
    program = file.packed(f"/Length1 {len(face)}", face)
    descriptor = file.add(
        f"<< /Type /FontDescriptor /FontName /GongkaiBlank /Flags 5 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        f" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontFile2 {program} 0 R >>"
    )
    glyphs = file.packed("", letters.glyph_map())
    descendant = file.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GongkaiBlank"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {descriptor} 0 R /DW 1000 /W {letters.widths()} /CIDToGIDMap {glyphs} 0 R >>"
    )
    meaning = file.packed("", letters.to_unicode())
    file.put(
        font,
        "<< /Type /Font /Subtype /Type0 /BaseFont /GongkaiBlank /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>",
    )


def _write_structure(file: _File, root: int, document: int, paragraphs: Sequence[int]) -> None:
    numbers = " ".join(f"{index} [{paragraph} 0 R]" for index, paragraph in enumerate(paragraphs))
    parents = file.add(f"<< /Nums [{numbers}] >>")
    file.put(root, f"<< /Type /StructTreeRoot /K {document} 0 R /ParentTree {parents} 0 R >>")
    file.put(document, f"<< /Type /StructElem /S /Document /P {root} 0 R /K [{_references(paragraphs)}] >>")


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _string(text: str) -> str:
    marked = b"\xfe\xff" + text.encode("utf-16-be")
    return f"<{marked.hex().upper()}>"
