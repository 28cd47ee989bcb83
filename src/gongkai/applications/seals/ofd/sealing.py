"""Setting a signature in an OFD file: everything in it under SM3 digests, the seal on the date."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from lxml import etree

from gongkai.annual.errors import ReadError
from gongkai.annual.reader.ofd_package import children
from gongkai.applications.seals.ofd import digests
from gongkai.applications.seals.ofd.container import ENTRY, Container, plain
from gongkai.applications.seals.ofd.errors import ContainerError, SeveralSignaturesError
from gongkai.applications.seals.ofd.pages import drawing_of
from gongkai.typeset.archive import pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

NAMESPACE = "http://www.ofdspec.org/2016"
SIDE = 42.0
"""The side of a seal in millimetres: the size of a county's bureau (国发〔1999〕25号)."""

_POINTS = 72 / 25.4
_LISTING, _PATH, _VALUE = "Signs/Signatures.xml", "Signs/Sign_0/Signature.xml", "Signs/Sign_0/SignedValue.dat"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seal stands: the page, and its box in millimetres."""

    page: str
    x: float
    y: float
    side: float = SIDE


def seal(
    data: bytes, *, place: Place, method: str, sign: Callable[[bytes, str], bytes], now: datetime, is_seal: bool = True
) -> bytes:
    """Return the OFD ``data`` signed.

    ``sign`` takes the bytes of the signature's file and its path, and returns the signed value; ``method`` is the OID
    it signs by. Raises ``ContainerError``, and ``SeveralSignaturesError`` for a file that is signed.
    """
    container = Container(data)
    if container.is_signed:
        raise SeveralSignaturesError("OFD 已经签章，不能再签：一件文书只盖一枚印章。请直接传回签章后的文件。")
    folder = container.document_path.rpartition("/")[0]
    listing, path, value = (f"{folder}/{name}".lstrip("/") for name in (_LISTING, _PATH, _VALUE))
    taken = {plain(name) for name in container.names} & {plain(name) for name in (listing, path, value)}
    if taken:
        raise ContainerError(f"OFD 中已有 {'、'.join(sorted(taken))}，不能签章。请从原来的软件重新导出。")
    files = {name: container.read(name) for name in container.names}
    entry = next(name for name in files if plain(name) == plain(ENTRY))
    files[entry] = _pointing(container, listing)
    signature = _signature(files, place, method, now, f"/{value}")
    files[listing] = _document(
        "Signatures",
        f'<ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="{"Seal" if is_seal else "Sign"}" '
        f'BaseLoc="/{path}"/>',
    )
    files[path] = signature
    files[value] = sign(signature, f"/{path}")
    return pack(files)


def place_of(data: bytes, words: str) -> Place | None:
    """Return where a seal covers ``words``, the last time they are printed; ``None`` where they are not."""
    container = Container(data)
    try:
        drawing = drawing_of(container)
    except ReadError as error:
        raise ContainerError(f"OFD 的页面不能读取：{error}") from error
    for page, sheet in reversed(list(zip(container.pages, drawing.sheets, strict=True))):
        at = "".join(glyph.text for glyph in sheet.glyphs).rfind(words)
        if at >= 0:
            found = sheet.glyphs[at : at + len(words)]
            across = (min(one.x0 for one in found) + max(one.x1 for one in found)) / 2 / _POINTS
            down = (min(one.y0 for one in found) + max(one.y1 for one in found)) / 2 / _POINTS
            across = min(across, sheet.width / _POINTS - SIDE / 2 - 7)
            return Place(page, round(across - SIDE / 2, 2), round(down - SIDE / 2, 2))
    return None


def _pointing(container: Container, listing: str) -> bytes:
    """Return OFD.xml with the list of signatures named in its document."""
    body = children(container.entry, "DocBody")[0]
    namespace = etree.QName(body).namespace or ""
    etree.SubElement(body, f"{{{namespace}}}Signatures" if namespace else "Signatures").text = f"/{listing}"
    return etree.tostring(container.entry, xml_declaration=True, encoding="UTF-8")


def _signature(files: dict[str, bytes], place: Place, method: str, now: datetime, value: str) -> bytes:
    references = "".join(
        f"<ofd:Reference FileRef={quoteattr('/' + name.lstrip('/'))}><ofd:CheckValue>"
        f"{base64.b64encode(digests.digest(digests.SM3, data)).decode()}</ofd:CheckValue></ofd:Reference>"
        for name, data in files.items()
    )
    box = f"{place.x:g} {place.y:g} {place.side:g} {place.side:g}"
    return _document(
        "Signature",
        '<ofd:SignedInfo><ofd:Provider ProviderName="gongkai"/>'
        f"<ofd:SignatureMethod>{method}</ofd:SignatureMethod>"
        f"<ofd:SignatureDateTime>{now:%Y%m%d%H%M%S}Z</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{digests.SM3}">{references}</ofd:References>'
        f'<ofd:StampAnnot ID="1" PageRef={quoteattr(place.page)} Boundary="{box}"/></ofd:SignedInfo>'
        f"<ofd:SignedValue>{value}</ofd:SignedValue>",
    )


def _document(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} xmlns:ofd="{NAMESPACE}">{inner}</ofd:{name}>'.encode()
