"""The form of a key area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.portal.forms.pages import RecordsField
from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import scope_choices, subject_choices
from gongkai.units.models import Kind

if TYPE_CHECKING:
    from gongkai.portal.models import KeyArea
    from gongkai.units.queries.tree import Tree

_CHECKS = {"class": "form-check-input"}
_TALL = {**control.CHOICE, "size": 6}
_HELD = "按住 Ctrl 可选多项"


class AreaForm(forms.Form):
    """What belongs to an area and who must publish in it. What must be there is the rule of ``portal.domain``."""

    name = control.words("名称", 40)
    slug = control.words("网址名", 40, help_text="小写字母、数字、连字符；设定后不再改变")
    position = control.number("次序", min_value=0, max_value=999)
    summary = forms.CharField(
        label="说明", required=False, max_length=300, widget=forms.Textarea(attrs={**control.TEXT, "rows": 2})
    )
    scope_items = forms.MultipleChoiceField(
        label="公开事项",
        required=False,
        choices=scope_choices,
        widget=forms.SelectMultiple(attrs=_TALL),
        help_text=_HELD,
    )
    subjects = forms.MultipleChoiceField(
        label="主题分类",
        required=False,
        choices=subject_choices,
        widget=forms.SelectMultiple(attrs=_TALL),
        help_text=_HELD,
    )
    words = control.words(
        "标题词语", 200, required=False, help_text="以空格分隔，含任一词的才列入；在上面两项的范围内再缩小"
    )
    records = RecordsField(label="另外列入的信息", help_text="已公开信息的索引号或文号，每行一件")
    duty_kinds = forms.MultipleChoiceField(
        label="每年须公开的机构类型",
        required=False,
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple(attrs=_CHECKS),
    )
    duty_units = forms.TypedMultipleChoiceField(
        label="每年须公开的其他机构",
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs=_TALL),
        help_text=_HELD,
    )
    is_open = forms.BooleanField(
        label="在网站公开", required=False, initial=True, widget=forms.CheckboxInput(attrs=_CHECKS)
    )

    def __init__(self, *args: Any, tree: Tree, area: KeyArea | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["duty_units"].choices = [(node.id, "　" * node.depth + node.short_name) for node in tree]
        self.fields["slug"].disabled = area is not None

    @classmethod
    def initial_of(cls, area: KeyArea) -> dict[str, Any]:
        """Return what the form of an area is filled with."""
        filled = {name: getattr(area, name) for name in cls.base_fields}
        return filled | {"records": RecordsField.typed(area.records)}
