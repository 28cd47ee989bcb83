"""The forms of the item lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.domain.items import HEADER
from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import ANY
from gongkai.records.forms.forms_handover import UnitForm
from gongkai.records.models import ItemKind

if TYPE_CHECKING:
    from gongkai.units.queries.tree import Tree


class ItemFilterForm(UnitForm):
    """Narrow the list to a unit, a list and a day."""

    kind = forms.ChoiceField(
        label="清单", required=False, choices=ANY + ItemKind.choices, widget=forms.Select(attrs=control.SMALL)
    )
    day = forms.DateField(
        label="截至",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control form-control-sm", "type": "date"}),
    )

    def asked(self, name: str) -> Any:  # noqa: ANN401 -- a word or a day
        """Return what was asked for in a field; ``None`` where nothing valid was."""
        if not self.is_bound:
            return None
        self.is_valid()
        return self.cleaned_data.get(name) or None


class ItemForm(forms.Form):
    """Put an item on a list."""

    unit = control.unit("实施机构")
    kind = forms.ChoiceField(label="清单", choices=ItemKind.choices, widget=forms.Select(attrs=control.CHOICE))
    code = control.words("事项编码", 40, required=False)
    name = control.words("事项名称", 200)
    begins_on = control.day("列入日")
    basis = control.words("依据", 200, required=False)

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)


class TakeOffForm(forms.Form):
    """Take an item off its list."""

    ends_on = control.day("取消日", help_text="自该日起不再列入")
    basis = control.words("取消依据", 200)


class ItemFileForm(forms.Form):
    """Read a file of items."""

    unit = control.unit("实施机构")
    file = forms.FileField(
        label="CSV 文件",
        widget=forms.ClearableFileInput(attrs=control.TEXT),
        help_text=f"表头：{'，'.join(HEADER)}；日期如 2024-03-01",
    )

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)
