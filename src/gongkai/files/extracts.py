"""The words in kept files, so that what stands in an attachment can be found.

A file is opened once, in a process of its own that is bounded in memory, time and output (decision 0006); the words lie
in ``HOME/extracts`` by the file's digest and can be made again. Never called by a process that answers people.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from gongkai.files.models import Blob

logger = logging.getLogger(__name__)

READABLE = ("pdf", "ofd", "docx", "xlsx", "doc", "xls", "text")
"""The formats in which there are words to be found."""
MAX_CHARACTERS = 100_000
"""Of one file; of a longer one the beginning is found."""
SECONDS = 180
"""A scanned document of many pages takes minutes; one that takes longer is found by its title alone."""

_COMMAND = (sys.executable, "-P", "-c", "from gongkai.files.extracting import main; main()")


def words_of(blob: Blob) -> str:
    """Return the words of ``blob`` as far as they were read already."""
    try:
        return _path(blob).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def is_read(blob: Blob) -> bool:
    """Tell whether there is nothing more to be read in ``blob``."""
    return blob.kind not in READABLE or _path(blob).exists()


def read(blob: Blob) -> str:
    """Read the words of ``blob``, keep them and return them; none where it cannot be read, which is logged."""
    words = ""
    if blob.kind in READABLE:
        try:
            done = subprocess.run(  # noqa: S603 -- our own module; the path is a digest
                [*_COMMAND, blob.kind, str(blob.path)], capture_output=True, timeout=SECONDS, check=False
            )
            words = done.stdout.decode("utf-8", "ignore")[:MAX_CHARACTERS]
            if done.returncode:
                last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
                logger.warning("file %s gave no words: status %s %s", blob.digest, done.returncode, *last)
        except subprocess.TimeoutExpired:
            logger.warning("file %s gave no words within %s s", blob.digest, SECONDS)
    _keep(_path(blob), words)
    return words


def _path(blob: Blob) -> Path:
    return Path(settings.HOME) / "extracts" / blob.digest[:2] / blob.digest


def _keep(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(words, encoding="utf-8")
    temporary.replace(path)
