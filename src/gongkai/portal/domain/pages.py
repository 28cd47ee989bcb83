"""Writing a page down and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.portal import rules
from gongkai.portal.domain.complete import check
from gongkai.portal.domain.snapshot import digest_of_page
from gongkai.portal.domain.trace import trace_page
from gongkai.portal.models import Page, PageStage
from gongkai.records import markup
from gongkai.records.domain.authority import authorise
from gongkai.records.errors import EditedMeanwhileError, StageError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

EDITABLE = frozenset(
    {"title", "summary", "body", "records", "shows", "begins_on", "ends_on", "purpose", "responsible", "parent", "slug"}
)
"""What an officer may write; everything else follows from acts."""


@transaction.atomic
def draft(*, unit: Unit, user: User, day: date, kind: str, **fields: object) -> Page:
    """Write a new page down for ``unit``; ``fields`` are those of ``EDITABLE``."""
    authorise(unit, user, day, "拟写页面", lambda scope: rules.may_draft(scope, unit.pk))
    page = Page(unit=unit, author=user, kind=kind, **_clean(fields))
    check(page)
    page.save()
    trace_page("drafted", page, user, kind=kind, slug=page.slug)
    return page


@transaction.atomic
def revise(*, page: Page, user: User, day: date, edition: str = "", **fields: object) -> Page:
    """Change a draft; what the public sees stays as it is until the new text has passed its review too.

    ``edition`` is the digest the editor set out from: ``EditedMeanwhileError`` where it is another now. The address of
    a page that was ever published stays.
    """
    page = Page.objects.select_for_update().select_related("unit").get(pk=page.pk)
    authorise(page.unit, user, day, "修改页面", lambda scope: rules.may_draft(scope, page.unit_id))
    if page.stage != PageStage.DRAFT:
        raise StageError(f"“{page.title}”{page.get_stage_display()}，不能修改。请先撤回送审，或另立修改稿。")
    if edition and edition != digest_of_page(page):
        raise EditedMeanwhileError(f"您编辑期间，“{page.title}”已被他人保存，您的修改尚未保存。请核对后再保存。")
    fixed = {"slug", "parent"} if page.published_on else set()
    for name, value in _clean(fields).items():
        if name not in fixed:
            setattr(page, name, value)
    check(page)
    page.save()
    trace_page("revised", page, user, fields=sorted(fields))
    return page


def _clean(fields: dict[str, object]) -> dict[str, object]:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"not fields of a page: {sorted(unknown)}")
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if isinstance(cleaned.get("body"), str):
        cleaned["body"] = markup.clean(cleaned["body"])
    return cleaned
