"""A seal by a certificate of the office over the date: PAdES in a PDF, set by pyHanko, GB/T 38540—2020 in an OFD.

The setting ``GONGKAI_SEALS`` names a folder, outside the data directory and its backups, with one ``<机构代码>.p12``
for each unit and its passphrase in ``<机构代码>.pass``; a picture of the seal may lie beside as ``<机构代码>.png``.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from gongkai.applications.letters.document import chinese_day
from gongkai.applications.seals.known import loaded
from gongkai.applications.seals.port import OFD, PDF, SealError

if TYPE_CHECKING:
    from gongkai.applications.letters.document import Document

SIZE = 119
"""The side of a seal in points: 42 mm, the size of a county's bureau (国发〔1999〕25号)."""


class CertificateSeal:
    """Signs with PKCS #12 files of the installation."""

    name = "certificate"
    kinds = frozenset({PDF, OFD})

    def sign(self, data: bytes, *, unit: str, document: Document, kind: str = PDF) -> bytes:
        """Return ``data`` signed, the seal in the middle of the date and the signer; see the port."""
        if kind == OFD:
            return _sign_ofd(data, unit, document)
        try:
            from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 -- an extra
            from pyhanko.sign import fields, signers  # noqa: PLC0415 -- the same
        except ImportError as error:
            raise SealError("没有安装电子签章组件，请系统管理员安装 gongkai[seal]。") from error
        folder = Path(settings.SEALS)
        try:
            passphrase = (folder / f"{unit}.pass").read_text(encoding="utf-8").strip().encode()
            signer = signers.SimpleSigner.load_pkcs12(str(folder / f"{unit}.p12"), passphrase=passphrase)
        except OSError as error:
            raise SealError(f"没有找到机构 {unit} 的印章证书，请系统管理员放入印章文件夹。") from error
        if signer is None:
            raise SealError(f"机构 {unit} 的印章证书不能打开：口令不符或者文件损坏。请系统管理员核对。")
        page, box = place_of(data, document)
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        fields.append_signature_field(writer, fields.SigFieldSpec("Seal", on_page=page, box=box))
        meta = signers.PdfSignatureMetadata(
            field_name="Seal", reason=document.number, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        out = signers.PdfSigner(meta, signer=signer, stamp_style=_style(folder / f"{unit}.png")).sign_pdf(writer)
        return out.getvalue()


def _sign_ofd(data: bytes, unit: str, document: Document) -> bytes:
    """Return an OFD sealed: the office makes its seal itself, with the picture of the folder, and signs with it."""
    try:
        from gongkai.applications.seals.ofd import keys, making, sealing  # noqa: PLC0415 -- an extra
        from gongkai.applications.seals.ofd.errors import OfdSealError  # noqa: PLC0415 -- the same
    except ImportError as error:
        raise SealError("没有安装电子签章组件，请系统管理员安装 gongkai[seal]。") from error
    assert document.day is not None
    folder = Path(settings.SEALS)
    private, certificate = loaded(folder, unit)
    signer = keys.certificate(certificate.public_bytes(Encoding.DER))
    if isinstance(private, rsa.RSAPrivateKey):
        key = making.Key(
            signer, keys.RSA_SHA256, lambda message: private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        )
    elif isinstance(private, ec.EllipticCurvePrivateKey):
        key = making.Key(signer, keys.ECDSA_SHA256, lambda message: private.sign(message, ec.ECDSA(hashes.SHA256())))
    else:
        raise SealError(f"机构 {unit} 的印章证书不是 RSA 或者 ECDSA，不能签章。请系统管理员更换。")
    picture = folder / f"{unit}.png"
    now = datetime.now(tz=UTC).replace(microsecond=0)
    try:
        seal = making.seal_of(
            document.signer, picture.read_bytes() if picture.is_file() else b"", signer=signer, maker=key, now=now
        )
        place = sealing.place_of(data, chinese_day(document.day))
        if place is None:
            raise _no_date()
        return sealing.seal(
            data,
            place=place,
            method=key.method,
            sign=lambda signed, path: making.sealed(signed, path, seal=seal, key=key, now=now),
            now=now,
        )
    except OfdSealError as error:
        raise SealError(str(error)) from error


def _no_date() -> SealError:
    return SealError("定稿上没有找到成文日期，不知道印章应当盖在哪里。请重新拟制。")


def place_of(data: bytes, document: Document) -> tuple[int, tuple[int, int, int, int]]:
    """Return the page (from 0) and the box of the seal: on the date, below the last line of the text.

    The seal covers the signer and the date and rides on both (GB/T 9704—2012 7.3.5.1).
    """
    assert document.day is not None
    words = chinese_day(document.day)
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in reversed(range(len(pdf))):
            page = pdf[number]
            text = page.get_textpage()
            found = _last(text, words)
            if found is not None:
                start, count = found
                boxes = [text.get_charbox(index) for index in range(start, start + count)]
                left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
                middle = max(box[3] for box in boxes)
                across, width = (left + right) / 2, page.get_width()
                across = min(across, width - SIZE / 2 - 20)
                return number, (
                    round(across - SIZE / 2),
                    round(middle - SIZE / 2),
                    round(across + SIZE / 2),
                    round(middle + SIZE / 2),
                )
    finally:
        pdf.close()
    raise _no_date()


def _last(text: pypdfium2.PdfTextPage, words: str) -> tuple[int, int] | None:
    search = text.search(words)
    found = None
    while (hit := search.get_next()) is not None:
        found = hit
    search.close()
    return found


def _style(picture: Path) -> object:
    from pyhanko.pdf_utils.images import PdfImage  # noqa: PLC0415 -- an extra
    from pyhanko.stamp import StaticStampStyle, TextStampStyle  # noqa: PLC0415 -- the same

    if picture.is_file():
        return TextStampStyle(stamp_text="", background=PdfImage(str(picture)), border_width=0, background_opacity=1)
    return StaticStampStyle(border_width=1)
