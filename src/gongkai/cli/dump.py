"""Taking the whole database out in one consistent piece while others write, and putting it in, on either engine."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.installation import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
_HEAD = "SELECT sequence, digest FROM journal_head"
_FILES = (
    "SELECT 'files/' || substr(digest, 1, 2) || '/' || digest FROM files_blob "
    "UNION SELECT 'imports/' || digest FROM decisions_importbatch"
)
_VARIABLES = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "service": "PGSERVICE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the dump says of itself: applied migrations, end of the journal, the files it speaks of."""

    server: int
    migrations: tuple[str, ...]
    journal: tuple[int, str]
    files: tuple[str, ...]


def dump(target: Path) -> Snapshot:
    """Write the database to the new file ``target``. Others may go on writing; what they write later is not in it."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first

    if "django_migrations" not in connection.introspection.table_names():
        raise RefusedError("数据库还没有建立，没有可备份的内容。")
    return _dump_sqlite(connection, target) if connection.vendor == "sqlite" else _dump_postgresql(connection, target)


def load(source: Path, aside: Path) -> None:
    """Put the dump ``source`` in the place of the database in one step; what was there goes to the folder ``aside``."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first

    if connection.vendor == "sqlite":
        _load_sqlite(connection, source, aside)
    else:
        _load_postgresql(connection, source, aside)


def is_empty() -> bool:
    """Tell whether the database holds nothing yet."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first

    return not connection.introspection.table_names()


def files() -> list[str]:
    """Return the files that the database speaks of, as they lie below the data directory."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first

    with connection.cursor() as cursor:
        cursor.execute(_FILES)
        return sorted(name for (name,) in cursor.fetchall())


def server_version() -> int:
    """Return the major version of the server; 3 for SQLite."""
    from django.db import connection  # noqa: PLC0415 -- Django must be started first

    return int(connection.get_database_version()[0])


def _read(fetch: Callable[[str], list[tuple[Any, ...]]], server: int) -> Snapshot:
    head = fetch(_HEAD)
    return Snapshot(
        server=server,
        migrations=tuple(f"{app}.{name}" for app, name in fetch(_MIGRATIONS)),
        journal=(int(head[0][0]), str(head[0][1])) if head else (0, "0" * 64),
        files=tuple(name for (name,) in fetch(_FILES)),
    )


def _dump_sqlite(connection: Any, target: Path) -> Snapshot:  # noqa: ANN401 -- Django ships no types
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        # In one step: readers of a WAL database hold nobody up, and the copy is of one moment.
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise RefusedError(f"数据库文件已经损坏（{found}）。请停止使用，从最近的备份恢复。")
        return _read(lambda query: copy.execute(query).fetchall(), sqlite3.sqlite_version_info[0])


def _load_sqlite(connection: Any, source: Path, aside: Path) -> None:  # noqa: ANN401 -- as above
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        old = target.with_name(target.name + suffix)
        if old.exists():
            aside.mkdir(parents=True, exist_ok=True)
            shutil.move(old, aside / old.name)
    shutil.move(source, target)


def _dump_postgresql(connection: Any, target: Path) -> Snapshot:  # noqa: ANN401 -- as above
    from django.db import transaction  # noqa: PLC0415 -- Django must be started first

    server = server_version()
    program = _program("pg_dump", server)

    def fetch(query: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        moment = fetch("SELECT pg_export_snapshot()")[0][0]
        _called(
            [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={target}"],
            connection,
        )
        return _read(fetch, server)


def _load_postgresql(connection: Any, source: Path, aside: Path) -> None:  # noqa: ANN401 -- as above
    server = server_version()
    if not is_empty():
        aside.mkdir(parents=True, exist_ok=True)
        _called(
            [_program("pg_dump", server), "--format=custom", "--no-owner", f"--file={aside / 'database'}"], connection
        )
    names = connection.introspection.table_names()
    tables = ", ".join(connection.ops.quote_name(name) for name in names)
    connection.close()
    script = source.with_name("restore.sql")
    _called(
        [_program("pg_restore", server), "--no-owner", "--no-privileges", f"--file={script}", str(source)], connection
    )
    cleared = source.with_name("clear.sql")
    cleared.write_text(f"DROP TABLE {tables} CASCADE;\n" if tables else "", encoding="utf-8")
    # One transaction: either all of the old data is there afterwards, or all of the new.
    flags = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null"]
    _called([_program("psql", server), *flags, f"--file={cleared}", f"--file={script}"], connection)


def _program(name: str, server: int) -> str:
    """Return the path of a program of PostgreSQL that is as new as the server. Raises ``RefusedError`` if none is."""
    # Debian keeps several versions beside each other. The server's own is best: a newer one writes what it cannot read.
    found = {_number(path.parts[4]): str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")}
    programs = [found[number] for number in sorted(found, key=lambda number: (number != server, -number))]
    programs += [path for path in [shutil.which(name)] if path]
    if not programs:
        raise RefusedError(f"没有找到 {name}。请安装 PostgreSQL 客户端程序（apt install postgresql-client）。")
    version = subprocess.run([programs[0], "--version"], check=True, capture_output=True, text=True).stdout  # noqa: S603 -- found above
    if _number(version) < server:
        raise RefusedError(
            f"{name} 的版本（{_number(version)}）低于数据库服务器（{server}）。请安装同版本的客户端程序。"
        )
    return programs[0]


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found.group()) if found else 0


def _called(command: list[str], connection: Any) -> None:  # noqa: ANN401 -- as above
    """Run a program on the database of ``connection``; the password never shows in the list of processes."""
    settings = connection.settings_dict
    given = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    parameters = settings.get("OPTIONS", {}) | {key: value for key, value in given.items() if value}
    parameters["dbname"] = settings["NAME"]
    variables = {_VARIABLES[key]: str(value) for key, value in parameters.items() if key in _VARIABLES}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | variables)  # noqa: S603 -- our own arguments
    if done.returncode != 0:
        words = " ".join(done.stderr.split())[:500]
        raise RefusedError(f"{Path(command[0]).name} 失败：{words}")
