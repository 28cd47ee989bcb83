"""Writing a draft and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.accounts.models import Role
from gongkai.records import rules
from gongkai.records.domain import draft
from gongkai.records.errors import EditedMeanwhileError, RecordError
from gongkai.records.forms.draft import DraftForm
from gongkai.records.models import Category
from gongkai.records.queries.comparison import compare
from gongkai.records.snapshot import edition_of, snapshot_of
from gongkai.records.views.access import record_of, writable
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.records.models import Record

UNPROCESSABLE = 422


def new(request: HttpRequest) -> HttpResponse:
    """Write a new draft."""
    units = writable(request)
    if not units:
        ended = [request.tree.name(unit) for unit in sorted(request.scope.left_to(Role.HANDLER))]
        words = f"您经办的{'、'.join(ended)}，不能再拟稿。请由承接机构的经办人员办理。" if ended else ""
        messages.error(request, words or "您不是任何机构的经办人员，不能拟稿。", extra_tags="danger")
        return redirect("records:list")
    form = _form(request, units, initial={"unit": min(units), "category": Category.DOCUMENT, "made_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            unit = get_object_or_404(Unit, pk=form.owner)
            record = draft.draft(unit=unit, author=request.user, **form.written)
        except RecordError as error:
            _refused(form, error)
        else:
            messages.success(request, "草稿已保存。可在本页添加附件，核对用语提示后送审。")
            return redirect("records:detail", record.pk)
    return _page(request, form, None)


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft."""
    record = record_of(request, number)
    if not rules.may_edit(request.scope, record):
        messages.error(request, "只有本机构经办人员可以修改草稿；送审后须先撤回。", extra_tags="danger")
        return redirect("records:detail", number)
    initial = DraftForm.initial_of(record) | {"edition": edition_of(record)}
    form = _form(request, frozenset({record.unit_id}), initial=initial)
    form.fields["unit"].disabled = True
    changed: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        typed = form.written
        try:
            draft.revise(record=record, user=request.user, edition=form.cleaned_data["edition"], **typed)
        except EditedMeanwhileError as error:
            form.add_error(None, str(error))
            changed = compare(snapshot_of(record), _as_typed(record, typed))
            # The next save is made knowing what the other officer wrote.
            form.data = form.data.copy()
            form.data["edition"] = edition_of(record_of(request, number))
        except RecordError as error:
            _refused(form, error)
        else:
            messages.success(request, "草稿已保存。")
            return redirect("records:detail", number)
    return _page(request, form, record, changed)


def attribute_fields(request: HttpRequest) -> HttpResponse:
    """Return the fields that the attribute just chosen demands, with what was typed in them."""
    form = DraftForm(
        initial=request.GET.dict(), scope=request.scope, tree=request.tree, writable=frozenset(), auto_id="id_%s"
    )
    return render(request, "records/attribute_fields.html", {"form": form})


def _form(request: HttpRequest, units: frozenset[int], initial: dict[str, Any]) -> DraftForm:
    data = request.POST if request.method == "POST" else None
    return DraftForm(data, initial=initial, scope=request.scope, tree=request.tree, writable=units)


def _refused(form: DraftForm, error: RecordError) -> None:
    form.take(error.fields)
    if not error.fields:
        form.add_error(None, str(error))


def _as_typed(record: Record, typed: dict[str, Any]) -> dict[str, object]:
    """Return the snapshot that saving what was typed would give; nothing is kept."""
    for name, value in typed.items():
        if name != "joint_units":
            setattr(record, name, value)
    return snapshot_of(record) | {"joint_units": sorted(unit.code for unit in typed["joint_units"])}


def _page(
    request: HttpRequest, form: DraftForm, record: Record | None, changed: tuple[object, ...] = ()
) -> HttpResponse:
    context = {"form": form, "record": record, "changed": [row for row in changed if row.is_changed]}
    return render(request, "records/edit.html", context, status=UNPROCESSABLE if form.errors else 200)
