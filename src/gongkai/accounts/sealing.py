"""Sealing secrets of the sign-on in the database: AES-GCM under the keys of ``GONGKAI_FIELD_KEYS``."""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12
_PURPOSE = b"accounts.second-factor"


class UnsealedError(RuntimeError):
    """None of the keys opens a sealed secret."""

    def __init__(self) -> None:
        super().__init__("字段密钥不能解开两步验证的密钥：GONGKAI_FIELD_KEYS 中缺少当时使用的那一把。请补回旧密钥。")


def seal(text: str) -> str:
    """Return ``text`` sealed with the first key, in URL-safe base 64."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(bytes.fromhex(settings.FIELD_KEYS[0])).encrypt(nonce, text.encode(), _PURPOSE)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed with any of the keys. Raises ``UnsealedError``."""
    data = base64.urlsafe_b64decode(sealed)
    for key in settings.FIELD_KEYS:
        try:
            return AESGCM(bytes.fromhex(key)).decrypt(data[:_NONCE], data[_NONCE:], _PURPOSE).decode()
        except InvalidTag:
            continue
    raise UnsealedError
