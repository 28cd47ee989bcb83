"""PDF: the text layer and the ruled lines of the pages; a scan goes to OCR where that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.annual.errors import DamagedFileError, NotAReportError, ProtectedFileError, TooLargeError
from gongkai.annual.reader import pdf_limits
from gongkai.annual.reader.layout_pages import arrange, in_rows
from gongkai.annual.reader.pdf_pages import Budget, PdfPage, page_of
from gongkai.annual.reader.source import Line, Source
from gongkai.annual.report import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PAGES = 2_000
"""Pages of a document that is read at all; the longest annual report seen has under 40."""

MIN_CHARACTERS = 20
"""Characters per page below which a page that is a picture counts as scanned."""


def load(data: bytes, *, file: str, ocr: bool = True) -> Source:
    """Return the lines and tables of a PDF; ``alternatives`` are its text in rows and in the order it was written.

    Raises ``ProtectedFileError``, ``DamagedFileError``, ``TooLargeError``, ``HostileFileError``, and for a scan
    ``MissingToolError`` where OCR is not installed, ``NotAReportError`` where ``ocr`` is false.
    """
    pdf_limits.check(data)
    pages = pages_of(data)
    if _is_scan(pages):
        if not ocr:
            raise NotAReportError("文件是扫描件，没有文字层，而文字识别已关闭。请打开文字识别，或换用有文字层的文件。")
        from gongkai.annual.reader.ocr import load as recognised  # noqa: PLC0415 - needs the optional extra

        return recognised(data, file=file)
    sheets = [page.sheet for page in pages]
    written = tuple(Line(line, page.sheet.number) for page in pages for line in page.text.splitlines() if line.strip())
    return Source(
        file,
        "pdf",
        arrange(sheets),
        diagnostics=_diagnostics(pages),
        alternatives=(Source(file, "pdf", in_rows(sheets)), Source(file, "pdf", written)),
    )


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; say in the reader's words why it cannot be."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise ProtectedFileError("PDF 设有打开密码。请取消密码后另存，再行读取。") from error
        raise DamagedFileError("PDF 结构不完整，无法打开，文件可能没有下载完。请重新下载或重新导出。") from error
    count = len(document)
    if count > MAX_PAGES:
        document.close()
        raise TooLargeError(f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限。请只保留年度报告所在的页。")
    return document


def pages_of(data: bytes) -> list[PdfPage]:
    """Return the characters and ruled lines of every page that opens; raise as ``load`` does."""
    pages: list[PdfPage] = []
    budget = Budget()
    document = open_document(data)
    try:
        for index in range(len(document)):
            raw_page = pdfium.FPDF_LoadPage(document, index)
            if not raw_page:
                continue
            try:
                pages.append(page_of(raw_page, index + 1, budget))
            finally:
                pdfium.FPDF_ClosePage(raw_page)
    finally:
        document.close()
    if not pages:
        raise DamagedFileError("PDF 中没有能够打开的页面。请重新下载或重新导出。")
    return pages


def _is_scan(pages: Sequence[PdfPage]) -> bool:
    """Tell whether the document is pictures of paper, or its fonts do not say what most of its characters are."""
    legible = sum(len(page.sheet.glyphs) - page.unmapped for page in pages)
    pictured = any(page.pictures for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    return (pictured and legible < MIN_CHARACTERS * len(pages)) or legible == 0 or unmapped > legible


def _diagnostics(pages: Sequence[PdfPage]) -> tuple[Diagnostic, ...]:
    found = []
    for page in pages:
        where = f"第{page.sheet.number}页"
        if page.unmapped:
            message = f"有 {page.unmapped} 个字符的字体没有注明编码，读作无法辨认，请对照原件。"
            found.append(Diagnostic("warning", "pdf-unmapped-characters", message, where))
        if page.invisible and page.pictures:
            message = "这一页是扫描图像，文字是其他软件识别后附上的，可能有错，请对照原件。"
            found.append(Diagnostic("warning", "pdf-ocr-layer", message, where))
        elif page.pictures and len(page.sheet.glyphs) < MIN_CHARACTERS:
            message = "这一页是图像，没有文字，未能读取。"
            found.append(Diagnostic("warning", "pdf-image-page", message, where))
    return tuple(found)
