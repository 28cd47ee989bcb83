"""The forms of fees: letting one off, giving it back, and narrowing the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications import rules
from gongkai.applications.fee_account import KINDS, NOTICE, SCHEDULES, WAIVED, awaited, kept
from gongkai.applications.forms.acts import ActForm
from gongkai.applications.models import Stage
from gongkai.applications.queries.fee_ledger import STATES, Wanted
from gongkai.applications.queries.fees import proposal
from gongkai.law.parameters import read

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.fee_account import Account
    from gongkai.applications.models import Application, Event
    from gongkai.applications.queries.case import Case
    from gongkai.units.queries.tree import Tree

_TEXT = {"class": "form-control", "autocomplete": "off"}
ALL = "all"


def _events(case: Case) -> list[Event]:
    return [event for event in case.course.events if event.kind in KINDS] if case.course is not None else []


def awaited_of(case: Case) -> Account | None:
    """Return the fee of the case that is not paid, while it still may be."""
    is_awaited = case.course is not None and case.course.stage == Stage.AWAITING_FEE
    return awaited(_events(case)) if is_awaited else None


def may_be_waived(case: Case) -> bool:
    """Tell whether a fee was asked for or could be, and was not forgone."""
    if awaited_of(case) is not None:
        return True
    is_asked = any(event.kind in {NOTICE, WAIVED} for event in _events(case))
    return not is_asked and any(option.kind == NOTICE for option in case.may)


def may_be_reduced(case: Case) -> bool:
    """Tell whether payment is awaited."""
    return awaited_of(case) is not None


def may_be_refunded(case: Case) -> bool:
    """Tell whether something paid can be given back."""
    return kept(_events(case)) is not None


def _yuan(label: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=_TEXT | {"min": 1, "step": 1, "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1, max_value=10**8, widget=widget)


class ReliefForm(ActForm):
    """Who decided what about a fee, when and why."""

    day = forms.DateField(
        label="决定日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    )
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs=_TEXT | {"rows": 2}),
        help_text="例如“申请人属最低生活保障对象”。不要写姓名、号码",
    )
    approver = forms.CharField(label="批准人", max_length=60, widget=forms.TextInput(attrs=_TEXT))
    evidence = forms.FileField(
        label="凭证", required=False, widget=forms.ClearableFileInput(attrs={"class": "form-control"})
    )

    def prepare(self, application: Application) -> None:
        """Let the person be who approved."""
        del application
        self.fields["approver"].initial = self.user.name


class WaiveForm(ReliefForm):
    """Forgo a fee: one that was asked for, or one that could be."""

    field_order = ("schedule", "pages", "day", "reason", "approver", "evidence")
    schedule = forms.ChoiceField(
        label="按哪种方式应收", choices=list(SCHEDULES.items()), widget=forms.Select(attrs={"class": "form-select"})
    )
    pages = forms.IntegerField(
        label="页数（按量计收的）",
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.NumberInput(attrs=_TEXT | {"min": 1, "inputmode": "numeric"}),
    )

    def prepare(self, application: Application) -> None:
        """Ask for what the fee is computed from only where no notice said so."""
        super().prepare(application)
        found = awaited_of(self.case)
        if found is not None:
            del self.fields["schedule"], self.fields["pages"]
            self.fields["day"].help_text = f"免收待缴的 {found.payable} 元；不再等待缴费，答复期限自次日起重新计算"
            return
        offered = None if self.case.course is None else proposal(application, self.case.course)
        if offered is not None:
            self.fields[
                "schedule"
            ].help_text = f"本件是该申请人当月第 {offered.place} 件，按件应收 {offered.by_items.amount_yuan} 元"


class ReduceForm(ReliefForm):
    """Lower a fee that was asked for."""

    field_order = ("remaining", "day", "reason", "approver", "evidence")
    remaining = _yuan("减收后应缴（元）")

    def prepare(self, application: Application) -> None:
        """Say what it is now."""
        super().prepare(application)
        found = awaited_of(self.case)
        if found is not None:
            self.fields["remaining"].help_text = f"现应缴 {found.payable} 元；全部免除的，请用“免收费用”"


class RefundForm(ReliefForm):
    """Give back what was paid."""

    field_order = ("amount", "day", "reason", "approver", "evidence")
    amount = _yuan("退还金额（元）")

    def prepare(self, application: Application) -> None:
        """Propose all that was paid."""
        super().prepare(application)
        self.fields["day"].label, self.fields["evidence"].label = "退还日期", "退款凭证"
        found = kept(_events(self.case))
        if found is not None:
            self.fields["amount"].initial = found.received
            self.fields["amount"].help_text = f"已缴未退 {found.received} 元（{found.paid_on} 缴费）"


class LedgerForm(forms.Form):
    """Narrow the ledger; what is no valid choice does not narrow, and says so."""

    year = forms.ChoiceField(label="年度", required=False)
    unit = forms.TypedChoiceField(label="机构（含下级）", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    text = forms.CharField(
        label="受理编号、通知书文号", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.this_year = scope.day.year
        years = range(self.this_year, read("fees")["in_force"].year - 1, -1)
        self.fields["year"].choices = [*((str(year), f"{year} 年") for year in years), (ALL, "全部年度")]
        self.fields["year"].initial = str(self.this_year)
        units: Collection[int] = rules.units_read(scope)
        self.fields["unit"].choices = [("", "全部"), *tree.outline(units)]
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    @property
    def given(self) -> dict[str, Any]:
        """What was chosen and is valid."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}

    @property
    def year_shown(self) -> int | None:
        """The year that is shown; ``None`` for all of them."""
        year = self.given.get("year", str(self.this_year))
        return None if year == ALL else int(year)

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(**(self.given | {"year": self.year_shown}))
