"""Applying for what is not public: the way there, the form, the receipt, the code typed back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.intake import codes, limits, tickets
from gongkai.intake.domain import putting
from gongkai.intake.forms.public_apply import FILES, ApplyForm
from gongkai.intake.forms.public_track import HelpForm
from gongkai.intake.messages import CallMe, Confirmed, FoundIt
from gongkai.intake.queries import public
from gongkai.intake.queries.units import targets
from gongkai.intake.tickets import StaleTicketError
from gongkai.intake.views import challenge
from gongkai.intake.views.access import MENU, limited, page, personal, stop, too_many_bytes
from gongkai.records.queries import published
from gongkai.windows import pages

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from gongkai.intake.tickets import Ticket

UNPROCESSABLE = 422
_RECEIPT, _RECEIPT_SECONDS = "intake.receipt", 24 * 3600


@pages.public
def start(request: HttpRequest) -> HttpResponse:
    """Say how one applies, and to whom by which way: the same for everybody."""
    found = targets(request.today)
    context = {"online": [one for one in found if one.is_online], "others": [one for one in found if not one.is_online]}
    return pages.page("intake/public/start.html", context | {"here": MENU})


@personal
@limited(limits.FORM)
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Show the form, and put what is sent into the queue; the receipt comes at once."""
    online = [one for one in targets(request.today) if one.is_online]
    if not online:
        return stop(
            request, "暂不能在网上申请", "目前没有机关公布网上申请渠道。请当面提交或者邮寄，地址见申请说明。", 200
        )
    if request.method == "GET":
        wanted = set(request.GET.getlist("unit")[:20])
        chosen = [one.unit.id for one in online if one.unit.code in wanted]
        return _form(request, ApplyForm(targets=online, initial={"units": chosen}))
    is_asked = "check" in request.POST
    chosen = _chosen(request) if is_asked else None
    made = ApplyForm(request.POST, request.FILES, targets=online, chosen=chosen)
    made.is_valid()
    ticket = challenge.checked(request, made, is_sent=not is_asked)
    if is_asked and ticket is not None:
        # The script asks first and sends then, so that files that were chosen stay chosen where something is amiss.
        return HttpResponse(status=204)
    files = made.attachments_read() if ticket is not None else None
    if ticket is None or files is None:
        return _form(request, made, UNPROCESSABLE)
    if (stopped := too_many_bytes(request, files)) is not None:
        return stopped
    message = made.message
    pk = putting.submission_id(ticket.name, json.dumps(asdict(message), ensure_ascii=False), files)
    number = codes.number_of(pk, ticket.day)
    key = codes.key_of(number, ticket.code)
    # Sent twice, it is kept once and the receipt is the same, over midnight too: all three are made from the ticket.
    putting.put(message=message, today=request.today, key=key, files=files, pk=pk)
    chosen_units = [one for one in online if one.unit.id in message.units]
    return _receipt(request, number, key, ticket=ticket, units=chosen_units)


@personal
@limited(limits.FORM)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the code typed back: with it both sides have confirmed."""
    number = request.POST.get("number", "")[:40]
    try:
        key = signing.loads(request.POST.get("seal", ""), salt=_RECEIPT, max_age=_RECEIPT_SECONDS)
    except signing.BadSignature:
        words = "回执页面已经失效。请凭申请编号和查询码查询进度，在进度页上确认。"
        return stop(request, "没有确认", words, UNPROCESSABLE)
    if key not in codes.keys_of(number, request.POST.get("code", "")[:60]):
        return _receipt(request, number, key, error="查询码与刚才显示的不一致。请核对您记下的查询码，再填一次。")
    confirmed(key, request)
    return page(request, "confirmed", {"number": number, "day": request.today})


def confirmed(key: str, request: HttpRequest) -> None:
    """Put into the queue that the applicant confirmed: each time, since an agency may come late to be confirmed."""
    putting.put(message=Confirmed(), today=request.today, key=key)


@personal
@limited(limits.PICTURE)
@require_GET
def picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Draw the figures of a form, for whoever has no JavaScript."""
    if limits.is_over(request, limits.PICTURE):
        return stop(request, "请稍后再试", "请改答算术题，或者 10 分钟后再试。", 429)
    return HttpResponse(tickets.picture(str(uuid)), content_type="image/png")


@personal
@limited(limits.SUGGEST)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Show what is public already and speaks of what is being typed. By POST: what is typed stands in no address."""
    keys = public.alike(request.POST.get("q", "")[:200])
    known = published.of(keys) if keys else {}
    return page(request, "parts/alike", {"records": [known[key] for key in keys if key in known]})


@personal
@limited(limits.SUGGEST)
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Count that somebody found it, once for each form, and say where to go on."""
    try:
        # Whoever only looks at the page has no ticket.
        ticket = tickets.opened(request.POST.get("ticket", ""))
    except StaleTicketError:
        return page(request, "found", {})
    pk = putting.submission_id(ticket.name, "found")
    putting.put(message=FoundIt(), today=request.today, pk=pk)
    return page(request, "found", {})


@personal
@limited(limits.HELP)
@require_http_methods(["GET", "POST"])
def assistance(request: HttpRequest) -> HttpResponse:
    """Take a telephone number, for whoever cannot fill in the form (Art 43)."""
    among = targets(request.today)
    if request.method == "GET":
        return page(request, "help", {"form": HelpForm(targets=among), **challenge.of()})
    made = HelpForm(request.POST, targets=among)
    made.is_valid()
    ticket = challenge.checked(request, made)
    if ticket is None:
        return page(request, "help", {"form": made, **challenge.of()}, UNPROCESSABLE)
    message = CallMe(**made.cleaned_data)
    pk = putting.submission_id(ticket.name, json.dumps(asdict(message), ensure_ascii=False))
    putting.put(message=message, today=request.today, pk=pk)
    unit = next(one for one in among if one.unit.id == message.unit)
    return page(request, "help_taken", {"target": unit})


def _chosen(request: HttpRequest) -> dict[str, list[str]]:
    """Return the names of the files that were chosen and not sent yet, by the fields of the form."""
    found: dict[str, list[str]] = {}
    for field, _, name in (one.partition("/") for one in request.POST.getlist("chosen")):
        if field in FILES:
            found.setdefault(field, []).append(name)
    return found


def _form(request: HttpRequest, made: ApplyForm, status: int = 200) -> HttpResponse:
    return page(request, "form", {"form": made, **challenge.of()}, status)


def _receipt(
    request: HttpRequest, number: str, key: str, *, ticket: Ticket | None = None, **more: object
) -> HttpResponse:
    """Return the receipt. Without the ticket the code is not on it: it was shown once."""
    context = {
        "number": number,
        "code": codes.grouped(ticket.code) if ticket else "",
        "seal": signing.dumps(key, salt=_RECEIPT),
        "now": timezone.localtime(),
        **more,
    }
    return page(request, "receipt", context, 200 if ticket else UNPROCESSABLE)
