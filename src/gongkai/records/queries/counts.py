"""How much there is: by attribute and kind, in a year and altogether."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from gongkai.records.models import Attribute, Category, Record, SecretCount, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

DECIDED = (Stage.READY, Stage.PUBLISHED, Stage.FILED, Stage.WITHDRAWN)
"""Stages of records whose attribute was reviewed; drafts are not counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """Counts under one heading: of the year and of all years up to it."""

    label: str
    in_year: int
    cumulative: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of some units for one year; a share is ``None`` where there is nothing to share."""

    year: int
    attributes: tuple[Line, ...]
    categories: tuple[Line, ...]
    forms: tuple[Line, ...]
    total: Line
    secret: Line
    full_text: Line

    @property
    def full_text_share(self) -> float | None:
        """The share of full texts among the published records of the year, in percent."""
        return _share(self.full_text.in_year, self.attributes[0].in_year)

    @property
    def full_text_share_cumulative(self) -> float | None:
        """The share of full texts among all published records up to the year, in percent."""
        return _share(self.full_text.cumulative, self.attributes[0].cumulative)


def counts(units: Iterable[int], year: int) -> Counts:
    """Count the reviewed records of ``units`` made up to the end of ``year``. Two queries.

    Full text is asked of what is published by attribute (全文电子化率).
    """
    units = list(units)
    last = date(year, 12, 31)
    rows = list(
        Record.objects.filter(unit__in=units, stage__in=DECIDED, made_on__lte=last)
        .order_by()
        .values("attribute", "category", "is_formal", "is_full_text")
        .annotate(cumulative=Count("pk"), in_year=Count("pk", filter=Q(made_on__gte=date(year, 1, 1))))
    )

    def line(label: str, **conditions: object) -> Line:
        chosen = [row for row in rows if all(row[name] == value for name, value in conditions.items())]
        return Line(label, sum(row["in_year"] for row in chosen), sum(row["cumulative"] for row in chosen))

    secret = SecretCount.objects.filter(unit__in=units, year__lte=year).aggregate(
        in_year=Sum("count", filter=Q(year=year), default=0), cumulative=Sum("count", default=0)
    )
    return Counts(
        year=year,
        attributes=tuple(line(label, attribute=value) for value, label in Attribute.choices),
        categories=tuple(line(label, category=value) for value, label in Category.choices),
        forms=(line("正式公文", is_formal=True), line("非正式公文", is_formal=False)),
        total=line("合计"),
        secret=Line("国家秘密（仅计件数）", secret["in_year"], secret["cumulative"]),
        full_text=line("全文电子化", attribute=Attribute.PROACTIVE, is_full_text=True),
    )


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
