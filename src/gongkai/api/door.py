"""The way in: everybody may ask, from any site, so often; what is asked again within moments is answered once."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from gongkai.accounts.visitor import address_of
from gongkai.api import problems
from gongkai.api.errors import Fault, TooManyParametersError, UnknownParametersError
from gongkai.api.fairness import Buckets
from gongkai.windows.errors import GoneError, NotPublishedError
from gongkai.windows.kept import Kept
from gongkai.windows.pages import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.http import HttpRequest

METHODS = "GET, HEAD, OPTIONS"
_log = logging.getLogger(__name__)
_kept = Kept()
buckets = Buckets()


def opened(
    view: Callable[..., HttpResponse], names: Collection[str] | None = (), cost: int = 1
) -> Callable[..., HttpResponse]:
    """Open a view to every program. ``names`` are the parameters it has, ``cost`` the tokens that one answer takes."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def asked(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401 -- whatever the address holds
        if request.method == "OPTIONS":
            return _shared(_allowed())
        if request.method not in {"GET", "HEAD"}:
            return _shared(_not_allowed(request.method or ""))
        wait = buckets.take(address_of(request), cost)
        if wait:
            return _shared(problems.hurried(wait))
        method, request.method = request.method, "GET"
        try:
            response = answered(_kept, request, lambda: _made(view, names, request, values))
        finally:
            request.method = method
        return _shared(_without_body(response) if method == "HEAD" else response)

    return asked


def _made(
    view: Callable[..., HttpResponse], names: Collection[str] | None, request: HttpRequest, values: dict[str, Any]
) -> HttpResponse:
    try:
        if names is not None:
            _check(request, names)
        return view(request, **values)
    except GoneError as error:
        return problems.gone(error)
    except NotPublishedError:
        return problems.missing()
    except problems.RefusedError as error:
        return problems.refused(error)
    except TooManyFieldsSent:
        return problems.refused(TooManyParametersError())
    except Exception:  # noqa: BLE001 -- a program is told of anything in the one form
        _log.exception("the API failed: %s", request.path)
        return problems.broken()


def _check(request: HttpRequest, names: Collection[str]) -> None:
    faults = [Fault("query", name[:40], "没有这个参数") for name in request.GET if name not in names]
    faults += [Fault("query", name, "写了不止一次") for name in names if len(request.GET.getlist(name)) > 1]
    if faults:
        raise UnknownParametersError(tuple(faults[:10]))


def _shared(response: HttpResponse) -> HttpResponse:
    """Let the pages of other sites read the answer: it is the same for everybody and no cookie comes with it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After, Content-Disposition"
    return response


def _allowed() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _not_allowed(method: str) -> HttpResponse:
    response = problems.problem(
        405,
        "method",
        (
            f"这里不能用 {method[:20]}。",
            "本接口只供读取已公开的信息，不能提交或修改。",
            "改用 GET；申请公开信息请到网站的“依申请公开”。",
        ),
    )
    response["Allow"] = METHODS
    return response


def _without_body(response: HttpResponse) -> HttpResponse:
    """Return the answer to HEAD: all that GET would say, but the content."""
    bare = HttpResponse(status=response.status_code, headers=dict(response.items()))
    if not response.streaming:
        bare["Content-Length"] = str(len(response.content))
    # The answer itself is not closed but dropped: closing tells Django that the request, which goes on, is over.
    return bare
