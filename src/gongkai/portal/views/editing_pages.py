"""Writing pages, looking at them as the public will, and printing the application for their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Role
from gongkai.portal import rules
from gongkai.portal.domain import pages
from gongkai.portal.domain.snapshot import digest_of_page
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.forms.pages import PageFilterForm, PageForm
from gongkai.portal.models import APPLIED, FRONT, PageKind
from gongkai.portal.queries import office, published
from gongkai.portal.views import home
from gongkai.portal.views.page_acts import page_of
from gongkai.portal.views.showing import TEMPLATE, page_context
from gongkai.records.views.attempts import attempt, status_of
from gongkai.review.models import Review, ReviewState
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.portal.models import Content, Page

PAGE_SIZE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the pages."""
    form = PageFilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    found = office.listed_pages(form.units, form.asked("kind"), form.asked("stage"))
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_draft": bool(_writable(request)),
    }
    return render(request, "portal/office/pages.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write a new page."""
    units = _writable(request)
    if not units:
        messages.error(
            request, "您不是任何机构的经办人员，不能拟写页面。请由主办机构的经办人员拟写后送审。", extra_tags="danger"
        )
        return redirect("editing:pages")
    asked = request.GET.get("kind", "")
    initial = {"unit": min(units), "kind": asked if asked in PageKind.values else PageKind.TOPIC}
    form = _form(request, units, initial)
    made: list[Page] = []

    def act() -> None:
        unit = get_object_or_404(Unit, pk=form.cleaned_data["unit"])
        fields = {"kind": form.cleaned_data["kind"], **form.written}
        made.append(pages.draft(unit=unit, user=request.user, day=request.today, **fields))

    if form.is_bound and attempt(request, form, act, "草稿已保存。预览无误后送审。"):
        return redirect("editing:page", made[0].pk)
    return render(request, "portal/office/edit.html", {"form": form}, status=status_of(form))


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft."""
    page = page_of(request, number)
    if not rules.may_edit(request.scope, page):
        messages.error(request, "只有本机构经办人员可以修改草稿；送审后须先撤回。", extra_tags="danger")
        return redirect("editing:page", number)
    initial = PageForm.initial_of(page) | {"edition": digest_of_page(page)}
    form = _form(request, frozenset({page.unit_id}), initial, page)

    def act() -> None:
        edition = form.cleaned_data["edition"]
        pages.revise(page=page, user=request.user, day=request.today, edition=edition, **form.written)

    if form.is_bound and attempt(request, form, act, "草稿已保存。"):
        return redirect("editing:page", number)
    if form.is_bound:
        # The next save is made knowing that there was another.
        form.data = form.data.copy()
        form.data["edition"] = digest_of_page(page_of(request, number))
    return render(request, "portal/office/edit.html", {"form": form, "page": page}, status=status_of(form))


@require_GET
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show a page, or an earlier version of it, by the public's own template: to whoever reads its papers alone."""
    page = page_of(request, number)
    shown: Content = page
    if version := request.GET.get("version", ""):
        numbers = page.versions.select_related("shows")
        shown = get_object_or_404(numbers, number=version if version.isdecimal() and len(version) < PAGE_SIZE else 0)
    body = render_to_string("portal/home.html", _first(page, shown)) if page.kind in FRONT else _rendered(page, shown)
    response = HttpResponse(body)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_GET
def application(request: HttpRequest, number: int) -> HttpResponse:
    """Show the 《专题专栏开设及首页信息发布申请表》 with what every reviewer said, to be printed."""
    page = page_of(request, number)
    if page.kind not in APPLIED:
        messages.error(request, f"{page.get_kind_display()}不需要申请表。", extra_tags="danger")
        return redirect("editing:page", number)
    reviews = Review.objects.filter(kind=PAGE, key=page.pk).exclude(state=ReviewState.WITHDRAWN)
    review = reviews.select_related("author").order_by("-pk").first()
    steps = review.steps.select_related("reviewer") if review else ()
    # What was said of the application was said of the text that was sent in, not of what became of it since.
    sent = page.versions.filter(digest=review.version).order_by("-number").first() if review else None
    content = sent or page
    context = {"page": page, "content": content, "review": review, "steps": steps}
    context["records"] = published.listed_in(content)
    return render(request, "portal/office/application.html", context)


def _rendered(page: Page, shown: Content) -> str:
    children = list(published.pages(PageKind.TOPIC).filter(parent_id=page.pk)) if page.kind == PageKind.TOPIC else []
    parent = page.parent
    context = page_context(
        page.kind,
        shown,
        unit=page.unit_id,
        parent=parent,
        parent_slug=parent.slug if parent else "",
        children=children,
    )
    return render_to_string(TEMPLATE, context)


def _first(page: Page, shown: Content) -> dict[str, Any]:
    """Return the first page as it would be with what is looked at."""
    front = published.front()
    slots = tuple(published.slots_of([shown]))
    notices, highlights = front.notices, front.highlights
    if page.kind == PageKind.NOTICE:
        notices = slots
    else:
        highlights = (*slots, *highlights)
    return home.context(published.Front(notices, highlights, front.topics))


def _form(request: HttpRequest, units: frozenset[int], initial: dict[str, Any], page: Page | None = None) -> PageForm:
    data = request.POST if request.method == "POST" else None
    return PageForm(data, initial=initial, tree=request.tree, writable=units, page=page)


def _writable(request: HttpRequest) -> frozenset[int]:
    return request.scope.of(Role.HANDLER) & {node.id for node in request.tree}
