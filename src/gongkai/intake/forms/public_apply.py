"""The form of Art 29: who applies, to whom, for what, in what form. Nobody is asked what for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.models import ApplicantKind, DeliveryForm, DeliveryWay, IdentityProof, PaperKind
from gongkai.files.errors import FileRefusedError
from gongkai.intake.domain import putting
from gongkai.intake.errors import TooMuchError
from gongkai.intake.forms import joint
from gongkai.intake.forms.plain import ACCEPTED, PlainForm, say_plainly
from gongkai.intake.messages import Asked, Attachment
from gongkai.intake.queries.units import grouped
from gongkai.text.personal import is_identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.intake.queries.units import Target

MOST_UNITS = 10
MOST_ATTACHMENTS = 5
FILES = ("identity_file", "authority_file", "attachments")
"""The fields that take files."""
_SIZES = f"每个不超过 {putting.MOST_BYTES_EACH >> 20} MB，合计不超过 {putting.MOST_BYTES >> 20} MB。"
_PROOFS = [choice for choice in IdentityProof.choices if choice[0] not in {"verified", "none"}]


class ManyFilesInput(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files; cleaned to a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 -- the signature is Django's
        """Return the files, none where none was chosen."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in given if one]


def _line(label: str, *, length: int, required: bool = False, help_text: str = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    field = forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)
    field.error_messages["required"] = f"请填写{label}。"
    return field


def _file(label: str, help_text: str = "") -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": ACCEPTED})
    return forms.FileField(label=label, required=False, help_text=help_text, widget=widget)


