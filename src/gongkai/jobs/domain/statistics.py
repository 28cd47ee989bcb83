"""What the database must know of its tables to choose the right index; PostgreSQL finds it out by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from datetime import date

LOOKED_AT = 400
"""Rows of each index that are looked at: enough to know what tells rows apart, and done in a moment."""


def gather(*, day: date | None = None) -> None:  # noqa: ARG001 -- tables grow by the hour, not by legal days
    """Have SQLite look at its tables.

    Without it it takes any index for one that leads to a few rows, and reads 200 000 published records to find ten of
    them by their ids.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
