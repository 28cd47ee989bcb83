"""What is filled in to open a year, to arrange it, and to narrow its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.reporting import rules
from gongkai.reporting.models import Aspect, Scope, State
from gongkai.reporting.queries.roster import SELF_GOVERNED
from gongkai.units.models import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.accounts.queries.scope import Scope as PersonScope
    from gongkai.reporting.errors import ReportingError
    from gongkai.reporting.models import Campaign
    from gongkai.reporting.queries.board import Row
    from gongkai.units.queries.tree import Tree

FIRST_YEAR = 2019
"""The first year whose tables are counts of cases (国办公开办函〔2019〕60号); earlier ones can only be imported."""
ANY = [("", "全部")]
_ADVICE = {
    Aspect.REMEDIES: "一般是司法局。",
    Aspect.CHARGES: "一般是财政局。",
    Aspect.DECISIONS: "一般是行政审批或者执法监督部门。",
}


class ArrangeForm(forms.Form):
    """The local deadline, and who confirms each aspect."""

    local_deadline = forms.DateField(
        label="本地报送期限",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="早于 1 月 31 日时填写；不填的，按法定期限（条例 第四十九条）。",
    )

    def __init__(self, *args: Any, tree: Tree, campaign: Campaign | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        choices = [("", "不核对"), *((node.id, "　" * node.depth + node.name) for node in tree)]
        for aspect in Aspect:
            self.fields[f"checker_{aspect}"] = forms.TypedChoiceField(
                label=f"{aspect.label}的核对单位",
                required=False,
                coerce=int,
                empty_value=None,
                choices=choices,
                help_text=_ADVICE[aspect],
            )
        if campaign is not None:
            self.initial["local_deadline"] = campaign.local_deadline
            for checker in campaign.checkers.all():
                self.initial[f"checker_{checker.aspect}"] = checker.unit_id

    @property
    def checkers(self) -> dict[str, Unit]:
        """The chosen unit of each aspect that has one; one query."""
        given = {aspect.value: self.cleaned_data[f"checker_{aspect}"] for aspect in Aspect}
        units = Unit.objects.in_bulk({unit for unit in given.values() if unit})
        return {aspect: units[unit] for aspect, unit in given.items() if unit}

    def blame(self, error: ReportingError) -> None:
        """Show a mistake that the domain found: beside its field where it names one."""
        field = next((name for name in error.fields if name in self.fields), None)
        self.add_error(field, str(error))


class OpenForm(ArrangeForm):
    """The year, and whose."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    root = forms.TypedChoiceField(
        label="汇总机关",
        coerce=int,
        help_text="本级和下级的责任单位都在这次编制之内，名单以当年 12 月 31 日为准。",
    )
    includes_vertical = forms.BooleanField(
        label="包括垂直管理单位",
        required=False,
        help_text="垂直管理单位一般由上级主管部门编报，本级不重复。在本级报送的才勾选，汇总时只计一次。",
    )
    field_order = ("year", "root", "local_deadline", "includes_vertical")

    def __init__(self, *args: Any, scope: PersonScope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, tree=tree, **kwargs)
        years = range(scope.day.year - 1, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]
        self.fields["root"].choices = [
            (node.id, node.name) for node in tree if node.kind in SELF_GOVERNED and rules.may_open(scope, node.id)
        ]


class FilterForm(forms.Form):
    """Narrow the reports of a campaign; anything that is no valid choice does not narrow."""

    MISSING, LATE, LATE_MISSING, CHANGED = "missing", "late", "late_missing", "changed"

    text = forms.CharField(
        label="单位名称",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "class": "form-control"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=ANY + State.choices)
    only = forms.ChoiceField(
        label="进度",
        required=False,
        choices=[
            *ANY,
            (MISSING, "未报送"),
            (LATE_MISSING, "逾期未报送"),
            (LATE, "逾期（含已报送）"),
            (CHANGED, "新设、重组、更名"),
        ],
    )
    receiver = forms.TypedChoiceField(label="报送对象", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="类型", required=False, choices=ANY + Kind.choices)
    scope = forms.ChoiceField(label="范围", required=False, choices=ANY + Scope.choices)

    def __init__(self, *args: Any, found: Iterable[Row], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        receivers = {one.superior: one.receiver for one in found}
        self.fields["receiver"].choices = [*ANY, *receivers.items()]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"

    @property
    def given(self) -> dict[str, Any]:
        """What was chosen and is valid."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}

    def narrow(self, found: Iterable[Row]) -> list[Row]:
        """Return those of ``found`` that fit."""
        given = self.given
        return [one for one in found if all(_fits(one, name, value) for name, value in given.items())]


def _fits(one: Row, name: str, value: Any) -> bool:  # noqa: ANN401 -- a choice of any of the fields
    if name == "text":
        return value in one.body or value == one.code
    if name == "receiver":
        return one.superior == value
    if name == "only":
        return {
            FilterForm.MISSING: one.is_missing,
            FilterForm.LATE: bool(one.days_late),
            FilterForm.LATE_MISSING: one.is_missing and bool(one.days_late) and one.first_signed_on is None,
            FilterForm.CHANGED: bool(one.flags),
        }[value]
    return getattr(one, name) == value
