"""The certificates of an office's seal that an installation knows, and proving with them an OFD that came back.

They lie in the folder ``GONGKAI_SEALS`` as ``<机构代码>.cer``: one in DER, or several in PEM while an old one runs out.
The certificate the installation signs with itself (``<机构代码>.p12``) is known as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings

from gongkai.applications.seals.port import SealError

if TYPE_CHECKING:
    from datetime import date

    from cryptography import x509

    from gongkai.applications.seals.ofd.keys import Certificate
    from gongkai.applications.seals.ofd.verifying import Proof


def known(unit: str) -> list[Certificate]:
    """Return the certificates of the seal of the unit of this code. Raises ``SealError`` where there is none."""
    try:
        from gongkai.applications.seals.ofd import keys  # noqa: PLC0415 -- an extra
        from gongkai.applications.seals.ofd.errors import OfdSealError  # noqa: PLC0415 -- the same
    except ImportError as error:
        raise SealError("没有安装电子签章组件，请系统管理员安装 gongkai[seal]。") from error
    found: list[Certificate] = []
    folder = Path(settings.SEALS) if settings.SEALS else None
    if folder is not None and (folder / f"{unit}.cer").is_file():
        try:
            found += keys.certificates((folder / f"{unit}.cer").read_bytes())
        except OfdSealError as error:
            raise SealError(f"印章文件夹中的 {unit}.cer 无法识别：{error}请系统管理员更换。") from error
    if folder is not None and (folder / f"{unit}.p12").is_file():
        _, own = loaded(folder, unit)
        found.append(keys.certificate(own.public_bytes(Encoding.DER)))
    if not found:
        raise SealError(
            f"没有登记机构 {unit} 的印章证书，无法验证签章是不是本机关的。"
            f"请系统管理员把印章证书（公钥）以 {unit}.cer 放入印章文件夹（设置 GONGKAI_SEALS）。"
        )
    return found


def loaded(folder: Path, unit: str) -> tuple[pkcs12.PKCS12PrivateKeyTypes, x509.Certificate]:
    """Return the key and the certificate the installation signs with for a unit. Raises ``SealError``."""
    try:
        passphrase = (folder / f"{unit}.pass").read_text(encoding="utf-8").strip().encode()
        data = (folder / f"{unit}.p12").read_bytes()
    except OSError as error:
        raise SealError(f"没有找到机构 {unit} 的印章证书，请系统管理员放入印章文件夹。") from error
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as error:
        raise _closed(unit) from error
    if key is None or certificate is None:
        raise _closed(unit)
    return key, certificate


def _closed(unit: str) -> SealError:
    return SealError(f"机构 {unit} 的印章证书不能打开：口令不符或者文件损坏。请系统管理员核对。")


def proved(data: bytes, *, unit: str, day: date) -> Proof:
    """Return what the signature of an OFD proves on ``day`` for the unit of this code.

    Raises ``SealError`` where the installation knows no certificate, an ``OfdSealError`` for what is not proved.
    """
    certificates = known(unit)
    from gongkai.applications.seals.ofd.verifying import verify  # noqa: PLC0415 -- an extra

    return verify(data, known=certificates, day=day)
