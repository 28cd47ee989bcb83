"""Letting a file in."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.db import transaction

from gongkai.files import kinds, scanner, secrecy
from gongkai.files.errors import TooLargeError
from gongkai.files.models import Blob

MAX_BYTES = 50 << 20
"""One attachment; a larger one belongs in several parts."""


@transaction.atomic
def keep(*, data: bytes, name: str) -> Blob:
    """Check ``data``, called ``name``, and keep it; the same bytes are kept once.

    Raises a ``FileRefusedError``: size, format, archive bomb, 密级 mark, virus. The bytes are on disk and flushed
    before the row exists, so that a crash leaves at worst a file without a row, never the reverse.
    """
    if len(data) > MAX_BYTES:
        size, limit = len(data) >> 20, MAX_BYTES >> 20
        raise TooLargeError(f"“{name}”有 {size} MB，超过 {limit} MB 的上限。请压缩图片或分成几份。")
    if not data:
        raise TooLargeError(f"“{name}”是空文件。请重新选择。")
    kind = kinds.kind_of(data, name)
    secrecy.check(data, kind, name)
    digest = hashlib.sha256(data).hexdigest()
    known = Blob.objects.filter(digest=digest).first()
    if known is not None and known.path.is_file():
        return known
    return _shelved(data, digest, kind, known, scanned_by=scanner.scan(data, name))


@transaction.atomic
def keep_made(*, data: bytes, kind: str) -> Blob:
    """Keep bytes that this room made itself, of ``kind``: they are neither sniffed nor scanned."""
    digest = hashlib.sha256(data).hexdigest()
    known = Blob.objects.filter(digest=digest).first()
    if known is not None and known.path.is_file():
        return known
    return _shelved(data, digest, kind, known, scanned_by="")


def lying(*, digest: str, size: int, kind: str) -> Blob:
    """Return the handle of bytes that a window speaks of; nothing is asked of the database."""
    return Blob(digest=digest, size=size, kind=kind)


def read(blob: Blob) -> bytes:
    """Return the bytes of ``blob``; ``OSError`` if the disk lost them, ``ValueError`` if it changed them."""
    return read_at(blob.path, blob.digest)


def read_at(path: Path, digest: str) -> bytes:
    """Return the bytes that lie at ``path`` under ``digest``; the same errors as ``read``."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError(f"文件 {digest} 的内容与其摘要不符：存储介质损坏或被改动。请从备份恢复。")
    return data


def _shelved(data: bytes, digest: str, kind: str, known: Blob | None, *, scanned_by: str) -> Blob:
    blob = known or Blob(digest=digest, size=len(data), kind=kind, scanned_by=scanned_by)
    _write(blob.path, data)
    if known is None:
        blob.save()
    return blob


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise
