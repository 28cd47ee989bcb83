"""What can be done with an application: one address, one form, one rule and one verb each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect

from gongkai.applications import rules
from gongkai.applications.domain import (
    allocating,
    archiving,
    confirming,
    converting,
    entering,
    fees,
    guiding,
    inquiring,
    papers,
    receiving,
    secrecy,
)
from gongkai.applications.domain.succession import take_over
from gongkai.applications.errors import ApplicationError, ChangedMeanwhileError, ElsewhereError
from gongkai.applications.forms import acts as forms
from gongkai.applications.forms import fees as fee_forms
from gongkai.applications.models import ENDED, PENDING, Stage
from gongkai.applications.queries.case import since
from gongkai.applications.views.access import application_of
from gongkai.applications.views.case import Opened, page, shown
from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.applications.queries.case import Case

    Rule = Callable[[Scope, Application], bool]
    Do = Callable[["Doing"], object]
    Fits = Callable[[Case], bool]

UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Doing:
    """An act being done: by whom, on what, with what was filled in."""

    request: HttpRequest
    application: Application
    form: forms.ActForm

    @property
    def data(self) -> dict[str, Any]:
        """What was filled in, without the version."""
        return {name: value for name, value in self.form.cleaned_data.items() if name != "seen"}

    @property
    def acting(self) -> dict[str, Any]:
        """What every verb asks for."""
        return {"application": self.application, "user": self.request.user, "today": self.request.today}

    @property
    def seeing(self) -> dict[str, Any]:
        """The same, with the version the person saw."""
        return self.acting | {"seen": self.form.cleaned_data["seen"]}

    def enter(self, kind: str, **params: Any) -> None:  # noqa: ANN401 -- parameters of events
        """Enter an event of ``kind`` with its proof, both or neither."""
        file = params.pop("evidence", None)
        with transaction.atomic():
            if file is not None:
                params |= {"evidence": store.keep(data=bytes_of(file), name=file.name), "evidence_name": file.name}
            entering.enter(kind=kind, **self.seeing, **params)


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``kinds`` are the events of the law it enters: it is offered while the law allows one of them.

    ``fits`` looks at the case itself: an act that does not fit is not offered.
    """

    name: str
    title: str
    group: str
    form: type[forms.ActForm]
    do: Do
    done: str
    rule: Rule = rules.may_handle
    kinds: tuple[str, ...] = ()
    is_grave: bool = False
    fits: Fits | None = None


def _pending(scope: Scope, application: Application) -> bool:
    return application.stage in PENDING and rules.may_handle(scope, application)


def _unconfirmed(scope: Scope, application: Application) -> bool:
    return application.stage == Stage.UNCONFIRMED and rules.may_handle(scope, application)


def _in_hand(scope: Scope, application: Application) -> bool:
    return bool(application.handler_id or application.desk) and _pending(scope, application)


def _open_content(scope: Scope, application: Application) -> bool:
    return not application.is_secret and rules.may_handle(scope, application)


def _open_pending(scope: Scope, application: Application) -> bool:
    return not application.is_secret and _pending(scope, application)


def _disclosed(scope: Scope, application: Application) -> bool:
    return application.outcome in converting.DISCLOSED and rules.may_handle(scope, application)


def _ended(scope: Scope, application: Application) -> bool:
    return application.stage in ENDED and rules.may_handle(scope, application)


def _ended_unit(scope: Scope, application: Application) -> bool:
    is_left = application.unit_id in scope.left_to(*rules.WORKING)
    return is_left and application.stage in PENDING


def _waivable(scope: Scope, application: Application) -> bool:
    return application.stage in PENDING and rules.may_waive(scope, application)


def _archive(doing: Doing) -> None:
    acting = {name: value for name, value in doing.seeing.items() if name != "application"}
    archiving.close(case=doing.application, **acting, **doing.data)


def _claim(doing: Doing) -> None:
    allocating.claim(**doing.seeing)


def _party(doing: Doing, suffix: str, **params: Any) -> None:  # noqa: ANN401 -- parameters of events
    kind, _, party = doing.form.cleaned_data["party"].partition(":")
    data = doing.data
    doing.enter(f"{kind}_{suffix}", day=data["day"], party=party, evidence=data["evidence"], **params)


def _opinion(doing: Doing) -> None:
    consent = {"yes": True, "no": False}.get(doing.data["consent"])
    _party(doing, "opinion", consent=consent)


def _correction_answer(doing: Doing) -> None:
    doing.enter("correction_answer", **(doing.data | {"justified": doing.data["justified"] or None}))


def _split(doing: Doing) -> None:
    receiving.split(requests=doing.form.requests, reason=doing.data["reason"], **doing.seeing)


def _strike(doing: Doing) -> None:
    entering.strike(event=doing.form.events[doing.data["event"]], reason=doing.data["reason"], **doing.seeing)


