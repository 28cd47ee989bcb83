"""A page as plain data, and its digest: what a version answers for and what a review refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.portal.models import Content
from gongkai.records.snapshot import digest_of

if TYPE_CHECKING:
    from gongkai.portal.models import Page

FIELDS = tuple(field.attname for field in Content._meta.get_fields())  # noqa: SLF001 -- Django documents it for this
"""The columns that a page and its versions share."""


def content_of(page: Content) -> dict[str, object]:
    """Return what a page, or a version of it, says."""
    return {name: getattr(page, name) for name in FIELDS}


def digest_of_page(page: Page) -> str:
    """Return the digest of what a page says and where it stands."""
    data = {name: value.isoformat() if name.endswith("_on") and value else value for name, value in _all(page)}
    return digest_of(data)


def _all(page: Page) -> list[tuple[str, object]]:
    place = {"unit": page.unit.code, "kind": page.kind, "slug": page.slug, "parent": page.parent_id}
    return [*content_of(page).items(), *place.items()]
