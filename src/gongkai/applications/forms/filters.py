"""What the register can be narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from gongkai.applications import rules
from gongkai.applications.models import ApplicantKind, Medium, Stage
from gongkai.applications.queries.register import Wanted
from gongkai.applications.queries.urgency import SECTIONS, sections_on
from gongkai.law import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

FIRST_YEAR = 2008
ANY = [("", "全部")]
MINE, NOBODY = "mine", "nobody"
_CHECK = {"class": "form-check-input"}


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select form-select-sm"})


def _outcomes() -> Iterator[tuple[str, str]]:
    """Yield the outcomes of both editions; where they differ the one in force gives the words."""
    known = {outcome.code: outcome.caption for outcome in outcomes.outcomes()}
    yield from ((code, f"{code} {caption}") for code, caption in known.items())
    yield from (
        (old.code, f"{old.code} {old.caption}（2007年条例）")
        for old in outcomes.outcomes("2008")
        if old.code not in known
    )


class WhoseForm(forms.Form):
    """Narrow by unit and by who has the case in hand: on the board and in the register alike."""

    unit = forms.TypedChoiceField(
        label="机构（含下级）", required=False, coerce=int, empty_value=None, widget=_select()
    )
    handler = forms.ChoiceField(
        label="承办人", required=False, choices=[*ANY, (MINE, "我承办的"), (NOBODY, "尚无承办人")], widget=_select()
    )

    def __init__(self, *args: Any, scope: Scope, tree: Tree, user: int, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.day, self.user = scope.day, user
        self.fields["unit"].choices = [*ANY, *tree.outline(rules.units_read(scope))]

    @property
    def given(self) -> dict[str, Any]:
        """What was chosen and is valid."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, "", False}}

    @property
    def wanted(self) -> Wanted:
        """What is looked for; empty where nothing was asked."""
        given = self.given
        handler = {"handler": self.user} if given.pop("handler", "") == MINE else {}
        given.pop("due", None)
        return Wanted(**given, **handler)

    @property
    def besides(self) -> Q:
        """The conditions beyond ``wanted``: nobody has it in hand, a section of the board."""
        given, condition = self.given, Q()
        if given.get("handler") == NOBODY:
            condition &= Q(handler__isnull=True)
        if "due" in given:
            condition &= sections_on(self.day).condition(given["due"])
        return condition


class FilterForm(WhoseForm):
    """Narrow the register; anything that is no valid choice does not narrow, and says so."""

    text = forms.CharField(
        label="检索",
        required=False,
        max_length=120,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "type": "search",
                "autocomplete": "off",
                "placeholder": "受理编号、申请人姓名（名称）或电话的全部，或者申请内容中的词",
            }
        ),
    )
    due = forms.ChoiceField(
        label="期限",
        required=False,
        choices=[*ANY, *((section.key, section.title) for section in SECTIONS)],
        widget=_select(),
    )
    stage = forms.ChoiceField(label="状态", required=False, choices=ANY + Stage.choices, widget=_select())
    outcome = forms.ChoiceField(
        label="办理结果", required=False, choices=lambda: [*ANY, *_outcomes()], widget=_select()
    )
    applicant_kind = forms.ChoiceField(
        label="申请人类别", required=False, choices=ANY + ApplicantKind.choices, widget=_select()
    )
    medium = forms.ChoiceField(label="收到途径", required=False, choices=ANY + Medium.choices, widget=_select())
    year = forms.TypedChoiceField(label="收到年度", required=False, coerce=int, empty_value=None, widget=_select())
    is_pending = forms.BooleanField(label="只看未办结", required=False, widget=forms.CheckboxInput(attrs=_CHECK))
    is_late = forms.BooleanField(label="只看逾期", required=False, widget=forms.CheckboxInput(attrs=_CHECK))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        years = range(self.day.year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [*ANY, *((year, f"{year} 年") for year in years)]
