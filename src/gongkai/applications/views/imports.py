"""Taking a paper register over: upload, progress, the rows that go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.accounts.domain.people import actor_of
from gongkai.applications import rules
from gongkai.applications.domain import importing
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.imports import RegisterForm
from gongkai.applications.paper_register.columns import fields
from gongkai.applications.queries import imports
from gongkai.applications.tasks import import_register
from gongkai.files.errors import FileRefusedError
from gongkai.journal.domain.entry import record
from gongkai.tables import returned
from gongkai.tables.errors import TableError

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from gongkai.applications.models import RegisterImport

PAGE = 20
SHOWN_ERRORS = 50


def index(request: HttpRequest) -> HttpResponse:
    """List the imports."""
    if not request.scope.of(*rules.WORKING):
        raise Http404
    page = Paginator(imports.readable(request.scope), PAGE).get_page(request.GET.get("page"))
    for batch in page:
        batch.unit_name = request.tree.name(batch.unit_id)
    return render(request, "applications/imports/list.html", {"page": page})


def upload(request: HttpRequest) -> HttpResponse:
    """Take a register in and put its rows in the queue."""
    among = request.scope.of(*rules.WORKING)
    if not among:
        raise Http404
    form = RegisterForm(request.POST or None, request.FILES or None, tree=request.tree, among=among)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                batch = importing.take_in(
                    data=file.read(),
                    name=file.name,
                    unit=form.cleaned_data["unit"],
                    user=request.user,
                    day=request.today,
                )
                import_register.enqueue(batch.pk)
        except (ApplicationError, TableError, FileRefusedError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("applications:import", batch.pk)
    status = 422 if form.errors else 200
    return render(request, "applications/imports/upload.html", {"form": form, "columns": fields()}, status=status)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show an import: how far it is, what came of it, the bad rows."""
    return _show(request, number, "applications/imports/detail.html")


def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Return the part of the page that changes while the import runs."""
    return _show(request, number, "applications/imports/progress.html")


def errors(request: HttpRequest, number: int) -> HttpResponseBase:
    """Send the bad rows, as a workbook or a csv; they hold personal data: that they were read is in the journal."""
    batch = _batch(request, number)
    with transaction.atomic():
        record(
            act="applications.register_errors_read",
            actor=actor_of(request.user, batch.unit),
            subject=f"applications.register:{batch.pk}",
            article="《个人信息保护法》第五十一条",
            detail={"rows": batch.bad},
        )
    name = f"{batch.name.rpartition('.')[0]}-错误行"
    if request.GET.get("format") == "csv":
        return StreamingHttpResponse(imports.error_file(batch), headers=_attachment(f"{name}.csv"))
    table = imports.error_book(batch, name)
    return HttpResponse(table.data, headers=_attachment(table.name) | {"Content-Type": table.media_type})


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Take the bad rows off the list of things to do."""
    batch = _batch(request, number)
    importing.settle(batch=batch, user=request.user)
    return redirect("applications:import", batch.pk)


def template(request: HttpRequest) -> HttpResponse:
    """Send an empty table with the captions and one example row."""
    del request
    rows = [[one.caption for one in fields()], [one.example for one in fields()]]
    text = "\ufeff" + "".join(returned.line(row) for row in rows)
    return HttpResponse(text, headers=_attachment("依申请公开登记簿-模板.csv"))


def _attachment(name: str) -> dict[str, str]:
    header = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": header or "attachment"}


def _batch(request: HttpRequest, number: int) -> RegisterImport:
    return get_object_or_404(imports.readable(request.scope), pk=number)


def _show(request: HttpRequest, number: int, page: str) -> HttpResponse:
    batch = _batch(request, number)
    context = {
        "batch": batch,
        "done": batch.rows - batch.waiting,
        "percent": (batch.rows - batch.waiting) * 100 // batch.rows if batch.rows else 100,
        "unit_name": request.tree.name(batch.unit_id),
        "bad": Paginator(imports.bad_lines(batch), SHOWN_ERRORS).get_page(request.GET.get("page")),
    }
    return render(request, page, context)
