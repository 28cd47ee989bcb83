"""Electronic seals as data: SES_Signature of GB/T 38540—2020 and of its forerunner GM/T 0031—2014, in ASN.1.

A seal is made by whoever runs the seals of a city and signed by them; with it the office signs the digest of a file.
The two editions differ in the order of their parts: the older one has the certificate within what is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from asn1crypto import core
from asn1crypto.parser import emit
from asn1crypto.x509 import Time

from gongkai.applications.seals.ofd import digests, keys
from gongkai.applications.seals.ofd.errors import WrongValueError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.applications.seals.ofd.keys import Certificate

_SEQUENCE = (0, 1, 16)
_BY_DIGEST = 2


class Octets(core.SequenceOf):
    """Certificates, each whole."""

    _child_spec = core.OctetString


class CertificateDigest(core.Sequence):
    """A certificate, by its digest."""

    _fields: ClassVar = [("type", core.PrintableString), ("value", core.OctetString)]


class CertificateDigests(core.SequenceOf):
    """Certificates, each by its digest."""

    _child_spec = CertificateDigest


class Header(core.Sequence):
    """What the data is: always ``ES``."""

    _fields: ClassVar = [("id", core.IA5String), ("version", core.Integer), ("vid", core.IA5String)]


class Picture(core.Sequence):
    """How the seal looks; width and height are millimetres."""

    _fields: ClassVar = [
        ("type", core.IA5String),
        ("data", core.OctetString),
        ("width", core.Integer),
        ("height", core.Integer),
    ]


class OldProperty(core.Sequence):
    """What the seal is called, who may use it, from when to when (GM/T 0031—2014)."""

    _fields: ClassVar = [
        ("type", core.Integer),
        ("name", core.UTF8String),
        ("signers", Octets),
        ("made", Time),
        ("first", Time),
        ("last", Time),
    ]


class Property(core.Sequence):
    """The same (GB/T 38540—2020): the certificates whole or as digests."""

    _fields: ClassVar = [
        ("type", core.Integer),
        ("name", core.UTF8String),
        ("list_type", core.Integer),
        ("signers", core.Any),
        ("made", Time),
        ("first", Time),
        ("last", Time),
    ]


class OldInfo(core.Sequence):
    """What the maker of a seal signed (GM/T 0031—2014)."""

    _fields: ClassVar = [
        ("header", core.Any),
        ("identifier", core.Any),
        ("property", OldProperty),
        ("picture", core.Any),
        ("more", core.Any, {"optional": True}),
    ]


class Info(core.Sequence):
    """The same (GB/T 38540—2020)."""

    _fields: ClassVar = [
        ("header", core.Any),
        ("identifier", core.Any),
        ("property", Property),
        ("picture", core.Any),
        ("more", core.Any, {"optional": True}),
    ]


class Making(core.Sequence):
    """The signature of the maker (GM/T 0031—2014)."""

    _fields: ClassVar = [
        ("cert", core.OctetString),
        ("method", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
    ]


class OldSeal(core.Sequence):
    """A seal (GM/T 0031—2014)."""

    _fields: ClassVar = [("info", OldInfo), ("making", Making)]


class Seal(core.Sequence):
    """A seal (GB/T 38540—2020)."""

    _fields: ClassVar = [
        ("info", Info),
        ("cert", core.OctetString),
        ("method", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
    ]


class OldToSign(core.Sequence):
    """What the office signs (GM/T 0031—2014); its time may be anything."""

    _fields: ClassVar = [
        ("version", core.Integer),
        ("seal", OldSeal),
        ("time", core.Any),
        ("digest", core.OctetBitString),
        ("about", core.Any),
        ("cert", core.OctetString),
        ("method", core.ObjectIdentifier),
    ]


class OldSignature(core.Sequence):
    """A file sealed (GM/T 0031—2014)."""

    _fields: ClassVar = [("to_sign", OldToSign), ("signature", core.OctetBitString)]


class ToSign(core.Sequence):
    """What the office signs (GB/T 38540—2020)."""

    _fields: ClassVar = [
        ("version", core.Integer),
        ("seal", Seal),
        ("time", Time),
        ("digest", core.OctetBitString),
        ("about", core.Any),
        ("more", core.Any, {"optional": True}),
    ]


class Signature(core.Sequence):
    """A file sealed (GB/T 38540—2020)."""

    _fields: ClassVar = [
        ("to_sign", ToSign),
        ("cert", core.OctetString),
        ("method", core.ObjectIdentifier),
        ("signature", core.OctetBitString),
        ("time_stamp", core.Any, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class Sealed:
    """Who sealed a file, with which seal, and from when to when that may be used."""

    signer: Certificate
    name: str = ""
    first: date | None = None
    last: date | None = None


def verified(value: bytes, signed: bytes, *, is_old: bool) -> Sealed:
    """Return who sealed ``signed``. Raises an ``OfdSealError``; ``ValueError`` and the like for damaged ASN.1."""
    found = (OldSignature if is_old else Signature).load(value, strict=True)
    to_sign = found["to_sign"]
    told = to_sign if is_old else found
    signer, method = keys.certificate(told["cert"].native), told["method"].dotted
    keys.demand_signed(signer, to_sign.dump(), found["signature"].native, method=method)
    if to_sign["digest"].native != digests.computed(keys.digest_of(method), signed):
        raise WrongValueError(
            "电子印章签的不是这份文件的签名清单：清单在签章之后被改动。请用签章客户端打开原件，重新签章后再传。"
        )
    seal = to_sign["seal"]
    making = seal["making"] if is_old else seal
    made = emit(*_SEQUENCE, seal["info"].dump() + making["cert"].dump() + making["method"].dump())
    maker = keys.certificate(making["cert"].native)
    keys.demand_signed(maker, made, making["signature"].native, method=making["method"].dotted)
    told = seal["info"]["property"]
    if not _may_use(signer, told):
        raise WrongValueError(
            f"印章“{told['name'].native}”没有列入签名的证书，不得由它加盖（GB/T 38540—2020）。请核对印章和证书。"
        )
    return Sealed(signer, told["name"].native, told["first"].native.date(), told["last"].native.date())


def _may_use(signer: Certificate, told: core.Sequence) -> bool:
    signers = told["signers"]
    if isinstance(told, OldProperty):
        return signer.der in signers.native
    if told["list_type"].native != _BY_DIGEST:
        return signer.der in signers.parse(Octets).native
    return any(
        digests.digest(one["type"].native, signer.der) == one["value"].native
        for one in signers.parse(CertificateDigests)
    )
