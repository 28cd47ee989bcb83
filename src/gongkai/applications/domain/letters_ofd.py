"""Taking in a letter as a sealed OFD: the signature proves the office's seal, the text is that of the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.letters import demand, frozen, locked_letter, step
from gongkai.applications.domain.letters_sealing import ELECTRONIC_ARTICLE, enter
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors_letters import OtherTextError, SealMissingError, SealRefusedError
from gongkai.applications.letters.likeness import differences
from gongkai.applications.models import Letter, LetterState, SealAct, SealMedium
from gongkai.applications.seals.known import proved
from gongkai.applications.seals.ofd.errors import OfdSealError
from gongkai.applications.seals.port import OFD
from gongkai.applications.seals.registry import configured
from gongkai.files import kinds
from gongkai.files.domain import store

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User

ARTICLE = f"{ELECTRONIC_ARTICLE}；GB/T 33190—2016 第18章"
NOTE = 300
"""Characters of a note in the register of the seal."""


@transaction.atomic
def ofd_back(
    *,
    letter: Letter,
    data: bytes,
    name: str,
    user: User,
    today: date,
    is_unsealed: bool = False,
    seen: int | None = None,
) -> Letter:
    """Take in the letter as an OFD that the client of the city sealed; ``is_unsealed`` lets this installation seal it.

    Raises ``OtherTextError`` naming what differs from the letter, ``SealRefusedError`` for a signature that does not
    prove the office's seal over the whole file, ``SealError`` where the seal is not set up, a ``FileRefusedError``.
    """
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "传回签章 OFD")
    demand(letter, LetterState.SEALED, "传回签章 OFD")
    if letter.medium != SealMedium.OFD or kinds.kind_of(data, name) != OFD:
        raise SealMissingError(
            f"{letter.number} 用的不是 OFD 电子印章，或者上传的不是 OFD 文件。请核对后再传。",
            {"file": "须为签章后的 OFD。"},
            article=ELECTRONIC_ARTICLE,
        )
    try:
        _demand_alike(letter, data)
        if is_unsealed:
            data = _sealed(letter, data)
        proof = proved(data, unit=letter.unit.code, day=today)
    except OfdSealError as error:
        raise SealRefusedError(str(error), {"file": "签章没有通过验证。"}, article=ARTICLE) from error
    letter.sealed_copy = blob = store.keep(data=data, name=name)
    step(letter, "sealed_copy")
    enter(letter, SealAct.RETURNED, user, today, blob=blob, note=proof.words[:NOTE])
    trace(
        "letter_ofd_returned",
        letter.case,
        user,
        ARTICLE,
        letter=letter.pk,
        digest=blob.digest,
        certificate=proof.signer.fingerprint,
        files=proof.files,
        sealed_here=is_unsealed,
    )
    return letter


def _demand_alike(letter: Letter, data: bytes) -> None:
    assert letter.pdf is not None
    addressee = frozen(letter).addressee
    found = differences(data, store.read(letter.pdf), hidden=(addressee, *addressee.split("、")))
    if found:
        raise OtherTextError(
            f"OFD 与 {letter.number} 的定稿不一致：{'；'.join(found)}。盖章的必须是审定的内容："
            "请由本页的 PDF 或者 Word 转成 OFD，签章后再传。",
            {"file": "与定稿不一致。"},
            article="《党政机关公文处理工作条例》第九条",
        )


def _sealed(letter: Letter, data: bytes) -> bytes:
    port = configured()
    if port is None or OFD not in port.kinds:
        raise SealMissingError(
            "没有接入能为 OFD 签章的电子印章。请用签章客户端签章后再传。",
            {"is_unsealed": "没有接入。"},
            article=ELECTRONIC_ARTICLE,
        )
    return port.sign(data, unit=letter.unit.code, document=frozen(letter), kind=OFD)
