"""What the public's database role may do, asked of the database itself rather than of what was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.windows.window import readable, writable

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_KNOWN = "SELECT count(*) FROM pg_roles WHERE rolname = %s"
_SESSION = "SELECT current_user"
_OWNERS = """
SELECT DISTINCT pg_get_userbyid(c.relowner) FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  AND pg_has_role(%s, c.relowner, 'MEMBER')
ORDER BY 1
"""
_RIGHTS = """
SELECT c.relname, p.name FROM pg_class c
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (name)
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  AND (has_table_privilege(%s, c.oid, p.name)
       OR p.name IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(%s, c.oid, p.name))
ORDER BY 1, 2
"""


def is_known(connection: BaseDatabaseWrapper, role: str) -> bool:
    """Tell whether the server (PostgreSQL) has this role."""
    return bool(_asked(connection, _KNOWN, role)[0][0])


def of_session(connection: BaseDatabaseWrapper) -> str:
    """Return the role under which this process works (PostgreSQL)."""
    return str(_asked(connection, _SESSION)[0][0])


def owners(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Return the owners of the tables whose rights ``role`` has: itself, or by membership, or as a superuser."""
    return [name for (name,) in _asked(connection, _OWNERS, role)]


def excess(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Return what ``role`` may do beyond reading the windows and writing the intake, as ``SELECT table``."""
    allowed = {(name, "SELECT") for name in readable()} | {(name, "INSERT") for name in writable()}
    found = [(name, right) for name, right in _asked(connection, _RIGHTS, role, role)]
    return [f"{right} {name}" for name, right in found if (name, right) not in allowed]


def _asked(connection: BaseDatabaseWrapper, query: str, *values: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows
