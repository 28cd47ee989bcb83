"""What the web's intake brings to the workbench and to the page of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.sealing import unseal
from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.applications import panels
from gongkai.applications import rules as application_rules
from gongkai.applications.models import Medium
from gongkai.applications.panels import Panel
from gongkai.intake import rules
from gongkai.intake.messages import PURPOSE
from gongkai.intake.models import Satisfaction, TrackedCase
from gongkai.intake.queries import incoming

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application


def _calls(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = incoming.waiting(scope)
    items = [
        TodoItem("来电代填申请", reverse("intake:list"), one.unit_id, one.arrived_on, "soon") for one in found[:limit]
    ]
    return items, found.count()


def _stuck(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    if not rules.runs_queue(scope):
        return [], 0
    unit = min(scope.of("competent", "administrator"), default=0)
    found = incoming.stuck()
    items = [
        TodoItem(f"网上来件未能转办：{one.get_kind_display()}", reverse("intake:list"), unit, one.arrived_on, "late")
        for one in found[:limit]
    ]
    return items, found.count()


def _panel(application: Application, scope: Scope, today: date) -> Panel | None:
    """Show, of an application made on the web, whether its applicant follows it there and how satisfied they are."""
    del today
    if application.medium != Medium.WEB_FORM:
        return None
    followed = TrackedCase.objects.filter(application=application).exists()
    rated = Satisfaction.objects.filter(application=application).first()
    if not followed:
        return None
    may_read = rated is not None and application_rules.may_handle(scope, application)
    words = unseal(rated.words, PURPOSE) if rated is not None and may_read else ""
    return Panel("网上申请", "intake/panel.html", {"rated": rated, "words": words})


register(
    menu=[MenuEntry("网上来件", "intake:list", "inbox", "依申请公开", 33, rules.looks_in)],
    todo=[TodoSource("来电代填", 12, _calls), TodoSource("网上来件未能转办", 9, _stuck)],
)
panels.register("intake", 40, _panel)
