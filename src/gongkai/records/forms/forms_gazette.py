"""The forms of the gazette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.draft import the_one

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record
    from gongkai.units.queries.tree import Tree


LONGEST = 6
"""Digits of a number of copies."""


class IssueForm(forms.Form):
    """Begin an issue."""

    unit = control.unit("编发机构")
    title = control.words("刊名", 80)
    year = control.number("年度", min_value=1, max_value=9999)
    number = control.number("期号", min_value=1, max_value=999)

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(allowed)


class PlaceForm(forms.Form):
    """Put a record in, by its number."""

    record = control.words("文号或索引号", 80)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.scope = scope

    def clean_record(self) -> Record:
        """Find the record by its number."""
        return the_one(self.scope, self.cleaned_data["record"].strip())


class DistributionForm(forms.Form):
    """Who is given how many copies: one a line, the number last."""

    copies = forms.CharField(
        label="赠阅名单",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={**control.TEXT, "rows": 8}),
        help_text="每行一个对象，名称在前，份数在后，以空格分开，如：市档案馆 2",
    )

    def clean_copies(self) -> list[tuple[str, int]]:
        """Read the lines."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["copies"].splitlines())):
            name, _, number = line.replace("　", " ").rpartition(" ")
            if not name.strip() or not (number.isascii() and number.isdigit()) or len(number) > LONGEST:
                raise forms.ValidationError(f"“{line[:40]}”应为名称和份数，以空格分开。")
            found.append((name.strip()[:120], int(number)))
        return found
