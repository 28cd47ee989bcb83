"""What of a case its applicant may see: computed from the case, with the same clock as the officer's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.applications.domain.letters import frozen
from gongkai.applications.letters.contents import remedy_of, remedy_of_silence
from gongkai.applications.letters.kinds import is_answer
from gongkai.applications.models import LetterState, Mode, PaperKind, Stage
from gongkai.applications.queries.case import case_of
from gongkai.applications.queries.words import caption_of
from gongkai.files.domain import store
from gongkai.intake.messages import CORRECTION_NAME
from gongkai.intake.models import Satisfaction
from gongkai.intake.queries.explaining import explained
from gongkai.intake.sight import SentLetter, Sight
from gongkai.law.catalogue import CatalogueError
from gongkai.law.letters import letter as law_letter
from gongkai.units.models import Guide
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.applications.models import Application, Letter, Paper
    from gongkai.applications.queries.case import Case
    from gongkai.law.clock.state import State

STATES = {
    Stage.UNCONFIRMED: (
        "已提交，待确认",
        "申请已经送达，尚未与您确认收到。回填查询码即为确认，答复期限自确认之日起算。",
    ),
    Stage.OPEN: ("办理中", "申请正在办理。"),
    Stage.CONSULTING: ("征求意见中", "申请涉及其他单位或者个人，正在征求意见。征求意见的时间不计算在答复期限内。"),
    Stage.AWAITING_CORRECTION: ("等待您补正", "申请内容不够明确，请在期限内补正。补正后答复期限自收到补正之日起算。"),
    Stage.AWAITING_FEE: ("等待您缴费", "请按收费通知缴纳信息处理费。缴清之后继续办理。"),
    Stage.LAPSED: ("逾期未补正或缴费", "期限内没有收到补正或者缴费，行政机关将告知处理结果。"),
    Stage.ANSWERED: ("已答复", "行政机关已经作出答复。"),
    Stage.CLOSED: ("已办结", "申请不再处理，原因见告知书。"),
    Stage.WITHDRAWN: ("已撤回", "您已撤回申请。需要时可以重新申请。"),
    Stage.SPLIT: ("已拆分办理", "一份申请写了几件事，已拆成几件分别办理，见下。"),
}
"""What each stage is called for an applicant, and what it means."""

_LATE_CAPTION = "逾期未答复"
_EXTENDED = "申请正在办理。答复期限已经延长，原因见延期答复告知书。"
_LATE = (
    "答复期限已过。您可以向该机关的工作机构询问，也可以向其上一级行政机关或者政府信息公开工作主管部门投诉、举报"
    "（条例第五十一条）。申请行政复议或者提起行政诉讼的办法见下。"
)
_OUT = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)
_ENDED = (Stage.ANSWERED, Stage.CLOSED)


def sight_of(application: Application, today: date) -> Sight:
    """Return what the applicant may see of ``application`` on ``today``; of a secret case only where it stands."""
    case = case_of(application, today)
    course = case.course
    stage = str(course.stage) if course else Stage.UNCONFIRMED
    caption, words = STATES[Stage(stage)]
    clock = course.clock if course else None
    is_late = bool(course and course.is_pending and course.is_late)
    if clock and stage == Stage.OPEN and any(one.kind == "extension" for one in clock.events):
        words = _EXTENDED
    letters = [] if application.is_secret else list(issued(application))
    answer = next((one for one in reversed(letters) if is_answer(one.kind, one.regulation)), None)
    asked, until = _asked(case, letters, stage)
    rated = Satisfaction.objects.filter(application=application).values_list("score", flat=True).first()
    return Sight(
        number=application.number,
        unit=as_of(today).name(application.unit_id, in_full=True),
        title="" if application.is_secret else application.title or application.document_number,
        arrived=application.arrived_on,
        state=stage,
        caption=_LATE_CAPTION if is_late else caption,
        words=_LATE if is_late else words,
        started=course.started_on if course else None,
        due=course.due if course and course.is_pending else None,
        is_provisional=bool(course and clock and clock.provisional and course.is_pending),
        is_late=is_late,
        steps=() if application.is_secret or clock is None else explained(clock),
        letters=tuple(_shown(one) for one in letters),
        asked=asked,
        answer_until=until,
        **_corrected(application, clock),
        outcome=caption_of(course.outcome, application.regulation) if course and course.outcome else "",
        remedy=_silence(application, course.due) if course and is_late else _remedy(answer),
        may=_may(stage),
        score=rated or 0,
        contact=_contact(application),
    )


def issued(application: Application) -> QuerySet[Letter]:
    """Return the letters that went out to the applicant of this case and to nobody else, the first one first."""
    found = application.letters.filter(state__in=_OUT, consultee__isnull=True, sent_on__isnull=False)
    mine = [one.pk for one in found if law_letter(one.kind, one.regulation).audience == "applicant"]
    return (
        application.letters.filter(pk__in=mine).select_related("unit", "sealed_copy", "pdf").order_by("sent_on", "pk")
    )


def online(application: Application) -> list[tuple[Letter, list[Paper]]]:
    """Return the letters that were delivered electronically, with the papers that the answer gives with them."""
    if application.is_secret:
        return []
    found = [one for one in issued(application) if one.mode == Mode.ELECTRONIC]
    answers = [one for one in found if is_answer(one.kind, one.regulation)]
    papers = application.papers.filter(kind=PaperKind.RELEASED).select_related("blob") if answers else ()
    given = list(papers)
    return [(one, given if answers and one is answers[-1] else []) for one in found]


def _shown(letter: Letter) -> SentLetter:
    assert letter.sent_on is not None
    return SentLetter(letter.title, letter.number, letter.sent_on, letter.get_mode_display())


def _asked(case: Case, letters: list[Letter], stage: str) -> tuple[tuple[str, ...], date | None]:
    """Return what the last correction notice says and until when it is to be answered, while it is to be."""
    if stage != Stage.AWAITING_CORRECTION or case.course is None:
        return (), None
    notice = next((one for one in reversed(letters) if one.kind == "correction_notice"), None)
    words = tuple(one.text for one in frozen(notice).paragraphs) if notice is not None and notice.content else ()
    return words, case.course.running.lapse()


def _corrected(application: Application, clock: State | None) -> dict[str, Any]:
    """Return when the answer to a correction notice came, and what the applicant sent with it on the web."""
    came = [one.day for one in clock.events if one.kind == "correction_answer"] if clock else []
    if not came:
        return {}
    sent = application.papers.filter(kind=PaperKind.CORRECTION, added_by__isnull=True).select_related("blob")
    papers = [] if application.is_secret else list(sent)
    text = next((store.read(one.blob).decode() for one in papers if one.name == CORRECTION_NAME), "")
    names = tuple(one.name for one in papers if one.name != CORRECTION_NAME)
    return {"corrected": came[-1], "correction": text, "correction_files": names}


def _remedy(answer: Letter | None) -> str:
    """Return the paragraph on remedies of the answer, as the letter has it."""
    if answer is None or answer.dated is None:
        return ""
    try:
        return remedy_of(answer, answer.dated)
    except CatalogueError:
        return ""


def _silence(application: Application, due: date | None) -> str:
    """Return how the applicant can act who got no answer until ``due``."""
    try:
        return remedy_of_silence(application.unit, due) if due else ""
    except CatalogueError:
        return ""


def _may(stage: str) -> tuple[str, ...]:
    if stage == Stage.UNCONFIRMED:
        return ("confirm", "withdraw")
    if stage == Stage.AWAITING_CORRECTION:
        return ("correct", "withdraw")
    if stage in _ENDED:
        return ("rate",)
    return () if stage in {Stage.WITHDRAWN, Stage.SPLIT} else ("withdraw",)


def _contact(application: Application) -> tuple[str, ...]:
    guide = Guide.objects.filter(unit=application.unit_id).first()
    if guide is None:
        return ()
    return tuple(part for part in (guide.office, guide.telephone, guide.hours, guide.address) if part)
