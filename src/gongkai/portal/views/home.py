"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.law.scope import scope_items
from gongkai.portal.domain import asked_words
from gongkai.portal.queries import published as pages
from gongkai.records.models import Category
from gongkai.records.queries import published
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.portal.queries.published import Front

_LATEST, _INTERPRETATIONS = 9, 5


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show where to look, and what is new."""
    del request
    return page("portal/home.html", context(pages.front()))


def context(front: Front) -> dict[str, Any]:
    """Return what the template of the first page needs; ``front`` is what staff set there."""
    every = published.Wanted()
    about = published.Wanted(categories=(Category.INTERPRETATION,))
    return {
        "here": "portal:home",
        "latest": published.listed(every)[:_LATEST],
        "interpretations": published.listed(about)[:_INTERPRETATIONS],
        "items": [item for item in scope_items() if item.code.startswith("20.")],
        "front": front,
        "hot": asked_words.hot(),
    }
