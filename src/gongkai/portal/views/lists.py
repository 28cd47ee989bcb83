"""Lists of documents: the statutory column, the policy library, normative documents, interpretations, the gazette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.law.scope import scope_groups, scope_items
from gongkai.portal.elsewhere import elsewhere
from gongkai.portal.narrowing import Narrowed, narrowed
from gongkai.records.models import Category
from gongkai.records.queries import gazettes, published
from gongkai.windows.errors import NotPublishedError
from gongkai.windows.pages import page, public
from gongkai.windows.remembered import remembered
from gongkai.windows.windowed import bounded, sheet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

POLICIES = (Category.RULES, Category.NORMATIVE, Category.DOCUMENT)


@public
def opened(request: HttpRequest) -> HttpResponse:
    """Show the statutory column with its four parts (国办公开办函〔2019〕61号)."""
    del request
    return page("portal/open.html", {"here": "portal:open", "groups": scope_groups()})


@public
def item(request: HttpRequest, code: str) -> HttpResponse:
    """List what is published under one item of 条例 第二十、二十一条."""
    found = next((one for one in scope_items() if one.code == code), None)
    if found is None:
        raise NotPublishedError(code)
    choice = narrowed(request.GET, ("unit", "year"))
    wanted = published.Wanted(units=choice.units, scope_items=(code,), year=choice.year)
    context = {"here": "portal:open", "column": found.caption, "title": found.caption, "basis": found.article}
    return _listed(request, wanted, choice, context | {"elsewhere": elsewhere(code)})


@public
def policies(request: HttpRequest) -> HttpResponse:
    """List the policy documents (政策文件库)."""
    choice = narrowed(request.GET, ("unit", "category", "subject", "year", "validity"))
    wanted = published.Wanted(
        units=choice.units,
        categories=(choice.get("category"),) if choice.get("category") else POLICIES,
        validity=choice.get("validity"),
        subject=choice.get("subject"),
        year=choice.year,
    )
    return _listed(request, wanted, choice, {"here": "portal:policies", "column": "政策文件", "title": "政策文件库"})


@public
def normative(request: HttpRequest) -> HttpResponse:
    """List the normative documents with whether they hold, and the results of their clean-ups."""
    choice = narrowed(request.GET, ("unit", "validity", "year"))
    wanted = published.Wanted(
        units=choice.units, categories=(Category.NORMATIVE,), validity=choice.get("validity"), year=choice.year
    )
    context = {"here": "portal:policies", "column": "规范性文件", "title": "行政规范性文件"}
    return _listed(request, wanted, choice, context | {"clean_ups": gazettes.clean_ups()})


@public
def clean_up(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a clean-up of normative documents found."""
    found = gazettes.clean_up(number)
    return page(
        "portal/clean_up.html",
        {"here": "portal:policies", "found": found, "sheet": sheet(gazettes.lines(number), request.GET.get("page"))},
    )


@public
def interpretations(request: HttpRequest) -> HttpResponse:
    """List the interpretations."""
    choice = narrowed(request.GET, ("unit", "year"))
    wanted = published.Wanted(units=choice.units, categories=(Category.INTERPRETATION,), year=choice.year)
    return _listed(request, wanted, choice, {"here": "portal:policies", "column": "政策解读", "title": "政策解读"})


@public
def gazette(request: HttpRequest) -> HttpResponse:
    """List the issues of the gazette."""
    found = sheet(gazettes.issues(), request.GET.get("page"))
    return page("portal/gazette.html", {"here": "portal:open", "sheet": found})


@public
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issue of the gazette: its contents, each leading to its document."""
    del request
    found = gazettes.issue(number)
    return page("portal/issue.html", {"here": "portal:open", "issue": found, "entries": gazettes.entries(number)})


def _listed(
    request: HttpRequest, wanted: published.Wanted, choice: Narrowed, context: dict[str, object]
) -> HttpResponse:
    found = sheet(published.listed(wanted), request.GET.get("page"), count=lambda: _counted(wanted))
    return page("portal/list.html", context | {"sheet": found, "choice": choice})


@remembered
def _counted(wanted: published.Wanted) -> int:
    return bounded(published.listed(wanted))
