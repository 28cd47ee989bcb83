"""What of the embedded engine's folder is an index at this moment: to be shown to those who may not write there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LIST, LOCK = "meta.json", ".tantivy-meta.lock"
"""The file that names the segments of the last commit, and the one that a reader locks while it opens them."""
BESIDE = ("words", "version")
"""What ``EmbeddedEngine`` writes beside the engine's own files."""


def listed(folder: Path) -> bytes:
    """Return the list of segments as the last commit, or a merge after it, wrote it."""
    return (folder / LIST).read_bytes()


def files_of(folder: Path, names: bytes) -> list[Path]:
    """Return the files in ``folder`` of the segments in a list.

    Complete if the list is the same afterwards: what a list names is not removed before another takes its place.
    """
    segments = {str(one["segment_id"]).replace("-", "") for one in json.loads(names)["segments"]}
    return [path for path in folder.iterdir() if path.name.partition(".")[0] in segments]
