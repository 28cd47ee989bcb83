"""A folder on disk that others filled: nothing outside it is ever opened, whatever a name in it says."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gongkai.takeover.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE_BYTES = 50 << 20
"""The limit of attachments (``gongkai.files``)."""
MAX_FILES = 2_000_000
_DEEPEST = 40


class Folder:
    """The files below ``root``, by their names with slashes. Links of the file system are never followed."""

    def __init__(self, root: Path) -> None:
        """Raise ``SourceError`` where there is no such folder."""
        if not root.is_dir():
            raise SourceError(f"没有文件夹 {root}。请核对路径。")
        self._root = root
        self.links = 0
        """How many links of the file system were passed over in the last walk."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files in one order, whatever the file system's is. Raises ``SourceError``."""
        self.links = 0
        count = 0
        for folder, folders, files in os.walk(self._root, onerror=_refuse):
            relative = Path(folder).relative_to(self._root)
            self.links += sum(os.path.islink(os.path.join(folder, name)) for name in (*folders, *files))  # noqa: PTH114, PTH118 -- a million times
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if len(relative.parts) >= _DEEPEST:
                raise SourceError(f"文件夹 {relative} 嵌套超过 {_DEEPEST} 层，已停止。请核对镜像是否完整。")
            for name in sorted(files):
                count += 1
                if count > MAX_FILES:
                    raise SourceError(f"文件超过 {MAX_FILES} 个，已停止。请分几次接收。")
                if not name.startswith(".") and not os.path.islink(os.path.join(folder, name)):  # noqa: PTH114, PTH118 -- the same
                    yield (relative / name).as_posix()

    def read(self, name: str, most: int = MAX_FILE_BYTES) -> bytes | None:
        """Return the bytes of the file ``name``; ``None`` where there is none, or it is none of this folder's.

        One that is larger than ``most`` is read to one byte beyond it, so that whoever asked sees that it is.
        """
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or parts[0] == "/" or "\0" in name or any(part in {"..", "."} or ":" in part for part in parts):
            return None
        try:
            return _read(self._root, parts, most)
        except OSError:
            return None

    def find(self, path: str) -> str | None:
        """Return the name under which the address ``path``, with its query, lies here, as mirrors save it."""
        plain, _, query = path.partition("?")
        stem = unquote(plain).lstrip("/")
        asked = unquote(query)
        names = [f"{stem}?{asked}", f"{stem}@{asked}", f"{stem}_{asked}"] if asked else [stem]
        names += [f"{name}.html" for name in names] + ([stem] if asked else [])
        return next((name for name in names if self._is_there(name)), None)

    def _is_there(self, name: str) -> bool:
        try:
            return stat.S_ISREG((self._root / name).lstat().st_mode) and ".." not in PurePosixPath(name).parts
        except (OSError, ValueError):
            return False


def _read(root: Path, parts: tuple[str, ...], most: int) -> bytes:
    """Open the parts one below the other, so that no link in between can lead out, not even one made meanwhile."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
        file = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=descriptor)
    finally:
        os.close(descriptor)
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no regular file")
        return stream.read(most + 1)


def _refuse(error: OSError) -> None:
    raise SourceError(f"{error.filename} 打不开（{error.strerror}）。请检查权限。") from error
