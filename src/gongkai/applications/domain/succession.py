"""Cases of a unit that ended: whoever carries on its functions answers (国办公开办函〔2019〕14号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.domain.authority import locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import NotAuthorisedError, UnitEndedError
from gongkai.applications.models import PENDING
from gongkai.units.queries.tree import answering

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application
    from gongkai.units.models import Unit

ARTICLE = "国办公开办函〔2019〕14号"


@transaction.atomic
def take_over(*, application: Application, unit: Unit, user: User, today: date) -> Application:
    """Make an unfinished case of an abolished unit a case of its successor ``unit``; its clock runs on unchanged."""
    application = locked(application)
    successors = answering(application.unit, today)
    if application.unit in successors or unit not in successors:
        names = "、".join(one.code for one in successors) or "（无）"
        raise UnitEndedError(
            f"{application.number} 现应由 {names} 办理，机构 {unit.code} 不能接办。请核对机构沿革。", article=ARTICLE
        )
    if application.stage not in PENDING:
        raise UnitEndedError(f"{application.number}{application.get_stage_display()}，无须接办，案卷随机构沿革保管。")
    if not rules.may_register(scope_of(user, today), unit.pk):
        raise NotAuthorisedError(f"您没有机构 {unit.code} 的经办角色，不能接办。请由该机构的经办人员接办。")
    former = application.unit.code
    application.unit, application.handler, application.desk = unit, None, ""
    application.save(update_fields=["unit", "handler", "desk"])
    append(application, "taken_over", today, user, today=today, former=former)
    trace("taken_over", application, user, ARTICLE, former=former)
    return application
