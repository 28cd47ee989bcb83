"""Records that another room begins: what an applicant was given becomes a draft to be published (条例 第四十四条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.openings import Begun, register
from gongkai.records.domain import draft
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Category

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

NAME = "records.draft"


def register_opening() -> None:
    """Make known that a draft can be begun."""
    register(NAME, begin)


def begin(*, unit: Unit, user: User, title: str, document_number: str, made_on: date, summary: str) -> Begun:
    """Write a draft down that is to be published; it goes through its unit's review like any other."""
    record = draft.draft(
        unit=unit,
        author=user,
        title=title,
        document_number=document_number,
        made_on=made_on,
        summary=summary,
        category=Category.OTHER,
        attribute=Attribute.PROACTIVE,
        body=f"<p>{summary}</p>",
    )
    return Begun(f"{KIND}:{record.pk}", reverse("records:detail", args=[record.pk]), record.title)
