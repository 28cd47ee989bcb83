"""The pages of letters: the list, drafting with its preview, files, the register of the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from gongkai.applications import rules
from gongkai.applications.domain import letters, letters_reading, projection
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.letters import BeginForm, DraftForm
from gongkai.applications.models import LetterState
from gongkai.applications.queries import letters as queries
from gongkai.applications.queries.register import readable as readable_applications
from gongkai.files.kinds import MEDIA_TYPES
from gongkai.law.editions import edition_for
from gongkai.law.outcomes import outcomes
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.applications.forms.letters import BeginMatterForm
    from gongkai.applications.models import Application, Letter, Matter

PAGE = 20
UNPROCESSABLE = 422
FILES = frozenset({"pdf", "docx", "sealed"})


def letter_of(request: HttpRequest, number: int) -> Letter:
    """Return the letter, or answer 404 where the person may not read it: it is not even said to exist."""
    found = queries.readable(request.scope).select_related(
        "application__unit",
        "matter__unit",
        "matter__about",
        "unit",
        "consultee",
        "drafted_by",
        "pdf",
        "docx",
        "sealed_copy",
        "event",
    )
    return get_object_or_404(found, pk=number)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List letters, the newest first."""
    if not rules.reads_cases(request.scope):
        raise Http404
    state, text = request.GET.get("state", ""), request.GET.get("text", "").strip()
    if state not in LetterState.values:
        state = ""
    page = Paginator(queries.listed(request.scope, state, text), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "text": text, "states": LetterState.choices}
    return render(request, "applications/letters/list.html", context)


def new(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a letter of a case."""
    application = _application(request, number)
    if not rules.may_handle(request.scope, application):
        raise Http404
    regulation = application.regulation or edition_for(application.arrived_on).code
    course = projection.course_of(application, request.today)
    choices = queries.choices(application, course)
    what = request.GET.get("what", "")
    form = BeginForm(request.POST or None, application=application, choices=choices, regulation=regulation, what=what)
    if request.method == "POST" and form.is_valid():
        try:
            made = letters.draft(case=application, user=request.user, today=request.today, **form.begun)
        except ApplicationError as error:
            refuse(form, error)
        else:
            return redirect("applications:letter-edit", made.pk)
    context = {"case": application, "form": form, "refused": [one for one in choices if one.reason]}
    return render(request, "applications/letters/new.html", context, status=UNPROCESSABLE if form.errors else 200)


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Draft a letter beside its preview."""
    letter = letter_of(request, number)
    if letter.state != LetterState.DRAFT or not rules.may_handle(request.scope, letter.case):
        messages.error(request, f"文书现在是“{letter.get_state_display()}”，不能修改。", extra_tags="danger")
        return redirect("applications:letter", number)
    form = DraftForm(request.POST or None, letter=letter)
    if request.method == "POST" and form.is_valid():
        drafted = form.drafted
        added = request.POST.get("add", "")
        if added and drafted["parts"] is not None:
            drafted["parts"].append({"outcome": added})
        try:
            letters.revise(
                letter=letter, user=request.user, today=request.today, seen=form.cleaned_data["seen"], **drafted
            )
        except ApplicationError as error:
            refuse(form, error)
        else:
            messages.success(request, "已保存。")
            is_done = request.POST.get("then") == "done"
            return redirect("applications:letter" if is_done else "applications:letter-edit", number)
    context = {
        "letter": letter,
        "title": letter.title,
        "form": form,
        "document": queries.shown(letter, request.today),
        "outcomes": outcomes(letter.regulation) if letter.parts else (),
    }
    return render(request, "applications/letters/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Return the letter as the form on the page would have it; nothing is kept."""
    letter = letter_of(request, number)
    form = DraftForm(request.POST, letter=letter)
    if letter.state == LetterState.DRAFT and form.is_valid():
        drafted = form.drafted
        letter.fields = {key: value for key, value in drafted["fields"].items() if value}
        letter.parts = [{key: value for key, value in part.items() if value} for part in drafted["parts"] or []]
        letter.mode = drafted["mode"]
    try:
        document = queries.shown(letter, request.today)
    except ApplicationError as error:
        return HttpResponse(str(error), status=UNPROCESSABLE)
    return render(request, "applications/letters/sheet.html", {"document": document})


@require_GET
def file(request: HttpRequest, number: int, which: str) -> HttpResponse:
    """Send a file of a letter, to be saved; that it was read is entered."""
    letter = letter_of(request, number)
    if which not in FILES:
        raise Http404
    try:
        data, name = letters_reading.read(letter=letter, which=which, user=request.user, today=request.today)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("applications:letter", number)
    return attached(data, name)


@require_GET
def papers(request: HttpRequest, number: int, paper: str) -> HttpResponse:
    """Send the 送达回证 or the 呈批单 of a letter."""
    letter = letter_of(request, number)
    if paper not in {"delivery_receipt", "approval_sheet"}:
        raise Http404
    return _form(request, letter.case, paper, letter)


@require_GET
def form(request: HttpRequest, number: int, kept: str) -> HttpResponse:
    """Send another internal form of a case."""
    application = _application(request, number)
    regulation = application.regulation or edition_for(application.arrived_on).code
    if kept not in {one.key for one in queries.forms_of(regulation)}:
        raise Http404
    return _form(request, application, kept, None)


@require_GET
def seals(request: HttpRequest) -> HttpResponse:
    """Show the register of the seal of a year, with the numbers that are void and those that are missing."""
    if not rules.reads_cases(request.scope):
        raise Http404
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else request.today.year  # noqa: PLR2004 -- a year
    page = Paginator(queries.register_of_seal(request.scope, year), PAGE).get_page(request.GET.get("page"))
    units = Unit.objects.filter(stationery__isnull=False, pk__in=rules.units_read(request.scope))
    missing = [number for unit in units for number in queries.missing_numbers(unit, year)]
    context = {"page": page, "year": year, "missing": missing, "years": [year + 1, year, year - 1]}
    return render(request, "applications/letters/seals.html", context)


def attached(data: bytes, name: str) -> HttpResponse:
    """Return a file to be saved and never shown in place."""
    kind = name.rpartition(".")[2]
    response = HttpResponse(data, content_type=MEDIA_TYPES.get(kind, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _application(request: HttpRequest, number: int) -> Application:
    return get_object_or_404(readable_applications(request.scope).select_related("unit"), pk=number)


def _form(request: HttpRequest, case: Application | Matter, kind: str, letter: Letter | None) -> HttpResponse:
    try:
        data = letters_reading.form(case=case, kind=kind, user=request.user, today=request.today, letter=letter)
    except ApplicationError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("applications:letters")
    return attached(data, f"{kind}-{case.number}.pdf")


def refuse(form: BeginForm | BeginMatterForm | DraftForm, error: ApplicationError) -> None:
    """Put what a verb refused into the form: the whole message above it, each field's where it belongs."""
    form.add_error(None, str(error))
    for name, words in error.fields.items():
        if name in form.fields:
            form.add_error(name, words)
