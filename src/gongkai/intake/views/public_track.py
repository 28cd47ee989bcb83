"""Following an application by number and code: both are posted, neither ever stands in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.intake import codes, limits
from gongkai.intake.domain import putting
from gongkai.intake.forms.public_track import CorrectionForm, RatingForm, TrackForm
from gongkai.intake.messages import Corrected, Rated, Withdrawn
from gongkai.intake.queries import tracked
from gongkai.intake.views.access import (
    COOKIE,
    COOKIE_PATH,
    limited,
    page,
    personal,
    remember,
    remembered,
    stop,
    too_many_bytes,
)
from gongkai.intake.views.public_apply import UNPROCESSABLE, confirmed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from gongkai.intake.messages import Attachment, Message
    from gongkai.intake.queries.tracked import Shown

MISS = "请核对申请编号和查询码；刚刚提交的，请一分钟后再试。"
"""What is said whichever of the two is wrong."""
_LONGEST = 200
_SAID = "said"
"""A cookie for one look at the page: which line of ``_SENT`` it says."""
_SENT = {
    "confirmed": "已确认收到，答复期限自今日起算。",
    "corrected": "补正已经提交，工作人员会尽快查收。",
    "withdrawn": "撤回申请已经提交。",
    "rated": "感谢您的评价。",
}


@personal
@limited(limits.TRACK)
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and let whoever has both see the case for half an hour."""
    if request.method == "GET":
        return page(request, "track", {"form": TrackForm()})
    form = TrackForm(request.POST)
    # Cut and not refused: a refusal would be another answer.
    keys = codes.keys_of(*(request.POST.get(name, "")[:_LONGEST] for name in ("number", "code")))
    if not tracked.find(keys):
        form.add_error(None, MISS)
        return page(request, "track", {"form": form, "miss": MISS}, UNPROCESSABLE)
    response = HttpResponseRedirect(reverse("apply:case"))
    remember(response, _kept_under(keys))
    return response


@personal
@require_GET
def case(request: HttpRequest) -> HttpResponse:
    """Show where the case stands, or the cases of one form."""
    key = remembered(request)
    shown = tracked.find([key]) if key else []
    if not shown:
        return HttpResponseRedirect(reverse("apply:track"))
    context = {
        "cases": shown,
        # One button confirms all cases of the form.
        "confirmable": sum("confirm" in one.sight.may for one in shown),
        "rating": RatingForm(auto_id=False),
        "said": _SENT.get(request.COOKIES.get(_SAID, ""), ""),
    }
    response = page(request, "case", context)
    if _SAID in request.COOKIES:
        response.delete_cookie(_SAID, path=COOKIE_PATH, samesite="Strict")
    return response


@personal
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the case in this browser: somebody else may sit down at it."""
    del request
    response = HttpResponseRedirect(reverse("apply:track"))
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


@personal
@require_GET
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give out a letter that was issued online, to be saved."""
    key = remembered(request)
    found = tracked.file(key, uuid) if key else None
    if found is None:
        return stop(request, "没有这份文件", "请凭申请编号和查询码重新查询，再从进度页下载。", 404)
    response = HttpResponse(found.data, content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@personal
@limited(limits.FORM)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the receipt from the page of the case: whoever sees it has typed number and code."""
    key = remembered(request)
    if not key or not any("confirm" in one.sight.may for one in tracked.find([key])):
        return _not_now(request)
    confirmed(key, request)
    return _back("confirmed")


@personal
@limited(limits.FORM)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the answer to a correction notice."""
    shown = _shown(request, uuid, "correct")
    if shown is None:
        return _not_now(request)
    form = CorrectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = form.attachments_read()
        if files is not None:
            return too_many_bytes(request, files) or _sent(request, Corrected(case=str(uuid)), "corrected", files)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return page(request, "correction", {"form": form, "case": shown}, status)


@personal
@limited(limits.FORM)
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask whether the application is really taken back, and take it back."""
    shown = _shown(request, uuid, "withdraw")
    if shown is None:
        return _not_now(request)
    if request.method == "GET":
        return page(request, "withdrawal", {"case": shown})
    return _sent(request, Withdrawn(case=str(uuid)), "withdrawn")


@personal
@limited(limits.FORM)
@require_POST
def rating(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take how satisfied the applicant is."""
    shown = _shown(request, uuid, "rate")
    form = RatingForm(request.POST)
    if shown is None or not form.is_valid():
        return _not_now(request)
    return _sent(request, Rated(case=str(uuid), **form.cleaned_data), "rated")


def _kept_under(keys: list[str]) -> str:
    """Return that of ``keys`` under which there is a case: the first, unless the field keys were changed since."""
    return next(key for key in keys if tracked.find([key]))


def _shown(request: HttpRequest, uuid: UUID, act: str) -> Shown | None:
    """Return a case of this browser where the applicant may do this now."""
    key = remembered(request)
    return next((one for one in tracked.find([key]) if one.id == uuid and act in one.sight.may), None) if key else None


def _not_now(request: HttpRequest) -> HttpResponse:
    words = "查询已超时，或者申请的状态已经变化。请凭申请编号和查询码重新查询，再办理。"
    return stop(request, "没有办理", words, UNPROCESSABLE)


def _sent(request: HttpRequest, message: Message, what: str, files: list[Attachment] | None = None) -> HttpResponse:
    putting.put(message=message, today=request.today, key=remembered(request), files=files or ())
    return _back(what)


def _back(what: str) -> HttpResponse:
    """Return to the page of the case, which says once what was done: a page loaded again says it no more."""
    response = HttpResponseRedirect(reverse("apply:case"))
    response.set_cookie(
        _SAID, what, max_age=60, path=COOKIE_PATH, httponly=True, secure=settings.HTTPS, samesite="Strict"
    )
    return response
