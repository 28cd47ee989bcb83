"""What the case already tells for a letter, so that nobody types it again. Everything can be changed in the draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gongkai.applications import course as courses
from gongkai.applications.domain.fees import computed
from gongkai.applications.domain.identity import opened
from gongkai.applications.errors import ApplicationError
from gongkai.applications.fee_account import ITEMS
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.setting import stationery_of
from gongkai.applications.letters.wording import fields_of
from gongkai.applications.models import LetterState, Mode, PaperKind
from gongkai.applications.queries.article29 import lacking
from gongkai.law.clock.events import Event as LawEvent
from gongkai.law.editions import edition
from gongkai.law.errors import LawError
from gongkai.law.letters import letter as law_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gongkai.applications.course import Course
    from gongkai.applications.models import Application
    from gongkai.law.fees import Fee

    Values = dict[str, str]
    Teller = Callable[[Application, Course, Mapping[str, object], date], Values]

HEAD = "本机关政府信息公开工作机构负责人"
CORRECTION_DAYS = 15
"""Working days proposed for a correction: the regulation says “合理期限” only, the office may give another."""


def fields(application: Application, course: Course, kind: str, options: Mapping[str, object], today: date) -> Values:
    """Return values for the fields of ``kind`` by key, as far as the case tells them."""
    regulation = application.regulation or "2019"
    told = _TELLERS[kind](application, course, options, today) if kind in _TELLERS else {}
    wanted = fields_of(kind, regulation)
    return {key: value for key, value in told.items() if key in wanted and value}


def mode(application: Application) -> str:
    """Return how the applicant wants the answer, as a way of delivery."""
    wanted = {"online": Mode.ELECTRONIC, "email": Mode.ELECTRONIC, "pick_up": Mode.DIRECT}
    return wanted.get(application.delivery_way, Mode.POSTED)


def options(application: Application, kind: str) -> dict[str, object]:
    """Return what the event of ``kind`` needs besides the fields, as it is proposed."""
    if kind == "correction_notice":
        return {"period_days": CORRECTION_DAYS}
    if kind == "extension_notice":
        return {"days": edition(application.regulation or "2019").provisions["extension"].days}
    if kind == "fee_notice" and application.regulation != "2008":
        return {"schedule": ITEMS}
    return {}


def fee(application: Application, options: Mapping[str, object], today: date) -> tuple[Fee, dict[str, object]]:
    """Return the fee by what ``options`` say (``schedule``, ``pages``) and the parameters of its notice.

    Raises ``FeeError`` where none may be asked for.
    """
    pages = options.get("pages")
    schedule = str(options.get("schedule") or ITEMS)
    return computed(application, schedule, today=today, pages=pages if isinstance(pages, int) else None)


def _receipt(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del options, today
    rule = edition(application.regulation or "2019").provisions["answer"]
    if course.due is None:
        text = "该申请须经本机关与您确认收到，答复期限自双方确认之日起计算"
    else:
        text = (
            f"依照{rule.article}，本机关将于{chinese_day(course.due)}前答复；"
            "依法延长、征求意见、补正、缴费的，期限另行计算并告知"
        )
    return {"due_basis": f"{text}。"}


def _correction(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del course, today
    days = options.get("period_days") or CORRECTION_DAYS
    lacks = lacking([opened(one) for one in application.applicants.all()], application)
    items = [f"{place}．{lack.item}；" for place, lack in enumerate(lacks, start=1)]
    return {
        "items_to_correct": "\n".join(items).removesuffix("；") + "。" if items else "",
        "period": f"自收到本告知书之日起{days}个工作日内",
        "consequence": "无正当理由，逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
    }


def _extension(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    due = new_due(course, options, today)
    del application
    return {"approver": HEAD, "new_due": chinese_day(due) if due else ""}


def new_due(course: Course, options: Mapping[str, object], today: date) -> date | None:
    """Return the last day after an extension told today; ``None`` where the law does not let it be extended."""
    if course.clock is None:
        return None
    days = options.get("days")
    event = LawEvent("extension", today, days=days if isinstance(days, int) else None, approver=HEAD, notified=today)
    try:
        return courses.preview(course, event).due
    except LawError:
        return None


def _delay(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del application, course, today
    until = options.get("until")
    return {"new_due": chinese_day(date.fromisoformat(until)) if isinstance(until, str) and until else ""}


def _consultation(paper: str, silence: str) -> Teller:
    def told(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
        del course, options, today
        name = "" if application.is_secret else (application.title or application.description)
        return {"information": name, "reply_period": f"自收到本{paper}之日起15个工作日内", "silence": silence}

    return told


def _consulted(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del application, options, today
    days = [event.day for event in course.events if event.kind.endswith("_sent")]
    since = f"自{chinese_day(min(days))}发出征求意见书起，" if days else ""
    return {"time_excluded": f"{since}征求意见所需时间不计算在答复期限内。"}


def _fee(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del course
    own = stationery_of(application.unit)
    payment = own.payment if own else ""
    if application.regulation == "2008":
        return {"payment": payment}
    told = {
        "basis": "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "payment": payment,
        "consequence": "请自收到本通知书次日起20个工作日内缴纳。逾期未缴纳的，视为放弃申请，"
        "本机关不再处理该政府信息公开申请。",
    }
    try:
        found, _ = fee(application, options, today)
    except ApplicationError:
        return told  # the fields stay empty, and sending to review says why
    lines = [line["text"] for line in found.trace]
    return {**told, "standard": "\n".join(f"{line}。" for line in lines), "amount": str(found.amount_yuan)}


def _searched(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del course, options, today
    if application.is_secret:
        return {}
    lines = [
        f"{chinese_day(log.day)}，本机关在{log.system}中以“{log.keywords}”检索，结果：{log.found.rstrip('。')}。"
        for log in application.searches.all()
    ]
    return {"search": "\n".join(lines)}


def _granted(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
    del course, options, today
    names = [paper.name for paper in application.papers.filter(kind=PaperKind.RELEASED)]
    return {"delivered": "\n".join(f"{name}（随附）。" for name in names)}


def _noticed(kind: str) -> Teller:
    """Tell the letter of ``kind`` that went out before, and the last day it gave."""

    def told(application: Application, course: Course, options: Mapping[str, object], today: date) -> Values:
        del options, today
        sent = application.letters.filter(kind=kind, state__in=(LetterState.SENT, LetterState.DELIVERED)).first()
        last = course.running.lapse() if course.clock is not None else None
        day = chinese_day(last) if last else ""
        if sent is None:
            return {"last_day": day}
        title = law_letter(sent.kind, sent.regulation).title
        return {"notice": f"{chinese_day(sent.dated)}《{title}》（{sent.number}）", "last_day": day}

    return told


_TELLERS: dict[str, Teller] = {
    "registration_receipt": _receipt,
    "correction_notice": _correction,
    "change_notice": _correction,
    "extension_notice": _extension,
    "delay_notice": _delay,
    "third_party_consultation": _consultation("意见书", "逾期未提出意见的，本机关将依照该条例的规定决定是否公开。"),
    "co_maker_consultation": _consultation("函", "逾期未提出意见的，依照该条例第三十四条视为同意公开。"),
    "other_agency_consultation": _consultation("函", ""),
    "consultation_notice": _consulted,
    "fee_notice": _fee,
    "not_existing": _searched,
    "granted": _granted,
    "partial": _granted,
    "still_unclear": _noticed("correction_notice"),
    "not_corrected": _noticed("correction_notice"),
    "fee_unpaid": _noticed("fee_notice"),
    "unjustified_volume": _noticed("reasons_request"),
}
