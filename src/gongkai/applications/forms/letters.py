"""The forms of letters: beginning one, drafting it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.domain.letters_sending import OTHER_CARRIER, POSTAL, SIGNED_BY, Posting
from gongkai.applications.fee_account import SCHEDULES
from gongkai.applications.letters.kinds import EXTENSION, is_answer
from gongkai.applications.letters.prefill_matters import ORDER
from gongkai.applications.letters.wording import fields_of
from gongkai.applications.models import Mode, SealMedium
from gongkai.applications.seals.registry import seals_ofd
from gongkai.files.http import bytes_of
from gongkai.law.outcomes import outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.applications.models import Application, Letter
    from gongkai.applications.queries.letters import Choice

_TEXT = {"class": "form-control", "autocomplete": "off"}
_SELECT = {"class": "form-select"}
_CHECK = {"class": "form-check-input"}
_LONG = frozenset(
    (
        "items_to_correct",
        "reason",
        "where",
        "delivered",
        "withheld",
        "search",
        "standard",
        "publication",
        "result",
        "excess",
        "findings",
        "requirements",
        "criticism",
    )
)
"""Fields that are usually of several lines."""

_CARRIERS = [*POSTAL.items(), (OTHER_CARRIER, "其他快递企业")]
_MODE_CHOICES = Mode.choices


def _day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})
    return forms.DateField(label=label, widget=widget, help_text=help_text, required=required)


def _line(label: str, *, length: int = 200, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=required, widget=forms.TextInput(attrs=_TEXT), help_text=help_text
    )


def _text(label: str, *, rows: int = 2, required: bool = False, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs=_TEXT | {"rows": rows})
    return forms.CharField(label=label, max_length=60_000, required=required, widget=widget, help_text=help_text)


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, required=False, widget=forms.NumberInput(attrs=_TEXT), help_text=help_text
    )


def _choice(label: str, choices: Any, *, required: bool = True) -> forms.ChoiceField:  # noqa: ANN401 -- as Django takes them
    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.Select(attrs=_SELECT))


class BeginForm(forms.Form):
    """Which letter is begun: an answer by its outcome, any other by its kind."""

    what = _choice("文书", ())
    consultee = forms.ChoiceField(
        label="征求意见对象",
        required=False,
        widget=forms.Select(attrs=_SELECT),
        help_text="征求意见的文书须选择；对象在案件页登记",
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's
        *,
        application: Application,
        choices: Sequence[Choice],
        regulation: str,
        what: str = "",
    ) -> None:
        super().__init__(data, auto_id="begin_%s", initial={"what": what})
        self.consultees = {str(one.pk): one for one in application.consultees.all()}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in choices:
            if not is_answer(one.key, regulation):
                groups.setdefault(one.group, []).append((one.key, one.title))
        for one in outcomes(regulation):
            groups.setdefault("答复（按办理结果）", []).append((f"answer:{one.code}", f"{one.code}　{one.caption}"))
        self.fields["what"].choices = [("", "——"), *groups.items()]
        # Who a third party is stands sealed; its label is enough to choose by.
        labels = [(key, one.label) for key, one in self.consultees.items()]
        self.fields["consultee"].choices = [("", "——"), *labels]
        if not labels:
            del self.fields["consultee"]
        self.regulation = regulation

    @property
    def begun(self) -> dict[str, Any]:
        """Return what ``letters.draft`` takes."""
        what = self.cleaned_data["what"]
        _, colon, code = what.partition(":")
        consultee = self.consultees.get(self.cleaned_data.get("consultee") or "")
        if not colon:
            return {"kind": what, "consultee": consultee}
        return {"kind": outcome(code, self.regulation).letter, "parts": [{"outcome": code}]}


class BeginMatterForm(forms.Form):
    """Which letter of a matter is begun."""

    what = _choice("文书", ())

    def __init__(self, data: Any, *, choices: Sequence[Choice], what: str = "") -> None:  # noqa: ANN401 -- a request's
        super().__init__(data, auto_id="begin_%s", initial={"what": what})
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in choices:
            if not one.reason:
                groups.setdefault(one.group, []).append((one.key, one.title))
        self.fields["what"].choices = [("", "——"), *groups.items()]

    @property
    def begun(self) -> dict[str, Any]:
        """Return what ``letters.draft`` takes."""
        return {"kind": self.cleaned_data["what"]}


class DraftForm(forms.Form):
    """What a letter says: the fields that the law names for its kind. None is demanded before it is sent to review.

    An answer has the fields of each part, named ``part-0-…``.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    mode = _choice("送达方式", _MODE_CHOICES)

    def __init__(self, data: Any, *, letter: Letter) -> None:  # noqa: ANN401 -- a request's
        self.letter = letter
        super().__init__(data, initial=self._initial(letter), auto_id="draft_%s")
        self._options(letter)
        if is_answer(letter.kind, letter.regulation):
            for place, part in enumerate(letter.parts):
                self._part(place, part)
        else:
            for key, caption in fields_of(letter.kind, letter.regulation).items():
                self.fields[key] = _text(caption, rows=6) if key in _LONG else _text(caption)

    def _options(self, letter: Letter) -> None:
        kind = letter.kind
        if kind == "correction_notice":
            self.fields["period_days"] = _number("补正期限（工作日）")
        elif kind == EXTENSION:
            self.fields["days"] = _number("延长的工作日数", "改动后保存，新的答复日期自动重算")
        elif kind == "delay_notice":
            self.fields["until"] = _day("合理期限至", "改动后保存，文书中的日期自动更新", required=False)
        elif kind == ORDER:
            self.fields["until"] = _day("整改期限至", "改动后保存，文书中的日期自动更新", required=False)
        elif kind == "fee_notice" and letter.regulation != "2008":
            self.fields["schedule"] = _choice("计收方式", list(SCHEDULES.items()))
            self.fields["pages"] = _number("页数（按量计收的）", "改动后保存，收费标准和数额自动计算")
        codes = {part["outcome"] for part in letter.parts}
        if "N1" in codes:
            self.fields["classification_level"] = _line("密级", length=10)
            self.fields["classification_period"] = _line("保密期限", length=40)
        if "N3" in codes:
            self.fields["harm_evidence"] = _line("危及安全、稳定的依据", length=300)
        if "D2" in codes:
            self.fields["earlier_answer_number"] = _line("前次答复文号", length=80)

    def _part(self, place: int, part: Mapping[str, str]) -> None:
        prefix = f"part-{place}"
        several = len(self.letter.parts) > 1
        told = [(one.code, f"{one.code}　{one.caption}") for one in outcomes(self.letter.regulation)]
        self.fields[f"{prefix}-outcome"] = _choice("办理结果", told)
        if several:
            self.fields[f"{prefix}-label"] = _line("本部分所指", help_text="例如“第1项”“2023年台账”")
        kind = outcome(part["outcome"], self.letter.regulation).letter
        for key, caption in fields_of(kind, self.letter.regulation).items():
            if key != "article":
                self.fields[f"{prefix}-{key}"] = _text(caption, rows=5 if key in _LONG else 2)

    @staticmethod
    def _initial(letter: Letter) -> dict[str, Any]:
        parts = {f"part-{place}-{key}": value for place, part in enumerate(letter.parts) for key, value in part.items()}
        return {"seen": letter.version, "mode": letter.mode, **letter.options, **letter.fields, **parts}

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the visible fields by the part of the answer they belong to; those of the whole letter first."""
        several = len(self.letter.parts) > 1
        found: dict[str, list[forms.BoundField]] = {"": []}
        for field in self.visible_fields():
            place = field.name.split("-")[1] if field.name.startswith("part-") else ""
            title = (f"第 {int(place) + 1} 部分" if several else "答复内容") if place else ""
            found.setdefault(title, []).append(field)
        return list(found.items())

    @property
    def drafted(self) -> dict[str, Any]:
        """Return what ``letters.revise`` takes."""
        data = {key: value for key, value in self.cleaned_data.items() if key not in {"seen", "mode"}}
        parts: list[dict[str, str]] = [{} for _ in self.letter.parts]
        fields: dict[str, str] = {}
        options: dict[str, object] = {}
        worded = fields_of(self.letter.kind, self.letter.regulation) if not parts else {}
        for name, value in data.items():
            if name.startswith("part-"):
                _, place, key = name.split("-", 2)
                parts[int(place)][key] = value
            elif name in worded:
                fields[name] = value
            else:
                options[name] = value
        return {"fields": fields, "parts": parts or None, "options": options, "mode": self.cleaned_data["mode"]}


class LetterActForm(forms.Form):
    """Something that is done with a letter. ``seen`` is the version the person has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, letter: Letter, auto_id: str = "%s") -> None:  # noqa: ANN401 -- a request's
        super().__init__(data, files, initial={"seen": letter.version, "mode": letter.mode}, auto_id=auto_id)

    @property
    def done(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class SealForm(LetterActForm):
    """Seal a letter."""

    medium = _choice("印章", SealMedium.choices)
    copies = forms.IntegerField(
        label="用印份数", min_value=1, initial=2, widget=forms.NumberInput(attrs=_TEXT), help_text="含存档一份"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is the base's
        super().__init__(*args, **kwargs)
        self.initial |= {"copies": 2}


class ScanForm(LetterActForm):
    """Bring the scan of the stamped letter."""

    file = forms.FileField(
        label="盖章后的扫描件",
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
        help_text="PDF、OFD、JPEG、PNG",
    )

    @property
    def done(self) -> dict[str, Any]:
        """Return what ``scan_back`` takes."""
        file = self.cleaned_data["file"]
        return {"seen": self.cleaned_data["seen"], "data": bytes_of(file), "name": file.name}


class OfdForm(LetterActForm):
    """Bring the OFD that the client sealed, or one that is to be sealed here."""

    file = forms.FileField(
        label="签章后的 OFD",
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".ofd"}),
        help_text="由本页的 PDF 或者 Word 转成 OFD，用签章客户端盖章、保护全部文件；签名和文字核对无误才收",
    )
    is_unsealed = forms.BooleanField(
        label="尚未签章，由本系统的电子印章签章", required=False, widget=forms.CheckboxInput(attrs=_CHECK)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is the base's
        super().__init__(*args, **kwargs)
        if not seals_ofd():
            del self.fields["is_unsealed"]

    @property
    def done(self) -> dict[str, Any]:
        """Return what ``ofd_back`` takes."""
        file = self.cleaned_data["file"]
        return {
            "seen": self.cleaned_data["seen"],
            "data": bytes_of(file),
            "name": file.name,
            "is_unsealed": self.cleaned_data.get("is_unsealed", False),
        }


class _SendingForm(LetterActForm):
    mode = _choice("送达方式", _MODE_CHOICES)
    day = _day("日期", "邮寄填交邮之日，直接、委托送达填签收之日，电子方式填发送成功之日（国办公开办函〔2016〕235号）")
    carrier = _choice("寄送企业", _CARRIERS, required=False)
    mail = _line("邮件号码", length=40)
    is_collect = forms.BooleanField(
        label="到付（由收件人付费）", required=False, widget=forms.CheckboxInput(attrs=_CHECK)
    )
    signed_by = _choice("签收情况（直接、委托送达）", list(SIGNED_BY.items()), required=False)

    @property
    def done(self) -> dict[str, Any]:
        """Return what the verb takes."""
        data = dict(self.cleaned_data)
        posting = Posting(data.pop("carrier") or "ems", data.pop("mail"), data.pop("is_collect"))
        return {**data, "posting": posting, "signed_by": data["signed_by"] or "addressee"}


class SendForm(_SendingForm):
    """Send a letter."""


class RedeliverForm(_SendingForm):
    """Send a letter again that came back."""


class DeliverForm(LetterActForm):
    """A letter arrived."""

    day = _day("签收日期")
    signed_by = _choice("签收情况", list(SIGNED_BY.items()))
    file = forms.FileField(
        label="送达回证或者签收凭证",
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
        help_text="可以以后补",
    )

    @property
    def done(self) -> dict[str, Any]:
        """Return what ``deliver`` takes."""
        data = dict(self.cleaned_data)
        file = data.pop("file")
        return {**data, "data": bytes_of(file), "name": file.name} if file else data


class ReturnedForm(LetterActForm):
    """The post brought a letter back."""

    day = _day("退回日期")
    reason = _line("邮政企业批注的原因", required=True, help_text="例如“查无此人”“拒收”。不要写姓名")


class VoidForm(LetterActForm):
    """Make a letter void."""

    reason = _line("作废理由", length=300, required=True)
