"""Making the data of a seal and of a file sealed with it (GB/T 38540—2020), whatever key signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn1crypto import core
from asn1crypto.parser import emit
from asn1crypto.x509 import Time

from gongkai.applications.seals.ofd import digests, keys, ses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gongkai.applications.seals.ofd.keys import Certificate

VERSION = 4
_OFFICE_SEAL, _WHOLE, _SIDE = 1, 1, 42
_SEQUENCE = (0, 1, 16)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signs: its certificate, the OID of its algorithm, and the signing itself."""

    certificate: Certificate
    method: str
    sign: Callable[[bytes], bytes]


def seal_of(name: str, picture: bytes, *, signer: Certificate, maker: Key, now: datetime) -> ses.Seal:
    """Return the seal called ``name`` that ``signer`` may use as long as its certificate holds."""
    ends = [signer.parsed["tbs_certificate"]["validity"][one].native for one in ("not_before", "not_after")]
    info = ses.Info(
        {
            "header": core.Any(ses.Header({"id": "ES", "version": VERSION, "vid": "gongkai"})),
            "identifier": core.Any(core.IA5String(f"{signer.serial:X}")),
            "property": {
                "type": _OFFICE_SEAL,
                "name": name,
                "list_type": _WHOLE,
                "signers": core.Any(ses.Octets([signer.der])),
                "made": _time(now),
                "first": _time(ends[0]),
                "last": _time(ends[1]),
            },
            "picture": core.Any(ses.Picture({"type": "png", "data": picture, "width": _SIDE, "height": _SIDE})),
        }
    )
    own, method = core.OctetString(maker.certificate.der), core.ObjectIdentifier(maker.method)
    made = emit(*_SEQUENCE, info.dump() + own.dump() + method.dump())
    return ses.Seal({"info": info, "cert": own, "method": method, "signature": maker.sign(made)})


def sealed(signed: bytes, path: str, *, seal: ses.Seal, key: Key, now: datetime) -> bytes:
    """Return the signed value of the file ``signed``, which stands at ``path`` in its container."""
    to_sign = ses.ToSign(
        {
            "version": VERSION,
            "seal": seal,
            "time": _time(now),
            "digest": digests.computed(keys.digest_of(key.method), signed),
            "about": core.Any(core.IA5String(path)),
        }
    )
    return ses.Signature(
        {
            "to_sign": to_sign,
            "cert": key.certificate.der,
            "method": key.method,
            "signature": key.sign(to_sign.dump()),
        }
    ).dump()


def _time(moment: datetime) -> Time:
    return Time("general_time", core.GeneralizedTime(moment))