class ApplyForm(PlainForm):
    """The whole form; valid, it gives the message and the files."""

    units = forms.TypedMultipleChoiceField(
        label="向哪些行政机关申请",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选择几个，每个机关分别答复。",
        error_messages={"required": "请至少选择一个行政机关。"},
    )
    title = _line("所需信息的名称", length=300, help_text="例如：2023年河道采砂许可台账。一份申请写一件事，答复更快。")
    document_number = _line("文号", length=80, help_text="知道的请填写，例如：岚政办〔2023〕15号。")
    description = forms.CharField(
        label="其他特征性描述",
        required=False,
        max_length=4000,
        help_text="便于查找的时间、地点、事项等。不必说明用途。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    applicant_kind = forms.ChoiceField(
        label="申请人",
        choices=ApplicantKind.choices,
        initial=ApplicantKind.NATURAL_PERSON,
        widget=forms.RadioSelect,
        help_text="个人选“自然人”；单位按类别选择。",
    )
    name = _line("姓名或者单位名称", length=120, required=True, autocomplete="name")
    representative = _line("法定代表人", length=60, help_text="单位申请时填写。")
    proof = forms.ChoiceField(
        label="身份证明",
        choices=_PROOFS,
        initial=IdentityProof.ID_CARD,
        help_text="个人选身份证件；单位申请的，按统一社会信用代码证照。",
    )
    proof_number = _line("证件号码", length=60, help_text="填写号码或者上传证件照片，二者至少一项。")
    identity_file = _file("证件照片或者扫描件", "身份证只需有照片的一面。")
    telephone = _line("电话", length=40, help_text="电话、电子邮箱、通信地址至少填写一项。", inputmode="tel")
    email = forms.EmailField(
        label="电子邮箱", required=False, max_length=120, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    address = _line("通信地址", length=200, help_text="选择邮寄的必须填写。", autocomplete="street-address")
    is_proxy = forms.BooleanField(label="我是受申请人委托代为申请", required=False)
    proxy_name = _line("受托人姓名", length=120)
    proxy_number = _line("受托人证件号码", length=60)
    proxy_telephone = _line("受托人电话", length=40, inputmode="tel")
    authority_file = _file("授权委托书", "由申请人签名或者盖章。")
    delivery_form = forms.ChoiceField(
        label="提供信息的形式",
        choices=[(DeliveryForm.ANY, "不限"), *[one for one in DeliveryForm.choices if one[0] != DeliveryForm.ANY]],
        initial=DeliveryForm.ANY,
    )
    delivery_way = forms.ChoiceField(
        label="获取信息的途径",
        choices=[one for one in DeliveryWay.choices if one[0] != DeliveryWay.FAX],
        initial=DeliveryWay.ONLINE,
        help_text="选择“网上获取”的，答复书可以在本网站凭查询码下载。",
    )
    attachments = ManyFiles(
        label="其他附件",
        required=False,
        help_text=f"最多 {MOST_ATTACHMENTS} 个。{_SIZES}",
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )
    needs_assistance = forms.BooleanField(
        label="我阅读有困难或者有视听障碍，需要协助",
        required=False,
        help_text="工作人员会与您联系，为您提供必要的帮助。",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- the signature is Django's
        targets: list[Target],
        chosen: Mapping[str, list[str]] | None = None,
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> None:
        """``chosen`` are the names of files that will come, by field: asked before they are sent, these are enough."""
        super().__init__(*args, **kwargs)
        self.chosen = chosen or {}
        for name, field in joint.fields(_PROOFS).items():
            say_plainly(field)
            self.fields[name] = field
        self.fields["units"].choices = [
            (name, [(one.unit.id, one.unit.name) for one in members]) for name, members in grouped(targets)
        ]

    def clean_units(self) -> list[int]:
        """Refuse to send one thing to a whole city."""
        units = self.cleaned_data["units"]
        if len(units) > MOST_UNITS:
            raise forms.ValidationError(
                f"一次最多选择 {MOST_UNITS} 个行政机关，现在选了 {len(units)} 个。请减少后提交。"
            )
        return units

    def clean_attachments(self) -> list[Any]:
        """Refuse too many files."""
        files = self.cleaned_data["attachments"]
        if len(files) > MOST_ATTACHMENTS:
            raise forms.ValidationError(f"最多 {MOST_ATTACHMENTS} 个附件，现在选了 {len(files)} 个。请合并后再选。")
        return files

    def clean_proof(self) -> str:
        """Let the proof follow the kind of applicant: what stands there at first is that of a person."""
        proof, kind = self.cleaned_data["proof"], self.cleaned_data.get("applicant_kind")
        if kind == ApplicantKind.NATURAL_PERSON and proof == IdentityProof.CREDIT_CODE:
            raise forms.ValidationError("自然人申请的，请选择身份证件；以单位名义申请的，请把申请人改为单位的类别。")
        is_personal = proof in {IdentityProof.ID_CARD, IdentityProof.PASSPORT}
        if is_personal and kind not in {None, ApplicantKind.NATURAL_PERSON}:
            return IdentityProof.CREDIT_CODE
        return proof

    def clean_proof_number(self) -> str:
        """Find a mistyped number of an identity card by its check digit (GB 11643)."""
        number, proof = self.cleaned_data["proof_number"].strip().upper(), self.cleaned_data.get("proof")
        if proof == IdentityProof.ID_CARD and number and not is_identity(number):
            raise forms.ValidationError(joint.WRONG_CARD)
        if proof == IdentityProof.CREDIT_CODE and is_identity(number):
            raise forms.ValidationError("这是身份证号码。单位申请的，请填写统一社会信用代码。")
        return number

    def clean(self) -> dict[str, Any]:
        """Demand what Art 29 demands."""
        data = super().clean()
        if not any(data.get(name, "").strip() for name in ("title", "document_number", "description")):
            self.add_error("title", "请填写所需信息的名称；不知道名称的，填写文号或者其他特征性描述。")
        has_card = data.get("identity_file") or "identity_file" in {*self.chosen, *self.errors}
        if not data.get("proof_number") and not has_card and "proof_number" not in self.errors:
            self.add_error("proof_number", "请填写证件号码，或者上传证件照片（条例第二十九条要求提供身份证明）。")
        if not any(data.get(name) for name in ("telephone", "email", "address")) and "email" not in self.errors:
            self.add_error("telephone", "请填写电话、电子邮箱、通信地址中的至少一项，否则无法告知和送达。")
        if data.get("delivery_way") == DeliveryWay.POST and not data.get("address"):
            self.add_error("address", "选择邮寄的，请填写通信地址。")
        if data.get("delivery_way") == DeliveryWay.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", "选择以电子邮件获取的，请填写电子邮箱。")
        if data.get("is_proxy"):
            if not data.get("proxy_name"):
                self.add_error("proxy_name", "请填写受托人姓名。")
            has_authority = data.get("authority_file") or "authority_file" in self.chosen
            if not has_authority and "authority_file" not in self.errors:
                self.add_error("authority_file", "请上传授权委托书。")
        for name, words in joint.faults(data):
            self.add_error(name, words)
        return data

    def named(self, field: str) -> list[str]:
        """Return the names of the files that were given for ``field``, or will be."""
        return super().named(field) + self.chosen.get(field, [])

    @property
    def joint(self) -> list[forms.BoundField]:
        """The fields of those who apply together with the applicant."""
        return list(joint.bound(self))

    @property
    def is_joint(self) -> bool:
        """Tell whether somebody was named there, or something is amiss."""
        return any(field.errors or (field.data and not field.name.endswith("_proof")) for field in self.joint)

    @property
    def message(self) -> Asked:
        """What is asked, once the form is valid."""
        data = self.cleaned_data
        applicants = [
            Identity(
                name=data["name"],
                proof=data["proof"],
                proof_number=data["proof_number"],
                telephone=data["telephone"],
                email=data["email"],
                address=data["address"],
                representative=data["representative"],
            ),
            *joint.identities(data),
        ]
        if data["is_proxy"]:
            proof = IdentityProof.ID_CARD if data["proxy_number"] else IdentityProof.NONE
            applicants.append(
                Identity(
                    name=data["proxy_name"],
                    proof=proof,
                    proof_number=data["proxy_number"],
                    telephone=data["proxy_telephone"],
                    is_proxy=True,
                    has_authority=bool(data["authority_file"]),
                )
            )
        names = ("title", "document_number", "description", "delivery_form", "delivery_way", "needs_assistance")
        return Asked(
            units=tuple(data["units"]),
            applicant_kind=data["applicant_kind"],
            applicants=tuple(applicants),
            request=Request(**{name: data[name] for name in names}),
        )

    def attachments_read(self) -> list[Attachment] | None:
        """Return the files, looked at; ``None`` where one is refused, which then stands in the errors."""
        data = self.cleaned_data
        given = [
            ("identity_file", PaperKind.IDENTITY, data["identity_file"]),
            ("authority_file", PaperKind.AUTHORITY, data["authority_file"] if data["is_proxy"] else None),
            *(("attachments", PaperKind.OTHER, one) for one in data["attachments"]),
        ]
        read = [(name, Attachment(str(kind), one.name, one.read())) for name, kind, one in given if one]
        for name, one in read:
            try:
                putting.check(one)
            except FileRefusedError as error:
                self.add_error(name, str(error))
        files = [one for _, one in read]
        if not self.errors:
            try:
                putting.check_total(files)
            except TooMuchError as error:
                self.add_error("attachments", str(error))
        return None if self.errors else files
