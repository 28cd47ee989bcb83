"""Office files made by hand, whole and broken, so that a test says which byte of them matters."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECTOR = 512


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file with the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word file with ``body`` inside ``w:body``; ``parts`` are the contents of other parts by name."""
    members = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
    return archive(members)


def xlsx(*sheets: str, strings: str = "", styles: str = "", attributes: str = "") -> bytes:
    """Return a workbook; each sheet is what stands inside ``worksheet``, ``attributes`` are those of every sheet."""
    names = range(1, len(sheets) + 1)
    entries = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}" {attributes}/>' for n in names)
    relations = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in names)
    members = {
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="r">{relations}</Relationships>',
    }
    for number, sheet in zip(names, sheets, strict=True):
        members[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{S}">{sheet}</worksheet>'
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{strings}</sst>'
    if styles:
        members["xl/styles.xml"] = f'<styleSheet xmlns="{S}">{styles}</styleSheet>'
    return archive(members)


def ole(*streams: str, start: bytes = b"") -> bytes:
    """Return an OLE compound file whose directory lists ``streams``; their common first sector begins with ``start``.

    Sector 0 is the allocation table, 1 to n the directory (four entries each), the last one the stream.
    """
    entries = [_entry("Root Entry", 0), *(_entry(name, 0) for name in streams)]
    entries += [bytes(128)] * (-len(entries) % 4)
    sectors = len(entries) // 4
    entries = [_entry("Root Entry", 0), *(_entry(name, sectors + 1) for name in streams)]
    directory = b"".join(entries).ljust(sectors * SECTOR, b"\0")
    chain = [*range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain) + 1}I", 0xFFFFFFFD, *chain).ljust(SECTOR, b"\xff")
    header = bytearray(SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 76, 0)
    return bytes(header) + table + directory + start.ljust(SECTOR, b"\0")


def old_word(*, encrypted: bool = False) -> bytes:
    """Return the start of an old Word file: enough to be recognised."""
    flags = 0x0100 if encrypted else 0
    return ole("WordDocument", "1Table", start=struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags))


def _entry(name: str, sector: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = bytearray(128)
    entry[: len(encoded)] = encoded
    struct.pack_into("<H", entry, 64, len(encoded))
    struct.pack_into("<I", entry, 116, sector)
    return bytes(entry)
