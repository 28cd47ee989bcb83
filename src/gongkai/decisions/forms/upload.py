"""Uploading a data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.decisions.models import Dataset, DecisionKind
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.units.queries.tree import Tree


class UploadForm(forms.Form):
    """A file, and what holds for rows that do not say it themselves."""

    dataset = forms.ChoiceField(label="数据类别", choices=Dataset.choices)
    kind = forms.ChoiceField(
        label="决定类别",
        required=False,
        choices=[("", "由表中一列或表头说明"), *DecisionKind.choices],
        help_text="整个文件只有一类决定、表中没有“决定类别”一列时选择；收费和采购不用选。",
    )
    unit = forms.TypedChoiceField(
        label="机构", coerce=int, help_text="表中没有机构一列，或该格为空时，按这里选的机构录入。"
    )
    file = forms.FileField(
        label="文件",
        help_text="xlsx 工作簿（可有多张工作表）或 CSV（UTF-8、GB18030）。第一行为列名，列的先后不限。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args: Any, tree: Tree, among: Collection[int], **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(among)

    def clean_unit(self) -> Unit:
        """Return the unit itself."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        """Drop the kind where there are no decisions."""
        data = super().clean() or {}
        if data.get("dataset") != Dataset.DECISIONS:
            data["kind"] = ""
        return data
