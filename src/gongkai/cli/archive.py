"""What a backup is: one tar file with the database, every kept file, and last a manifest that names and proves them.

``database`` is an SQLite file or a custom-format dump of PostgreSQL; ``files/xx/<SHA-256>`` are the kept files and
``imports/<SHA-256>`` the data files that were taken in. The manifest comes last, so that an archive that was cut off
has none. Keys are never in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import IO, TYPE_CHECKING, Any

from gongkai.cli.installation import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
FOLDERS = ("files", "imports")
"""The folders of the data directory that hold files by their SHA-256."""
FILE = re.compile(r"(?:files/([0-9a-f]{2})/(?=\1)|imports/)([0-9a-f]{64})")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in an archive. ``damaged`` are kept files that were lost or changed on the disk before the backup.

    Files are named as they lie below the data directory.
    """

    format: int
    made_at: str
    program: str
    vendor: str
    server: int
    migrations: tuple[str, ...]
    journal: tuple[int, str]
    keys: tuple[str, ...]
    database: str
    files: tuple[str, ...]
    damaged: tuple[str, ...]


def fingerprints(keys: Iterable[str]) -> tuple[str, ...]:
    """Return what tells whether keys are the same, and nothing else of them: they are random numbers of 256 bits."""
    return tuple(hashlib.sha256(f"gongkai backup {key}".encode()).hexdigest()[:16] for key in keys)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def add_manifest(archive: tarfile.TarFile, manifest: Manifest, beside: Path) -> None:
    """Close the content of ``archive`` with its manifest, written to the file ``beside`` first."""
    beside.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    archive.add(beside, arcname=MANIFEST)


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive for reading. Raises ``RefusedError`` where it is none, or becomes unreadable on the way."""
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive
    except OSError as error:
        raise RefusedError(f"备份 {path} 读不出来（{error.strerror or error}）。请检查路径、权限和磁盘。") from error
    except (tarfile.TarError, EOFError) as error:
        raise RefusedError(f"{path} 不是备份，或已经损坏。请换一份备份。") from error


def manifest_of(archive: tarfile.TarFile, path: Path) -> Manifest:
    """Return the manifest. Raises ``RefusedError`` where there is none, or it is of a later version."""
    names = archive.getnames()
    if not names or names[-1] != MANIFEST:
        raise RefusedError(f"{path} 不是完整的备份：没有清单，可能在备份时中断。请换一份备份。")
    stream = archive.extractfile(MANIFEST)
    try:
        data = json.loads(stream.read()) if stream else None
        if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
            raise RefusedError(f"{path} 由更新版本的程序备份（格式 {data['format']}）。请先升级程序。")
        assert isinstance(data, dict)
        values: dict[str, Any] = {field.name: data[field.name] for field in fields(Manifest)}
    except (ValueError, KeyError, AssertionError) as error:
        raise RefusedError(f"{path} 的清单不可读，备份已经损坏。请换一份备份。") from error
    values.update((name, tuple(value)) for name, value in values.items() if isinstance(value, list))
    return Manifest(**values)


def unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path, digest: str) -> None:
    """Write one member to ``target``. Raises ``RefusedError`` where it is not what ``digest`` says."""
    stream = archive.extractfile(member)
    if stream is None:
        raise RefusedError(f"备份中的 {member.name} 不是文件，备份已经损坏。请换一份备份。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        found = _copied(stream, out)
    if found != digest:
        raise RefusedError(f"备份中的 {member.name} 与清单不符，备份已经损坏或被改动。请换一份备份。")


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    computation = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        computation.update(chunk)
        target.write(chunk)
    return computation.hexdigest()
