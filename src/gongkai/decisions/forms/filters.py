"""What the lists can be narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.decisions.forms.choices import ANY, years
from gongkai.decisions.models import DecisionKind
from gongkai.decisions.queries.register import LATENESS, Wanted
from gongkai.tables import cells
from gongkai.tables.cells import CellError

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select form-select-sm"})


class UnitYearForm(forms.Form):
    """Narrow by unit and year."""

    unit = forms.TypedChoiceField(
        label="机构（含下级）", required=False, coerce=int, empty_value=None, widget=_select()
    )
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None, widget=_select())

    def __init__(self, *args: Any, scope: Scope, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self._tree = tree
        self.fields["unit"].choices = [*ANY, *tree.outline(scope.readable)]
        self.fields["year"].choices = [*ANY, *years(scope.day)]
        self.is_valid()
        self.given = self.cleaned_data if self.is_bound else {}

    @property
    def units(self) -> frozenset[int] | None:
        """The unit chosen with all below it and all that ended there; ``None`` for all."""
        unit = self.given.get("unit")
        return self._tree.with_ended([unit]) if unit else None

    @property
    def chosen_year(self) -> int | None:
        """The year chosen."""
        return self.given.get("year")


class DecisionFilterForm(UnitYearForm):
    """Narrow the list of decisions; anything that is no valid choice does not narrow, and says so."""

    kind = forms.ChoiceField(label="决定类别", required=False, choices=ANY + DecisionKind.choices, widget=_select())
    lateness = forms.ChoiceField(label="公示情况", required=False, choices=[*ANY, *LATENESS], widget=_select())
    number = forms.CharField(
        label="决定书文号（完整）",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "type": "search"}),
    )

    field_order = ("unit", "kind", "year", "lateness", "number")

    def clean_number(self) -> str:
        """Bring the number into the spelling it is stored in."""
        try:
            return cells.number(self.cleaned_data["number"])
        except CellError as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def wanted(self) -> Wanted:
        """What is looked for; empty where nothing was asked."""
        return Wanted(
            units=self.units,
            kind=self.given.get("kind", ""),
            year=self.chosen_year,
            lateness=self.given.get("lateness", ""),
            number=self.given.get("number", ""),
        )