def _paper(doing: Doing) -> None:
    file = doing.data["file"]
    papers.add(kind=doing.data["kind"], data=bytes_of(file), name=file.name, **doing.acting)


def _take_over(doing: Doing) -> None:
    take_over(unit=doing.form.units[doing.data["unit"]], **doing.acting)


def _elsewhere(doing: Doing) -> None:
    allocating.transfer_elsewhere(application=doing.application, agency=doing.data["agency"])


def _fee(verb: Callable[..., object]) -> Do:
    """Return the act of ``verb`` on a fee, with the proof filed where there is one."""

    def do(doing: Doing) -> None:
        data = doing.data
        file = data.pop("evidence")
        with transaction.atomic():
            if file is not None:
                data |= {"evidence": store.keep(data=bytes_of(file), name=file.name), "evidence_name": file.name}
            verb(**doing.seeing, **data)

    return do


def _entering(kind: str) -> Do:
    return lambda doing: doing.enter(kind, **doing.data)


CLOCK, FEES, WORK, KEEP = "期限和进展", "费用", "承办和调查", "案卷和更正"
ACTS = (
    Act(
        "confirm",
        "已与申请人确认",
        CLOCK,
        forms.ConfirmForm,
        lambda doing: confirming.confirm(**doing.seeing, **doing.data),
        "已登记确认，答复期限开始计算。",
        _unconfirmed,
    ),
    Act(
        "attempt",
        "联系未果",
        CLOCK,
        forms.AttemptForm,
        lambda doing: confirming.attempt(**doing.seeing, **doing.data),
        "已登记本次联系，期限尚未起算。",
        _unconfirmed,
    ),
    Act(
        "correction-answer",
        "收到补正",
        CLOCK,
        forms.CorrectionAnswerForm,
        _correction_answer,
        "已登记补正，答复期限重新计算。",
        _pending,
        ("correction_answer",),
    ),
    Act(
        "party-received",
        "对方签收征求意见书",
        CLOCK,
        forms.PartyReceivedForm,
        lambda doing: _party(doing, "received"),
        "已登记签收。",
        _pending,
        ("third_party_received", "co_maker_received"),
    ),
    Act(
        "opinion",
        "收到征求意见回复",
        CLOCK,
        forms.OpinionForm,
        _opinion,
        "已登记意见。",
        _pending,
        ("third_party_opinion", "co_maker_opinion", "other_agency_opinion"),
    ),
    Act(
        "reasons-answered",
        "收到理由说明",
        CLOCK,
        forms.DayForm,
        _entering("reasons_answered"),
        "已登记理由说明。",
        _pending,
        ("reasons_answered",),
    ),
    Act(
        "reasonable-period",
        "确定合理期限",
        CLOCK,
        forms.ReasonableForm,
        _entering("reasonable_period"),
        "已登记延迟答复的合理期限。",
        _pending,
        ("reasonable_period",),
    ),
    Act("fee-paid", "已缴费", CLOCK, forms.DayForm, _entering("fee_paid"), "已登记缴费。", _pending, ("fee_paid",)),
    Act(
        "fee-waive",
        "免收费用",
        FEES,
        fee_forms.WaiveForm,
        _fee(fees.waive),
        "已登记免收。",
        _waivable,
        fits=fee_forms.may_be_waived,
    ),
    Act(
        "fee-reduce",
        "减收费用",
        FEES,
        fee_forms.ReduceForm,
        _fee(fees.reduce),
        "已登记减收，缴费期限照常计算。",
        _waivable,
        fits=fee_forms.may_be_reduced,
    ),
    Act(
        "fee-refund",
        "退还费用",
        FEES,
        fee_forms.RefundForm,
        _fee(fees.refund),
        "已登记退还。",
        rules.may_waive,
        fits=fee_forms.may_be_refunded,
    ),
    Act(
        "withdrawal",
        "申请人撤回",
        CLOCK,
        forms.WithdrawalForm,
        _entering("withdrawal"),
        "已登记撤回。",
        _pending,
        ("withdrawal",),
    ),
    Act("claim", "我来承办", WORK, forms.ActForm, _claim, "您已承办此件。", _pending),
    Act(
        "allocate",
        "交办",
        WORK,
        forms.AllocateForm,
        lambda doing: allocating.allocate(**doing.seeing, **doing.data),
        "已交办。期限照常计算。",
        _pending,
    ),
    Act(
        "hand-back",
        "退回交办",
        WORK,
        forms.ReasonForm,
        lambda doing: allocating.hand_back(**doing.seeing, **doing.data),
        "已退回工作机构。期限照常计算。",
        _in_hand,
    ),
    Act(
        "search",
        "登记检索",
        WORK,
        forms.SearchForm,
        lambda doing: inquiring.log_search(**doing.acting, **doing.data),
        "检索记录已登记。",
    ),
    Act(
        "consultee",
        "登记征求意见对象",
        WORK,
        forms.ConsulteeForm,
        lambda doing: inquiring.name_consultee(**doing.acting, **doing.data),
        "征求意见对象已登记。",
        _pending,
    ),
    Act("meeting", "会议纪要", WORK, forms.MeetingForm, _entering("meeting"), "会议已登记。"),
    Act(
        "note",
        "办理记录",
        WORK,
        forms.NoteForm,
        lambda doing: doing.enter("note", day=doing.request.today, **doing.data),
        "已记录。",
    ),
    Act(
        "guide",
        "请示主管部门",
        WORK,
        forms.GuideForm,
        lambda doing: guiding.ask(**doing.acting, **doing.data),
        "已请示，期限照常计算。",
        _open_pending,
    ),
    Act("mediated", "沟通、调解", WORK, forms.MediatedForm, _entering("mediated"), "沟通情况已登记。"),
    Act("elsewhere", "转其他机关", WORK, forms.ElsewhereForm, _elsewhere, "", _pending),
    Act("take-over", "接办", WORK, forms.TakeOverForm, _take_over, "已接办，期限照常计算。", _ended_unit),
    Act("paper", "添加材料", KEEP, forms.PaperForm, _paper, "材料已归入案卷。"),
    Act("split", "拆分（一事一申请）", KEEP, forms.SplitForm, _split, "已拆分，各件分别编号办理。", _pending),
    Act(
        "convert",
        "转为主动公开",
        KEEP,
        forms.ConvertForm,
        lambda doing: converting.convert(**doing.seeing, **doing.data),
        "已拟成主动公开信息的草稿，请在“政府信息”中送审。",
        _disclosed,
    ),
    Act(
        "archive",
        "归档",
        KEEP,
        forms.ArchiveForm,
        _archive,
        "已归档封卷，此后不再登记事项。",
        _ended,
    ),
    Act(
        "correct-receipt",
        "更正收到日期",
        KEEP,
        forms.CorrectReceiptForm,
        lambda doing: receiving.correct_receipt(
            arrival=doing.form.arrival, reason=doing.data["reason"], **doing.seeing
        ),
        "收到日期已更正，期限随之重算。",
        rules.may_strike,
    ),
    Act("strike", "更正登记", KEEP, forms.StrikeForm, _strike, "已划去，期限随之重算。", rules.may_strike),
    Act(
        "secrecy",
        "按涉密申请处理",
        KEEP,
        forms.SecrecyForm,
        lambda doing: secrecy.mark_secret(**doing.seeing),
        "已按涉密申请处理，内容已清除。",
        _open_content,
        is_grave=True,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a case."""
    return page(request, application_of(request, number), ACTS)


def do(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Open the form of an act on the page of the case; when posted, do it.

    What is refused comes back with what was typed; where somebody else acted meanwhile, with what they did.
    """
    application, act = application_of(request, number), BY_NAME[name]
    case = shown(request, application)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = act.form(data, files, case=case, scope=request.scope, tree=request.tree, user=request.user)
    if data is None:
        return page(request, application, ACTS, Opened(act, form), case=case)
    if not form.is_valid():
        return page(request, application, ACTS, Opened(act, form), case=case, status=UNPROCESSABLE)
    try:
        act.do(Doing(request, application, form))
    except ChangedMeanwhileError as error:
        return _changed(request, application, act, form, error)
    except (ApplicationError, FileRefusedError) as error:
        _say(form, error)
        opened = Opened(act, form, is_elsewhere=isinstance(error, ElsewhereError))
        return page(request, application, ACTS, opened, case=case, status=UNPROCESSABLE)
    messages.success(request, act.done)
    if request.POST.get("next") == "queue":
        return redirect("applications:confirming")
    return redirect("applications:detail", number)


def _changed(
    request: HttpRequest, application: Application, act: Act, form: forms.ActForm, error: ChangedMeanwhileError
) -> HttpResponse:
    """Show the case as it is by now, what was entered meanwhile, and the form as it was filled in."""
    application = application_of(request, application.pk)
    typed = request.POST.copy()
    typed["seen"] = str(application.version)
    case = shown(request, application)
    again = act.form(typed, None, case=case, scope=request.scope, tree=request.tree, user=request.user)
    entered = since(application, form.cleaned_data["seen"])
    opened = Opened(act, again, changed=str(error), entered=entered)
    return page(request, application, ACTS, opened, case=case, status=CONFLICT)


def _say(form: forms.ActForm, error: Exception) -> None:
    """Put what a verb refused into the form: the whole message above it, each field's where it belongs."""
    form.add_error(None, str(error))
    for name, words in getattr(error, "fields", {}).items():
        if name in form.fields:
            form.add_error(name, words)
