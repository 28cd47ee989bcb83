"""Pages of a table too long to be counted to its end. Like ``workbench``, for every room of the register."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import QuerySet

BOUND = 10_000
"""Nobody pages further, and counting further would take longer than the page."""


class BoundedPaginator(Paginator):
    """Pages of the first ``BOUND`` rows of a query.

    The rows of a page are looked up by their keys, which the index alone gives in order: a late page does not read the
    rows of all earlier ones.
    """

    @cached_property
    def count(self) -> int:
        """The number of rows, ``BOUND`` where there are more."""
        return min(self._counted, BOUND)

    @property
    def is_more(self) -> bool:
        """Tell whether there are rows beyond the last page."""
        return self._counted > BOUND

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: BOUND + 1].count()

    def page(self, number: int) -> Page:
        """Return one page."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values("pk")[first : min(first + self.per_page, self.count)]
        return self._get_page(self._rows(keys), number, self)

    def _rows(self, keys: Any) -> QuerySet[Any]:  # noqa: ANN401 -- a query of keys, as Django types it
        listed = self.object_list
        fresh = listed.model.objects.filter(pk__in=keys).order_by(*listed.model._meta.ordering)  # noqa: SLF001 -- Django documents it
        fresh.query.select_related = listed.query.select_related
        names, is_defer = listed.query.deferred_loading
        return fresh.defer(*names) if is_defer else fresh.only(*names)
