"""The small forms of what can be done with an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.accounts.models import User
from gongkai.applications import rules
from gongkai.applications.domain.receiving import Arrival
from gongkai.applications.domain.receiving import Request as Asked
from gongkai.applications.kinds import KINDS, RECEIVED, STRUCK
from gongkai.applications.models import ConsulteeKind, Medium, PaperKind, Retention
from gongkai.units.queries.tree import answering

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.applications.queries.case import Case
    from gongkai.units.queries.tree import Tree

_TEXT = {"class": "form-control", "autocomplete": "off"}
_CHOICE = {"class": "form-select"}
_CHECK = {"class": "form-check-input"}
WAYS = [(way, way) for way in ("电话", "短信", "电子邮件", "信函", "当面", "其他")]
CONSENT = [("yes", "同意公开"), ("no", "不同意公开"), ("", "没有明确表示")]
MEETINGS = [(form, form) for form in ("联席会议", "三方会", "集体讨论", "其他会议")]


def _day(label: str = "日期", help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    return forms.DateField(label=label, widget=widget, help_text=help_text)


def _line(label: str, *, length: int = 200, required: bool = True, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs=_TEXT)
    return forms.CharField(label=label, max_length=length, required=required, widget=widget, help_text=help_text)


def _text(label: str, *, required: bool = True, rows: int = 2, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs=_TEXT | {"rows": rows})
    return forms.CharField(label=label, max_length=2000, required=required, widget=widget, help_text=help_text)


def _choice(label: str, choices: Any = (), *, required: bool = True) -> forms.ChoiceField:  # noqa: ANN401 -- as Django takes them
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.Select(attrs=_CHOICE))


def _file(label: str = "凭证", *, required: bool = False) -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"class": "form-control"})
    return forms.FileField(label=label, required=required, widget=widget)


class ActForm(forms.Form):
    """An act on a case. ``seen`` is the version the person has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, files: Any, *, case: Case, scope: Scope, tree: Tree, user: User) -> None:  # noqa: ANN401 -- a request's
        super().__init__(data, files, initial={"seen": case.application.version}, auto_id="act_%s")
        self.case, self.scope, self.tree, self.user = case, scope, tree, user
        if "day" in self.fields:
            self.fields["day"].initial = scope.day
        self.prepare(case.application)

    def prepare(self, application: Application) -> None:
        """Fill in choices that depend on the case."""


class ConfirmForm(ActForm):
    """The receipt was confirmed with the applicant."""

    day = _day("双方确认之日", "以此日为收到申请之日，期限自次日起算")
    way = _choice("联系方式", WAYS)


class AttemptForm(ActForm):
    """The applicant could not be reached."""

    day = _day("联系日期")
    way = _choice("联系方式", WAYS)
    result = _line("情况", help_text="例如“两次拨打无人接听”。不要写姓名、号码")


class AllocateForm(ActForm):
    """Hand the case to a desk or an officer of the agency."""

    officer = _choice("承办人", required=False)
    desk = _line("承办科室", length=60, required=False)

    def prepare(self, application: Application) -> None:
        """Offer those who work on the cases of the agency."""
        officers = User.objects.filter(grants__role__in=rules.WORKING, grants__unit=application.unit_id, is_active=True)
        found = officers.distinct().order_by("name").values_list("pk", "name")
        self.fields["officer"].choices = [("", "——"), *found]

    def clean_officer(self) -> User | None:
        """Return the officer chosen."""
        key = self.cleaned_data["officer"]
        return User.objects.get(pk=key) if key else None


class GuideForm(ActForm):
    """Ask the competent department."""

    title = _line("问题", length=200, help_text="一句话写明拿不准的是什么")
    question = _text("情况和请示事项", rows=4, help_text="不要写申请人的姓名、号码")


class MediatedForm(ActForm):
    """A talk with the applicant that may end the matter."""

    day = _day()
    summary = _text("沟通、调解情况", help_text="申请人同意撤回的，另行登记“申请人撤回”")


class ConvertForm(ActForm):
    """Make public what was given to the applicant."""

    title = _line("信息标题", length=300, help_text="公开后的标题，不要写申请人")
    document_number = _line("文号", length=80, required=False)
    reason = _text("理由", help_text="例如多人申请同一内容；将作为信息概述，不要写申请人")

    def prepare(self, application: Application) -> None:
        """Propose what was asked for."""
        self.fields["title"].initial = application.title
        self.fields["document_number"].initial = application.document_number


class ArchiveForm(ActForm):
    """Close the volume of the case."""

    retention = _choice("保管期限", Retention.choices)

    def clean_retention(self) -> int:
        """Return the years."""
        return int(self.cleaned_data["retention"])


class ReasonForm(ActForm):
    """A reason alone."""

    reason = _text("理由")


class SearchForm(ActForm):
    """A search for what is asked."""

    day = _day("检索日期")
    searcher = _line("检索人", length=60)
    system = _line("检索的系统、档案或者科室", required=False)
    keywords = _line("关键词、文号", length=300, required=False)
    found = _line("结果", length=500, required=False, help_text="例如“未检索到”“检索到 3 件，均与所需信息无关”")

    def prepare(self, application: Application) -> None:
        """Let the person be the searcher; a case about secrets holds no content."""
        self.fields["searcher"].initial = self.user.name
        for name in ("system", "keywords", "found") if application.is_secret else ():
            del self.fields[name]


