"""The form by which a report of an earlier year is brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.files.errors import TooLargeError
from gongkai.files.http import bytes_of
from gongkai.reporting.domain.history import Owner
from gongkai.reporting.models import Scope
from gongkai.reporting.queries.roster import SELF_GOVERNED
from gongkai.reporting.rules_editions import may_import
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.queries.scope import Scope as Rights
    from gongkai.units.queries.tree import Tree


class HistoryForm(forms.Form):
    """Bring in a report as it was published; what the file says itself need not be said."""

    file = forms.FileField(label="报告文件", help_text="网页、PDF、Word、Excel、OFD、文本或者本系统导出的 JSON")
    unit = forms.TypedChoiceField(label="报告机关", required=False, coerce=int, empty_value=None)
    body = forms.CharField(
        label="机关全称", required=False, max_length=120, help_text="报告机关不在上面的列表里时填写；不填按报告所载"
    )
    is_own = forms.BooleanField(
        label="只是本级的报告", required=False, help_text="政府、开发区的报告通常含下级和所属部门；不含的才勾选"
    )
    year = forms.IntegerField(
        label="年度", required=False, min_value=2008, max_value=2200, help_text="不填按报告所载；填写的与报告核对"
    )
    published_on = forms.DateField(
        label="原公布日期",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="不详的留空，按法定期限最后一天登记并注明",
    )

    def __init__(self, *args: Any, rights: Rights, tree: Tree, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's
        super().__init__(*args, **kwargs)
        units = tree.outline({node.id for node in tree if may_import(rights, node.id)})
        others = [("", "其他机关（填写全称）")] if may_import(rights, None) else []
        self.fields["unit"].choices = [*units, *others]
        self.fields["unit"].required = not others

    def clean_file(self) -> Any:  # noqa: ANN401 -- an uploaded file
        """Ask the size of the file before its bytes."""
        file = self.cleaned_data["file"]
        try:
            self.data_in = bytes_of(file)
        except TooLargeError as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def asked(self) -> dict[str, Any]:
        """Return what ``domain.history.bring_in`` wants to know."""
        given = self.cleaned_data
        unit = None if given["unit"] is None else Unit.objects.get(pk=given["unit"])
        published_on: date | None = given["published_on"]
        is_whole = unit is not None and unit.kind in SELF_GOVERNED and not given["is_own"]
        return {
            "data": self.data_in,
            "name": given["file"].name,
            "owner": Owner(unit, "" if unit else given["body"].strip(), Scope.WHOLE if is_whole else Scope.OWN),
            "published_on": published_on,
            "year": given["year"],
        }
