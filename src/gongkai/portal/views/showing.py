"""How a page that staff wrote is shown: the same to the public and in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe

from gongkai.portal.models import PageKind
from gongkai.portal.queries import published
from gongkai.records.markup import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.portal.models import Content, PublishedPage

COLUMNS = {
    PageKind.TOPIC: ("专题专栏", "portal:topics", "portal:topics"),
    PageKind.INSTITUTION: ("政府信息公开制度", "portal:institutions", "portal:open"),
    PageKind.COLUMN: ("栏目", "portal:sitemap", ""),
}
"""By kind: the name of the column, the view above, the entry of the menu."""

TEMPLATE = "portal/page.html"


def page_context(
    kind: str,
    content: PublishedPage | Content,
    *,
    unit: int,
    parent: PublishedPage | Content | None = None,
    parent_slug: str = "",
    children: Sequence[PublishedPage] = (),
) -> dict[str, Any]:
    """Return what the template of a page needs. ``content`` is what is public, or a draft that is looked at."""
    column, above, here = COLUMNS[PageKind(kind)]
    return {
        "here": here,
        "column": column,
        "above": above,
        "page": content,
        "unit": unit,
        "parent": parent,
        "parent_address": published.address_of(kind, parent_slug) if parent_slug else "",
        "children": children,
        "records": published.listed_in(content),
        # What reached the database passed the same policy; it passes it again where it is shown.
        "body": mark_safe(clean(content.body)),  # noqa: S308 -- cleaned in this line
    }
