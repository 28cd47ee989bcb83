"""What the checks find, as a panel of the page of a case; what takes long is left to a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.domain.projection import course_of
from gongkai.applications.panels import Panel
from gongkai.applications.queries.checks import findings

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application


def panel(application: Application, scope: Scope, today: date) -> Panel | None:
    """Return the findings of ``application``; the page is shown only to who may read it."""
    del scope
    course = course_of(application, today)
    if course is None:
        return None
    context = {"findings": findings(application, course, is_deep=False), "application": application.pk}
    return Panel("案卷核对", "applications/checks/panel.html", context)
