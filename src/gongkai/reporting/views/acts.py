"""What can be done with a report: one address, one form, one rule and one verb each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.annual.aggregate import AggregateError
from gongkai.reporting import rules
from gongkai.reporting.captions import caption
from gongkai.reporting.domain import filling, freezing, passing, summing
from gongkai.reporting.errors import BlockedError, ChangedMeanwhileError, MissingUnitsError, ReportingError, StateError
from gongkai.reporting.forms.acts import NoticeForm, ReasonForm, SeenForm
from gongkai.reporting.models import EDITABLE, SETTLED, Basis, Scope, State
from gongkai.reporting.queries.cells import number_of
from gongkai.reporting.queries.parts import listed_parts
from gongkai.reporting.queries.sheet import text_of
from gongkai.reporting.views.access import CONFLICT, UNPROCESSABLE, renewed, submission_of
from gongkai.reporting.views.submission import Refused, page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.queries.scope import Scope as Rights
    from gongkai.reporting.models import Submission

_TOLD = 8
"""How many changed cells a message names."""


@dataclass(frozen=True, slots=True)
class Doing:
    """An act being done: by whom, on what, with what was filled in."""

    request: HttpRequest
    submission: Submission
    form: SeenForm

    @property
    def seeing(self) -> dict[str, Any]:
        """What every verb asks for, with the version the person saw."""
        acting = {"user": self.request.user, "today": self.request.today}
        return acting | {"submission": self.submission, "seen": self.form.cleaned_data["seen"]}


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``do`` returns what is said afterwards; ``page`` is the one it is offered on and leads to.

    ``warns`` is said before it is done.
    """

    name: str
    title: str
    do: Callable[[Doing], str]
    applies: Callable[[Submission], bool]
    rule: Callable[[Rights, Submission], bool] = rules.may_fill
    form: type[SeenForm] = SeenForm
    page: str = "submission"
    warns: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """An act that the person may do now, with its form; ``is_open`` where it was just refused."""

    act: Act
    form: SeenForm
    is_open: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether something must be written for it, or read before it."""
        return bool(self.form.visible_fields() or self.act.warns)


def _refill(doing: Doing) -> str:
    return _differing(doing.submission, filling.refill(**doing.seeing))


def _sum(doing: Doing) -> str:
    return _differing(doing.submission, summing.sum_up(**doing.seeing))


def _redraft(doing: Doing) -> str:
    verb = summing.sum_up if doing.submission.scope == Scope.WHOLE else filling.refill
    verb(**doing.seeing, redraft=True)
    return "正文已按现有数据重新起草。"


def _submit(doing: Doing) -> str:
    passing.submit(**doing.seeing)
    return "已送审。第一责任人签发后，即报送上级。"


def _accept(doing: Doing) -> str:
    passing.accept(**doing.seeing)
    return "已接收，数据进入汇总。"


def _send_back(doing: Doing) -> str:
    passing.send_back(**doing.seeing, reason=doing.form.cleaned_data["reason"])
    return "已退回，填报单位可以修改后重新报送。"


def _drop(doing: Doing) -> str:
    filling.drop_upload(**doing.seeing)
    return "已改用本系统记录，上传的文件不再使用。"


def _freeze(doing: Doing) -> str:
    made = freezing.freeze(**doing.seeing)
    return f"已定稿为第 {made.version} 版，文件已生成。下一步：公布。"


def _publish(doing: Doing) -> str:
    edition = doing.submission.editions.order_by("-version").first()
    if edition is None:
        raise StateError(f"《{doing.submission.title}》还没有定稿，不能公布。请先定稿。")
    if doing.form.cleaned_data["seen"] != doing.submission.version:
        raise ChangedMeanwhileError("报告在您打开之后已有他人改动，没有公布。请刷新页面，核对最新内容后再办理。")
    freezing.publish(edition=edition, user=doing.request.user, today=doing.request.today)
    return f"第 {edition.version} 版已公布。"


def _correct(doing: Doing) -> str:
    freezing.correct(**doing.seeing, notice=doing.form.cleaned_data["notice"])
    return "可以更正了。修改、报送、定稿、公布之后，新版本取代现在公布的版本。"


def _abandon(doing: Doing) -> str:
    freezing.abandon(**doing.seeing)
    return "已放弃更正，公布的版本不变。"


def _editable(submission: Submission) -> bool:
    return submission.state in EDITABLE


def _own(submission: Submission) -> bool:
    return _editable(submission) and submission.scope == Scope.OWN


def _whole(submission: Submission) -> bool:
    return _editable(submission) and submission.scope == Scope.WHOLE


ACTS = [
    Act("sum-up", "汇总", _sum, _whole),
    Act("submit", "送审", _submit, lambda one: _editable(one) and bool(one.computed)),
    Act("accept", "接收", _accept, lambda one: one.state == State.SIGNED, rules.may_decide),
    Act("freeze", "定稿", _freeze, lambda one: one.state == State.ACCEPTED, rules.may_publish),
    Act(
        "publish",
        "公布",
        _publish,
        lambda one: one.state == State.FROZEN,
        rules.may_publish,
        warns="公布后不能改动；差错只能另出更正版本，并附说明。",
    ),
    Act("correct", "更正", _correct, lambda one: one.state == State.PUBLISHED, rules.may_publish, NoticeForm),
    Act("abandon", "放弃更正", _abandon, lambda one: _editable(one) and bool(one.notice), rules.may_publish),
    Act("refill", "重新提取数据", _refill, lambda one: _own(one) and one.basis == Basis.CASES),
    Act(
        "send-back",
        "退回",
        _send_back,
        lambda one: one.state in {State.SIGNED, State.ACCEPTED, State.FROZEN},
        rules.may_decide,
        ReasonForm,
    ),
    Act("redraft", "重新起草", _redraft, _editable, page="text", warns="现有正文将被新草稿取代。"),
    Act(
        "drop-upload",
        "改用本系统记录",
        _drop,
        lambda one: _own(one) and one.basis == Basis.UPLOAD,
        page="upload",
        warns="文件中的数据和正文不再使用，改由本系统的记录生成。",
    ),
]
"""In the order they are offered."""


def offered(scope: Rights, submission: Submission, refused: Refused | None = None) -> list[Offered]:
    """Return what the person may do with the report as it stands."""
    found = []
    for act in ACTS:
        if act.applies(submission) and act.rule(scope, submission):
            is_open = refused is not None and refused.act == act.name
            form = refused.form if is_open else act.form(submission=submission, auto_id=f"{act.name}_%s")
            found.append(Offered(act, form, is_open))
    return found


@require_POST
def do(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Do an act; what is refused comes back on the page of the report, with what was typed and what it names."""
    submission, act = submission_of(request, number), next(one for one in ACTS if one.name == name)
    form = act.form(request.POST, submission=submission, auto_id=f"{act.name}_%s")
    if not form.is_valid():
        return page(request, submission, Refused(name, form, f"没有{act.title}，请按提示补充。"))
    try:
        said = act.do(Doing(request, submission, form))
    except ChangedMeanwhileError as error:
        submission = submission_of(request, number)
        again = act.form(renewed(request, submission), submission=submission, auto_id=f"{act.name}_%s")
        return page(request, submission, Refused(name, again, str(error)), CONFLICT)
    except (ReportingError, AggregateError) as error:
        for field, words in getattr(error, "fields", {}).items():
            form.add_error(field if field in form.fields else None, words)
        findings = error.findings if isinstance(error, BlockedError) else ()
        missing = _missing(submission) if isinstance(error, MissingUnitsError) else []
        refused = Refused(name, form, str(error), findings, missing)
        return page(request, submission_of(request, number), refused, UNPROCESSABLE)
    messages.success(request, said)
    return redirect(f"reporting:{act.page}", number)


def _missing(submission: Submission) -> list[Submission]:
    return [one for one in listed_parts(submission) if one.state not in SETTLED]


def _differing(before: Submission, now: Submission) -> str:
    """Say which cells are other than they were."""
    cells = [key for key in {**before.computed, **now.computed} if before.computed.get(key) != now.computed.get(key)]
    if not cells:
        return "已重新计算，没有变化。"
    edition = now.campaign.edition
    said = [
        f"{caption(edition, key)} {_number(before.computed, key)}→{_number(now.computed, key)}" for key in cells[:_TOLD]
    ]
    return f"已重新计算，{len(cells)} 个单元格有变化：{'；'.join(said)}{'等' if len(cells) > _TOLD else ''}。"


def _number(computed: Mapping[str, str | int], key: str) -> str:
    return text_of(number_of(computed[key])) if key in computed else "空"
