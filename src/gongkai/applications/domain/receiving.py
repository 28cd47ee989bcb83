"""Taking an application in: one verb for the counter, the register and, later, the portal's form."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.domain import identity as identities
from gongkai.applications.domain.authority import authorise, demand_past, locked
from gongkai.applications.domain.entering import append, strike_out
from gongkai.applications.domain.numbering import application_number
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import (
    ChannelNotAnnouncedError,
    IncompleteError,
    NotAuthorisedError,
    SplitError,
    StruckError,
    UnitEndedError,
)
from gongkai.applications.kinds import ANNOUNCED, RECEIVED
from gongkai.applications.models import PENDING, ApplicantKind, Application, DeliveryForm, Medium
from gongkai.law.editions import edition_for
from gongkai.law.errors import LawError
from gongkai.units.models import Guide
from gongkai.units.queries.tree import answering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.domain.identity import Identity
    from gongkai.units.models import Unit

MEDIA_ARTICLE = "国办公开办函〔2017〕19号"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for (Art 29): a name, a 文号 or a description, and in what form and way it is wanted.

    There is no purpose: since 2019-05-15 nobody need say what the information is for.
    """

    title: str = ""
    document_number: str = ""
    description: str = ""
    delivery_form: str = DeliveryForm.ANY
    delivery_way: str = ""
    needs_assistance: bool = False

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything by which the information could be found."""
        return any(part.strip() for part in (self.title, self.document_number, self.description))


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when an application came.

    ``day`` is the day the disclosure office had it: an application posted to another part of the agency counts from
    there (国办公开办函〔2015〕207号), and ``elsewhere_on`` keeps when that part got it. ``mail`` is the number of the
    registered letter.
    """

    medium: str
    day: date
    elsewhere_on: date | None = None
    mail: str = ""


@transaction.atomic
def receive(
    *,
    unit: Unit,
    arrival: Arrival,
    applicant_kind: str,
    applicants: Sequence[Identity],
    request: Request,
    user: User | None,
    today: date,
    form: uuid.UUID | None = None,
    is_imported: bool = False,
    desk: str = "",
) -> Application:
    """Register an application to ``unit`` and return it; ``user`` is ``None`` for the portal's form.

    Nothing that Art 29 asks for is demanded here: what is lacking is asked for by a correction notice (Art 30), and an
    application that arrived is registered. Refused are days that cannot be, a unit that has ended, and a medium that
    the unit's guide does not announce. The clock starts by itself in person and by registered post; otherwise with
    ``confirming.confirm``.
    """
    _check(unit, arrival, applicants, request, today, is_imported=is_imported)
    if user is not None and not rules.may_register(scope_of(user, today), unit.pk):
        raise NotAuthorisedError(f"您没有机构 {unit.code} 的经办角色，不能登记申请。请由该机构的经办人员登记。")
    application = Application(
        unit=unit,
        number=application_number(unit, arrival.day.year),
        medium=arrival.medium,
        arrived_on=arrival.day,
        applicant_kind=ApplicantKind(applicant_kind),
        needs_assistance=request.needs_assistance,
        **_asked(request),
        form=form or uuid.uuid4(),
        is_imported=is_imported,
        desk=desk,
    )
    application.save()
    for position, identity in enumerate(applicants):
        identities.sealed(application, identity, position).save()
    _append_receipt(application, arrival, user, today)
    trace(
        "received",
        application,
        user,
        "《政府信息公开条例》第三十一条",
        number=application.number,
        medium=str(arrival.medium),
        day=arrival.day.isoformat(),
        applicants=len(applicants),
    )
    return application


@transaction.atomic
def receive_form(*, units: Sequence[Unit], **facts: object) -> list[Application]:
    """Register a form that names several agencies: one application for each, joined by ``form``."""
    if not units:
        raise IncompleteError("没有选择行政机关，无法登记。请选择申请的对象。", {"units": "请选择行政机关。"})
    form = uuid.uuid4()
    return [receive(unit=unit, form=form, **facts) for unit in dict.fromkeys(units)]


@transaction.atomic
def correct_receipt(
    *, application: Application, user: User, today: date, arrival: Arrival, reason: str, seen: int | None = None
) -> Application:
    """Enter another day or way of receipt; the one entered by mistake stays, struck out, with the ``reason``."""
    application = locked(application, seen)
    authorise(application, user, today, "更正收到日期", rules.may_strike)
    demand_past(arrival.day, today, "收到申请")
    mistaken = application.events.filter(kind=RECEIVED).order_by("-sequence").first()
    application.medium, application.arrived_on = arrival.medium, arrival.day
    application.save(update_fields=["medium", "arrived_on"])
    strike_out(application, mistaken, user, today=today, reason=reason, project_now=False)
    try:
        _append_receipt(application, arrival, user, today)
    except LawError as error:
        raise StruckError(
            f"收到日期更正为 {arrival.day} 后，已登记的事项不能成立：{error.message}请先更正这些事项。",
            {"day": "与已登记的事项矛盾。"},
            article=error.article,
        ) from error
    trace("receipt_corrected", application, user, day=arrival.day.isoformat(), reason=reason)
    return application


