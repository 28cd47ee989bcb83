"""Storing many rows at the speed of the driver: one behaviour, two ways.

SQLite takes ``executemany`` with ``ON CONFLICT DO NOTHING``; where the count of changed rows tells that a key is taken,
the new rows at the end of the table tell which went in. PostgreSQL takes ``COPY`` straight into the table;
where a key is taken the lot is rolled back to a savepoint and goes by way of a temporary table. Both leave the same
rows and report the same conflicts, which one test holds them to.
"""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import Model

Row = tuple[Any, ...]
Item = TypeVar("Item")
_CHUNK = 500
_LAST = itemgetter(-1)
_SWITCH_SECONDS = 0.0005
"""How soon the thread that looks at rows makes way for the one that has an answer from the server."""
_CACHE_KIB = 16 << 10
_NULL = "None"
"""What ``%s`` writes for an empty column. No text column may hold it: ``cells.text`` takes it for a blank."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where rows go. A row is a tuple in the order of ``columns``; its last two are the batch and the row of the file.

    ``key`` are the names of the columns that together may occur only once; they must be the first ones. ``changing``
    are those that a later act may change: the digest leaves them out.
    """

    model: type[Model]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    changing: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table  # noqa: SLF001 -- documented by Django under this name

    def key_of(self, row: Row) -> Row:
        """Return the key of ``row``."""
        return row[: len(self.key)]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that was not stored, because ``stored`` has its key: a row of the database or an earlier one of the lot."""

    row: Row
    stored: Row


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield ``items``, on PostgreSQL making the next one while the server works on the one before.

    The items must be made without the database. SQLite works in this process, where two threads only wait for each
    other.
    """
    if connection.vendor != "postgresql":
        yield from items
        return
    nothing = object()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="ahead") as pool:
            coming: Future[Any] = pool.submit(next, items, nothing)
            while (item := coming.result()) is not nothing:
                coming = pool.submit(next, items, nothing)
                yield item
    finally:
        sys.setswitchinterval(interval)


