"""Sealing a letter (用印): its number is given, it is set for the last time, and the register of the seal says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from gongkai.accounts.sealing import seal as seal_text
from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.identity import PURPOSE
from gongkai.applications.domain.letters import demand, frozen, locked_letter, step
from gongkai.applications.domain.letters_judging import nature_of
from gongkai.applications.domain.numbering import next_serial
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError
from gongkai.applications.errors_letters import (
    ContentChangedError,
    NumberingError,
    SealMissingError,
    UnprintableError,
)
from gongkai.applications.letters import pdf, word
from gongkai.applications.letters.contents import document_of
from gongkai.applications.letters.kinds import RECEIPT
from gongkai.applications.letters.setting import number_format, stationery_of
from gongkai.applications.models import Letter, LetterState, SealAct, SealEntry, SealMedium
from gongkai.applications.seals.known import known
from gongkai.applications.seals.registry import configured
from gongkai.files.domain import store
from gongkai.law.catalogue import CatalogueError
from gongkai.law.letters_number import LetterNumber

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.letters.document import Document
    from gongkai.files.models import Blob

ARTICLE = "《党政机关公文处理工作条例》第九条"
ELECTRONIC_ARTICLE = "《国务院关于在线政务服务的若干规定》第八条、第九条"
FONTS = "fonts"
"""The folder of the data directory with faces for rare characters."""

_SCANS = frozenset({"pdf", "ofd", "jpeg", "png"})


@transaction.atomic
def seal(
    *,
    letter: Letter,
    user: User,
    today: date,
    medium: str = SealMedium.PAPER,
    copies: int = 1,
    seen: int | None = None,
) -> Letter:
    """Give an approved letter its number and date, set it, and enter it in the register of the seal.

    With a seal of paper the stamped copy comes back by ``scan_back``; an electronic one is set here, or by the client
    of the city, and what that made comes back by ``letters_ofd.ofd_back``. What would be sealed must be what was
    approved: a new year of the law, another name of the office or a newer wording sends the letter back. The number is
    given in this transaction: one that fails gives it back.
    """
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "用印")
    demand(letter, LetterState.APPROVED, "用印")
    if copies < 1:
        raise IncompleteError("用印份数至少一份。", {"copies": "至少一份。"})
    document = _unchanged(letter, today)
    letter.number, letter.dated, letter.medium = _number(letter, today), today, SealMedium(medium)
    document = document.numbered(letter.number, today)
    letter.pdf = _kept(_set(document), "letter.pdf")
    letter.docx = _kept(word.write(document), "letter.docx")
    letter.content = seal_text(document.to_json(), PURPOSE)
    act = SealAct.STAMPED
    if letter.medium == SealMedium.ELECTRONIC:
        act = SealAct.SIGNED
        letter.sealed_copy = _kept(_signed(letter, document), "letter.pdf")
    elif letter.medium == SealMedium.OFD:
        act = SealAct.HANDED
        known(letter.unit.code)  # before a number is given in vain
    letter.state = LetterState.SEALED
    step(letter, "number", "dated", "medium", "pdf", "docx", "content", "sealed_copy", "state")
    enter(letter, act, user, today, copies=copies, blob=letter.sealed_copy)
    article = ARTICLE if letter.medium == SealMedium.PAPER else ELECTRONIC_ARTICLE
    trace("letter_sealed", letter.case, user, article, letter=letter.pk, number=letter.number, copies=copies)
    return letter


@transaction.atomic
def scan_back(*, letter: Letter, data: bytes, name: str, user: User, today: date, seen: int | None = None) -> Letter:
    """Take in the scan of the stamped letter; the file that was printed is none. Raises a ``FileRefusedError``."""
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "传回用印件")
    demand(letter, LetterState.SEALED, "传回用印件")
    if letter.medium == SealMedium.OFD:
        raise SealMissingError(
            f"{letter.number} 用的是 OFD 电子印章，不收扫描件。请传回签章后的 OFD；改用实物印章的，请作废后重新拟制。",
            {"file": "须为签章后的 OFD。"},
            article=ELECTRONIC_ARTICLE,
        )
    blob = store.keep(data=data, name=name)
    if blob.kind not in _SCANS or blob.pk in {letter.pdf_id, letter.docx_id}:
        raise SealMissingError(
            "上传的是未盖章的定稿，或者不是扫描件。请把盖章后的纸质文书扫描为 PDF、OFD 或者图片再上传。",
            {"file": "不是用印后的扫描件。"},
        )
    letter.sealed_copy = blob
    step(letter, "sealed_copy")
    enter(letter, SealAct.SCANNED, user, today, blob=blob)
    trace("letter_scanned", letter.case, user, letter=letter.pk, digest=blob.digest)
    return letter


@transaction.atomic
def void(*, letter: Letter, user: User, today: date, reason: str, seen: int | None = None) -> Letter:
    """Make a letter that did not go out void; a number that was given stays with it and is never used again."""
    letter = locked_letter(letter, seen)
    is_numbered = bool(letter.number)
    authorise(letter.case, user, today, "作废文书", rules.may_strike if is_numbered else rules.may_handle)
    demand(letter, (LetterState.DRAFT, LetterState.APPROVED, LetterState.SEALED), "作废")
    if not reason.strip():
        raise IncompleteError("作废文书须写明理由：文号保留，不再使用。", {"reason": "请填写理由。"})
    letter.state, letter.void_reason = LetterState.VOID, reason.strip()
    step(letter, "state", "void_reason")
    if is_numbered:
        enter(letter, SealAct.VOIDED, user, today, note=letter.void_reason)
    trace("letter_voided", letter.case, user, letter=letter.pk, number=letter.number, reason=reason.strip())
    return letter


def fonts_folder() -> Path:
    """Return where an installation keeps faces for rare characters."""
    return Path(settings.HOME) / FONTS


def _unchanged(letter: Letter, today: date) -> Document:
    approved = frozen(letter)
    now = document_of(letter, today)
    if now.digest == letter.content_digest:
        return approved
    before, after = set(approved.texts()), set(now.texts())
    changed = "；".join(text[:60] for text in now.texts() if text not in before) or "；".join(
        text[:60] for text in approved.texts() if text not in after
    )
    raise ContentChangedError(
        f"文书送审之后，依日期、机构名称、文书样式确定的内容有了变化，与审定稿不一致：{changed}。"
        "请作废本件，重新拟制并送审。"
    )


def _number(letter: Letter, today: date) -> str:
    if letter.kind == RECEIPT:
        earlier = letter.application.letters.filter(kind=RECEIPT).exclude(number="").count()
        return letter.application.number + (f"-{earlier + 1}" if earlier else "")
    own = stationery_of(letter.unit)
    if own is None or not own.agency_word:
        raise NumberingError(
            f"机构 {letter.unit.code} 还没有设置机关代字，不能编文号。请工作机构负责人先在“文书设置”中填写。"
        )
    what = nature_of(letter)
    try:
        style, words = number_format(own)
        word_of_class = words[what.number_class.value]
        n = next_serial(f"letter:{letter.unit_id}:{own.agency_word}:{word_of_class}:{today.year}")
        return style.format(LetterNumber(own.agency_word, word_of_class, today.year, n))
    except CatalogueError as error:
        raise NumberingError(f"{error}请在“文书设置”中修改。") from error


def _set(document: Document) -> bytes:
    try:
        return pdf.write([document], fonts=fonts_folder())
    except pdf.MissingGlyphError as error:
        raise UnprintableError(str(error)) from error


def _signed(letter: Letter, document: Document) -> bytes:
    port = configured()
    if port is None:
        raise SealMissingError(
            "没有接入电子印章。请选择实物印章，盖章后传回扫描件；需要电子印章的，请系统管理员配置。",
            {"medium": "没有接入电子印章。"},
            article=ELECTRONIC_ARTICLE,
        )
    assert letter.pdf is not None
    return port.sign(store.read(letter.pdf), unit=letter.unit.code, document=document)


def _kept(data: bytes, name: str) -> Blob:
    return store.keep(data=data, name=name)


def enter(
    letter: Letter,
    act: str,
    user: User,
    today: date,
    *,
    copies: int = 0,
    blob: Blob | None = None,
    note: str = "",
) -> None:
    """Add a line to the register of the seal of the letter's unit."""
    SealEntry(
        unit=letter.unit,
        letter=letter,
        act=act,
        day=today,
        medium=letter.medium,
        copies=copies,
        blob=blob,
        note=note,
        entered_by=user,
    ).save()
