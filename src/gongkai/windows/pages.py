"""Pages for everybody: no session, no person, the same for all, and kept for a few seconds.

A page is rendered without its request, so that nothing in it can depend on who looks.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from gongkai.windows import remembered
from gongkai.windows.errors import GoneError, NotPublishedError, OnItsWayError
from gongkai.windows.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_kept = Kept()
_A_MOMENT = 5


def forget() -> None:
    """Forget every answer and every value that is kept in this process."""
    _kept.clear()
    remembered.forget()


def page(name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the page of a template; ``status`` other than 200 for what is not there."""
    return HttpResponse(render_to_string(name, context), status=status)


def missing(path: str) -> HttpResponse:
    """Return what is said of an address that leads nowhere."""
    return page("portal/missing.html", {"path": path}, status=404)


def gone(error: GoneError) -> HttpResponse:
    """Return what is said of something that was taken down: that it was, why, and what remains to be done."""
    return page("portal/gone.html", {"reason": error.reason, "day": error.day}, status=410)


def unavailable(heading: str, words: str, seconds: int = 60) -> HttpResponse:
    """Return what is said where a part of the site does not work just now: never an empty list."""
    response = page("portal/broken.html", {"heading": heading, "words": words}, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(seconds)
    return response


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody.

    What is not published does not exist (404), what was taken down says why (410). Answers are kept in the process for
    a moment; whoever keeps one longer asks again each time: a correction must be seen at once.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401 -- whatever the address holds
        return answered(_kept, request, lambda: _made(view, request, values))

    return shown


def answered(kept: Kept, request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer kept for what is asked, or else what ``make`` makes; nothing new to whoever has it already."""
    # The host too: where no address of the site is set, a page names the one it was asked by.
    address = request.build_absolute_uri()
    response = kept.get(address)
    if response is None:
        response = make()
        response.headers.setdefault("Cache-Control", "public, no-cache")
        if not response.streaming and "ETag" not in response.headers:
            response["ETag"] = quote_etag(kept.digest(response))
        if request.method == "GET":
            # The answer to HEAD may have been made without its content.
            kept.put(address, response)
    etag = response.get("ETag")
    return get_conditional_response(request, etag, None, response) if etag else response


def _made(view: Callable[..., HttpResponse], request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    try:
        return view(request, **values)
    except GoneError as error:
        return gone(error)
    except NotPublishedError:
        return missing(request.path)
    except OnItsWayError:
        return unavailable(
            "文件暂时取不到",
            "这份文件已经公开，还没有放到网上。请稍等片刻再打开；一直打不开的，请告诉网站。",
            _A_MOMENT,
        )
