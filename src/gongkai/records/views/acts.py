"""What can be done with a record besides writing it: one form, one rule, one verb each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.accounts.errors import AccountError
from gongkai.records import rules
from gongkai.records.domain import numbering, publication, reassessment, validity
from gongkai.records.errors import RecordError
from gongkai.records.forms import acts as forms
from gongkai.records.views.access import demand, record_of
from gongkai.records.views.detail import page
from gongkai.review.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django import forms as django_forms
    from django.http import HttpRequest, HttpResponse

    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record

    Data = Mapping[str, Any]
    Do = Callable[[HttpRequest, Record, Data], object]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: where it is posted to (``records:name``), what it is called, who may, its form and its verb."""

    name: str
    title: str
    rule: Callable[[Scope, Record], bool]
    do: Do
    done: str
    form: type[django_forms.Form] | None = None
    needs_scope: bool = False
    is_grave: bool = False

    def blank(self, scope: Scope, data: Data | None = None) -> django_forms.Form | None:
        """Return the form of the act, filled with ``data``."""
        if self.form is None:
            return None
        options = {"scope": scope} if self.needs_scope else {}
        return self.form(data, auto_id=f"{self.name}_%s", **options)


def _submit(request: HttpRequest, record: Record, data: Data) -> None:
    del data
    publication.submit(record=record, user=request.user, day=request.today)


def _publish(request: HttpRequest, record: Record, data: Data) -> None:
    del data
    publication.publish(record=record, user=request.user, day=request.today)


def _plan(request: HttpRequest, record: Record, data: Data) -> None:
    publication.plan(record=record, user=request.user, day=request.today, **data)


def _read_back(request: HttpRequest, record: Record, data: Data) -> None:
    publication.read_back(
        record=record,
        user=request.user,
        day=request.today,
        is_right=data["outcome"] == "right",
        note_text=data["note_text"],
    )


def _change_validity(request: HttpRequest, record: Record, data: Data) -> None:
    demand(rules.may_change_validity(request.scope, record), "变更效力")
    validity.change_validity(record=record, user=request.user, **data)


def _withdraw(request: HttpRequest, record: Record, data: Data) -> None:
    publication.withdraw(record=record, user=request.user, day=request.today, **data)


def _reopen(request: HttpRequest, record: Record, data: Data) -> None:
    del data
    publication.reopen(record=record, user=request.user, day=request.today)


def _reassess(request: HttpRequest, record: Record, data: Data) -> None:
    acting = {"record": record, "user": request.user, "day": request.today, "reason": data["reason"]}
    if data["outcome"] == "keep":
        reassessment.keep(**acting, reassess_on=data["reassess_on"])
    else:
        reassessment.open_up(**acting)


def _recode(request: HttpRequest, record: Record, data: Data) -> None:
    numbering.recode(record=record, user=request.user, day=request.today, **data)


def _may_recode(scope: Scope, record: Record) -> bool:
    return bool(record.index_number) and rules.may_recode(scope, record)


ACTS = (
    Act("submit", "送审", rules.may_edit, _submit, "已送审。"),
    Act("publish", "立即发布", rules.may_publish, _publish, "已发布。请打开公开页面复核读网。"),
    Act("plan", "定期发布", rules.may_plan, _plan, "已设定计划发布日。", forms.PlanForm),
    Act("read-back", "复核读网", rules.may_read_back, _read_back, "复核结果已登记。", forms.ReadBackForm),
    Act(
        "validity",
        "变更效力",
        rules.may_change_validity,
        _change_validity,
        "效力变动已登记，原文保留并加注。",
        forms.ValidityForm,
        needs_scope=True,
    ),
    Act("reassess", "重新评估", rules.may_reassess, _reassess, "评估结论已登记。", forms.ReassessForm),
    Act("recode", "改编索引号", _may_recode, _recode, "索引号已改编，原号继续有效。", forms.RecodeForm),
    Act("reopen", "更正后重新发布", rules.may_reopen, _reopen, "已转为草稿，更正后须重新审核。"),
    Act("withdraw", "撤下", rules.may_withdraw, _withdraw, "已撤下。", forms.WithdrawForm, is_grave=True),
)
BY_NAME = {act.name: act for act in ACTS}


@require_POST
def do(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Do an act; a half-filled form comes back with what was typed and what is missing."""
    record = record_of(request, number)
    act = BY_NAME[name]
    form = act.blank(request.scope, request.POST)
    if form is not None and not form.is_valid():
        return page(request, record, ACTS, {name: form})
    try:
        act.do(request, record, form.cleaned_data if form is not None else {})
    except (RecordError, ReviewError, AccountError) as error:
        fields = getattr(error, "fields", {})
        if form is not None and fields:
            if str(error) not in fields.values():
                form.add_error(None, str(error))
            for field, words in fields.items():
                if field in form.fields:
                    form.add_error(field, words)
            return page(request, record, ACTS, {name: form})
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, act.done)
    return redirect("records:detail", number)


def detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a record."""
    return page(request, record_of(request, number), ACTS, {})
