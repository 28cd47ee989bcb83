"""The small forms of what happens in a case: one for each kind of event, made from its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.law.remedies_results import results
from gongkai.remedies.forms.register import day_field
from gongkai.remedies.kinds import ANSWERED, BY, DECIDED, KINDS

if TYPE_CHECKING:
    from gongkai.remedies.course import Course

HELP = {
    "served": "不填的，以作出之日计；上诉、起诉期限由此起算",
    "until": "责令重新答复的，填决定书、判决书确定的期限；没有写明的不填",
}


class EventForm(forms.Form):
    """Enter that something of ``kind`` happened in the case of ``course``."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, course: Course, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's
        super().__init__(*args, **kwargs)
        self.kind = kind
        params = KINDS[kind].params
        self.fields["day"] = day_field("作出日期" if kind == DECIDED else "日期")
        if "result" in params:
            choices = [(one.key, one.caption) for one in results(course.procedure, course.day)]
            self.fields["result"] = forms.ChoiceField(label="结果", choices=[("", "请选择"), *choices])
        if "by" in params:
            self.fields["by"] = forms.ChoiceField(label="上诉人", choices=list(BY.items()))
        if "document" in params:
            self.fields["document"] = forms.CharField(label="文书名称、文号", required=False, max_length=120)
        if "served" in params:
            self.fields["served"] = day_field("本机关收到日期", required=False, help_text=HELP["served"])
        if "until" in params:
            self.fields["until"] = day_field("重新答复的最后期限", required=False, help_text=HELP["until"])
        if "with_evidence" in params and kind == ANSWERED:
            self.fields["with_evidence"] = forms.BooleanField(
                label="同时提交了证据、依据", required=False, initial=True
            )
        if "text" in params:
            widget = forms.Textarea(attrs={"rows": 2})
            help_text = "不写个人信息"
            self.fields["text"] = forms.CharField(
                label="说明", required=kind == "note", max_length=300, widget=widget, help_text=help_text
            )
        self.fields["file"] = forms.FileField(label="文书扫描件", required=False)

    def facts(self) -> dict[str, Any]:
        """Return the parameters of the event, without the day, the file and the version."""
        return {key: value for key, value in self.cleaned_data.items() if key in KINDS[self.kind].params and value}


class StrikeForm(forms.Form):
    """Strike out an event entered by mistake."""

    event = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="划去理由", max_length=200)


class RevealForm(forms.Form):
    """See who claims."""

    reason = forms.CharField(label="查看理由", max_length=200)
