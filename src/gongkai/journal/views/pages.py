"""The journal, read only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.journal import rules
from gongkai.journal.forms import FilterForm
from gongkai.journal.queries import chain
from gongkai.journal.queries.entries import listed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 20


def entries(request: HttpRequest) -> HttpResponse:
    """List what was done: an auditor sees the entries made for his units, an administrator all."""
    _allow(request)
    audited = _audited(request)
    form = FilterForm(request.GET or None)
    # An administrator sees every entry; whose content is no case's, ``shows_content`` says.
    found = listed(form.wanted, None if request.scope.is_administrator else audited)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "entry": entry,
            "content": json.dumps(entry.detail, ensure_ascii=False)
            if rules.shows_content(request.scope, entry.act, is_audited=entry.unit in audited)
            else None,
        }
        for entry in page
    ]
    return render(request, "journal/entries.html", {"form": form, "page": page, "rows": rows})


@require_POST
def verification(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain and say whether it holds."""
    _allow(request)
    return render(request, "journal/verdict.html", {"verdict": chain.verify()})


def _allow(request: HttpRequest) -> None:
    if not rules.may_read(request.scope):
        raise PermissionDenied("操作日志由审计人员和系统管理员查阅。")


def _audited(request: HttpRequest) -> frozenset[str]:
    units = request.scope.of(rules.AUDITOR)
    return frozenset(node.code for node in request.tree if node.id in units)
