"""A throw-away SM2 key and its certificate: signing stands only here, the programme itself verifies."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gongkai.applications.seals.ofd import keys, sm2
from gongkai.applications.seals.ofd.making import Key


def public_of(private: int) -> bytes:
    """The encoded point of a private number."""
    x, y = sm2.times(private, sm2.G)
    return b"\x04" + x.to_bytes(32) + y.to_bytes(32)


def signature(private: int, message: bytes, *, identity: bytes = sm2.IDENTITY, k: int = 0) -> bytes:
    """A signature over ``message`` (GB/T 32918.2—2016, 6.1); ``k`` is given where a standard has an example."""
    e = sm2.hashed(public_of(private), message, identity)
    while True:
        k = k or secrets.randbelow(sm2.N - 1) + 1
        r = (e + sm2.times(k, sm2.G)[0]) % sm2.N
        s = pow(1 + private, -1, sm2.N) * (k - r * private) % sm2.N
        if r and s and r + k != sm2.N:
            return encode_dss_signature(r, s)
        k = 0


def key_of(name: str, *, first: datetime | None = None, last: datetime | None = None) -> Key:
    """A key with a certificate of its own making."""
    private = secrets.randbelow(sm2.N - 2) + 1
    method = {"algorithm": keys.SM2_SM3}
    whose = x509.Name.build({"country_name": "CN", "common_name": name})
    wanted = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": secrets.randbits(64),
            "signature": method,
            "issuer": whose,
            "validity": {
                "not_before": x509.Time("utc_time", first or datetime(2024, 1, 1, tzinfo=UTC)),
                "not_after": x509.Time("utc_time", last or datetime(2034, 1, 1, tzinfo=UTC)),
            },
            "subject": whose,
            "subject_public_key_info": asn1_keys.PublicKeyInfo(
                {
                    "algorithm": {
                        "algorithm": "ec",
                        "parameters": asn1_keys.ECDomainParameters(
                            name="named", value=asn1_keys.NamedCurve(keys.SM2_CURVE)
                        ),
                    },
                    "public_key": asn1_keys.ECPointBitString(public_of(private)),
                }
            ),
        }
    )
    made = x509.Certificate(
        {
            "tbs_certificate": wanted,
            "signature_algorithm": method,
            "signature_value": signature(private, wanted.dump()),
        }
    )
    return Key(keys.certificate(made.dump()), keys.SM2_SM3, lambda message: signature(private, message))
