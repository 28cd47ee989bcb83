"""The list of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from gongkai.accounts.paging import BoundedPaginator
from gongkai.records.forms.filters import FilterForm
from gongkai.records.queries.deadlines import deadline_of
from gongkai.records.queries.register import FOUND, called, listed
from gongkai.records.views.access import writable
from gongkai.search.port import SearchUnavailableError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def index(request: HttpRequest) -> HttpResponse:
    """List the records that fit the filters; where the index fails it says so, and never shows an empty list."""
    form = FilterForm(request.GET or None, scope=request.scope, tree=request.tree)
    context = {"form": form, "may_draft": bool(writable(request)), "limit": FOUND}
    try:
        found = listed(request.scope, request.tree, form.wanted)
    except SearchUnavailableError:
        return render(request, "records/list.html", context | {"is_broken": True}, status=503)
    page = BoundedPaginator(found.records, PAGE).get_page(request.GET.get("page"))
    for record in page:
        record.deadline = None if record.published_on else deadline_of(record, request.today)
    return render(request, "records/list.html", context | {"page": page, "beyond": found.beyond})


def find(request: HttpRequest) -> HttpResponse:
    """Go to the record that bears a number: 索引号, a former one, or 文号."""
    number = (request.GET.get("number") or request.GET.get("text") or "").strip()
    found = called(request.scope, number) if number else []
    if not found:
        problem = (
            f"没有文号或索引号为“{number}”的信息，或不在您的权限范围。请核对后再查。"
            if number
            else "请填写文号或索引号。"
        )
        messages.error(request, problem, extra_tags="danger")
        return redirect("records:list")
    if len(found) > 1:
        messages.info(request, f"有 {len(found)} 件信息的文号为“{number}”，已打开最近的一件；其余请在列表中检索。")
    return redirect("records:detail", found[0].pk)
