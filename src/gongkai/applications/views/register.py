"""The register of applications: the list, and its export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.paging import BoundedPaginator
from gongkai.applications.domain import exporting
from gongkai.applications.errors import ApplicationError
from gongkai.applications.forms.filters import FilterForm
from gongkai.applications.queries.lines import lines
from gongkai.applications.queries.register import listed
from gongkai.applications.views.access import demand_reader, registering
from gongkai.files.http import handed
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from gongkai.applications.models import Application

PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the applications that fit the filters, newest first; a broken index is said, never an empty list."""
    demand_reader(request)
    form = _form(request)
    try:
        found = _found(request, form)
    except SearchUnavailableError:
        return render(request, "applications/list.html", {"form": form, "is_broken": True}, status=503)
    page = BoundedPaginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines(page, request.today),
        "may_register": bool(registering(request)),
    }
    return render(request, "applications/list.html", context)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as a table; who took which list away is in the journal."""
    demand_reader(request)
    form = _form(request)
    try:
        table = exporting.export(
            register=exporting.APPLICATIONS,
            found=_found(request, form),
            filters=form.given,
            user=request.user,
            today=request.today,
            tree=request.tree,
            form=request.POST.get("format", ""),
        )
    except (ApplicationError, SearchUnavailableError) as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect(f"{reverse('applications:list')}?{request.GET.urlencode()}")
    return handed(table)


def _form(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET or None, scope=request.scope, tree=request.tree, user=request.user.pk)


def _found(request: HttpRequest, form: FilterForm) -> QuerySet[Application]:
    found = listed(request.scope, request.tree, form.wanted).filter(form.besides)
    return found.select_related("handler").only(*found.query.deferred_loading[0], "handler__name")
