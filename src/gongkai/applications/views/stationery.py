"""What the head of an office sets for its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Role
from gongkai.applications import rules
from gongkai.applications.domain.stationery import add_wording, set_stationery
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.stationery import StationeryForm, WordingForm
from gongkai.applications.letters import wording as wordings_of
from gongkai.applications.letters.contents import wordings_on
from gongkai.applications.letters.setting import stationery_of
from gongkai.applications.models import LetterWording, Stationery
from gongkai.law.editions import CODES, edition
from gongkai.law.letters import letter as law_letter
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the offices whose letters the person sets."""
    units = request.scope.of(Role.OFFICE_HEAD)
    if not units:
        raise Http404
    own = {one.unit_id: one for one in Stationery.objects.filter(unit__in=units)}
    listed = [(node, own.get(node.id)) for node in request.tree if node.id in units]
    return render(request, "applications/letters/stationeries.html", {"units": listed})


def edit(request: HttpRequest, unit: int) -> HttpResponse:
    """Show and set the stationery of an office."""
    office = _office(request, unit)
    form = StationeryForm(request.POST or None, own=stationery_of(office))
    if request.method == "POST" and form.is_valid():
        try:
            set_stationery(unit=office, user=request.user, today=request.today, **form.settings)
        except ApplicationError as error:
            _refuse(form, error)
        else:
            messages.success(request, "文书设置已保存。")
            return redirect("applications:stationery", unit)
    context = {"office": office, "form": form}
    return render(
        request, "applications/letters/stationery.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_GET
def wordings(request: HttpRequest, unit: int) -> HttpResponse:
    """List the wordings an office uses today."""
    office = _office(request, unit)
    groups = []
    for regulation in reversed(CODES):
        kinds = wordings_of.kinds(regulation)
        used = wordings_on(office, regulation, kinds, request.today)
        groups.append((edition(regulation), [(kind, _title(kind, regulation), used[kind]) for kind in kinds]))
    return render(request, "applications/letters/wordings.html", {"office": office, "groups": groups})


def wording(request: HttpRequest, unit: int, regulation: str, worded: str) -> HttpResponse:
    """Show a wording with its versions and add one."""
    office = _office(request, unit)
    if regulation not in CODES or worded not in wordings_of.kinds(regulation):
        raise Http404
    used = wordings_on(office, regulation, {worded}, request.today)[worded]
    initial = {"paragraphs": "\n".join(used.paragraphs), "valid_from": request.today}
    form = WordingForm(request.POST or None, initial=initial, auto_id="wording_%s")
    if request.method == "POST" and form.is_valid():
        try:
            add_wording(
                unit=office,
                regulation=regulation,
                kind=worded,
                paragraphs=form.cleaned_data["paragraphs"].splitlines(),
                valid_from=form.cleaned_data["valid_from"],
                user=request.user,
                today=request.today,
            )
        except ApplicationError as error:
            _refuse(form, error)
        else:
            messages.success(request, "已新增一版样式。")
            return redirect("applications:wording", unit, regulation, worded)
    context = {
        "office": office,
        "title": _title(worded, regulation),
        "used": used,
        "form": form,
        "fields": wordings_of.allowed(worded, regulation).items(),
        "versions": LetterWording.objects.filter(unit=office, regulation=regulation, kind=worded),
    }
    return render(request, "applications/letters/wording.html", context, status=UNPROCESSABLE if form.errors else 200)


def _office(request: HttpRequest, unit: int) -> Unit:
    if not rules.may_set_letters(request.scope, unit):
        raise Http404
    return get_object_or_404(Unit, pk=unit)


def _title(kind: str, regulation: str) -> str:
    return "答复书的开头和结尾" if kind == wordings_of.FRAME else law_letter(kind, regulation).title


def _refuse(form: StationeryForm | WordingForm, error: ApplicationError) -> None:
    form.add_error(None, str(error))
    for name, words in error.fields.items():
        if name in form.fields:
            form.add_error(name, words)
