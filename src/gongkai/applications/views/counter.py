"""The counter: registering what comes in person, by post, fax and e-mail, and the slip handed out at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.applications.domain import letters, papers, receiving
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.counter import MOST_APPLICANTS, CounterForm
from gongkai.applications.letters.kinds import RECEIPT
from gongkai.applications.queries import similar
from gongkai.applications.queries.article29 import lacking
from gongkai.applications.queries.lines import masked_names
from gongkai.applications.queries.register import readable
from gongkai.applications.views.access import application_of, registering
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of
from gongkai.units.models import Guide, Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.applications.models import Application

UNPROCESSABLE = 422
SHOWN = 5


def register(request: HttpRequest) -> HttpResponse:
    """Register an application, one for each agency it names, and go to the slip."""
    form = _form(request)
    status = 200
    if request.method == "POST" and "more" not in request.POST:
        if form.is_valid():
            made = _register(request, form)
            if made:
                messages.success(request, f"已登记 {'、'.join(one.number for one in made)}。")
                return redirect("applications:receipt", made[0].pk)
        status = UNPROCESSABLE
    context = {"form": form, "may_add": form.applicants.total_form_count() < MOST_APPLICANTS}
    return render(request, "applications/counter.html", context, status=status)


@require_POST
def likeness(request: HttpRequest) -> HttpResponse:
    """Show, while the form is being filled in, what was asked before and what Art 29 still lacks."""
    form = _form(request)
    form.is_valid()
    context: dict[str, Any] = {"lacks": [], "likenesses": []}
    if form.applicants.is_valid() and form.proxy.is_valid() and form.request.is_valid():
        asked, people = form.request.request, form.identities
        context["lacks"] = lacking(people, asked)
        if asked.says_something:
            units = form.arrival.cleaned_data.get("units") or registering(request)
            context["likenesses"] = similar.to_request(units=units, applicants=people, request=asked)[:SHOWN]
    return render(request, "applications/parts/likeness.html", context)


@require_GET
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Show the slip (登记回执) of a form: all the applications it became, to be printed."""
    application = application_of(request, number)
    made = list(readable(request.scope).filter(form=application.form).select_related("unit").order_by("pk"))
    names = masked_names(made)
    guides = {guide.unit_id: guide for guide in Guide.objects.filter(unit__in=[one.unit_id for one in made])}
    slips = [
        (one, names.get(one.pk, ""), guides.get(one.unit_id), request.tree.name(one.unit_id, in_full=True))
        for one in made
    ]
    return render(
        request,
        "applications/receipt.html",
        {"application": application, "slips": slips, "working": registering(request)},
    )


@require_POST
def receipt_letter(request: HttpRequest, number: int) -> HttpResponse:
    """Make the slip a letter with the applicant's full name, to be stamped and given or sent."""
    application = application_of(request, number)
    acting = {"user": request.user, "today": request.today}
    try:
        with transaction.atomic():
            letter = letters.draft(case=application, kind=RECEIPT, **acting)
            letters.submit(letter=letter, **acting)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("applications:receipt", number)
    return redirect("applications:letter", letter.pk)


def _form(request: HttpRequest) -> CounterForm:
    among = registering(request)
    if not among:
        raise Http404
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        if "more" in data:
            total = int(data.get("applicant-TOTAL_FORMS") or 1)
            data["applicant-TOTAL_FORMS"] = str(min(total + 1, MOST_APPLICANTS))
    return CounterForm(data, request.FILES or None, tree=request.tree, among=among, today=request.today)


def _register(request: HttpRequest, form: CounterForm) -> list[Application]:
    """Register and keep the scans, both or neither; where something is refused the form says what."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=form.arrival.cleaned_data["units"])}
    try:
        with transaction.atomic():
            made = receiving.receive_form(
                units=[units[key] for key in form.arrival.cleaned_data["units"]],
                arrival=form.arrival.arrival,
                applicant_kind=form.request.cleaned_data["applicant_kind"],
                applicants=form.identities,
                request=form.request.request,
                user=request.user,
                today=request.today,
            )
            for kind, file in form.request.papers:
                data = bytes_of(file)
                for one in made:
                    papers.add(
                        application=one, kind=kind, data=data, name=file.name, user=request.user, today=request.today
                    )
    except (ApplicationError, FileRefusedError) as error:
        form.say(str(error), getattr(error, "fields", {}))
        return []
    return made
