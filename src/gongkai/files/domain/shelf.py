"""The published files: ``HOME/published/files``, laid out like the store, with exactly what a window names.

The public side opens files here and nowhere else, so that no mistake of it can reach what an applicant handed in or
what hangs on a draft (ADR 0032). A file is put up or taken down as soon as what publishes or withdraws it is committed;
``sweep`` makes good whatever was cut off in between.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from gongkai.files.domain import store
from gongkai.files.models import Blob, NamedFile
from gongkai.windows import showcase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

_CLOSED = 0o600
_log = logging.getLogger(__name__)


def place_of(digest: str) -> Path:
    """Return where the published file of this digest lies, if it is published."""
    return _root() / digest[:2] / digest


def read(blob: Blob) -> bytes:
    """Return the bytes of a published file; ``FileNotFoundError`` where it is none, ``ValueError`` if they changed."""
    return store.read_at(place_of(blob.digest), blob.digest)


def arrange(digests: Iterable[str]) -> None:
    """Put up or take down the files of ``digests`` once the transaction at hand is committed."""
    wanted = sorted(set(digests))
    if wanted:
        # What fails here fails nobody: the act is done, and the sweep makes good what is missing.
        transaction.on_commit(lambda: _arrange(wanted), robust=True)


def sweep(*, day: date | None = None) -> int:
    """Make the folder hold what the windows name, whole, and nothing else; return how many files were put up or down.

    What cannot be put up or taken down is logged and keeps nothing else from it; so is what the store itself has lost.
    """
    del day  # it is the same on every day
    named = {
        digest: size
        for window in _windows()
        for digest, size in window.objects.values_list("digest", "size").iterator()
    }
    whole, odd = _lying(named)
    return _arrange(sorted(odd | (named.keys() - whole)))


def _lying(named: Mapping[str, int]) -> tuple[set[str], set[str]]:
    """Return the digests that lie there as they are named, and those that do not; what has no place there goes."""
    whole, odd = set(), set()
    for path in _root().rglob("*"):
        if path.is_dir():
            continue
        digest = path.name.removeprefix(".")
        if path.parent != place_of(digest).parent:
            path.unlink(missing_ok=True)
        elif path.name == digest and path.exists() and path.stat().st_size == named.get(digest):
            whole.add(digest)
        else:
            odd.add(digest)
    return whole, odd


def _arrange(digests: Iterable[str]) -> int:
    changed = 0
    for digest in digests:
        try:
            changed += _arranged(digest)
        except OSError:
            _log.exception("the published file %s could not be put up or taken down", digest)
    return changed


@transaction.atomic
def _arranged(digest: str) -> bool:
    """Put up or take down one file, as the windows have it now; return whether anything changed.

    The row of the file is locked meanwhile: of two that publish and withdraw it at once the later sees both.
    """
    blob = Blob.objects.select_for_update().filter(digest=digest).first()
    target = place_of(digest)
    was_there = target.exists()
    showcase.beside_of(target).unlink(missing_ok=True)  # of a copy that was cut off
    if blob is None or not any(window.objects.filter(digest=digest).exists() for window in _windows()):
        target.unlink(missing_ok=True)
        if blob is not None and blob.path.exists():
            blob.path.chmod(_CLOSED)
        return was_there
    if was_there and target.stat().st_size == blob.size:
        return False
    if not blob.path.exists():
        _log.error("the published file %s is not in the store: restore it from the backup", digest)
        return False
    showcase.make(target.parent)
    showcase.put(blob.path, target)
    return True


def _root() -> Path:
    return showcase.folder("files")


def _windows() -> list[type[NamedFile]]:
    return [model for model in apps.get_models() if issubclass(model, NamedFile)]
