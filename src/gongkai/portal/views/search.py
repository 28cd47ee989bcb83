"""The search page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.portal.queries import searching
from gongkai.portal.views.errors import unavailable
from gongkai.records.queries import published
from gongkai.search.port import Query, SearchUnavailableError
from gongkai.windows.pages import page, public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
def found(request: HttpRequest) -> HttpResponse:
    """Show what is found."""
    words = searching.words_of(request.GET)
    try:
        answer = searching.found(Query(text=words, access=searching.PUBLIC, limit=20)) if words else None
    except SearchUnavailableError:
        return unavailable("搜索暂时不能用", "检索服务没有应答。这不表示没有您要找的信息：请稍后再试，或从栏目里查找。")
    keys = (
        [int(key.removeprefix(searching.RECORD)) for key in answer.keys if key.startswith(searching.RECORD)]
        if answer
        else []
    )
    rows = published.of(keys)
    return page(
        "portal/search.html", {"words": words, "answer": answer, "rows": [rows[key] for key in keys if key in rows]}
    )
