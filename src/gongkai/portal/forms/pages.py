"""The forms of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.portal.models import FRONT, Page, PageKind, PageStage
from gongkai.records import markup
from gongkai.records.forms import forms_controls as control
from gongkai.records.forms.choices import ANY
from gongkai.records.forms.forms_handover import UnitForm
from gongkai.records.queries import published
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
    from gongkai.units.queries.tree import Tree

_LONG = {**control.TEXT, "rows": 2}
SECTIONS = (
    ("页面", ("kind", "unit", "slug", "parent", "title", "summary")),
    ("正文", ("body",)),
    ("所列信息与指向", ("records", "shows")),
    ("申请与期间", ("purpose", "responsible", "begins_on", "ends_on")),
)


class PageFilterForm(UnitForm):
    """Narrow the list to a unit, a kind and a state."""

    kind = forms.ChoiceField(
        label="类别", required=False, choices=ANY + PageKind.choices, widget=forms.Select(attrs=control.SMALL)
    )
    stage = forms.ChoiceField(
        label="状态", required=False, choices=ANY + PageStage.choices, widget=forms.Select(attrs=control.SMALL)
    )

    def asked(self, name: str) -> str:
        """Return what was asked for in a field; empty where nothing valid was."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name) or "")


class RecordsField(forms.CharField):
    """Published records by their numbers, one a line: their ids in this order."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- the options are Django's
        widget = forms.Textarea(attrs={**control.TEXT, "rows": 3})
        super().__init__(required=False, widget=widget, max_length=6000, **options)

    def clean(self, value: str) -> list[int]:
        """Return the ids; what is not published cannot be listed."""
        numbers = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return list(dict.fromkeys(_numbered(number) for number in numbers))

    @staticmethod
    def typed(keys: list[int]) -> str:
        """Return ids as they are typed."""
        found = published.of(keys) if keys else {}
        return "\n".join(found[key].index_number for key in keys if key in found)


def _numbered(number: str) -> int:
    try:
        return published.called(number)
    except NotPublishedError:
        found = published.numbered(number)
    if not found:
        raise forms.ValidationError(f"没有已公开的信息的索引号或文号为“{number}”。请核对，未公开的不能列出。")
    if len(found) > 1:
        raise forms.ValidationError(f"有 {len(found)} 件信息的文号为“{number}”。请改填索引号。")
    return found[0].pk


class PageForm(forms.Form):
    """A page with the application for its place. What must be there is the rule of ``portal.domain``."""

    edition = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="类别", choices=PageKind.choices, widget=forms.Select(attrs=control.CHOICE))
    unit = control.unit("主办机构")
    slug = control.words("网址名", 60, help_text="小写字母、数字、连字符；公开后不再改变")
    parent = forms.ModelChoiceField(
        label="所属专题",
        queryset=Page.objects.none(),
        required=False,
        empty_label="——",
        widget=forms.Select(attrs=control.CHOICE),
        help_text="子专题才选",
    )
    title = control.words("标题", 120)
    summary = forms.CharField(label="简介", required=False, max_length=300, widget=forms.Textarea(attrs=_LONG))
    body = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={**control.TEXT, "rows": 14}),
        help_text="可从 Word 粘贴，保留标题、列表和表格。",
    )
    records = RecordsField(label="所列信息", help_text="已公开信息的索引号或文号，每行一件，按此顺序列出")
    shows = forms.ModelChoiceField(
        label="指向的页面",
        queryset=Page.objects.none(),
        required=False,
        empty_label="——",
        widget=forms.Select(attrs=control.CHOICE),
        help_text="首页提示、首页推荐用：指向一个页面，或在左边填一件信息",
    )
    purpose = forms.CharField(label="目的", required=False, max_length=300, widget=forms.Textarea(attrs=_LONG))
    responsible = control.words("责任人", 60, required=False)
    begins_on = control.day("开始日", required=False, help_text="审核通过的，到这一天自动发布；空 = 由经办人发布")
    ends_on = control.day("截止日", required=False, help_text="这一天过后自动结束；空 = 长期")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- the signature is Django's
        tree: Tree,
        writable: frozenset[int],
        page: Page | None = None,
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = tree.outline(writable)
        topics = Page.objects.filter(kind=PageKind.TOPIC, parent__isnull=True, unit__in=writable)
        others = Page.objects.filter(published_on__isnull=False).exclude(kind__in=FRONT)
        key = page.pk if page else None
        self.fields["parent"].queryset = topics.exclude(pk=key).only("title").order_by("title")
        self.fields["shows"].queryset = others.exclude(pk=key).only("title").order_by("title")
        if page is not None:
            for name in ("kind", "unit", *(("slug", "parent") if page.published_on else ())):
                self.fields[name].disabled = True

    @classmethod
    def initial_of(cls, page: Page) -> dict[str, Any]:
        """Return what the form of a saved page is filled with."""
        names = (
            "kind",
            "slug",
            "parent",
            "title",
            "summary",
            "shows",
            "purpose",
            "responsible",
            "begins_on",
            "ends_on",
        )
        filled = {name: getattr(page, name) for name in names}
        return filled | {
            "unit": page.unit_id,
            "body": markup.to_typed(page.body),
            "records": RecordsField.typed(page.records),
        }

    def clean_body(self) -> str:
        """Turn what was typed into HTML."""
        return markup.from_typed(self.cleaned_data["body"])

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the page, for the verbs."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"edition", "unit", "kind"}}


class ReasonForm(forms.Form):
    """Take something down."""

    reason = forms.CharField(label="撤下理由", max_length=300, widget=forms.Textarea(attrs=_LONG))
