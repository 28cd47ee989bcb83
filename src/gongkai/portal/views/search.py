"""The search page, and what is suggested while one types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import JsonResponse

from gongkai.portal.asked import A_PAGE, KINDS, asked
from gongkai.portal.domain import asked_words
from gongkai.portal.queries import searching
from gongkai.search.port import MAX_WINDOW, SearchUnavailableError
from gongkai.windows.pages import page, public, unavailable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
def found(request: HttpRequest) -> HttpResponse:
    """Show what is found, by what it can be narrowed, and what else may have been meant."""
    ask = asked(request.GET)
    if not ask.words:
        return page("portal/search.html", {"asked": ask, "hot": asked_words.hot()})
    is_plain = ask.page == 1 and not ask.filters
    try:
        answer = searching.found(ask.query)
        pages = max(1, min(-(-answer.total // A_PAGE), MAX_WINDOW // A_PAGE))
        if ask.page > pages:  # the last page, as lists do
            ask = replace(ask, page=pages)
            answer = searching.found(ask.query)
        hits, near = searching.addressed(answer.hits), searching.addressed(answer.near_hits)
    except SearchUnavailableError:
        return unavailable("搜索暂时不能用", "检索服务没有应答。这不表示没有您要找的信息：请稍后再试，或从栏目里查找。")
    if is_plain and not answer.is_fuzzy:
        asked_words.count(words=ask.words, total=answer.total, request=request)
    return page(
        "portal/search.html",
        {
            "asked": ask,
            "answer": answer,
            "hits": hits,
            "near": near,
            "facets": ask.facets(answer.facets),
            "kinds": KINDS,
            "pages": pages,
            "previous": ask.at(ask.page - 1) if ask.page > 1 else "",
            "next": ask.at(ask.page + 1) if ask.page < pages else "",
            "newest": ask.ordered("newest"),
            "best": ask.ordered("relevance"),
            "meant": ask.said(answer.suggestion) if answer.suggestion else "",
            "related": [(words, ask.said(words)) for words in answer.related],
        },
    )


@public
def suggested(request: HttpRequest) -> HttpResponse:
    """Return titles that the typed beginning may become: characters, pinyin or initials."""
    words = searching.words_of(request.GET)
    try:
        titles = [one.text for one in searching.completions(words)] if words else []
    except SearchUnavailableError:
        titles = []
    return JsonResponse(titles, safe=False, json_dumps_params={"ensure_ascii": False})
