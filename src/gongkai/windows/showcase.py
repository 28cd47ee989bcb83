"""``HOME/published``: the one folder of the data directory that the public side is shown, files and index.

Its process may run as another user and see it as read-only: whatever lies here can be read by whoever can enter it,
and everything else of the data directory by its owner alone.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from django.conf import settings

FOLDER = "published"
_FILE, _FOLDER = 0o644, 0o755


def folder(name: str) -> Path:
    """Return the folder of one kind of what is shown: ``files`` or ``index``."""
    return Path(settings.HOME) / FOLDER / name


def make(path: Path) -> None:
    """Make a folder below ``HOME/published`` that everybody can enter, whatever the mask of this process."""
    above = Path(settings.HOME)
    for part in path.relative_to(above).parts:
        above /= part
        above.mkdir(parents=True, exist_ok=True)
        if stat.S_IMODE(above.stat().st_mode) != _FOLDER:
            above.chmod(_FOLDER)


def put(source: Path, target: Path) -> None:
    """Show ``source`` as the new file ``target``: the same bytes, once on the disk where the file system has links.

    ``target`` appears whole. Raises ``FileNotFoundError`` where there is no ``source``.
    """
    beside = beside_of(target)
    beside.unlink(missing_ok=True)  # of a copy that was cut off
    try:
        os.link(source, beside)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, beside)
    beside.chmod(_FILE)
    beside.replace(target)


def write(target: Path, data: bytes) -> None:
    """Write ``data`` as a shown file; it changes over in one step."""
    beside = beside_of(target)
    beside.write_bytes(data)
    beside.chmod(_FILE)
    beside.replace(target)


def beside_of(target: Path) -> Path:
    """Return where ``target`` is made before it appears."""
    return target.with_name(f".{target.name}")
