"""An installation of its own for a benchmark: a folder that is gone with the process, keys, a migrated database.

Migrating takes longer than most benchmarks at a small scale. Where ``GONGKAI_MIGRATED`` names a file, the first that
migrates SQLite keeps there what came of it, and the others begin with a copy.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOME, _MIGRATED = "GONGKAI_BENCHMARK_HOME", "GONGKAI_MIGRATED"


def begin(**environ: str) -> Path:
    """Set the environment and then Django up; return the data directory, which processes begun from here share."""
    if _HOME not in os.environ:
        os.environ[_HOME] = tempfile.mkdtemp(prefix="gongkai-benchmark-")
        atexit.register(shutil.rmtree, os.environ[_HOME], ignore_errors=True)
    os.environ.setdefault("GONGKAI_SECRET_KEY", "only-for-benchmarks-" + "0" * 40)
    os.environ.setdefault("GONGKAI_FIELD_KEYS", "00" * 32)
    os.environ |= {
        "GONGKAI_HOME": os.environ[_HOME],
        "GONGKAI_HTTPS": "no",
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
    } | environ

    import django  # noqa: PLC0415 -- it reads the environment

    django.setup()
    return Path(os.environ[_HOME])


@contextmanager
def fresh_database(*, is_file: bool = False) -> Iterator[None]:
    """Stand on a migrated, empty test database: in memory, in a file (``is_file``), or on the server that is set."""
    from django.db import connection  # noqa: PLC0415 -- Django is set up by ``begin``
    from django.test.runner import DiscoverRunner  # noqa: PLC0415 -- the same

    kept = connection.vendor == "sqlite" and os.environ.get(_MIGRATED)
    if kept or (is_file and connection.vendor == "sqlite"):
        path = Path(os.environ[_HOME]) / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
        _copy(path)
    runner = DiscoverRunner(verbosity=0, interactive=False, keepdb=bool(kept))
    databases = runner.setup_databases()
    _keep()
    try:
        yield
    finally:
        runner.teardown_databases(databases)


def migrate() -> None:
    """Migrate the database of the installation itself."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django is set up by ``begin``
    from django.db import connection  # noqa: PLC0415 -- the same

    if connection.vendor == "sqlite":
        _copy(Path(connection.settings_dict["NAME"]))
    call_command("migrate", verbosity=0)
    _keep()


def _copy(path: Path) -> None:
    kept = Path(os.environ.get(_MIGRATED, ""))
    if kept.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, path)


def _keep() -> None:
    from django.db import connection  # noqa: PLC0415 -- Django is set up by ``begin``

    kept = os.environ.get(_MIGRATED)
    if not kept or connection.vendor != "sqlite" or Path(kept).exists():
        return
    part = Path(f"{kept}.{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    part.replace(kept)
