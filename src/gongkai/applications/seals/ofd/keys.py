"""Certificates of seals, and verifying with the key of one: SM2 over SM3, RSA, ECDSA."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from gongkai.applications.seals.ofd import digests, sm2
from gongkai.applications.seals.ofd.errors import NotVerifiableError, WrongValueError

if TYPE_CHECKING:
    from datetime import date

SM2_SM3, SM2_CURVE = "1.2.156.10197.1.501", "1.2.156.10197.1.301"
_SM2 = frozenset({SM2_SM3, "1.2.156.10197.1.301.1", SM2_CURVE})
RSA_SHA256, ECDSA_SHA256 = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
_SIGNED_OVER: dict[str, hashes.HashAlgorithm] = {
    RSA_SHA256: hashes.SHA256(),
    "1.2.840.113549.1.1.12": hashes.SHA384(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
    ECDSA_SHA256: hashes.SHA256(),
    "1.2.840.10045.4.3.3": hashes.SHA384(),
    "1.2.840.10045.4.3.4": hashes.SHA512(),
}
_BY_THE_DIGEST = frozenset({"1.2.840.113549.1.1.1", "1.2.840.10045.2.1"})
"""Keys named as algorithms, as CMS does: the digest is named beside."""

LEAST_RSA = 2048
"""Bits of an RSA key below which it protects nothing any more."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: whose, and from when to when."""

    der: bytes
    subject: str
    serial: int
    first: date
    last: date

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, as tools print it, shortened."""
        return digests.digest("sha256", self.der).hex()[:16].upper()

    @property
    def parsed(self) -> asn1.Certificate:
        """The certificate itself."""
        return asn1.Certificate.load(self.der, strict=True)


def certificate(der: bytes) -> Certificate:
    """Return what is in a certificate. Raises ``NotVerifiableError`` for what is none."""
    try:
        parsed = asn1.Certificate.load(der, strict=True)
        names = parsed.subject.native
        subject = names.get("common_name") or names.get("organization_name") or parsed.subject.human_friendly
        validity = parsed["tbs_certificate"]["validity"]
        first, last = validity["not_before"].native.date(), validity["not_after"].native.date()
        return Certificate(der, str(subject), parsed.serial_number, first, last)
    except (ValueError, TypeError, KeyError) as error:
        raise NotVerifiableError("签名中的证书无法识别，不能验证。请用签章客户端重新签章。") from error


def certificates(data: bytes) -> list[Certificate]:
    """Return the certificates of a file: one in DER, or any number in PEM. Raises ``NotVerifiableError``."""
    if not pem.detect(data):
        return [certificate(data)]
    try:
        return [certificate(der) for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
    except ValueError as error:
        raise NotVerifiableError("证书文件无法识别，须为 DER 或者 PEM 格式。") from error


def demand_signed(signer: Certificate, message: bytes, signature: bytes, *, method: str, digest: str = "") -> None:
    """Raise ``WrongValueError`` unless ``signature`` was made over ``message`` with the key of ``signer``.

    ``method`` is the OID of the algorithm, ``digest`` that of the digest where it is named apart. Raises
    ``WeakDigestError`` and ``NotVerifiableError`` for what is not accepted.
    """
    digests.demand_strong(method)
    key = signer.parsed.public_key
    is_sm2 = key.algorithm == "ec" and key["algorithm"]["parameters"].chosen.dotted == SM2_CURVE
    if is_sm2 != (method in _SM2):
        raise NotVerifiableError(f"签名算法 {method} 与证书的密钥不符，不能验证。请用签章客户端重新签章。")
    if is_sm2:
        if digest and not isinstance(digests.algorithm(digest), hashes.SM3):
            raise NotVerifiableError("SM2 签名须与 SM3 同用（GB/T 35275—2017）。请用签章客户端重新签章。")
        is_right = sm2.verify(bytes(key["public_key"]), message, signature)
    else:
        is_right = _is_signed(key.dump(), message, signature, _over(method, digest))
    if not is_right:
        raise WrongValueError(
            "签名值与签名文件不符：文件在签章之后被改动，或者签名不是这枚印章的。请用签章客户端打开原件，重新签章后再传。"
        )


def _over(method: str, digest: str) -> hashes.HashAlgorithm:
    if method in _BY_THE_DIGEST and digest:
        return digests.algorithm(digest)
    if method not in _SIGNED_OVER:
        raise NotVerifiableError(f"签名算法 {method} 本系统不能验证。请改用 SM2（或者 RSA、ECDSA）印章重新签章。")
    return _SIGNED_OVER[method]


def _is_signed(key: bytes, message: bytes, signature: bytes, over: hashes.HashAlgorithm) -> bool:
    try:
        public = load_der_public_key(key)
        if isinstance(public, rsa.RSAPublicKey) and public.key_size >= LEAST_RSA:
            public.verify(signature, message, padding.PKCS1v15(), over)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(over))
        else:
            raise NotVerifiableError("印章证书的密钥种类或者长度不被接受。请换发 SM2 印章证书。")
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotVerifiableError("印章证书的密钥无法识别，不能验证。请核对印章证书。") from error
    return True


def digest_of(method: str) -> hashes.HashAlgorithm:
    """Return the digest a signature algorithm is made over. Raises ``NotVerifiableError``."""
    return hashes.SM3() if method in _SM2 else _over(method, "")
