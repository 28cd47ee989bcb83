"""Sealing personal data and secrets in the database under the keys of ``GONGKAI_FIELD_KEYS``.

AES-256-GCM by default, SM4-GCM (GB/T 32907) by ``GONGKAI_FIELD_CIPHER``: both open whatever either has sealed, so the
setting may change at any time. ``blind`` gives what a sealed value is looked up by: equal values have equal indexes,
and without the key nothing is learnt from them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE, _TAG, _SM4_KEY = 12, 16, 16
_SM4 = b"\x01"
SECOND_FACTOR = "accounts.second-factor"


class UnsealedError(RuntimeError):
    """None of the keys opens a sealed value."""

    def __init__(self) -> None:
        super().__init__("字段密钥不能解开已加密的数据：GONGKAI_FIELD_KEYS 中缺少当时使用的那一把。请补回旧密钥。")


def seal(text: str, purpose: str = SECOND_FACTOR) -> str:
    """Return ``text`` sealed for ``purpose`` with the first key, in URL-safe base 64; empty for an empty text."""
    return base64.urlsafe_b64encode(seal_bytes(text.encode(), purpose)).decode() if text else ""


def seal_bytes(data: bytes, purpose: str) -> bytes:
    """Return ``data`` sealed for ``purpose`` with the first key."""
    nonce, key = secrets.token_bytes(_NONCE), settings.FIELD_KEYS[0]
    if settings.FIELD_CIPHER == "sm4":
        encryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(purpose.encode())
        return _SM4 + nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag
    return b"\x00" + nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, data, purpose.encode())


def unseal(sealed: str, purpose: str = SECOND_FACTOR) -> str:
    """Return what was sealed for ``purpose`` with any of the keys. Raises ``UnsealedError``."""
    return unseal_bytes(base64.urlsafe_b64decode(sealed), purpose).decode() if sealed else ""


def unseal_bytes(data: bytes, purpose: str) -> bytes:
    """Return the bytes sealed for ``purpose`` with any of the keys. Raises ``UnsealedError``."""
    cipher, nonce, rest = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
    for key in settings.FIELD_KEYS:
        try:
            return _open(cipher, key, nonce, rest, purpose.encode())
        except InvalidTag:
            continue
    raise UnsealedError


def blind(text: str, purpose: str) -> list[str]:
    """Return the indexes of ``text``, one for each key, the first one's first: store that, look up all."""
    return [
        hmac.new(_blind_key(key, purpose), text.encode(), hashlib.sha256).hexdigest()[:40]
        for key in settings.FIELD_KEYS
    ]


def _open(cipher: bytes, key: str, nonce: bytes, data: bytes, purpose: bytes) -> bytes:
    if cipher != _SM4:
        return AESGCM(bytes.fromhex(key)).decrypt(nonce, data, purpose)
    decryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce, data[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(purpose)
    return decryptor.update(data[:-_TAG]) + decryptor.finalize()


@lru_cache(maxsize=64)
def _sm4_key(key: str) -> bytes:
    return hmac.new(bytes.fromhex(key), b"sm4", hashlib.sha256).digest()[:_SM4_KEY]


@lru_cache(maxsize=64)
def _blind_key(key: str, purpose: str) -> bytes:
    return hmac.new(bytes.fromhex(key), b"blind:" + purpose.encode(), hashlib.sha256).digest()
