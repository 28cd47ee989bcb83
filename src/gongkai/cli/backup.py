"""``gongkai backup``: everything but the keys in one file, while the installation runs."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli import archive
from gongkai.cli.dump import dump
from gongkai.cli.installation import RefusedError, on_installation, pending_migrations

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_PREFIX = ".gongkai-backup-"
_ABANDONED_SECONDS = 24 * 3600


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai backup``."""
    parser.add_argument("target", type=Path, metavar="FILE|DIR", help="备份文件；给出已有的目录时自动命名")
    parser.add_argument("--force", action="store_true", help="覆盖已有的备份文件")
    parser.epilog = "密钥（secret_key、field_keys）不在备份之内，须另行保管：没有原密钥，加密字段不能解密。"


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Make the backup: 0, or 1 if it was not made or kept files were found damaged."""
    made_at = datetime.now().astimezone()
    target: Path = arguments.target
    if target.is_dir():
        target /= f"gongkai-{made_at:%Y%m%d-%H%M%S}.tar"
    if target.exists() and not arguments.force:
        raise RefusedError(f"{target} 已经存在，没有覆盖。确要覆盖的，请加 --force。")
    if not target.parent.is_dir():
        raise RefusedError(f"目录 {target.parent} 不存在。请先建立。")
    try:
        made = make(target, made_at)
    except OSError as error:
        raise RefusedError(f"备份没有写成（{error.strerror}）。请检查 {target.parent} 的空间和权限。") from error
    manifest = made.manifest
    print(f"已备份到 {target}（{target.stat().st_size:,} 字节）")
    print(f"数据库：{'SQLite' if manifest.vendor == 'sqlite' else f'PostgreSQL {manifest.server}'}")
    print(f"文件：{len(manifest.files)} 个")
    print(f"操作日志：{manifest.journal[0]} 条，链尾摘要 {manifest.journal[1]}")
    print("密钥不在备份之内，请另行保管。")
    if manifest.damaged:
        print(f"警告：{len(manifest.damaged)} 个文件丢失或损坏，未能备份，请从以前的备份中找回：")
        print("\n".join(f"  {file}" for file in manifest.damaged))
        return 1
    return 0


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    manifest: archive.Manifest


def make(target: Path, made_at: datetime) -> Made:
    """Make the backup ``target``; it appears whole or not at all. Raises ``OSError`` and ``RefusedError``."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from django.db import connection  # noqa: PLC0415 -- the same

    from gongkai import __version__  # noqa: PLC0415 -- the same

    _note(target, made_at)
    _clear(target.parent, made_at.timestamp())
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=_PREFIX) as name:
        folder = Path(name)
        # The database first: every file it speaks of is on the disk before its row is, and is never taken away.
        snapshot = dump(folder / archive.DATABASE)
        partial = folder / "partial.tar"
        kept: list[str] = []
        with tarfile.open(partial, "w", format=tarfile.PAX_FORMAT) as tar:
            tar.add(folder / archive.DATABASE, arcname=archive.DATABASE)
            for file in _whole_files(Path(settings.HOME)):
                tar.add(Path(settings.HOME) / file, arcname=file)
                kept.append(file)
            manifest = archive.Manifest(
                format=archive.FORMAT,
                made_at=made_at.isoformat(timespec="seconds"),
                program=__version__,
                vendor=connection.vendor,
                server=snapshot.server,
                migrations=snapshot.migrations,
                journal=snapshot.journal,
                keys=archive.fingerprints(settings.FIELD_KEYS),
                database=archive.digest_of(folder / archive.DATABASE),
                files=tuple(kept),
                damaged=tuple(sorted({*snapshot.files} - {*kept})),
            )
            archive.add_manifest(tar, manifest, folder / archive.MANIFEST)
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    return Made(target, manifest)


def _whole_files(home: Path) -> Iterator[str]:
    """Yield the kept files below ``home`` that are what their names say."""
    for folder in archive.FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if archive.FILE.fullmatch(name) and archive.digest_of(path) == path.name:
                yield name


def _clear(folder: Path, now: float) -> None:
    """Remove what killed backups left in ``folder``; a day old, so that it is not that of one still running."""
    for left in folder.glob(f"{_PREFIX}*"):
        if left.stat().st_mtime < now - _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _note(target: Path, made_at: datetime) -> None:
    """Enter in the journal that everything was copied out; not on a database that waits for its migrations."""
    if pending_migrations():
        return
    from django.db import transaction  # noqa: PLC0415 -- Django must be started first

    from gongkai.journal.domain.entry import SYSTEM, record  # noqa: PLC0415 -- the same

    with transaction.atomic():
        subject = f"site.backup:{made_at:%Y%m%d-%H%M%S}"
        record(act="site.backed_up", actor=SYSTEM, subject=subject, detail={"file": target.name, "uid": os.getuid()})
