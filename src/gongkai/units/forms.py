"""What is filled in to reform a unit or to write its guide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from gongkai.units.domain.guides import OPTIONAL_CHANNELS
from gongkai.units.errors import (
    CircularTreeError,
    DuplicateCodeError,
    GuideDayError,
    HasChildrenError,
    NotExistingError,
    UnitError,
    UnknownChannelError,
    UnknownParentError,
)
from gongkai.units.models import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from gongkai.units.queries.tree import Tree


def day_input() -> forms.DateInput:
    """Return a date control in the browser's own form."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def indented(tree: Tree, allowed: Container[int]) -> list[tuple[int, str]]:
    """Return the units of ``tree`` that are allowed, indented as they stand below each other."""
    return [(node.id, "　" * node.depth + node.name) for node in tree if node.id in allowed]


class UnitField(forms.ModelChoiceField):
    """One unit out of those that may be chosen (``choose``)."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def choose(self, tree: Tree, allowed: Container[int]) -> None:
        """Offer the units of ``tree`` that are allowed."""
        choices = indented(tree, allowed)
        self.queryset = Unit.objects.filter(pk__in=[number for number, _ in choices])
        self.choices = choices if self.required and self.initial is not None else [("", "——"), *choices]


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units out of those that may be chosen (``choose``)."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(queryset=Unit.objects.none(), widget=forms.SelectMultiple(attrs={"size": 8}), **kwargs)

    def choose(self, tree: Tree, allowed: Container[int]) -> None:
        """Offer the units of ``tree`` that are allowed."""
        choices = indented(tree, allowed)
        self.queryset = Unit.objects.filter(pk__in=[number for number, _ in choices])
        self.choices = choices


class ReformForm(forms.Form):
    """An act of reform: its day, the document that ordered it, and what the act itself needs.

    ``blamed`` says beside which field a mistake found by the domain is shown.
    """

    blamed: ClassVar[Mapping[type[UnitError], str]] = {}
    with_units: ClassVar[tuple[str, ...]] = ()

    day = forms.DateField(label="生效日", widget=day_input(), help_text="自该日起按变动后的情况记录")
    document = forms.CharField(label="依据文件", max_length=200, help_text="机构改革方案、批复等的名称和文号")

    def __init__(self, *args: Any, tree: Tree, allowed: frozenset[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name in self.with_units:
            self.fields[name].choose(tree, allowed)

    def blame(self, error: UnitError) -> None:
        """Show a mistake found by the domain beside the field it is about."""
        self.add_error(self.blamed.get(type(error), {NotExistingError: "day"}.get(type(error))), str(error))


class EstablishForm(ReformForm):
    """设立."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {UnknownParentError: "parent", DuplicateCodeError: "code"}
    with_units = ("parent",)
    field_order = ("code", "kind", "name", "short_name", "parent", "position", "day", "document")

    code = forms.CharField(label="机构代码", max_length=40, help_text="终身不变，不得重用")
    kind = forms.ChoiceField(label="类型", choices=Kind.choices)
    name = forms.CharField(label="名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40)
    parent = UnitField(label="上级机构")
    position = forms.IntegerField(label="排序", min_value=0, initial=0, help_text="同级中由小到大排列")


class RenameForm(ReformForm):
    """更名."""

    field_order = ("name", "short_name", "day", "document")

    name = forms.CharField(label="新名称", max_length=120)
    short_name = forms.CharField(label="新简称", max_length=40)


class MoveForm(ReformForm):
    """调整隶属."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {UnknownParentError: "parent", CircularTreeError: "parent"}
    with_units = ("parent",)
    field_order = ("parent", "day", "document")

    parent = UnitField(label="新的上级机构")


class MergeForm(ReformForm):
    """合并: other units end, this one carries on."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {UnknownParentError: "day", HasChildrenError: "units"}
    with_units = ("units",)
    field_order = ("units", "day", "document")

    units = UnitsField(label="并入本机构的机构", help_text="自生效日起撤销，职能由本机构承接；可多选")


class SplitForm(ReformForm):
    """分设: this unit ends, others share its functions."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {UnknownParentError: "into"}
    with_units = ("into",)
    field_order = ("into", "day", "document")

    into = UnitsField(label="承接职能的机构", help_text="须先登记其设立；可多选")


class AbolishForm(ReformForm):
    """撤销."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {UnknownParentError: "successor"}
    with_units = ("successor",)
    field_order = ("successor", "day", "document")

    successor = UnitField(
        label="承接机构",
        required=False,
        help_text="职能仍在行使的必须填写：此后的申请由其答复（国办公开办函〔2019〕14号）",
    )


class GuideForm(forms.Form):
    """The guide of a unit: what 条例 第十二条 lists."""

    blamed: ClassVar[Mapping[type[UnitError], str]] = {
        UnknownChannelError: "channels",
        GuideDayError: "day",
        NotExistingError: "day",
    }

    classification = forms.CharField(label="政府信息的分类", widget=forms.Textarea(attrs={"rows": 3}))
    arrangement = forms.CharField(label="编排体系", widget=forms.Textarea(attrs={"rows": 3}))
    obtaining = forms.CharField(label="获取方式", widget=forms.Textarea(attrs={"rows": 3}))
    office = forms.CharField(label="工作机构名称", max_length=120)
    address = forms.CharField(label="办公地址", max_length=200)
    hours = forms.CharField(label="办公时间", max_length=200)
    telephone = forms.CharField(label="联系电话", max_length=60)
    fax = forms.CharField(label="传真", max_length=60, required=False)
    email = forms.EmailField(label="互联网联系方式（电子邮箱）", required=False)
    postcode = forms.RegexField(
        r"^\d{6}$", label="邮政编码", required=False, error_messages={"invalid": "邮政编码为六位数字。"}
    )
    channels = forms.MultipleChoiceField(
        label="另外受理申请的渠道",
        choices=list(OPTIONAL_CHANNELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="当面提交和邮政寄送是基本渠道，不得拒绝，无需列出；未列出的渠道可以引导申请人改用已公布的渠道",
    )
    cautions = forms.CharField(
        label="申请注意事项", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="各渠道的具体要求"
    )
    day = forms.DateField(label="更新日", widget=day_input())

    def clean(self) -> dict[str, Any]:
        """Demand the number where fax is announced: a channel that nobody can use is none."""
        data = super().clean() or {}
        if "fax" in data.get("channels", ()) and not data.get("fax"):
            self.add_error("fax", "已列传真为申请渠道，须填写传真号码（条例第十二条）。")
        return data

    def blame(self, error: UnitError) -> None:
        """Show a mistake found by the domain beside the field it is about."""
        self.add_error(self.blamed.get(type(error)), str(error))
