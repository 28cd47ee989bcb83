"""The forms of what is done with a report. ``seen`` is the version the person has before them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.reporting.captions import caption
from gongkai.reporting.domain.facts import Grounds
from gongkai.reporting.facts import kinds
from gongkai.reporting.queries.cells import printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.reporting.models import Submission

MOST_WORDS = 500


def _words(label: str, help_text: str = "", rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    said = {"required": f"请填写{label}。"}
    return forms.CharField(label=label, max_length=MOST_WORDS, help_text=help_text, widget=widget, error_messages=said)


def _number(label: str, **options: Any) -> forms.DecimalField:  # noqa: ANN401 -- options of the field
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(label=label, max_digits=20, decimal_places=6, widget=widget, **options)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SeenForm(forms.Form):
    """An act that needs nothing but the version seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:  # noqa: ANN401 -- Django's
        options["initial"] = {"seen": submission.version} | options.get("initial", {})
        super().__init__(*args, **options)
        self.submission = submission


class ReasonForm(SeenForm):
    """Send a report back, or open a correction: the reason."""

    reason = _words("退回理由", "写明哪里不对、怎样修改；填报单位照此修改")


class NoticeForm(SeenForm):
    """Open a published report for a correction."""

    notice = _words("更正说明", "写明更正了什么、为什么；随新版本一并公布")


class ExplainForm(SeenForm):
    """Answer a warning of the audit."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=16)
    words = _words("说明", rows=1)


class OverrideForm(SeenForm):
    """Set a cell against the system's figure."""

    value = _number("修正为")
    reason = _words("理由", "写明系统数据为何不准、修正数从何而来")


class UploadForm(SeenForm):
    """The report as a file."""

    file = forms.FileField(label="年度报告文件", help_text="docx、pdf、ofd、html、xlsx、txt；扫描件请先识别为文字")


class FactForm(SeenForm):
    """A figure that no room of this system counts."""

    key = forms.ChoiceField(label="指标")
    value = _number("数值")
    period_from = _day("统计起始日")
    period_to = _day("统计截止日")
    source = forms.CharField(label="来源", max_length=200, help_text="例如：网站后台统计、部门台账")
    signatory = forms.CharField(label="签认人", max_length=40, help_text="对该数负责的人")
    evidence = forms.FileField(label="依据文件", required=False)

    def __init__(self, *args: Any, wanted: str = "", **options: Any) -> None:  # noqa: ANN401 -- Django's
        submission = options["submission"]
        year = submission.campaign.year
        days = {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31)}
        super().__init__(*args, **options, initial=days | {"key": wanted}, auto_id="fact_%s")
        self.fields["key"].choices = [("", "请选择"), *_choices(submission, wanted)]

    def facts(self, evidence: tuple[str, bytes] | None) -> dict[str, Any]:
        """Return the parameters of the verb."""
        data = self.cleaned_data
        grounds = Grounds(data["period_from"], data["period_to"], data["source"], data["signatory"], evidence)
        return {"key": data["key"], "value": Decimal(data["value"]), "grounds": grounds}


def uncounted(submission: Submission) -> list[str]:
    """Return the cells that this system counts nothing for: absent, or of table 二 where the unit keeps none here."""
    edition = submission.campaign.edition
    every = printed(edition, {})
    return [
        key
        for key in every
        if key not in submission.computed or (key.startswith("proactive.") and not submission.computed[key])
    ]


def _choices(submission: Submission, wanted: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, kind in kinds().items():
        groups.setdefault(kind.group, []).append((key, f"{kind.caption}（{kind.unit}）"))
    edition = submission.campaign.edition
    cells = uncounted(submission)
    if wanted and wanted not in cells and wanted in printed(edition, {wanted}):
        cells.append(wanted)
    if cells:
        groups["本系统没有记录的单元格"] = [(key, caption(edition, key)) for key in cells]
    return groups.items()
