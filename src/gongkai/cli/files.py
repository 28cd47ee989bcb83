"""From the words of a command line to the files they mean: files, folders (with what is below them) and globs."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files to read, in order and each once, and the words that mean no file at all."""

    files: tuple[str, ...]
    empty: tuple[str, ...]


def choose(words: Iterable[str]) -> Chosen:
    """Return the files that ``words`` mean.

    A word that names something that exists is taken as it is, whatever characters it has; only then is it a pattern
    (``**`` reaches below). In a folder every file counts but hidden ones and the lock files of office programs: what is
    not a report is reported as such, not passed over.
    """
    files: dict[str, None] = {}
    empty: list[str] = []
    for word in words:
        path = Path(word)
        if path.is_dir():
            found = list(_below(path))
        elif not path.exists() and glob.has_magic(word):
            found = [name for match in sorted(glob.glob(word, recursive=True)) for name in _expand(Path(match))]  # noqa: PTH207 -- Path.glob cannot take an absolute pattern
        else:
            found = [word]
        files |= dict.fromkeys(found)
        if not found:
            empty.append(word)
    return Chosen(tuple(files), tuple(empty))


def _expand(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield from _below(path)
    elif not path.name.startswith("~$"):
        yield str(path)


def _below(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name.lower() not in _NOT_DOCUMENTS:
            yield str(path)
