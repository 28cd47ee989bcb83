"""The file that is to be redacted: its pages as pictures and as characters, as everybody sees them.

The officer's screen, the search and the copy all take their pages from here, so that what was looked at is what is
released. Annotations and the fields of forms are part of the page: they are drawn, found and covered like its text.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.annual.errors import ReadError
from gongkai.annual.reader import pdf_limits
from gongkai.files.pdfium import LOCK
from gongkai.files.redaction import glyphs
from gongkai.files.redaction.errors import NotRedactableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.files.redaction.glyphs import Glyph

KINDS = frozenset({"pdf", "png", "jpeg"})
"""Kinds of file (``files.kinds``) that can be redacted."""

MAX_PAGES = 1_000
MAX_PIXELS = 40_000_000
"""Pixels of one page; A4 at 300 dots per inch has 8.7 million, A0 at 150 has 35."""

LEAST_DPI = 100
"""Below this a page that is drawn cannot be read any more."""

_POINTS = 72
_CHECKED_AT = 100
_NO_PAGES = re.compile(rb"/Count 0\b(?=[^>]*/Kids\s*\[\s*\])")
_ADVICE = {
    "docx": "Word 文档里有修订、批注、隐藏文字等看不见的内容，不能直接遮盖。请用 Word 或 WPS“另存为 PDF”后再遮盖。",
    "doc": "Word 文档里有修订、批注、隐藏文字等看不见的内容，不能直接遮盖。请用 Word 或 WPS“另存为 PDF”后再遮盖。",
    "xlsx": "Excel 表格里有隐藏的行列、公式、批注等看不见的内容，不能直接遮盖。请打印或“另存为 PDF”后再遮盖。",
    "xls": "Excel 表格里有隐藏的行列、公式、批注等看不见的内容，不能直接遮盖。请打印或“另存为 PDF”后再遮盖。",
    "ofd": "OFD 文件暂不能直接遮盖。请用 OFD 阅读器导出为 PDF 后再遮盖。",
    "text": "文本文件没有页面，不能画框遮盖。请打印为 PDF 后再遮盖，或删去不予公开的文字后另存一份。",
}


@dataclass(slots=True)
class Original:
    """An open file. Pages count from 1; sizes are points as the page is seen."""

    kind: str
    sizes: list[tuple[float, float]]
    notices: list[str] = field(default_factory=list)
    """What the officer should know before beginning."""
    has_hidden_layers: bool = False
    """Layers of the file are switched off: its text cannot be told to be seen."""
    _document: pypdfium2.PdfDocument | None = None
    _picture: Image.Image | None = None

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self.sizes)

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        if self._document is not None:
            with LOCK:
                self._document.close()

    def dpi(self, page: int, wanted: float) -> float:
        """Return ``wanted`` dots per inch, or what keeps a large page under ``MAX_PIXELS``.

        Raises ``NotRedactableError`` where that could not be read any more.
        """
        wide, high = self.sizes[page - 1]
        most = (MAX_PIXELS / (wide * high)) ** 0.5 * _POINTS
        if most < LEAST_DPI:
            raise NotRedactableError(
                f"第 {page} 页的幅面为 {wide / _POINTS * 2.54:.0f} × {high / _POINTS * 2.54:.0f} 厘米，过大，"
                "画成图像后字迹不清。请缩印到 A0 或更小的幅面后再遮盖。"
            )
        return min(wanted, most)

    def picture(self, page: int, dpi: float) -> Image.Image:
        """Return a page as it is seen, in colour. ``dpi`` is ignored where the file is a picture itself."""
        if self._picture is not None:
            return self._picture.copy()
        with LOCK, self._flat(page) as raw_page:
            return _drawn(raw_page, self.sizes[page - 1], self.dpi(page, dpi), "RGB")

    def glyphs(self, page: int) -> list[Glyph]:
        """Return the characters of a page, in the order they were written, with whether they are seen."""
        if self._picture is not None:
            return []
        size = self.sizes[page - 1]
        with LOCK, self._flat(page) as raw_page:
            dpi = min(_CHECKED_AT, self.dpi(page, _CHECKED_AT))
            return glyphs.looked_at(raw_page, page, lambda: _drawn(raw_page, size, dpi, "L"))

    def text(self, page: int) -> list[Glyph]:
        """Return the characters of a page without looking whether they are seen: a third of the time."""
        if self._picture is not None:
            return []
        with LOCK, self._flat(page) as raw_page:
            return glyphs.read(raw_page, page)

    @contextmanager
    def _flat(self, page: int) -> Iterator[Any]:
        """Open a page with its annotations and fields made part of it; what is done to it is undone at the end."""
        if not 1 <= page <= len(self):
            raise NotRedactableError(f"文件没有第 {page} 页，只有 {len(self)} 页。请刷新页面。")
        raw_page = pdfium.FPDF_LoadPage(self._document, page - 1)
        if raw_page and pdfium.FPDFPage_Flatten(raw_page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(raw_page)
            raw_page = pdfium.FPDF_LoadPage(self._document, page - 1)
        if not raw_page:
            raise NotRedactableError(f"第 {page} 页已损坏，无法显示，不能确认遮盖了什么。请重新导出或重新扫描该文件。")
        try:
            yield raw_page
        finally:
            pdfium.FPDF_ClosePage(raw_page)


def open_original(data: bytes, kind: str) -> Original:
    """Open the file in ``data``, of ``kind`` (``files.kinds``).

    Raises ``NotRedactableError``: a format without pages, a password, damage, no pages, too many or too large ones.
    """
    if kind not in KINDS:
        raise NotRedactableError(_ADVICE.get(kind, "这种格式不能遮盖。请转换为 PDF 后再遮盖。"))
    return _open_pdf(data) if kind == "pdf" else _open_picture(data, kind)


def _open_pdf(data: bytes) -> Original:
    try:
        pdf_limits.check(data)
    except ReadError as error:
        raise NotRedactableError(f"文件不能遮盖：{error}") from error
    with LOCK:
        document = _document(data)
        original = Original("pdf", [], _document=document)
        try:
            _check_length(document)
            document.init_forms()
            original.sizes = [_size(document, index) for index in range(len(document))]
            attached = pdfium.FPDFDoc_GetAttachmentCount(document)
            if attached > 0:
                original.notices.append(f"原件带有 {attached} 个附件文件，遮盖件不含附件。附件可以公开的，请另行提供。")
            if pdfium.FPDF_GetSignatureCount(document) > 0:
                original.notices.append("原件有电子签名或电子印章。遮盖件是图像，印章可见，但签名不再能验证。")
        except BaseException:
            document.close()
            raise
    original.has_hidden_layers = _has_hidden_layers(data)
    if original.has_hidden_layers:
        original.notices.append("原件有关闭的图层。关闭的图层不会进入遮盖件；遮盖件不带可检索的文字。")
    return original


def _check_length(document: pypdfium2.PdfDocument) -> None:
    count = len(document)
    if count > MAX_PAGES:
        raise NotRedactableError(f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限。请拆分成几份，分别遮盖。")


def _document(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium's code may be that of an earlier file: it does not set one where there are no pages.
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY} and b"/Encrypt" in data:
            raise NotRedactableError("PDF 设有打开密码，无法读取。请取消密码后另存，再上传遮盖。") from error
        if _NO_PAGES.search(data):
            raise NotRedactableError("PDF 没有页面，没有可遮盖的内容。请核对文件，重新导出。") from error
        raise NotRedactableError(
            "文件不是完整的 PDF，无法打开，可能没有上传完或已损坏。请重新导出或重新扫描后上传。"
        ) from error


def _size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    size = pdfium.FS_SIZEF()
    if not pdfium.FPDF_GetPageSizeByIndexF(document, index, size) or size.width < 1 or size.height < 1:
        raise NotRedactableError(f"第 {index + 1} 页已损坏，没有幅面。请重新导出或重新扫描该文件。")
    return size.width, size.height


def _has_hidden_layers(data: bytes) -> bool:
    """Tell whether the file has layers that are off, or may be: any doubt counts as one."""
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415 - loaded only where a file is redacted
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415 - as above
    from pdfminer.pdftypes import resolve_all  # noqa: PLC0415 - as above

    try:
        layers = resolve_all(PDFDocument(PDFParser(io.BytesIO(data))).catalog.get("OCProperties"))
    except Exception:  # noqa: BLE001 - a library for damaged files raises what it likes; PDFium could read the file
        return True
    if not isinstance(layers, dict):
        return False
    default = layers.get("D")
    is_plain = isinstance(default, dict) and str(default.get("BaseState", "/'ON'")).strip("/'") == "ON"
    return not is_plain or bool(default.get("OFF")) or bool(default.get("AS"))


def _open_picture(data: bytes, kind: str) -> Original:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise NotRedactableError(
                    f"图片有 {opened.width} × {opened.height} 像素，超过 {MAX_PIXELS // 1_000_000} 百万像素的上限。"
                    "请缩小后再上传。"
                )
            frames = getattr(opened, "n_frames", 1)
            turned = ImageOps.exif_transpose(opened)
            # What is transparent hides nothing any more: it is laid on white paper.
            paper = Image.new("RGBA", turned.size, "white")
            paper.alpha_composite(turned.convert("RGBA"))
            picture = paper.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotRedactableError("图片已损坏，无法打开。请重新拍摄、扫描或导出后上传。") from error
    original = Original(kind, [(picture.width, picture.height)], _picture=picture)
    if frames > 1:
        original.notices.append("图片是动画，只保留第一帧。")
    return original


def _drawn(raw_page: Any, size: tuple[float, float], dpi: float, mode: str) -> Image.Image:  # noqa: ANN401 - a handle
    wide, high = (max(round(length * dpi / _POINTS), 1) for length in size)
    grey = mode == "L"
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    flags = pdfium.FPDF_GRAYSCALE if grey else 0
    pdfium.FPDF_RenderPageBitmap(bitmap, raw_page, 0, 0, wide, high, 0, flags)
    return bitmap.to_pil().convert(mode)