@transaction.atomic
def split(
    *,
    application: Application,
    requests: Sequence[Request],
    user: User,
    today: date,
    reason: str,
    day: date | None = None,
    seen: int | None = None,
) -> list[Application]:
    """Divide an application into several (一事一申请); each is registered and counts as one, the whole no more.

    The parts were received when the whole was: their clocks are its clock so far.
    """
    application = locked(application, seen)
    authorise(application, user, today, "拆分申请")
    least = 2
    if len(requests) < least or not all(part.says_something for part in requests):
        raise SplitError("拆分至少要有两项，每项都要写明所需信息。请补充后再拆分。", {"requests": "至少两项。"})
    if not reason.strip():
        raise IncompleteError("拆分申请须写明理由，以备年度统计核对。", {"reason": "请填写理由。"})
    if application.stage not in PENDING:
        raise SplitError(f"{application.number}{application.get_stage_display()}，不能再拆分。")
    day = day or today
    demand_past(day, today, "拆分")
    parts = [_part(application, request, user, today) for request in requests]
    append(application, "split", day, user, today=today, numbers=[part.number for part in parts], reason=reason.strip())
    trace("split", application, user, "国办函〔2020〕109号 第四条", numbers=[part.number for part in parts])
    return parts


def fingerprint(request: Request) -> str:
    """Return a digest of what is asked, without blanks, punctuation and width; empty for nothing."""
    text = unicodedata.normalize("NFKC", request.title + request.document_number + request.description)
    bare = re.sub(r"[\W_]+", "", text)
    return sha256(bare.encode()).hexdigest()[:40] if bare else ""


def _asked(request: Request) -> dict[str, str]:
    """Return the columns of an application that say what is asked for."""
    return {
        "title": request.title.strip(),
        "document_number": request.document_number.strip(),
        "description": request.description.strip(),
        "delivery_form": request.delivery_form,
        "delivery_way": request.delivery_way,
        "fingerprint": fingerprint(request),
    }


def _append_receipt(application: Application, arrival: Arrival, user: User | None, today: date) -> None:
    how = {"medium": str(arrival.medium), "elsewhere_on": arrival.elsewhere_on, "mail": arrival.mail}
    append(application, RECEIVED, arrival.day, user, today=today, **how)


def _part(whole: Application, request: Request, user: User, today: date) -> Application:
    part = Application(
        unit=whole.unit,
        number=application_number(whole.unit, whole.arrived_on.year),
        medium=whole.medium,
        arrived_on=whole.arrived_on,
        applicant_kind=whole.applicant_kind,
        needs_assistance=whole.needs_assistance,
        **_asked(request),
        form=whole.form,
        split_from=whole,
        handler=whole.handler,
        desk=whole.desk,
    )
    part.save()
    for applicant in whole.applicants.all():
        identities.sealed(part, identities.opened(applicant), applicant.position).save()
    for event in whole.events.order_by("sequence"):
        if event.struck_by_or_none is None and event.strikes_id is None:
            append(part, event.kind, event.day, user, today=today, project_now=False, **event.payload)
    append(part, "note", today, user, today=today, text=f"由{whole.number}拆分登记")
    trace("received", part, user, number=part.number, split_from=whole.number)
    return part


def _check(
    unit: Unit, arrival: Arrival, applicants: Sequence[Identity], request: Request, today: date, *, is_imported: bool
) -> None:
    demand_past(arrival.day, today, "收到申请")
    if arrival.elsewhere_on is not None and arrival.elsewhere_on > arrival.day:
        raise IncompleteError(
            f"其他部门收到的日期 {arrival.elsewhere_on} 晚于工作机构收到的日期 {arrival.day}。请核对两个日期。",
            {"elsewhere_on": "不能晚于工作机构收到之日。"},
        )
    try:
        edition_for(arrival.day)
    except LawError as error:
        raise IncompleteError(
            f"{error.message}请核对收到日期。", {"day": error.message}, article=error.article
        ) from error
    if not applicants or not request.says_something:
        what = "申请人" if not applicants else "所需信息的名称、文号或者特征性描述"
        raise IncompleteError(
            f"没有填写{what}，无法登记。请照申请表录入；申请表本身没有写明的，录入“未写明”并告知补正。",
            {"applicants" if not applicants else "description": "请填写。"},
            article="《政府信息公开条例》第二十九条",
        )
    successors = answering(unit, arrival.day)
    if unit not in successors:
        names = "、".join(successor.code for successor in successors) or "（无承接机构）"
        raise UnitEndedError(
            f"机构 {unit.code} 已于 {unit.abolished_on} 撤销，不能再受理申请。现由承接其职权的机构办理：{names}。",
            {"unit": "机构已撤销。"},
            article="国办公开办函〔2019〕14号",
        )
    if not is_imported:
        _check_medium(unit, arrival.medium)


def _check_medium(unit: Unit, medium: str) -> None:
    if medium not in ANNOUNCED:
        return
    guide = Guide.objects.filter(unit=unit).first()
    announced = set(guide.channels) if guide else set()
    open_to = {
        Medium.WEB_FORM: "internet" in announced,
        Medium.EMAIL: bool(guide and guide.email),
        Medium.FAX: "fax" in announced,
    }
    if open_to[Medium(medium)]:
        return
    open_ways = ["当面提交", "邮政寄送", *(one.label for one, is_open in open_to.items() if is_open)]
    raise ChannelNotAnnouncedError(
        f"该机构的公开指南没有公布“{Medium(medium).label}”这一申请渠道，不在此登记。请引导申请人改用：{'、'.join(open_ways)}；"
        "或者先在公开指南中公布该渠道。",
        {"medium": "公开指南没有公布。"},
        article=MEDIA_ARTICLE,
    )