@contextmanager
def bounded_cache() -> Iterator[None]:
    """Keep SQLite's page cache from growing with the table while many rows are stored."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


def digest_of(sealed: Mapping[int, str]) -> str:
    """Return the SHA-256 of the rows that ``Store.sealed`` returned."""
    return hashlib.sha256("\n".join(sealed.values()).encode()).hexdigest()


class Store:
    """Inserts into one table, inside the caller's transaction. Keep one for a run: it learns whether keys are taken."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._template = "\t".join(["%s"] * len(table.columns))
        sealed = [place for place, name in enumerate(table.columns) if name not in table.changing]
        self._sealed = itemgetter(*sealed)
        self._sealed_template = "\t".join(["%s"] * len(sealed))
        self._meets_taken_keys = False

    def insert(self, rows: Sequence[Row]) -> list[Conflict]:
        """Store the rows whose key is free and return the others, in their order."""
        numbers = self._insert_postgresql(rows) if connection.vendor == "postgresql" else self._insert_sqlite(rows)
        self._meets_taken_keys = bool(numbers)
        if not numbers:
            return []
        refused = [row for row in rows if row[-1] in numbers]
        holders = self.stored([self.table.key_of(row) for row in refused])
        return [Conflict(row, holders[self.table.key_of(row)]) for row in refused]

    def sealed(self, rows: Iterable[Row]) -> dict[int, str]:
        """Return what no later act may change in each of ``rows``, by its number in the file and in that order."""
        template, sealed = self._sealed_template, self._sealed
        return {row[-1]: template % sealed(row) for row in sorted(rows, key=_LAST)}

    def stored(self, keys: Sequence[Row]) -> dict[Row, Row]:
        """Return the stored rows with these keys, by key; days as ISO text."""
        found: dict[Row, Row] = {}
        at_once = len(keys) if connection.vendor == "postgresql" else _CHUNK
        for start in range(0, len(keys), at_once):
            with connection.cursor() as cursor:
                cursor.execute(*self._look_up(keys[start : start + at_once]))
                for row in cursor:
                    plain = tuple(value.isoformat() if isinstance(value, date) else value for value in row)
                    found[self.table.key_of(plain)] = plain
        return found

    def _look_up(self, keys: Sequence[Row]) -> tuple[str, list[Any]]:
        """Return the query for ``keys`` and its parameters: a list of rows, or on PostgreSQL a list a column."""
        width = len(self.table.key)
        names = ", ".join(f"t.{column}" for column in self.table.columns)
        wanted = ", ".join(f"k{number}" for number in range(width))
        same = " AND ".join(f"t.{column} = k{number}" for number, column in enumerate(self.table.key))
        table = self.table.name
        if connection.vendor == "postgresql":
            types = ["bigint" if isinstance(part, int) else "text" for part in keys[0]]
            lists = ", ".join(f"%s::{kind}[]" for kind in types)
            # One look into the index for each key: a plain join may walk the large table instead.
            query = (
                f"SELECT found.* FROM unnest({lists}) AS wanted({wanted}) "  # noqa: S608 -- names are the model's
                f"CROSS JOIN LATERAL (SELECT {names} FROM {table} t WHERE {same} LIMIT 1) found"
            )
            return query, [list(column) for column in zip(*keys, strict=True)]
        places = f"({', '.join(['%s'] * width)})"
        values = f"VALUES {', '.join([places] * len(keys))}"
        # SQLite keeps the order of a CROSS JOIN: the few keys come first, the large table is looked up.
        query = (
            f"WITH wanted({wanted}) AS ({values}) "  # noqa: S608 -- names are the model's, values are bound
            f"SELECT {names} FROM wanted CROSS JOIN {table} t WHERE {same}"
        )
        return query, [part for key in keys for part in key]

    def _insert_sqlite(self, rows: Sequence[Row]) -> set[int]:
        """Store the rows whose key is free and return the numbers of the others."""
        columns = ", ".join(self.table.columns)
        places = ", ".join(["%s"] * len(self.table.columns))
        table, number = self.table.name, self.table.columns[-1]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 -- names are the model's
            (before,) = cursor.fetchone()
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 -- the same
                rows,
            )
            if cursor.rowcount == len(rows):
                return set()
            # What went in lies together at the end of the table: no index need be asked.
            cursor.execute(f"SELECT {number} FROM {table} WHERE id > %s", [before])  # noqa: S608 -- the same
            return {row[-1] for row in rows}.difference(chain.from_iterable(cursor.fetchall()))

    def _insert_postgresql(self, rows: Sequence[Row]) -> set[int]:
        """Store the rows whose key is free and return the numbers of the others."""
        if not self._meets_taken_keys:
            try:
                with transaction.atomic():
                    self._copy(rows, self.table.name)
            except IntegrityError:
                pass
            else:
                return set()
        return self._insert_what_is_new(rows)

    def _insert_what_is_new(self, rows: Sequence[Row]) -> set[int]:
        """Store ``rows`` by way of a temporary table, which holds those whose key is taken back."""
        columns = ", ".join(self.table.columns)
        table, incoming, number = self.table.name, f"{self.table.name}_incoming", self.table.columns[-1]
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} ON COMMIT DELETE ROWS "  # noqa: S608 -- names are the model's
                f"AS SELECT {columns} FROM {table} WITH NO DATA"
            )
            cursor.execute(f"TRUNCATE {incoming}")
            self._copy(rows, incoming)
            cursor.execute(
                f"WITH stored AS (INSERT INTO {table} ({columns}) SELECT {columns} FROM {incoming} "  # noqa: S608 -- the same
                f"ON CONFLICT DO NOTHING RETURNING {number}) "
                f"SELECT {number} FROM {incoming} EXCEPT SELECT {number} FROM stored"
            )
            return set(chain.from_iterable(cursor.fetchall()))

    def _copy(self, rows: Sequence[Row], target: str) -> None:
        template = self._template
        columns = ", ".join(self.table.columns)
        with (
            connection.wrap_database_errors,  # what ``copy`` raises is the driver's own otherwise
            connection.cursor() as cursor,
            cursor.copy(f"COPY {target} ({columns}) FROM STDIN WITH (NULL '{_NULL}')") as copy,
        ):
            # In pieces, so that the server takes one in while the next is made.
            for start in range(0, len(rows), _CHUNK):
                piece = "\n".join([template % row for row in rows[start : start + _CHUNK]])
                copy.write((piece.replace("\\", "\\\\") if "\\" in piece else piece) + "\n")
