"""Those who apply together with the applicant: of each who it is and the proof of it (Art 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.applications.domain.identity import Identity
from gongkai.applications.models import IdentityProof
from gongkai.text.personal import is_identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

MOST_JOINT = 4
"""How many besides the first; more of them send a list along."""

WRONG_CARD = "身份证号码应为 18 位，且与校验位相符。请核对有没有输错。"

_NAME, _PROOF, _NUMBER = "name", "proof", "proof_number"
_OFF = {"autocomplete": "off"}


def fields(proofs: list[tuple[str, str]]) -> dict[str, forms.Field]:
    """Return the fields of all of them, by name."""
    found: dict[str, forms.Field] = {}
    for place in _places():
        line = forms.TextInput(attrs=_OFF)
        found[_called(place, _NAME)] = forms.CharField(
            label=f"共同申请人{place}：姓名或者单位名称", required=False, max_length=120, widget=line
        )
        found[_called(place, _PROOF)] = forms.ChoiceField(
            label=f"共同申请人{place}：身份证明", required=False, choices=proofs, initial=IdentityProof.ID_CARD
        )
        found[_called(place, _NUMBER)] = forms.CharField(
            label=f"共同申请人{place}：证件号码", required=False, max_length=60, widget=forms.TextInput(attrs=_OFF)
        )
    return found


def bound(form: forms.Form) -> Iterator[BoundField]:
    """Yield the fields of ``form`` that are theirs."""
    for place in _places():
        for what in (_NAME, _PROOF, _NUMBER):
            yield form[_called(place, what)]


def faults(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name of each field that is amiss, and what to do."""
    for place in _places():
        name, number = (data.get(_called(place, what), "").strip() for what in (_NAME, _NUMBER))
        if number and not name:
            yield _called(place, _NAME), "填写了证件号码的，请填写姓名或者单位名称。"
        if name and not number:
            yield (
                _called(place, _NUMBER),
                "请填写证件号码：每个申请人都要提供身份证明（条例第二十九条）。不便填写的，不填这一行，把名单和身份证明作为附件上传。",
            )
        if number and data.get(_called(place, _PROOF)) == IdentityProof.ID_CARD and not is_identity(number.upper()):
            yield _called(place, _NUMBER), WRONG_CARD


def identities(data: dict[str, Any]) -> list[Identity]:
    """Return those who are named."""
    given = ([data.get(_called(place, what), "") for what in (_NAME, _PROOF, _NUMBER)] for place in _places())
    return [
        Identity(name=name, proof=proof or IdentityProof.NONE, proof_number=number.upper())
        for name, proof, number in given
        if name
    ]


def _places() -> range:
    return range(1, MOST_JOINT + 1)


def _called(place: int, what: str) -> str:
    return f"joint{place}_{what}"
