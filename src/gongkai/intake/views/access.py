"""What every page of the intake has in common: bounded, for everybody, kept by nobody."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from gongkai.intake import limits
from gongkai.intake.domain.putting import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from gongkai.intake.messages import Attachment

MOST_BODY = MOST_BYTES + (1 << 20)
"""Bytes of a request: the files and, amply, the words."""
MENU = "apply:start"
"""The entry of the menu that these pages stand under."""
COOKIE, COOKIE_PATH, COOKIE_SECONDS = "case", "/apply/status/", 1800
_SALT = "intake.case"
_TOO_LARGE = (
    "提交的内容太大",
    f"附件合计不能超过 {MOST_BYTES >> 20} MB。请压缩图片，或者只提交必要的页，其余的可以在补正时提交或者邮寄。",
)
_UNREADABLE = ("提交的内容不能识别", "提交的栏目或者附件过多，或者传输中损坏。请返回填写页，重新提交。")


class InMemory(MemoryFileUploadHandler):
    """Keep what is uploaded in memory: identity papers never lie on the disk in clear. The request is bounded."""

    def handle_raw_input(self, *_: object, **__: object) -> None:
        """Take every upload, whatever its size."""
        self.activated = True


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return a page that nobody keeps. Nothing is known of the request but its token against forgery."""
    words = render_to_string(f"intake/public/{name}.html", {"csrf_token": get_token(request), "here": MENU} | context)
    return HttpResponse(words, status=status)


def stop(request: HttpRequest, heading: str, words: str, status: int) -> HttpResponse:
    """Return a page that says why something is not taken and what to do."""
    return page(request, "stop", {"heading": heading, "words": words}, status)


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a view to everybody, with its answers kept by nobody, its body bounded, and forgery looked for after that.

    The size is looked at before a byte is read, and everything is read here, so that a form bomb gets a page that says
    so and not a bare error.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def shown(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401 -- whatever the address holds
        response = _refused(request) or protected(request, **values)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


def too_many_bytes(request: HttpRequest, files: Sequence[Attachment]) -> HttpResponse | None:
    """Count the bytes of ``files``, and return what is said where an address brought too many lately."""
    if not limits.is_over(request, limits.BYTES, sum(len(one.data) for one in files)):
        return None
    words = "同一网络在短时间内提交的附件过多。请 10 分钟后再试，或者先提交文字，附件在补正时提交。"
    return stop(request, "请稍后再试", words, 429)


def limited(limit: limits.Limit) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view be posted to only so often from one address and its network."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, **values: Any) -> HttpResponse:  # noqa: ANN401 -- the same
            if request.method == "POST" and limits.is_over(request, limit):
                words = "同一网络在短时间内提交次数过多。请 10 分钟后再试；着急的，可以电话联系或者当面提交。"
                response = stop(request, "请稍后再试", words, 429)
                response["Retry-After"] = str(limits.WINDOW_SECONDS)
                return response
            return view(request, **values)

        return shown

    return wrap


def remember(response: HttpResponse, key: str) -> None:
    """Let this browser see the case kept under ``key`` for half an hour; the cookie tells nobody else anything."""
    signed = signing.TimestampSigner(salt=_SALT).sign(key)
    response.set_cookie(
        COOKIE,
        signed,
        max_age=COOKIE_SECONDS,
        path=COOKIE_PATH,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Strict",
    )


def remembered(request: HttpRequest) -> str:
    """Return the key of the case that this browser may see; empty where there is none, or not any more."""
    try:
        return signing.TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return ""


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return None
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BODY:
        return stop(request, *_TOO_LARGE, 413)
    request.upload_handlers = [InMemory(request)]
    try:
        # Django reads a request once, where it is first asked for its fields.
        _ = request.POST, request.FILES
    except RequestDataTooBig:
        return stop(request, *_TOO_LARGE, 413)
    except (TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return stop(request, *_UNREADABLE, 400)
    return None
