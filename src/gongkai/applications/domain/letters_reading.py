"""Reading letters in clear: each look at one is entered, as for an identity paper (个人信息保护法 第五十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.letters import frozen
from gongkai.applications.domain.letters_sealing import fonts_folder
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError
from gongkai.applications.errors_letters import LetterStateError, UnprintableError
from gongkai.applications.holders.port import holder_of
from gongkai.applications.letters import forms, pdf, word
from gongkai.applications.letters.contents import document_of
from gongkai.files.domain import store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.letters.document import Document
    from gongkai.applications.models import Application, Letter, Matter

ARTICLE = "《个人信息保护法》第五十一条"
MOST = 500
"""How many letters one file for the printer holds."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on an envelope."""

    number: str
    name: str
    address: str
    telephone: str
    mail: str


@transaction.atomic
def read(*, letter: Letter, which: str, user: User, today: date) -> tuple[bytes, str]:
    """Return a file of a letter and its name: ``pdf``, ``docx`` or the ``sealed`` copy.

    A draft is set anew; what was sealed is kept, and comes as the bytes that were sealed.
    """
    authorise(letter.case, user, today, "查看文书原件", rules.may_reveal)
    trace("letter_read", letter.case, user, ARTICLE, letter=letter.pk, which=which)
    blob = {"pdf": letter.pdf, "docx": letter.docx, "sealed": letter.sealed_copy}[which]
    name = f"{letter.title}{letter.number or '（草稿）'}"
    if blob is not None:
        return store.read(blob), f"{name}.{'jpg' if blob.kind == 'jpeg' else blob.kind}"
    if which == "sealed":
        raise LetterStateError(f"{name} 还没有用印件。")
    document = frozen(letter) if letter.content else document_of(letter, today)
    return (word.write(document) if which == "docx" else _set([document])), f"{name}.{which}"


@transaction.atomic
def print_run(
    *, letters: Sequence[Letter], user: User, today: date, with_receipts: bool = False, double_sided: bool = True
) -> bytes:
    """Return one PDF of many sealed letters, each with its 送达回证 where ``with_receipts``."""
    _check_run(letters)
    documents: list[Document] = []
    for letter in letters:
        authorise(letter.case, user, today, "批量打印文书", rules.may_reveal)
        if not letter.number:
            raise LetterStateError("批量打印的文书须已经用印编号。请先用印。")
        documents.append(frozen(letter))
        if with_receipts:
            documents.append(forms.delivery_receipt(letter, today))
        trace("letter_printed", letter.case, user, ARTICLE, letter=letter.pk, number=letter.number)
    return _set(documents, double_sided=double_sided)


@transaction.atomic
def labels(*, letters: Sequence[Letter], user: User, today: date) -> bytes:
    """Return a sheet of address labels for the post (A4, two columns of seven)."""
    _check_run(letters)
    found = []
    for letter in letters:
        authorise(letter.case, user, today, "打印邮寄标签", rules.may_reveal)
        name, address, telephone = holder_of(letter.case).address(letter, today)
        found.append(Label(letter.number, name, address, telephone, letter.mail))
        trace("letter_labelled", letter.case, user, ARTICLE, letter=letter.pk, number=letter.number)
    sender = forms.sender_of(letters[0].unit, today)
    try:
        return pdf.labels([(one.number, one.name, one.address, one.telephone) for one in found], sender, fonts_folder())
    except pdf.MissingGlyphError as error:
        raise UnprintableError(str(error)) from error


@transaction.atomic
def form(*, case: Application | Matter, kind: str, user: User, today: date, letter: Letter | None = None) -> bytes:
    """Return an internal form of a case as PDF, to be signed by hand."""
    authorise(case, user, today, "打印内部用表", rules.may_reveal)
    document = forms.form_of(case, kind, letter, today)
    trace("form_printed", case, user, ARTICLE, kind=kind, letter=letter.pk if letter else None)
    return _set([document])


def _check_run(letters: Sequence[Letter]) -> None:
    if not letters:
        raise IncompleteError("没有选择文书。请先勾选。", {"letters": "请勾选。"})
    if len(letters) > MOST:
        raise IncompleteError(f"一次最多打印 {MOST} 件，现选了 {len(letters)} 件。请分批打印。")


def _set(documents: Sequence[Document], *, double_sided: bool = False) -> bytes:
    try:
        return pdf.write(documents, fonts=fonts_folder(), double_sided=double_sided)
    except pdf.MissingGlyphError as error:
        raise UnprintableError(str(error)) from error
