"""OFD, the national fixed-layout format (GB/T 33190—2016): a zip of XML pages, read without help.

Read: text with its places, ruled lines, page templates, composite objects, several documents and versions in one
container, signed containers (the signature itself is not verified). Not read, and named in a diagnostic: text that is
only glyph numbers of a font that does not map them, pages that are images, annotations, attachments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.annual.errors import DamagedFileError, NotAReportError, ProtectedFileError, TooLargeError
from gongkai.annual.reader.layout_pages import arrange, in_rows
from gongkai.annual.reader.limits import Archive
from gongkai.annual.reader.ofd_package import Package, child, children, descendants, text_of
from gongkai.annual.reader.ofd_pages import Drawing, Resources
from gongkai.annual.reader.source import Source
from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PAGES = 2_000
"""Pages of a container that is read at all."""

_ROOT = "OFD.xml"


def load(data: bytes, *, file: str) -> Source:
    """Return the lines and tables of an OFD container, all its documents in order.

    Raises ``DamagedFileError``, ``ProtectedFileError``, ``TooLargeError``, ``HostileFileError``, and
    ``NotAReportError`` where no page holds any text.
    """
    package = Package(Archive(data))
    if _ROOT not in package:
        if any("encrypt" in name.lower() for name in package.names):
            raise ProtectedFileError("OFD 已加密。请用原来的软件解密后另存。")
        raise DamagedFileError(f"OFD 缺少入口文件 {_ROOT}。请用原来的软件重新保存。")
    drawing = Drawing()
    diagnostics: list[Diagnostic] = []
    bodies = children(package.xml(_ROOT), "DocBody")
    for body in bodies:
        _read_document(package, body, drawing, diagnostics)
    if len(bodies) > 1:
        diagnostics.append(_note("ofd-several-documents", f"容器中有 {len(bodies)} 份文档，已依次读取。"))
    if not any(sheet.glyphs for sheet in drawing.sheets):
        raise NotAReportError("OFD 中没有文字，页面可能是扫描图像。请另存为 PDF 后读取（扫描件需要文字识别）。")
    return Source(
        file,
        "ofd",
        arrange(drawing.sheets),
        diagnostics=(*diagnostics, *drawing.diagnostics()),
        alternatives=(Source(file, "ofd", in_rows(drawing.sheets)),),
    )


def _note(code: str, message: str) -> Diagnostic:
    return Diagnostic("info", code, message)


def _read_document(package: Package, body: _Element, drawing: Drawing, diagnostics: list[Diagnostic]) -> None:
    path = _document_path(package, body)
    document = package.xml(path)
    if child(body, "Signatures") is not None:
        diagnostics.append(_note("ofd-signed", "文件带有电子签名或签章，已读取内容，未验证签名。"))
    for name, code, what in (
        ("Annotations", "ofd-annotations-ignored", "注释（批注、水印、图章外观）"),
        ("Attachments", "ofd-attachments-ignored", "附件"),
    ):
        if child(document, name) is not None:
            diagnostics.append(_note(code, f"文件带有{what}，这部分没有读取。"))
    common = child(document, "CommonData")
    resources = Resources(package, path, common)
    pages = [page for holder in children(document, "Pages") for page in children(holder, "Page")]
    if len(drawing.sheets) + len(pages) > MAX_PAGES:
        raise TooLargeError(f"OFD 超过 {MAX_PAGES} 页的上限。请只保留年度报告所在的页。")
    for page in pages:
        drawing.page(resources, package.resolve(path, page.get("BaseLoc", "")))


def _document_path(package: Package, body: _Element) -> str:
    """Return the path of the document, in its current version where the container keeps several."""
    for version in descendants(body, "Version"):
        if version.get("Current") == "true":
            path = package.resolve("", version.get("BaseLoc", ""))
            root = text_of(child(package.xml(path), "DocRoot"))
            if root:
                return package.resolve(path, root)
    root = text_of(child(body, "DocRoot"))
    if not root:
        raise DamagedFileError("OFD 没有注明文档的位置（DocRoot）。请用原来的软件重新保存。")
    return package.resolve("", root)
