"""Showing the public index to processes that may read it and no more.

The engine makes its files for its own user, writes its list of segments anew whenever it pleases, and wants every
reader to lock a file in the folder. So readers get a folder beside: links to the segments of the last commit, open to
everybody, and for the lock a link that leads into the data directory of whoever reads.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from gongkai.search import committed
from gongkai.search.port import SearchUnavailableError
from gongkai.windows import showcase

if TYPE_CHECKING:
    from pathlib import Path

_LOCK = os.path.join("..", "..", "..", "index.lock")  # noqa: PTH118 -- no path of this process: it is read elsewhere
"""From ``HOME/published/index/<name>`` to ``HOME``."""
_ATTEMPTS = 20


def show(folder: Path, shown: Path) -> None:
    """Make ``shown`` the index that is committed in ``folder``.

    What the list before named stays for one commit more: a reader may just be opening it.
    """
    showcase.make(shown)
    for name in committed.BESIDE:
        if not (shown / name).exists():
            showcase.put(folder / name, shown / name)
    with suppress(FileExistsError, NotImplementedError):
        (shown / committed.LOCK).symlink_to(_LOCK)
    names, needed = _linked(folder, shown)
    before = _needed_before(shown)
    showcase.write(shown / committed.LIST, names)
    kept = {committed.LIST, committed.LOCK, *committed.BESIDE} | needed | before
    for path in shown.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _linked(folder: Path, shown: Path) -> tuple[bytes, set[str]]:
    """Link the segments of the list that is in use when all of them are there; return it and their names."""
    for _ in range(_ATTEMPTS):
        names = committed.listed(folder)
        files = committed.files_of(folder, names)
        try:
            for path in files:
                if not (shown / path.name).exists():
                    showcase.put(path, shown / path.name)
        except FileNotFoundError:
            continue  # merged away meanwhile
        if committed.listed(folder) == names:
            return names, {path.name for path in files}
    raise SearchUnavailableError("检索索引一直在变，未能公开。稍后会再试。")


def _needed_before(shown: Path) -> set[str]:
    if not (shown / committed.LIST).exists():
        return set()
    return {path.name for path in committed.files_of(shown, committed.listed(shown))}
