"""The forms of the 办事 directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.portal.domain.reading import HEADER
from gongkai.portal.domain.services import ELEMENTS, LABELS
from gongkai.portal.models import Service, ServiceStage
from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import ANY
from gongkai.records.forms.forms_handover import UnitForm

if TYPE_CHECKING:
    from gongkai.units.queries.tree import Tree


class ServiceFilterForm(UnitForm):
    """Narrow the list to a unit, a state and words of the name."""

    stage = forms.ChoiceField(
        label="状态", required=False, choices=ANY + ServiceStage.choices, widget=forms.Select(attrs=control.SMALL)
    )
    q = forms.CharField(
        label="名称含",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
    )

    def asked(self, name: str) -> str:
        """Return what was asked for in a field; empty where nothing valid was."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name) or "")


class ServiceForm(forms.Form):
    """One entry with every element that it must have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name in (*ELEMENTS, "link"):
            column = Service._meta.get_field(name)  # noqa: SLF001 -- Django documents it for this
            tall = column.max_length is None
            widget = forms.Textarea(attrs={**control.TEXT, "rows": 3}) if tall else forms.TextInput(attrs=control.TEXT)
            self.fields[name] = forms.CharField(
                label=LABELS[name], max_length=column.max_length, required=name != "link", widget=widget
            )
        self.fields["link"].help_text = "省网上办事大厅的网址；本站不受理"

    @classmethod
    def initial_of(cls, service: Service) -> dict[str, Any]:
        """Return what the form of a saved entry is filled with."""
        return {name: getattr(service, name) for name in (*ELEMENTS, "link")}


class NewServiceForm(ServiceForm):
    """A new entry."""

    unit = control.unit("实施机构")

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)


class ServiceFileForm(forms.Form):
    """Read a file of entries."""

    unit = control.unit("实施机构")
    file = forms.FileField(
        label="CSV 或 xlsx 文件",
        widget=forms.ClearableFileInput(attrs=control.TEXT),
        help_text=f"列名：{'、'.join(HEADER)}",
    )

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)
