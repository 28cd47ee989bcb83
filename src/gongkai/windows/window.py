"""A view of the database as a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReadOnlyError(TypeError):
    """Somebody tried to write through a window."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a view: change what it shows by the verbs of its room")


class WindowRows(models.QuerySet):
    """Rows that can only be read."""

    def _refuse(self, *_: object, **__: object) -> None:
        raise ReadOnlyError(self.model.__name__)

    create = bulk_create = update = bulk_update = delete = _refuse


class Window(models.Model):
    """Base of the windows. ``select`` is the view's SQL, the same on every database; it names every column.

    A window is made of what is published alone: its ``WHERE`` is what keeps the rest from the public.
    """

    select: ClassVar[str]

    objects = WindowRows.as_manager()

    class Meta:
        """Options."""

        abstract = True
        managed = False

    def save(self, *_: object, **__: object) -> None:
        """Refuse."""
        raise ReadOnlyError(type(self).__name__)

    def delete(self, *_: object, **__: object) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise ReadOnlyError(type(self).__name__)


def view_of(model: type[models.Model]) -> str:
    """Return the name of a view or table in the database."""
    return str(model._meta.db_table)  # noqa: SLF001 -- Django documents it for this


_whole: dict[str, type[models.Model]] = {}
_intake: dict[str, type[models.Model]] = {}


def open_whole(*tables: type[models.Model]) -> None:
    """Declare tables that are public in every row and column, as the units and their guides are (条例 第十二条)."""
    _whole.update({view_of(table): table for table in tables})


def open_intake(*tables: type[models.Model]) -> None:
    """Declare tables into which the public side may put rows, without reading any."""
    _intake.update({view_of(table): table for table in tables})


def windows() -> list[type[Window]]:
    """Return every window, in the order in which the rooms were started."""
    return [model for model in apps.get_models() if issubclass(model, Window)]


def readable() -> list[str]:
    """Return the names of the views and tables that the public side may read."""
    return sorted({view_of(model) for model in windows()} | _whole.keys())


def writable() -> Iterable[str]:
    """Return the names of the tables that the public side may put rows into."""
    return sorted(_intake)
