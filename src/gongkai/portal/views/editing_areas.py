"""The key areas and their boards, as the competent department keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from gongkai.portal import rules
from gongkai.portal.domain.areas import set_area, set_usual
from gongkai.portal.forms.areas import AreaForm
from gongkai.portal.models import KeyArea
from gongkai.portal.narrowing import years
from gongkai.portal.queries.areas import coverages
from gongkai.records.errors import NotAuthorisedError
from gongkai.records.views.attempts import attempt, press, status_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest) -> HttpResponse:
    """List the areas with who is missing this year; posted, set the usual ones."""
    if not rules.may_set_areas(request.scope):
        return _refused(request)
    if request.method == "POST":
        press(request, lambda: set_usual(user=request.user, day=request.today), "常用领域已设定，请按本年要点核对。")
        return redirect("editing:areas")
    year = _year(request)
    boards = coverages(list(KeyArea.objects.all()), year, request.today)
    return render(request, "portal/office/areas.html", {"boards": boards, "year": year, "years": years()})


def edit(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Set an area."""
    if not rules.may_set_areas(request.scope):
        return _refused(request)
    area = get_object_or_404(KeyArea, pk=number) if number is not None else None
    initial = AreaForm.initial_of(area) if area else {"position": KeyArea.objects.count() + 1}
    form = AreaForm(request.POST if request.method == "POST" else None, initial=initial, tree=request.tree, area=area)
    made: list[KeyArea] = []

    def act() -> None:
        made.append(set_area(user=request.user, day=request.today, area=area, **form.cleaned_data))

    if form.is_bound and attempt(request, form, act, "重点领域已保存。"):
        return redirect("editing:area", made[0].pk)
    return render(request, "portal/office/area_edit.html", {"form": form, "area": area}, status=status_of(form))


@require_GET
def board(request: HttpRequest, number: int) -> HttpResponse:
    """Show the board of an area with the names of those who have not published."""
    if not rules.may_set_areas(request.scope):
        return _refused(request)
    area = get_object_or_404(KeyArea, pk=number)
    year = _year(request)
    found = coverages([area], year, request.today)[0]
    context = {"area": area, "board": found, "year": year, "years": years()}
    return render(request, "portal/office/area.html", context)


def _refused(request: HttpRequest) -> HttpResponse:
    def refuse() -> None:
        raise NotAuthorisedError("重点领域由政务公开主管部门设定和查看。请与主管部门联系。")

    press(request, refuse, "")
    return redirect("office:home")


def _year(request: HttpRequest) -> int:
    given = request.GET.get("year", "")
    return next((year for year in years() if str(year) == given), request.today.year)
