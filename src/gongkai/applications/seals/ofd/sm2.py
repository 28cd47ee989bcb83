"""Verifying SM2 signatures (GB/T 32918.2—2016, 7) on the recommended curve (GB/T 32918.5—2017).

``cryptography`` has SM3 but not SM2. Only verifying stands here: it works on what is public, so it may take a time
that tells about the numbers. Nothing in this package signs with SM2: private keys stay in certified devices.
"""

from __future__ import annotations

from typing import TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gongkai.applications.seals.ofd.digests import computed

IDENTITY = b"1234567812345678"
"""The name of a signer where nobody agreed on another (GM/T 0009—2012, 10)."""

Point: TypeAlias = tuple[int, int] | None
"""A point of the curve; ``None`` is the one at infinity."""

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
_SIZE = 32
_UNCOMPRESSED = b"\x04"


def verify(public: bytes, message: bytes, signature: bytes, *, identity: bytes = IDENTITY) -> bool:
    """Tell whether ``signature`` (DER: r, s) was made over ``message`` with the key of ``public``, an encoded point."""
    key = point(public)
    if key is None:
        return False
    try:
        r, s = decode_dss_signature(signature)
    except ValueError:
        return False
    if not (0 < r < N and 0 < s < N):
        return False
    t = (r + s) % N
    if t == 0:
        return False
    found = added(times(s, G), times(t, key))
    return found is not None and (hashed(public, message, identity) + found[0]) % N == r


def point(encoded: bytes) -> Point:
    """Return the point that is encoded without compression; ``None`` for what is no point of the curve."""
    if len(encoded) != 1 + 2 * _SIZE or encoded[:1] != _UNCOMPRESSED:
        return None
    x, y = int.from_bytes(encoded[1 : 1 + _SIZE]), int.from_bytes(encoded[1 + _SIZE :])
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        return None
    return x, y


def hashed(public: bytes, message: bytes, identity: bytes = IDENTITY) -> int:
    """Return the digest that is signed: over the signer's name, the curve, the key, then the message (5.5, 6.1)."""
    curve = b"".join(number.to_bytes(_SIZE) for number in (A, B, *G))
    name = (8 * len(identity)).to_bytes(2) + identity
    return int.from_bytes(computed(hashes.SM3(), computed(hashes.SM3(), name + curve + public[1:]) + message))


def added(one: Point, other: Point) -> Point:
    """Return the sum of two points."""
    if one is None or other is None:
        return one or other
    (x, y), (u, v) = one, other
    if x == u:
        if (y + v) % P == 0:
            return None
        slope = (3 * x * x + A) * pow(2 * y, -1, P) % P
    else:
        slope = (v - y) * pow(u - x, -1, P) % P
    across = (slope * slope - x - u) % P
    return across, (slope * (x - across) - y) % P


def times(factor: int, base: Point) -> Point:
    """Return a multiple of a point."""
    found: Point = None
    while factor:
        if factor & 1:
            found = added(found, base)
        base, factor = added(base, base), factor >> 1
    return found
