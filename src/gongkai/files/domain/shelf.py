"""The published files: ``HOME/published/files``, laid out like the store, with exactly what a window names.

The public side opens files here and nowhere else, so that no mistake of it can reach what an applicant handed in or
what hangs on a draft (ADR 0032). A file is put up or taken down as soon as what publishes or withdraws it is committed;
``sweep`` makes good whatever was cut off in between.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from gongkai.files.models import Blob, NamedFile
from gongkai.windows import showcase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

_CLOSED = 0o600
_BATCH = 500


def place_of(digest: str) -> Path:
    """Return where the published file of this digest lies, if it is published."""
    return _root() / digest[:2] / digest


def read(blob: Blob) -> bytes:
    """Return the bytes of a published file; ``FileNotFoundError`` where it is none, ``ValueError`` if they changed."""
    data = place_of(blob.digest).read_bytes()
    if hashlib.sha256(data).hexdigest() != blob.digest:
        raise ValueError(f"公开的文件 {blob.digest} 的内容与其摘要不符：存储介质损坏或被改动。请从备份恢复。")
    return data


def arrange(digests: Iterable[str]) -> None:
    """Put up or take down the files of ``digests`` once the transaction at hand is committed."""
    wanted = sorted(set(digests))
    if wanted:
        # What fails here fails nobody: the act is done, and the sweep makes good what is missing.
        transaction.on_commit(lambda: _arrange(wanted), robust=True)


def sweep(*, day: date | None = None) -> int:
    """Make the folder hold what the windows name and nothing else; return how many files were put up or taken down.

    Files that the store itself has lost stay away; ``gongkai backup`` names them.
    """
    del day  # it is the same on every day
    named = {digest for window in _windows() for digest in window.objects.values_list("digest", flat=True).iterator()}
    there = {path.name for path in _root().glob("*/*")}
    cut_off = {name.removeprefix(".") for name in there if name.startswith(".")}
    return sum(_arranged(digest) for digest in sorted(cut_off | named.symmetric_difference(there)) if digest[0] != ".")


def named_among(digests: Iterable[str]) -> set[str]:
    """Return those of ``digests`` that a window names."""
    wanted = list(digests)
    rows = (window.objects.filter(digest__in=wanted) for window in _windows())
    return {digest for found in rows for digest in found.values_list("digest", flat=True)}


def _arrange(digests: list[str]) -> None:
    for start in range(0, len(digests), _BATCH):
        some = digests[start : start + _BATCH]
        named = named_among(some)
        for digest in some:
            if (digest in named) != place_of(digest).exists():
                _arranged(digest)


@transaction.atomic
def _arranged(digest: str) -> bool:
    """Put up or take down one file, as the windows have it now; return whether anything changed.

    The row of the file is locked meanwhile: of two that publish and withdraw it at once the later sees both.
    """
    blob = Blob.objects.select_for_update().filter(digest=digest).first()
    target = place_of(digest)
    was_there = target.exists()
    showcase.beside_of(target).unlink(missing_ok=True)  # of a copy that was cut off
    if blob is None or not named_among([digest]):
        target.unlink(missing_ok=True)
        if blob is not None and blob.path.exists():
            blob.path.chmod(_CLOSED)
        return was_there
    if was_there or not blob.path.exists():
        return False
    showcase.make(target.parent)
    showcase.put(blob.path, target)
    return True


def _root() -> Path:
    return showcase.folder("files")


def _windows() -> list[type[NamedFile]]:
    return [model for model in apps.get_models() if issubclass(model, NamedFile)]
