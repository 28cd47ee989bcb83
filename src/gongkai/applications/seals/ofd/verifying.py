"""Verifying the signature of an OFD file: every digest, every file under it, its value, its certificate, its stamp."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gongkai.annual.reader.ofd_package import child, children, text_of
from gongkai.applications.seals.ofd import digests, values
from gongkai.applications.seals.ofd.container import ENTRY, Container, Signed, plain
from gongkai.applications.seals.ofd.errors import (
    ChangedError,
    NoStampError,
    NotVerifiableError,
    OutOfDateError,
    UnknownSignerError,
    UnprotectedError,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from gongkai.applications.seals.ofd.keys import Certificate
    from gongkai.applications.seals.ofd.ses import Sealed

_NAMED = 5
"""Files that a message names."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a file: who signed it, with which seal, and how many files stand under the signature."""

    signer: Certificate
    seal: str
    files: int

    @property
    def words(self) -> str:
        """What the register of the seal says of it."""
        seal = f"印章“{self.seal}”，" if self.seal else ""
        return f"{seal}证书“{self.signer.subject}”（指纹 {self.signer.fingerprint}）"


def verify(data: bytes, *, known: Collection[Certificate], day: date) -> Proof:
    """Return what the one signature of an OFD file proves on ``day``.

    ``known`` are the certificates of the office's seal. Raises an ``OfdSealError`` for whatever is not proved. Whether
    a certificate was revoked is not asked of anybody: one that was is taken out of ``known``.
    """
    container = Container(data)
    signed = container.signed()
    protected = _protected(container, signed)
    method = text_of(child(signed.info, "SignatureMethod"))
    digests.demand_strong(method)
    sealed = values.verified(container.read(signed.value), container.read(signed.path))
    _check_signer(sealed, known, day)
    _check_stamp(container, signed)
    return Proof(sealed.signer, sealed.name, len(protected))


def _protected(container: Container, signed: Signed) -> set[str]:
    """Return the files whose digests are right; raise where one is not, or where a file is not among them."""
    references = child(signed.info, "References")
    listed = children(references, "Reference")
    if references is None or not listed:
        raise UnprotectedError("OFD 的签名没有列出所保护的文件（References）。请用签章客户端重新签章。")
    method = references.get("CheckMethod") or digests.DEFAULT
    protected = set()
    for reference in listed:
        path = container.package.resolve(signed.path, reference.get("FileRef", ""))
        if path not in container.package:
            raise ChangedError(f"OFD 缺少签名所保护的文件 {path}，文件在签章之后被改动。请从签章客户端重新导出。")
        if digests.digest(method, container.read(path)) != _value(text_of(child(reference, "CheckValue"))):
            raise ChangedError(
                f"OFD 中的 {path} 与签名时的摘要不符，在签章之后被改动，或者传输中损坏。"
                "请从签章客户端重新导出原件再传。"
            )
        protected.add(plain(path))
    open_ = [name for name in container.names if plain(name) not in protected | _own(signed)]
    if open_:
        more = f"等 {len(open_)} 个" if len(open_) > _NAMED else ""
        raise UnprotectedError(
            f"OFD 中的 {'、'.join(open_[:_NAMED])}{more}不在签名的保护之内，可能是签章之后加入的。"
            "请在签章客户端选“保护全部文件”，重新签章后再传。"
        )
    return protected


def _own(signed: Signed) -> set[str]:
    """Return the files that no signature can protect.

    The list of signatures grows by each; OFD.xml says where it is and names the one document, whose own file must be
    protected. A seal is no page.
    """
    own = {plain(path) for path in (ENTRY, signed.listing, signed.path, signed.value)}
    if signed.seal and not signed.seal.lower().endswith(".xml"):
        own.add(plain(signed.seal))
    return own


def _value(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotVerifiableError(
            "签名中的摘要值（CheckValue）不是 Base64，不能验证。请用签章客户端重新签章。"
        ) from error


def _check_signer(sealed: Sealed, known: Collection[Certificate], day: date) -> None:
    signer = sealed.signer
    if signer.der not in {one.der for one in known}:
        raise UnknownSignerError(
            f"签名的证书“{signer.subject}”（序列号 {signer.serial:X}，指纹 {signer.fingerprint}）"
            "不是本机关登记的印章证书。"
            "请核对是否用错了印章；新换的证书请系统管理员登记后再传。"
        )
    if not signer.first <= day <= signer.last:
        raise OutOfDateError(
            f"印章证书“{signer.subject}”的有效期为 {signer.first} 至 {signer.last}，{day} 不在其内。"
            "请换发证书后重新签章。"
        )
    # Seals are dated in universal time or in that of Beijing: a day either way is none too early.
    if sealed.first and sealed.last and not sealed.first - timedelta(1) <= day <= sealed.last + timedelta(1):
        raise OutOfDateError(
            f"印章“{sealed.name}”的有效期为 {sealed.first} 至 {sealed.last}，{day} 不在其内。请换发印章后重新签章。"
        )


def _check_stamp(container: Container, signed: Signed) -> None:
    pages = container.pages
    if not any(stamp.get("PageRef") in pages for stamp in children(signed.info, "StampAnnot")):
        raise NoStampError(
            "OFD 有数字签名，但页面上没有印章（StampAnnot）：答复必须加盖印章。请在签章客户端盖章后再传。"
        )
