"""Uploading data files and following their import."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.errors import AccountError
from gongkai.decisions import rules
from gongkai.decisions.datasets.examining import FIELDS_OF
from gongkai.decisions.domain import intake, settling
from gongkai.decisions.errors import DecisionsError
from gongkai.decisions.forms.upload import UploadForm
from gongkai.decisions.models import Dataset, ImportBatch
from gongkai.decisions.queries import batches
from gongkai.decisions.queries.rejected import error_file
from gongkai.decisions.tasks import import_batch
from gongkai.files.errors import FileRefusedError
from gongkai.journal.domain.entry import record
from gongkai.tables.errors import TableError

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = 20
SHOWN_ERRORS = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the batches."""
    page = Paginator(batches.readable(request.scope), PAGE).get_page(request.GET.get("page"))
    for batch in page:
        batch.unit_name = request.tree.name(batch.unit_id)
    may_import = bool(rules.importing_units(request.scope))
    return render(request, "decisions/batches.html", {"page": page, "may_import": may_import})


def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in and put its import in the queue."""
    among = rules.importing_units(request.scope)
    if not among:
        raise Http404
    given = {name: request.GET[name] for name in ("dataset", "kind", "unit") if name in request.GET}
    form = UploadForm(request.POST or None, request.FILES or None, tree=request.tree, among=among, initial=given)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.pop("file")
        try:
            with transaction.atomic():
                batch = intake.receive(
                    pieces=file.chunks(1 << 20),
                    name=file.name,
                    user=request.user,
                    day=request.today,
                    **form.cleaned_data,
                )
                import_batch.enqueue(batch.pk)
        except (DecisionsError, TableError, AccountError, FileRefusedError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("decisions:batch", batch.pk)
    guides = [(value, label, FIELDS_OF[value]) for value, label in Dataset.choices]
    return render(request, "decisions/upload.html", {"form": form, "guides": guides})


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a batch: how far it is, what came of it, the first bad rows."""
    return _show(request, number, "decisions/batch.html")


def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Return the part of the page that changes while the import runs."""
    return _show(request, number, "decisions/progress.html")


def errors(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Send the error file; it holds personal data, so that it was read is in the journal."""
    batch = _batch(request, number)
    if not rules.may_import(request.scope, batch.unit_id):
        raise Http404
    with transaction.atomic():
        record(
            act="decisions.errors_read",
            actor=actor_of(request.user, batch.unit),
            subject=f"decisions.batch:{batch.pk}",
            detail={"rows": batch.rows_bad},
        )
    name = f"{batch.name.rpartition('.')[0]}-错误行.csv"
    return StreamingHttpResponse(error_file(batch), headers=_attachment(name))


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Take the bad rows off the list of things to do."""
    batch = _batch(request, number)
    try:
        settling.settle(batch=batch.pk, user=request.user, day=request.today)
    except (DecisionsError, TableError) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, "已办结，待办中不再提示。错误行仍可下载。")
    return redirect("decisions:batch", batch.pk)


def template(request: HttpRequest, dataset: str) -> HttpResponse:
    """Send an empty table with the captions and one example row."""
    del request
    if dataset not in FIELDS_OF:
        raise Http404
    text = io.StringIO(newline="")
    fields = FIELDS_OF[dataset]
    csv.writer(text).writerows([[field.caption for field in fields], [field.example for field in fields]])
    return HttpResponse("\ufeff" + text.getvalue(), headers=_attachment(f"{Dataset(dataset).label}-模板.csv"))


def _attachment(name: str) -> dict[str, str]:
    header = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": header or "attachment"}


def _batch(request: HttpRequest, number: int) -> ImportBatch:
    return get_object_or_404(batches.readable(request.scope).select_related("unit"), pk=number)


def _show(request: HttpRequest, number: int, page: str) -> HttpResponse:
    batch = _batch(request, number)
    may_import = rules.may_import(request.scope, batch.unit_id)
    context = {
        "batch": batch,
        "unit_name": request.tree.name(batch.unit_id),
        "bad": batch.rejected.only("place", "problems")[:SHOWN_ERRORS],
        "may_import": may_import,
    }
    return render(request, page, context)
