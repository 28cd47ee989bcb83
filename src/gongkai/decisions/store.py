"""Storing many rows at the speed of the driver: one behaviour, two ways.

SQLite takes ``executemany`` with ``ON CONFLICT DO NOTHING`` in small chunks; the count of changed rows tells which
chunk met a key that is taken, and only that chunk is looked up. PostgreSQL takes ``COPY`` straight into the table;
where a key is taken the lot is rolled back to a savepoint, looked up, and what is new is copied. Both leave the same
rows and report the same conflicts, which one test holds them to.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import Model

Row = tuple[Any, ...]
Item = TypeVar("Item")
_CHUNK = 500
_LAST = itemgetter(-1)
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
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as pool:
        coming: Future[Any] = pool.submit(next, items, nothing)
        while (item := coming.result()) is not nothing:
            coming = pool.submit(next, items, nothing)
            yield item


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


class Store:
    """Inserts into one table, inside the caller's transaction. Keep one for a run: it learns whether keys are taken."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._template = "\t".join(["%s"] * len(table.columns))
        sealed = [place for place, name in enumerate(table.columns) if name not in table.changing]
        self._sealed = itemgetter(*sealed)
        self._sealed_template = "\t".join(["%s"] * len(sealed))
        self._look_first = False

    def insert(self, rows: Sequence[Row]) -> list[Conflict]:
        """Store the rows whose key is free and return the others, in their order."""
        if connection.vendor == "postgresql":
            return self._insert_postgresql(rows)
        conflicts: list[Conflict] = []
        for start in range(0, len(rows), _CHUNK):
            conflicts += self._insert_sqlite(rows[start : start + _CHUNK])
        return conflicts

    def digest(self, rows: Iterable[Row]) -> str:
        """Return the SHA-256 of what no later act may change in ``rows``, whatever their order."""
        template = self._sealed_template
        lines = [template % row for row in map(self._sealed, sorted(rows, key=_LAST))]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

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
        parameters: list[Any]
        if connection.vendor == "postgresql":
            types = ["bigint" if isinstance(part, int) else "text" for part in keys[0]]
            lists = ", ".join(f"%s::{kind}[]" for kind in types)
            values = f"SELECT * FROM unnest({lists})"  # noqa: S608 -- the types are the two above
            parameters = [list(column) for column in zip(*keys, strict=True)]
        else:
            places = f"({', '.join(['%s'] * width)})"
            values = f"VALUES {', '.join([places] * len(keys))}"
            parameters = [part for key in keys for part in key]
        # CROSS JOIN keeps SQLite from walking the large table: the few keys come first.
        tables = f"wanted CROSS JOIN {self.table.name} t"
        query = (
            f"WITH wanted({wanted}) AS ({values}) "  # noqa: S608 -- names are the model's, values are bound
            f"SELECT {names} FROM {tables} WHERE {same}"
        )
        return query, parameters

    def _insert_sqlite(self, rows: Sequence[Row]) -> Iterator[Conflict]:
        columns = ", ".join(self.table.columns)
        places = ", ".join(["%s"] * len(self.table.columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table.name} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 -- names are the model's
                rows,
            )
            if cursor.rowcount == len(rows):
                return
        stored = self.stored([self.table.key_of(row) for row in rows])
        for row in rows:
            there = stored[self.table.key_of(row)]
            if there[-2:] != row[-2:]:
                yield Conflict(row, there)

    def _insert_postgresql(self, rows: Sequence[Row]) -> list[Conflict]:
        if not self._look_first:
            try:
                with transaction.atomic():
                    self._copy(rows)
            except IntegrityError:
                self._look_first = True
            else:
                return []
        taken = self.stored([self.table.key_of(row) for row in rows])
        new: list[Row] = []
        conflicts: list[Conflict] = []
        for row in rows:
            there = taken.setdefault(self.table.key_of(row), row)
            if there is row:
                new.append(row)
            else:
                conflicts.append(Conflict(row, there))
        self._copy(new)
        self._look_first = bool(conflicts)
        return conflicts

    def _copy(self, rows: Sequence[Row]) -> None:
        template = self._template
        columns = ", ".join(self.table.columns)
        with (
            connection.wrap_database_errors,  # what ``copy`` raises is the driver's own otherwise
            connection.cursor() as cursor,
            cursor.copy(f"COPY {self.table.name} ({columns}) FROM STDIN WITH (NULL '{_NULL}')") as copy,
        ):
            # In pieces, so that the server takes one in while the next is made.
            for start in range(0, len(rows), _CHUNK):
                piece = "\n".join([template % row for row in rows[start : start + _CHUNK]])
                copy.write((piece.replace("\\", "\\\\") if "\\" in piece else piece) + "\n")
