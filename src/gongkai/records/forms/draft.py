"""The form of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.records import markup
from gongkai.records.forms.choices import GENRES, NONE, scope_choices, subject_choices
from gongkai.records.models import Attribute, Category, Clause
from gongkai.records.queries.register import called
from gongkai.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.accounts.queries.scope import Scope
    from gongkai.records.models import Record
    from gongkai.units.queries.tree import Tree

_TEXT = {"class": "form-control"}
_CHOICE = {"class": "form-select"}
_CHECK = {"class": "form-check-input"}

DEMANDED: Mapping[str, tuple[str, ...]] = {
    Attribute.PROACTIVE: ("scope_item", "publish_on"),
    Attribute.ON_REQUEST: ("clause", "reason", "reassess_on"),
    Attribute.WITHHELD: ("clause", "reason", "reassess_on"),
}
"""Which further fields an attribute demands or allows; the others are neither shown nor kept."""

SECTIONS = (
    ("文件", ("unit", "joint_units", "category", "title", "document_number", "made_on", "interprets")),
    ("公开属性", ("attribute",)),
    ("目录", ("subject", "genre", "keywords", "summary")),
    ("正文", ("body",)),
    (
        "规范性文件与登记事项",
        ("expires_on", "legality_review", "filing_number", "is_formal", "is_full_text", "needs_interpretation"),
    ),
)


def _day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def _line(label: str, length: int, *, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=length, widget=forms.TextInput(attrs=_TEXT), help_text=hint
    )


def _choice(label: str, choices: Any, **options: Any) -> forms.ChoiceField:  # noqa: ANN401 -- as Django's own
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs=_CHOICE), **options
    )


def _tick(label: str, **options: Any) -> forms.BooleanField:  # noqa: ANN401 -- as Django's own
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=_CHECK), **options)


class DraftForm(forms.Form):
    """A draft as an officer writes it.

    It only reads what was typed; what must be there is the rule of ``records.domain``, whose messages come back by
    field. ``edition`` is the digest the editor set out from.
    """

    edition = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.TypedChoiceField(label="发布机构", coerce=int, widget=forms.Select(attrs=_CHOICE))
    joint_units = forms.TypedMultipleChoiceField(
        label="联合制作机构", coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs=_CHECK)
    )
    category = _choice("类别", Category.choices)
    title = _line("标题", 300)
    document_number = _line("文号", 80, hint="如 岚水〔2024〕12号")
    made_on = _day("生成日期", hint="形成或成文之日；公开期限自次日起算 20 个工作日（条例第二十六条）")
    interprets = _line("所解读的文件", 80, hint="政策解读须填：所解读文件的文号或索引号")
    attribute = forms.ChoiceField(
        label="公开属性", choices=Attribute.choices, required=False, widget=forms.RadioSelect(attrs=_CHECK)
    )
    scope_item = _choice("公开事项", lambda: NONE + scope_choices(), help_text="条例第二十条、第二十一条所列事项")
    publish_on = _day("计划发布日", hint="空 = 审核通过后由经办人发布")
    clause = _choice("不公开依据", NONE + Clause.choices)
    reason = forms.CharField(
        label="理由", required=False, max_length=500, widget=forms.Textarea(attrs={**_TEXT, "rows": 2})
    )
    reassess_on = _day("重新评估日", hint="到期须重新评估是否可以公开（条例第十八条）")
    subject = _choice("主题分类", lambda: NONE + subject_choices())
    genre = _choice("体裁", [*NONE, *((genre, genre) for genre in GENRES)])
    keywords = _line("关键词", 200, hint="以空格分隔")
    summary = forms.CharField(
        label="内容概述", required=False, max_length=500, widget=forms.Textarea(attrs={**_TEXT, "rows": 2})
    )
    body = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 16}),
        help_text="可从 Word 粘贴，保留标题、列表和表格，去除字体和颜色；图片请作为附件添加。",
    )
    expires_on = _day("有效期至")
    legality_review = _line("合法性审核编号", 60)
    filing_number = _line("备案编号", 60)
    is_formal = _tick("正式公文", initial=True)
    is_full_text = _tick("全文电子化", initial=True)
    needs_interpretation = _tick("需解读", help_text="没有解读材料的，不能通过最后一级审核")

    def __init__(self, *args: Any, scope: Scope, tree: Tree, writable: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["unit"].choices = tree.outline(writable)
        self.fields["unit"].error_messages["invalid_choice"] = (
            "所选机构不在您可以拟稿的范围内，或已经撤销。请重新选择；已撤销机构的文件由承接机构办理。"
        )
        self.fields["joint_units"].choices = [(node.id, node.short_name) for node in tree]

    @classmethod
    def initial_of(cls, record: Record) -> dict[str, Any]:
        """Return what the form of a saved draft is filled with."""
        named = (name for name in cls.base_fields if name not in {"edition", "joint_units"})
        filled = {name: getattr(record, name) for name in named}
        return filled | {
            "unit": record.unit_id,
            "joint_units": list(record.joint_units.values_list("pk", flat=True)),
            "body": markup.to_typed(record.body),
            "interprets": _number_of(record.interprets),
        }

    def clean_interprets(self) -> Record | None:
        """Find the document by its number among those the person may read."""
        number = self.cleaned_data["interprets"].strip()
        if not number or self.cleaned_data.get("category") != Category.INTERPRETATION:
            return None
        return the_one(self.scope, number)

    def clean_body(self) -> str:
        """Turn what was typed into HTML."""
        return markup.from_typed(self.cleaned_data["body"])

    @property
    def chosen(self) -> str:
        """The attribute as it is chosen now."""
        return str(self["attribute"].value() or "")

    @property
    def demanded(self) -> list[forms.BoundField]:
        """The fields that the chosen attribute demands or allows."""
        return [self[name] for name in DEMANDED.get(self.chosen, ())]

    @property
    def demands(self) -> set[str]:
        """The names of the fields that must be filled, for the mark beside their labels; the rule is the domain's."""
        names = {"unit", "category", "title", "made_on", "attribute"}
        if self.chosen != Attribute.PROACTIVE:
            names.add("reason")
        if self.chosen == Attribute.WITHHELD:
            names |= {"clause", "reassess_on"}
        return names

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; those of the attribute stand in ``demanded``."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the draft, for the verbs: those that the attribute does not know are empty."""
        fields = {name: value for name, value in self.cleaned_data.items() if name not in {"edition", "unit"}}
        fields["joint_units"] = list(Unit.objects.filter(pk__in=fields["joint_units"]).exclude(pk=self.owner))
        kept = DEMANDED.get(fields["attribute"], ())
        for name in {name for names in DEMANDED.values() for name in names} - {*kept}:
            fields[name] = None if isinstance(self.fields[name], forms.DateField) else ""
        return fields

    @property
    def owner(self) -> int:
        """The unit that publishes."""
        return self.cleaned_data["unit"]

    def take(self, messages: Mapping[str, str]) -> None:
        """Put the messages of a rule beside their fields."""
        for name, words in messages.items():
            self.add_error(name if name in self.fields else None, words)


def the_one(scope: Scope, number: str) -> Record:
    """Return the one readable record that bears ``number``; a ``ValidationError`` says what else to type."""
    found = called(scope, number)
    if not found:
        raise forms.ValidationError(f"没有文号或索引号为“{number}”的信息，或不在您的权限范围。请核对。")
    if len(found) > 1:
        raise forms.ValidationError(f"有 {len(found)} 件信息的文号为“{number}”。请改填索引号。")
    return found[0]


def _number_of(record: Record | None) -> str:
    return (record.index_number or record.document_number) if record else ""
