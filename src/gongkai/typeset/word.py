"""The parts of a Word document of the page and type of GB/T 9704—2012, written directly.

Whoever writes one gives the body as WordprocessingML; the same body always gives the same bytes.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from gongkai.typeset.archive import pack
from gongkai.typeset.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_WIDTH = 8845
"""How wide the text is, in twentieths of a point: 210 − 28 − 26 mm."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FIXED_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
}
"""The parts that are the same in every document: name in the package, name in the folder ``parts``."""

# A4, margins 37/35/28/26 mm; the foot stands 7 mm below the text (GB/T 9704—2012 5.2, 7.5).
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr>'
)


def package(body: str, title: str, creator: str) -> bytes:
    """Return a .docx file of ``body``, one section; ``title`` and ``creator`` are its properties."""
    document = f"{_DECLARATION}<w:document {_W} {_R}><w:body>{body}{_SECTION}</w:body></w:document>"
    fixed = resources.files("gongkai.typeset").joinpath("parts")
    parts = {name: fixed.joinpath(file).read_bytes() for name, file in _FIXED_PARTS.items()}
    return pack({**parts, "word/document.xml": document.encode(), "docProps/core.xml": _core(title, creator).encode()})


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """Return a paragraph of the named style; ``properties`` follow the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    both = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{both}{runs}</w:p>"


def run(text: str, style: str = "") -> str:
    """Return a run of text in the named character style."""
    named = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{named}<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'


def lines(texts: Sequence[str]) -> str:
    """Return runs with a line break between them."""
    return "<w:r><w:br/></w:r>".join(run(text) for text in texts)


def _core(title: str, creator: str) -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{escape(printable(title))}</dc:title><dc:creator>{escape(printable(creator))}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
