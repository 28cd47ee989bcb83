"""Rows that are written once and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable


class AppendOnlyQuerySet(models.QuerySet["AppendOnly"]):
    """Rows that nothing updates or deletes: what tries it gets the model's ``error``."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ANN401, ARG002 -- the signature is Django's
        """Raise."""
        raise self.model.error

    def delete(self) -> NoReturn:
        """Raise."""
        raise self.model.error

    def bulk_update(self, objs: Iterable[AppendOnly], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:  # noqa: ARG002 -- the signature is Django's
        """Raise."""
        raise self.model.error


class AppendOnly(models.Model):
    """A model whose rows are inserted and never changed; ``error`` says so in the words of its room."""

    error: ClassVar[type[Exception]]

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        """Options."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG002 -- the signature is Django's
        """Insert the row; ``error`` if it is stored already."""
        if not self._state.adding:
            raise self.error
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401, ARG002 -- the signature is Django's
        """Raise."""
        raise self.error
