"""Laying the views, and opening them to the public's database role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections, transaction

from gongkai.windows.window import readable, view_of, windows, writable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "window_"
"""What the name of every view begins with."""


def lift(*, using: str = "default") -> None:
    """Take all views away: tables below them are about to change."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in _standing(connection):
            cursor.execute(f"DROP VIEW {connection.ops.quote_name(name)}")


def lay(*, using: str = "default") -> None:
    """Lay every view anew and give the public's role its rights, in one transaction: nobody finds a view missing."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in _standing(connection):
            cursor.execute(f"DROP VIEW {connection.ops.quote_name(name)}")
        for model in windows():
            name = connection.ops.quote_name(view_of(model))
            cursor.execute(f"CREATE VIEW {name} AS {model.select}")  # written in the rooms, nothing from outside
        allow(using=using)


def allow(*, using: str = "default") -> None:
    """Give the public's role its rights, and take away whatever else it had."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in rights(connection, settings.PORTAL_ROLE):
            cursor.execute(statement)


def rights(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    """Yield the statements that leave ``role`` the windows to read and the intake to write, and nothing else.

    None where no role is named, or the database knows no roles.
    """
    if not role or connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}"
    yield f"GRANT USAGE ON SCHEMA public TO {quoted}"
    for name in readable():
        yield f"GRANT SELECT ON {connection.ops.quote_name(name)} TO {quoted}"
    for name in writable():
        yield f"GRANT INSERT ON {connection.ops.quote_name(name)} TO {quoted}"


def _standing(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.get_table_list(cursor)
    return sorted(table.name for table in tables if table.type == "v" and re.match(PREFIX, table.name))
