"""The lists of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.records import rules_upkeep as rules
from gongkai.records.domain import items
from gongkai.records.errors_upkeep import ItemFileError
from gongkai.records.forms.forms_items import ItemFileForm, ItemFilterForm, ItemForm, TakeOffForm
from gongkai.records.models import ItemImport, ServiceItem
from gongkai.records.queries.items import item_counts, on
from gongkai.records.views.attempts import attempt, status_of
from gongkai.records.views.row_files import keepers, returned, uploaded
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the lists on a day, and the stock and change of its year."""
    form = ItemFilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    units, day, kind = form.units, form.asked("day") or request.today, form.asked("kind")
    found = on(day, units)
    if kind:
        found = found.filter(kind=kind)
    context = {
        "form": form,
        "day": day,
        "counts": item_counts(day.year, units),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_list": bool(keepers(request)),
    }
    return render(request, "records/items/list.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Put an item on a list, or read a file of items."""
    allowed = keepers(request)
    if not allowed:
        return redirect("records:items")
    posted = request.POST if request.method == "POST" else None
    is_file = posted is not None and "import" in posted
    given = {"tree": request.tree, "allowed": allowed}
    one = ItemForm(None if is_file else posted, initial={"begins_on": request.today}, **given)
    file = ItemFileForm(posted if is_file else None, request.FILES if is_file else None, auto_id="file_%s", **given)
    if one.is_bound and attempt(request, one, lambda: _put_on(request, one), "事项已列入清单。"):
        return redirect("records:items")
    if file.is_bound and attempt(request, file, lambda: _read(request, file), "文件已读入，结果见下。"):
        return redirect("records:item-new")
    imports = ItemImport.objects.filter(unit__in=request.scope.readable).select_related("user").defer("errors")
    context = {"one": one, "file": file, "page": Paginator(imports, PAGE).get_page(request.GET.get("page"))}
    return render(request, "records/items/new.html", context, status=status_of(one, file))


def item(request: HttpRequest, number: int) -> HttpResponse:
    """Show an item and take it off its list."""
    found = get_object_or_404(ServiceItem.objects.filter(unit__in=request.scope.readable), pk=number)
    form = None
    if found.ends_on is None and rules.may_list_items(request.scope, found.unit_id):
        form = TakeOffForm(request.POST if request.method == "POST" else None)
    if form is not None and form.is_bound:
        fields = {"item": found, "user": request.user, "day": request.today}
        if attempt(request, form, lambda: items.take_off(**fields, **form.cleaned_data), "事项已取消。"):
            return redirect("records:item", number)
    return render(request, "records/items/detail.html", {"item": found, "form": form}, status=status_of(form))


@require_GET
def errors(request: HttpRequest, number: int) -> HttpResponse:
    """Send the rows of a file that were not taken, each with what is wrong, to be corrected and read again."""
    imports = ItemImport.objects.filter(unit__in=request.scope.readable, refused__gt=0)
    found = get_object_or_404(imports, pk=number)
    return returned(found)


def _put_on(request: HttpRequest, form: ItemForm) -> None:
    data = dict(form.cleaned_data)
    unit = Unit.objects.get(pk=data.pop("unit"))
    items.put_on(unit=unit, user=request.user, day=request.today, **data)


def _read(request: HttpRequest, form: ItemFileForm) -> None:
    file = form.cleaned_data["file"]
    data = uploaded(file, items.MAX_BYTES, ItemFileError)
    unit = Unit.objects.get(pk=form.cleaned_data["unit"])
    items.read_file(unit=unit, data=data, name=file.name, user=request.user, day=request.today)
