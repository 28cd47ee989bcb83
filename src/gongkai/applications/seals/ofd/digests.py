"""Digests by the names that OFD files and certificates give them."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes

from gongkai.applications.seals.ofd.errors import WeakDigestError

SM3, SHA256 = "1.2.156.10197.1.401", "2.16.840.1.101.3.4.2.1"
_METHODS: dict[str, type[hashes.HashAlgorithm]] = {
    SM3: hashes.SM3,
    "sm3": hashes.SM3,
    SHA256: hashes.SHA256,
    "sha256": hashes.SHA256,
    "sha-256": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
_BROKEN = frozenset(
    {
        "md5",
        "1.2.840.113549.2.5",
        "sha1",
        "sha-1",
        "1.3.14.3.2.26",
        "1.2.840.113549.1.1.4",
        "1.2.840.113549.1.1.5",
        "1.2.840.10045.4.1",
    }
)
"""MD5 and SHA-1, and the signatures over them: two files of the same digest can be made."""

DEFAULT = "MD5"
"""What ``References`` without a ``CheckMethod`` means (GB/T 33190—2016, table 67)."""


def algorithm(name: str) -> hashes.HashAlgorithm:
    """Return the digest of this name or OID. Raises ``WeakDigestError``."""
    demand_strong(name)
    if name.strip().lower() not in _METHODS:
        raise WeakDigestError(f"签名使用的杂凑算法“{name}”无法识别，不能验证。请在签章客户端改用 SM3 后重新签章。")
    return _METHODS[name.strip().lower()]()


def demand_strong(name: str) -> None:
    """Raise ``WeakDigestError`` for MD5 and SHA-1, and for signatures over them."""
    if name.strip().lower() in _BROKEN:
        raise WeakDigestError(
            f"签名使用 {name.strip()}：MD5、SHA-1 已能伪造，不起保护作用（GM/T 0099—2020）。"
            "请在签章客户端改用 SM3 后重新签章。"
        )


def digest(name: str, data: bytes) -> bytes:
    """Return the digest of ``data`` by the method of this name. Raises ``WeakDigestError``."""
    return computed(algorithm(name), data)


def computed(method: hashes.HashAlgorithm, data: bytes) -> bytes:
    """Return the digest of ``data``."""
    state = hashes.Hash(method)
    state.update(data)
    return state.finalize()
