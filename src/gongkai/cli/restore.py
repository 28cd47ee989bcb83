"""``gongkai restore``: put a backup in the place of what is there, and prove that it is whole."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli import archive, dump
from gongkai.cli.installation import RefusedError, on_installation, pending_migrations
from gongkai.cli.roles import require_role

if TYPE_CHECKING:
    import argparse
    import tarfile


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai restore``."""
    parser.add_argument("source", type=Path, metavar="FILE", help="gongkai backup 做成的备份文件")
    parser.add_argument("--force", action="store_true", help="替换已有的数据（原有数据移到数据目录的 replaced-* 下）")
    parser.add_argument("--lost-keys", action="store_true", help="原密钥已经丢失，明知加密字段不能解密仍要恢复")
    parser.epilog = "恢复前请停止 gongkai serve 和 gongkai worker，并把备份时的密钥放回数据目录。"


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Restore and verify: 0, or 1 if nothing was changed (with the reason) or what was restored is not whole."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first

    home = Path(settings.HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.opened(arguments.source) as tar:
        manifest = archive.manifest_of(tar, arguments.source)
        _require_fitting(manifest, lost_keys=arguments.lost_keys)
        _require_free(home, force=arguments.force)
        require_role()
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as name:
            staged = Path(name)
            _stage(tar, manifest, staged)
            aside = home / f"replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
            _change_over(staged, home, aside)
    print(f"已恢复 {manifest.made_at} 的备份：文件 {len(manifest.files)} 个。")
    if aside.exists():
        print(f"原有数据移到了 {aside}，确认无误后可以删除。")
    return _verified(manifest, home)


def _require_fitting(manifest: archive.Manifest, *, lost_keys: bool) -> None:
    """Refuse a backup that this installation cannot take."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be started first
    from django.db import connection  # noqa: PLC0415 -- the same
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 -- the same

    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if manifest.vendor != connection.vendor:
        theirs, ours = names.get(manifest.vendor, manifest.vendor), names.get(connection.vendor, connection.vendor)
        raise RefusedError(f"备份来自 {theirs}，现在设置的数据库是 {ours}。请先改好 GONGKAI_DATABASE_URL。")
    if manifest.server > dump.server_version():
        raise RefusedError(
            f"备份来自 {names[manifest.vendor]} {manifest.server}，高于现在的服务器。请升级数据库服务器。"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise RefusedError(f"备份来自更新版本的程序（{manifest.program}，含 {unknown[0]}）。请先升级程序。")
    if not {*manifest.keys} <= {*archive.fingerprints(settings.FIELD_KEYS)} and not lost_keys:
        raise RefusedError(
            "现在的字段加密密钥不是备份时的密钥，恢复后加密字段不能解密。请把备份时的 field_keys 放回数据目录；"
            "原密钥确已丢失的，加 --lost-keys。"
        )


def _require_free(home: Path, *, force: bool) -> None:
    """Refuse to replace data without being told to, and to replace it under a running worker at all."""
    if not dump.is_empty() or any(path for name in archive.FOLDERS for path in (home / name).glob("*")):
        if not force:
            raise RefusedError("已有数据，没有覆盖。确要用备份替换的，请先停止服务，再加 --force。")
        workers = _living_workers()
        if workers:
            raise RefusedError(f"还有 {workers} 个工作进程在运行。请先停止 gongkai worker 和 gongkai serve。")


def _living_workers() -> int:
    from django.db import DatabaseError  # noqa: PLC0415 -- Django must be started first

    from gongkai.jobs.queries import health  # noqa: PLC0415 -- the same

    try:
        return len(health.living_workers())
    except DatabaseError:
        return 0  # The tables are of another version: no worker of this one runs on them.


def _stage(tar: tarfile.TarFile, manifest: archive.Manifest, staged: Path) -> None:
    """Unpack everything beside what is there, and check every digest before anything is replaced."""
    wanted = {*manifest.files}
    found_database = False
    for member in tar:
        match = archive.FILE.fullmatch(member.name)
        if member.name == archive.DATABASE:
            archive.unpack(tar, member, staged / archive.DATABASE, manifest.database)
            found_database = True
        elif match and member.name in wanted:
            archive.unpack(tar, member, staged / member.name, match[2])
            wanted.remove(member.name)
        elif member.name != archive.MANIFEST:
            raise RefusedError(f"备份中有清单之外的 {member.name[:100]}，备份已被改动。请换一份备份。")
    if wanted or not found_database:
        missing = f"{len(wanted)} 个文件" if found_database else "数据库"
        raise RefusedError(f"备份中缺少{missing}，备份已经损坏。请换一份备份。")


def _change_over(staged: Path, home: Path, aside: Path) -> None:
    for name in archive.FOLDERS:
        if (home / name).exists():
            aside.mkdir(parents=True, exist_ok=True)
            shutil.move(home / name, aside / name)
        if (staged / name).exists():
            shutil.move(staged / name, home / name)
    dump.load(staged / archive.DATABASE, aside)
    # They are of the data that was there: the worker builds a new index, and the files are put up anew.
    for name in ("index", "published/index", "published/files"):
        shutil.rmtree(home / name, ignore_errors=True)


def _verified(manifest: archive.Manifest, home: Path) -> int:
    pending = pending_migrations()
    if pending:
        print(
            f"备份来自较早的版本，还有 {len(pending)} 项结构变更。请运行 gongkai migrate，再运行 gongkai verify-log。"
        )
        return 0
    from django.db import transaction  # noqa: PLC0415 -- Django must be started first

    from gongkai.files.domain import shelf  # noqa: PLC0415 -- the same
    from gongkai.journal.domain.entry import SYSTEM, record  # noqa: PLC0415 -- the same
    from gongkai.journal.queries.chain import verify  # noqa: PLC0415 -- the same
    from gongkai.windows import laying  # noqa: PLC0415 -- the same

    # A dump knows the views, and not who may look through them; one from before this version has other views.
    laying.lay()
    shelf.sweep()
    verdict = verify()
    if verdict.broken is not None or (verdict.checked, verdict.digest) != tuple(manifest.journal):
        words = verdict.broken.message if verdict.broken else f"共 {verdict.checked} 条，与清单不符。"
        raise RefusedError(f"恢复后的操作日志不完整：{words}请换一份备份。")
    print(f"操作日志完整：共 {verdict.checked} 条，链尾摘要 {verdict.digest}。")
    lost = [name for name in dump.files() if not (home / name).is_file()]
    if lost:
        print(f"警告：{len(lost)} 个文件在备份时就已丢失或损坏：")
        print("\n".join(f"  {name}" for name in lost))
    with transaction.atomic():
        record(act="site.restored", actor=SYSTEM, subject="site.backup:restored", detail={"made_at": manifest.made_at})
    print("请启动 gongkai worker：它会重建检索索引。")
    return 1 if lost else 0
