"""The 办事 directory, as units keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.models import Role
from gongkai.files.http import handed
from gongkai.portal import rules
from gongkai.portal.domain import reading, services
from gongkai.portal.errors import ServiceFileError
from gongkai.portal.forms.pages import ReasonForm
from gongkai.portal.forms.services import NewServiceForm, ServiceFileForm, ServiceFilterForm, ServiceForm
from gongkai.portal.models import Service, ServiceImport, ServiceStage
from gongkai.portal.queries import office
from gongkai.records.views.attempts import attempt, press, status_of
from gongkai.records.views.row_files import keepers, returned, uploaded
from gongkai.tables.written import written
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the entries; posted, make those that wait public, as far as the person may."""
    form = ServiceFilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = office.services(form.units, form.asked("stage"), form.asked("q"))
    waiting = Service.objects.filter(unit__in=request.scope.of(Role.OFFICE_HEAD), stage=ServiceStage.DRAFT)
    if request.method == "POST":
        acting = {"user": request.user, "day": request.today}
        press(request, lambda: services.list_waiting(services=list(waiting), **acting), "待公布的事项已公布。")
        return redirect("editing:services")
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_write": bool(keepers(request)),
        "waiting": waiting.count(),
    }
    return render(request, "portal/office/services.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write an entry, or read a file of entries."""
    allowed = keepers(request)
    if not allowed:
        return redirect("editing:services")
    posted = request.POST if request.method == "POST" else None
    is_file = posted is not None and "import" in posted
    given = {"tree": request.tree, "allowed": allowed}
    one = NewServiceForm(None if is_file else posted, **given)
    file = ServiceFileForm(posted if is_file else None, request.FILES if is_file else None, auto_id="file_%s", **given)
    if one.is_bound and attempt(request, one, lambda: _write(request, one), "办事指南已登记，由负责人公布。"):
        return redirect("editing:services")
    if file.is_bound and attempt(request, file, lambda: _read(request, file), "文件已读入，结果见下。"):
        return redirect("editing:service-new")
    imports = ServiceImport.objects.filter(unit__in=request.scope.readable).select_related("user").defer("errors")
    context = {"one": one, "file": file, "page": Paginator(imports, PAGE).get_page(request.GET.get("page"))}
    return render(request, "portal/office/service_new.html", context, status=status_of(one, file))


def service(request: HttpRequest, number: int) -> HttpResponse:
    """Show an entry and change it."""
    found = _service(request, number)
    form = None
    if rules.may_edit_service(request.scope, found):
        form = ServiceForm(request.POST if request.method == "POST" else None, initial=ServiceForm.initial_of(found))
    if form is not None and form.is_bound:
        fields = {"user": request.user, "day": request.today, "unit": found.unit, "service": found}
        if attempt(request, form, lambda: services.write(**fields, **form.cleaned_data), "办事指南已保存。"):
            return redirect("editing:service", number)
    return _shown(request, found, form, None)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Make an entry public."""
    found = _service(request, number)
    acting = {"user": request.user, "day": request.today}
    press(request, lambda: services.list_waiting(services=[found], **acting), "已公布。")
    return redirect("editing:service", number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an entry down."""
    found = _service(request, number)
    form = ReasonForm(request.POST)
    acting = {"service": found, "user": request.user, "day": request.today}
    if attempt(request, form, lambda: services.withdraw(**acting, **form.cleaned_data), "已撤下。"):
        return redirect("editing:service", number)
    return _shown(request, found, None, form)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Send an empty table with the columns of an entry."""
    if not keepers(request):
        return redirect("editing:services")
    made = written("xlsx", "办事指南模板", "办事指南", reading.HEADER, [])
    return handed(made)


@require_GET
def errors(request: HttpRequest, number: int) -> HttpResponse:
    """Send the rows of a file that were not taken, each with what is wrong, to be corrected and read again."""
    imports = ServiceImport.objects.filter(unit__in=request.scope.readable, refused__gt=0)
    found = get_object_or_404(imports, pk=number)
    return returned(found)


def _shown(request: HttpRequest, found: Service, form: ServiceForm | None, reason: ReasonForm | None) -> HttpResponse:
    may_withdraw = rules.may_withdraw_service(request.scope, found)
    context = {
        "service": found,
        "form": form,
        "may_list": rules.may_list_service(request.scope, found),
        "reason": reason or (ReasonForm(auto_id="withdraw_%s") if may_withdraw else None),
        "elements": [(services.LABELS[name], getattr(found, name)) for name in services.LABELS],
    }
    return render(request, "portal/office/service.html", context, status=status_of(form, reason))


def _service(request: HttpRequest, number: int) -> Service:
    return get_object_or_404(Service.objects.filter(unit__in=request.scope.readable).select_related("unit"), pk=number)


def _write(request: HttpRequest, form: NewServiceForm) -> None:
    data = dict(form.cleaned_data)
    unit = Unit.objects.get(pk=data.pop("unit"))
    services.write(unit=unit, user=request.user, day=request.today, **data)


def _read(request: HttpRequest, form: ServiceFileForm) -> None:
    file = form.cleaned_data["file"]
    data = uploaded(file, reading.MAX_BYTES, ServiceFileError)
    unit = Unit.objects.get(pk=form.cleaned_data["unit"])
    reading.read_file(unit=unit, data=data, name=file.name, user=request.user, day=request.today)
