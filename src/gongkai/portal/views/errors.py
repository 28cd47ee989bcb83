"""What a visitor is told where something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseServerError

from gongkai.takeover.queries.published import target_of
from gongkai.windows import pages

if TYPE_CHECKING:
    from django.http import HttpRequest

_BROKEN = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>网站出错</title>
<h1>网站出错了</h1><p>这个页面暂时打不开，问题已经记录。请稍后再试。</p></html>"""


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere, or led somewhere on an old site: then it goes on for good."""
    del exception
    if request.method in {"GET", "HEAD"}:
        target = target_of(request.path, request.META.get("QUERY_STRING", ""), request.get_host())
        if target is not None:
            return HttpResponsePermanentRedirect(target)
    return pages.missing(request.path)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where the site itself failed: nothing of it is asked for the answer."""
    del request
    return HttpResponseServerError(_BROKEN)
