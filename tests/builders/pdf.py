"""Small PDFs written by hand: text in Chinese without an embedded font, lines, boxes, whatever a test needs.

Coordinates are points with y down from the top of an A4 page, as they are thought of, not as PDF has them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """One page; ``rotate`` is its /Rotate, ``box`` its media box. Every method returns the page."""

    rotate: int = 0
    box: tuple[float, float, float, float] = (0, 0, WIDTH, HEIGHT)
    commands: list[bytes] = field(default_factory=list)

    def raw(self, command: str) -> Page:
        self.commands.append(command.encode("latin-1"))
        return self

    def text(self, x: float, y: float, text: str, *, size: float = 10, matrix: str = "1 0 0 1", mode: int = 0) -> Page:
        """Write text with its base line at ``y``."""
        code = text.encode("utf-16-be").hex()
        return self.raw(f"BT {mode} Tr /F1 {size} Tf {matrix} {x} {HEIGHT - y} Tm <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.5) -> Page:
        return self.raw(f"{width} w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def box_filled(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        return self.raw(f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f")

    def grid(self, xs: list[float], ys: list[float]) -> Page:
        """Draw a full grid with these column and row edges."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def row(self, xs: list[float], y: float, texts: list[str], *, size: float = 10) -> Page:
        """Write one text into each column, its base line at ``y``."""
        for x, text in zip(xs, texts, strict=False):
            if text:
                self.text(x + 3, y, text, size=size)
        return self


def table(page: Page, xs: list[float], top: float, rows: list[list[str]], *, pitch: float = 20) -> Page:
    """Draw a table with one line of text in each cell."""
    page.grid(xs, [top + pitch * index for index in range(len(rows) + 1)])
    for index, texts in enumerate(rows):
        page.row(xs, top + pitch * index + 14, texts)
    return page


def pdf(
    *pages: Page,
    forms: dict[str, str] | None = None,
    images: dict[str, tuple[int, int]] | None = None,
    compress: bool = True,
    extra: str = "",
) -> bytes:
    """Return the document; ``forms`` may draw the forms before them, ``images`` are black, ``extra`` is trailer."""
    objects: list[bytes] = [b"", b"", b"", b"", b""]  # 1 catalog, 2 pages, 3–5 font

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(dictionary: str, data: bytes) -> bytes:
        if compress:
            dictionary, data = f"{dictionary} /Filter /FlateDecode", zlib.compress(data)
        return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"

    names = ""
    for name, content in (forms or {}).items():
        inside = f"/Resources << /Font << /F1 3 0 R >> /XObject << {names} >> >>"
        kind = f"/Type /XObject /Subtype /Form /BBox [-{WIDTH} -{HEIGHT} {WIDTH} {HEIGHT}]"
        names += f"/{name} {add(stream(f'{kind} {inside}', content.encode('latin-1')))} 0 R "
    for name, (width, height) in (images or {}).items():
        kind = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        names += f"/{name} {add(stream(f'{kind} /BitsPerComponent 8', bytes(width * height)))} 0 R "
    kids = []
    for page in pages:
        content = add(stream("", b"\n".join(page.commands)))
        box = " ".join(str(value) for value in page.box)
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {page.rotate} /Contents {content} 0 R"
                f" /Resources << /Font << /F1 3 0 R >> /XObject << {names} >> >> >>".encode()
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        b" /W [1 95 500 814 939 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    objects[4] = (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF".encode()
    return out
