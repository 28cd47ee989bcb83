"""Small OFD containers (GB/T 33190—2016) in the shapes that producers write: plain, signed, glyph numbers, templates.

Coordinates are millimetres from the top left corner, as OFD has them.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"


def text(x: float, y: float, words: str, *, size: float = 4, **attributes: str) -> str:
    """A text object; ``DeltaX`` and ``DeltaY`` go to its TextCode, ``glyphs`` becomes a CGTransform."""
    inner = {name: attributes.pop(name) for name in ("DeltaX", "DeltaY") if name in attributes}
    glyphs = attributes.pop("glyphs", "")
    transform = ""
    if glyphs:
        count = len(glyphs.split())
        transform = (
            f'<ofd:CGTransform CodePosition="0" CodeCount="{count}" GlyphCount="{count}">'
            f"<ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>"
        )
    own = {"Font": "3", "Size": str(size), "Boundary": f"{x} {y} 200 {size * 1.5}"} | attributes
    return (
        f"<ofd:TextObject {_attributes(own)}>{transform}"
        f'<ofd:TextCode X="0" Y="{size}" {_attributes(inner)}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, **attributes: str) -> str:
    """A path object on the whole page."""
    own = {"Boundary": "0 0 210 297", "LineWidth": "0.2"} | attributes
    return f"<ofd:PathObject {_attributes(own)}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def grid(xs: list[float], ys: list[float]) -> str:
    """The lines of a full grid."""
    return "".join(
        [path(f"M {xs[0]} {y} L {xs[-1]} {y}") for y in ys] + [path(f"M {x} {ys[0]} L {x} {ys[-1]}") for x in xs]
    )


def table(xs: list[float], top: float, rows: list[list[str]], *, pitch: float = 8) -> str:
    """A table with one line of text in each cell."""
    return grid(xs, [top + pitch * index for index in range(len(rows) + 1)]) + "".join(
        text(x + 1, top + pitch * index + 1, words)
        for index, row in enumerate(rows)
        for x, words in zip(xs, row, strict=False)
        if words
    )


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())


def element(name: str, inner: str) -> str:
    """A root element with the namespace declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}">{inner}</ofd:{name}>'


@dataclass
class Ofd:
    """One document. ``pages`` and ``templates`` hold what their layer holds; ``members`` adds or replaces files."""

    pages: list[str]
    templates: list[str] = field(default_factory=list)
    page_heads: str = ""
    common: str = ""
    document: str = ""
    body: str = ""
    before: str = ""
    members: dict[str, str | bytes] = field(default_factory=dict)

    def files(self) -> dict[str, str | bytes]:
        """The members by name."""
        templates = "".join(
            f'<ofd:TemplatePage ID="{90 + index}" BaseLoc="Tpls/Tpl_{index}/Content.xml" ZOrder="Background"/>'
            for index in range(len(self.templates))
        )
        pages = "".join(
            f'<ofd:Page ID="{index + 1}" BaseLoc="Pages/Page_{index}/Content.xml"/>' for index in range(len(self.pages))
        )
        made: dict[str, str | bytes] = {
            "OFD.xml": element(
                "OFD",
                f"{self.before}<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                f"{self.body}</ofd:DocBody>",
            ),
            "Doc_0/Document.xml": element(
                "Document",
                "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                f"{self.common}{templates}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{self.document}",
            ),
        }
        for index, layer in enumerate(self.pages):
            made[f"Doc_0/Pages/Page_{index}/Content.xml"] = page(layer, self.page_heads)
        for index, layer in enumerate(self.templates):
            made[f"Doc_0/Tpls/Tpl_{index}/Content.xml"] = page(layer)
        return made | self.members

    def data(self) -> bytes:
        """The container."""
        return zipped(self.files())


def page(layer: str, head: str = "") -> str:
    """The content of a page."""
    return element("Page", f'{head}<ofd:Content><ofd:Layer ID="1">{layer}</ofd:Layer></ofd:Content>')


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
