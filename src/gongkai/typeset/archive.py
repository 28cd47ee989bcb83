"""Zip archives whose bytes depend on their members only."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can name
_UNIX = 3


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return a deflated zip archive of ``members``, in their order, without the time or the system it was made on."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()