class ConsulteeForm(ActForm):
    """Whom to consult."""

    kind = _choice("类别", ConsulteeKind.choices)
    name = _line("姓名或者名称", length=120)
    contact = _line("联系方式", required=False)


class PartyForm(ActForm):
    """Something came from, or reached, a party consulted."""

    party = _choice("征求意见对象")
    day = _day()
    evidence = _file()

    def prepare(self, application: Application) -> None:
        """Offer those whose opinion is awaited."""
        del application
        course = self.case.course
        waiting = course.running.consultations if course is not None and course.clock is not None else ()
        self.fields["party"].choices = [
            (f"{one.kind}:{one.party}", one.party or one.name) for one in waiting if one.opinion is None
        ]


class PartyReceivedForm(PartyForm):
    """The request for an opinion reached the party: its own period runs from there."""

    day = _day("签收日期")


class OpinionForm(PartyForm):
    """A party's opinion came in."""

    field_order = ("party", "day", "consent", "evidence")
    day = _day("收到意见日期")
    consent = _choice("意见", CONSENT, required=False)
    evidence = _file("意见原件")


class DayForm(ActForm):
    """Something happened on a day."""

    day = _day()
    evidence = _file()


class CorrectionAnswerForm(DayForm):
    """The applicant's correction came in."""

    field_order = ("day", "justified", "evidence")
    day = _day("收到补正日期")
    justified = forms.BooleanField(
        label="逾期补正，有正当理由", required=False, widget=forms.CheckboxInput(attrs=_CHECK)
    )
    evidence = _file("补正材料")


class WithdrawalForm(DayForm):
    """The applicant withdrew."""

    field_order = ("day", "text", "evidence")
    day = _day("撤回日期")
    text = _line("说明", required=False)
    evidence = _file("撤回的书面材料")


class ReasonableForm(ActForm):
    """The reasonable period of Art 35 was set."""

    day = _day("确定日期")
    until = _day("答复至")
    text = _line("情况", required=False)


class MeetingForm(DayForm):
    """A meeting on the case was held."""

    field_order = ("day", "form", "participants", "summary", "evidence")
    day = _day("会议日期")
    form = _choice("会议", MEETINGS)
    participants = _line("参加单位、部门", help_text="写单位和部门，不要写申请人和第三方姓名")
    summary = _text("议定事项", rows=4)
    evidence = _file("会议纪要")


class NoteForm(ActForm):
    """A note to the case."""

    text = _text("内容", rows=3, help_text="不要写申请人和第三方的个人信息")


class SplitForm(ActForm):
    """Divide an application that asks for several things."""

    items = _text("拆分为", rows=4, help_text="每行一项所需信息，至少两项；每项另编受理编号，各计一件")
    reason = _text("理由")

    @property
    def requests(self) -> list[Asked]:
        """What each part asks for."""
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines()]
        return [Asked(title=line[:300]) for line in lines if line]


class SecrecyForm(ActForm):
    """Treat the case as one about state secrets."""

    is_sure = forms.BooleanField(
        label="已知：所需信息描述、检索内容和案卷材料（身份证明除外）将从本系统清除，不能恢复",
        widget=forms.CheckboxInput(attrs=_CHECK),
    )


class CorrectReceiptForm(ActForm):
    """The receipt was entered wrongly."""

    medium = _choice("收到途径", Medium.choices)
    day = _day("到达日期")
    mail = _line("邮件号", length=40, required=False)
    reason = _text("更正理由")

    def prepare(self, application: Application) -> None:
        """Begin with what stands."""
        self.fields["medium"].initial, self.fields["day"].initial = application.medium, application.arrived_on

    @property
    def arrival(self) -> Arrival:
        """How and when it came."""
        data = self.cleaned_data
        return Arrival(data["medium"], data["day"], mail=data["mail"].strip())


class StrikeForm(ActForm):
    """An event was entered by mistake."""

    event = _choice("划去的登记")
    reason = _text("更正理由", help_text="原登记仍会保留，加注划去")

    def prepare(self, application: Application) -> None:
        """Offer what still counts."""
        del application
        self.events = {
            str(entry.event.pk): entry.event
            for entry in reversed(self.case.entries)
            if entry.struck is None and entry.event.kind not in {RECEIVED, STRUCK}
        }
        self.fields["event"].choices = [
            (key, f"{event.day} {KINDS[event.kind].caption}") for key, event in self.events.items()
        ]


class PaperForm(ActForm):
    """Add a file to the case."""

    kind = _choice("种类", PaperKind.choices)
    file = _file("文件", required=True)


class TakeOverForm(ActForm):
    """Let the successor of a unit that ended go on with the case."""

    unit = _choice("接办机构")

    def prepare(self, application: Application) -> None:
        """Offer the successors for which the person works."""
        day: date = self.scope.day
        self.units = {
            str(unit.pk): unit
            for unit in answering(application.unit, day)
            if unit.pk != application.unit_id and rules.may_register(self.scope, unit.pk)
        }
        self.fields["unit"].choices = [(key, self.tree.name(unit.pk)) for key, unit in self.units.items()]


class ElsewhereForm(ActForm):
    """Somebody wants to hand the application to another agency."""

    agency = _line("拟转往的机关", length=120)


REASONS = ("与申请人联系确认", "核对身份证明", "制作、送达文书", "复议、诉讼举证", "核查重复申请")
"""Why somebody needs the full identity."""


class RevealForm(ActForm):
    """Why the full identity is needed."""

    reason = _choice("查看理由", [(reason, reason) for reason in REASONS])
