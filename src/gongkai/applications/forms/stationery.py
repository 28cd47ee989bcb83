"""The forms of what an office sets for its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.letters.kinds import WORDS, NumberClass
from gongkai.law.parameters import read
from gongkai.law.remedies import AgencyKind

if TYPE_CHECKING:
    from gongkai.applications.models import Stationery

_TEXT = {"class": "form-control", "autocomplete": "off"}
_SELECT = {"class": "form-select"}
KINDS = {
    AgencyKind.DEPARTMENT: "县级以上政府的工作部门",
    AgencyKind.GOVERNMENT: "县级以上人民政府",
    AgencyKind.PROVINCIAL_GOVERNMENT: "省级人民政府",
    AgencyKind.TOWNSHIP: "乡镇人民政府",
    AgencyKind.NATIONAL_DEPARTMENT: "国务院部门",
    AgencyKind.VERTICAL: "实行垂直领导的机关（税务、国安等）",
    AgencyKind.CUSTOMS: "海关",
    AgencyKind.OUTPOST: "政府派出机关（街道办事处等）",
    AgencyKind.BRANCH: "部门的派出机构",
    AgencyKind.JUDICIAL: "司法行政部门",
    AgencyKind.AUTHORISED: "法律、法规授权的组织",
}
"""How the kinds of agencies of ``gongkai.law.remedies`` are called."""


def _line(label: str, length: int = 120, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.TextInput(attrs=_TEXT), help_text=help_text
    )


class StationeryForm(forms.Form):
    """Numbers, reviewers, court, online channel, payment."""

    agency_word = _line("机关代字", 20, "例如“岚水公开”", required=True)
    pattern = _line("文号格式", 60, "空 = {agency}{kind}〔{year}〕{n}号")
    agency_kind = forms.ChoiceField(
        label="机关类型",
        required=False,
        widget=forms.Select(attrs=_SELECT),
        help_text="决定由谁复议、由哪级法院管辖；空 = 按机构类型",
    )
    court = _line("管辖法院", 120, "有集中管辖的写明法院全称；空 = 只写级别")
    online_channel = _line("网上申请复议的地址", 200, "以电子方式送达答复的必须填写（行政复议法第二十二条）")
    payment = _line("信息处理费缴纳方式", 300)

    def __init__(self, data: Any, *, own: Stationery | None) -> None:  # noqa: ANN401 -- a request's
        names = ("agency_word", "pattern", "agency_kind", "court", "online_channel", "payment")
        initial = {name: getattr(own, name) for name in names} if own else {}
        if own:
            initial |= {f"word-{key}": value for key, value in own.words.items()}
            initial |= {f"reviewer-{key}": value for key, value in own.reviewers.items()}
        super().__init__(data, initial=initial, auto_id="set_%s")
        self.fields["agency_kind"].choices = [("", "——"), *((kind.value, name) for kind, name in KINDS.items())]
        for one in NumberClass:
            self.fields[f"word-{one}"] = _line(f"{one.caption}文书的类别字", 6, f"空 = {WORDS[one]}")
        for role, caption in read("remedies")["role"].items():
            if role != "self":
                self.fields[f"reviewer-{role}"] = _line(f"复议机关：{caption}的名称")

    @property
    def settings(self) -> dict[str, Any]:
        """Return what ``set_stationery`` takes."""
        data = dict(self.cleaned_data)
        words = {name[5:]: data.pop(name) for name in list(data) if name.startswith("word-")}
        reviewers = {name[9:]: data.pop(name) for name in list(data) if name.startswith("reviewer-")}
        return {**data, "words": words, "reviewers": reviewers}


class WordingForm(forms.Form):
    """A version of a unit's own wording."""

    valid_from = forms.DateField(
        label="启用日", widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    )
    paragraphs = forms.CharField(
        label="正文（每行一段）",
        max_length=20_000,
        widget=forms.Textarea(attrs=_TEXT | {"rows": 12}),
        help_text="字段写在花括号中；依法必须载明的字段不能删去",
    )
