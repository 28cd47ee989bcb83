"""What belongs to a case, be the case an application or a matter beside applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from gongkai.applications.models.application import Application

if TYPE_CHECKING:
    from gongkai.applications.models.beside import Matter


class OfCase(models.Model):
    """A row of exactly one case: the fields ``application`` and ``matter`` are the subclass's, one of them is empty.

    Whoever works with such a row asks it for its ``case``; what the two kinds of case do differently is behind
    ``applications.holders``.
    """

    class Meta:
        """Options."""

        abstract = True

    @property
    def case(self) -> Application | Matter:
        """Return the application or the matter."""
        return self.application if self.application_id is not None else self.matter

    @case.setter
    def case(self, found: Application | Matter) -> None:
        if isinstance(found, Application):
            self.application = found
        else:
            self.matter = found


def of_one_case(name: str) -> models.CheckConstraint:
    """Return the constraint that a row belongs to one case and not to two."""
    is_one = Q(application__isnull=False, matter__isnull=True) | Q(application__isnull=True, matter__isnull=False)
    return models.CheckConstraint(condition=is_one, name=name)
