"""Sending a sealed letter: with it goes the event of the law, on the day that counts, in one transaction.

The day that counts (国办公开办函〔2016〕235号): the day of signing where a letter is handed over, by the agency or by
whom it entrusted; the day of posting; the day the electronic message was sent with success.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain.authority import authorise, demand_past
from gongkai.applications.domain.letters import demand, locked_letter, step
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import ApplicationError, BeforeApplicationError, IncompleteError
from gongkai.applications.errors_letters import CarrierError, ModeError, SealMissingError
from gongkai.applications.holders.port import holder_of
from gongkai.applications.models import Letter, LetterState, Mode
from gongkai.files.domain import store
from gongkai.law.letters import letter as law_letter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User

DELIVERY = "国办公开办函〔2016〕235号"
POSTAL = {
    "ems": "邮政特快专递（EMS）",
    "registered": "邮政挂号信",
    "ordinary": "邮政平常信函",
}
"""What the postal enterprise carries: nobody else may (235号)."""

OTHER_CARRIER = "other"
SIGNED_BY = {"addressee": "本人签收", "deputy": "代收人签收", "office": "收发室签收", "receipt": "系统回执"}
"""Who took a letter, without saying who."""

_HANDED = (Mode.DIRECT, Mode.ENTRUSTED)


@dataclass(frozen=True, slots=True)
class Posting:
    """How a letter goes by post: by whom, under which number, and whether its addressee would have to pay."""

    carrier: str = "ems"
    mail: str = ""
    is_collect: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter of a run: ``error`` is empty where it went out."""

    letter: int
    error: str = ""


@transaction.atomic
def send(
    *,
    letter: Letter,
    day: date,
    user: User,
    today: date,
    mode: str = "",
    posting: Posting | None = None,
    signed_by: str = "addressee",
    note: str = "",
    seen: int | None = None,
) -> Letter:
    """Enter that a sealed letter went out on ``day``, and with it the event it stands for.

    An answer goes out only where the checks of its case find nothing that must be mended (``NotReadyError``); ``note``
    explains what must be explained, now or before the volume is closed.

    Raises ``ForbiddenByLawError`` with the article where the law has something against the event on that day,
    ``SealMissingError`` for a letter without its seal, ``CarrierError`` for any carrier but the postal enterprise and
    for postage to be paid by the addressee, ``LetterStateError`` for one that went out before.
    """
    letter = locked_letter(letter, seen)
    case, holder = letter.case, holder_of(letter.case)
    authorise(case, user, today, "发出文书")
    demand(letter, LetterState.SEALED, "发出")
    if letter.sealed_copy_id is None:
        raise SealMissingError(
            f"{letter.number} 还没有传回盖章后的扫描件或者签章后的 OFD，不能发出：答复必须加盖印章。请先盖章并传回。",
            article="《党政机关公文处理工作条例》第九条",
        )
    demand_past(day, today, "发出文书")
    if letter.dated and day < letter.dated:
        raise BeforeApplicationError(
            f"发出日期 {day} 早于成文日期 {letter.dated}。请核对日期。", {"day": "早于成文日期。"}
        )
    _check_mode(letter, mode or letter.mode)
    letter.mode = mode or letter.mode
    letter.mail = _checked_post(letter, posting or Posting()) if letter.mode == Mode.POSTED else ""
    letter.sent_on, letter.state = day, LetterState.SENT
    letter.event = holder.went_out(letter, day, user, today)
    if letter.mode in _HANDED:
        _arrived(letter, day, user, today, signed_by)
    step(letter, "mode", "mail", "sent_on", "delivered_on", "state", "event")
    holder.check_sent(letter, user, today, note)
    article = "；".join((*law_letter(letter.kind, letter.regulation).articles, DELIVERY))
    trace(
        "letter_sent",
        case,
        user,
        article,
        letter=letter.pk,
        number=letter.number,
        day=day.isoformat(),
        mode=str(letter.mode),
    )
    return letter


def send_all(*, letters: Iterable[tuple[Letter, Posting]], day: date, user: User, today: date) -> list[Outcome]:
    """Post a run of letters on ``day``, each in a transaction of its own; those refused say why and stay.

    A run that was cut off is simply run again: what went out before is told as such and never goes out twice.
    """
    outcomes = []
    for letter, posting in letters:
        try:
            send(letter=letter, day=day, user=user, today=today, mode=Mode.POSTED, posting=posting)
        except ApplicationError as error:
            outcomes.append(Outcome(letter.pk, str(error)))
        else:
            outcomes.append(Outcome(letter.pk))
    return outcomes


@transaction.atomic
def deliver(
    *,
    letter: Letter,
    day: date,
    user: User,
    today: date,
    signed_by: str = "addressee",
    data: bytes = b"",
    name: str = "",
    seen: int | None = None,
) -> Letter:
    """Enter that a letter arrived on ``day``; ``data`` is the signed 送达回证 or the proof of the post."""
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "登记送达")
    demand(letter, LetterState.SENT, "登记送达")
    _after_sending(letter, day, today, "送达")
    _arrived(letter, day, user, today, signed_by, data=data, name=name)
    step(letter, "delivered_on", "state")
    trace("letter_delivered", letter.case, user, DELIVERY, letter=letter.pk, day=day.isoformat(), by=signed_by)
    return letter


@transaction.atomic
def mail_returned(
    *, letter: Letter, day: date, reason: str, user: User, today: date, seen: int | None = None
) -> Letter:
    """Enter that the post brought a letter back, or that it was refused, with the reason it gave."""
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "登记退回")
    demand(letter, LetterState.SENT, "登记退回")
    _after_sending(letter, day, today, "退回")
    if not reason.strip():
        raise IncompleteError("登记退回须写明邮政企业批注的原因。", {"reason": "请填写原因。"}, article=DELIVERY)
    holder_of(letter.case).came_back(letter, day, user, today, reason.strip())
    letter.state = LetterState.RETURNED
    step(letter, "state")
    trace("letter_came_back", letter.case, user, DELIVERY, letter=letter.pk, day=day.isoformat())
    return letter


@transaction.atomic
def redeliver(
    *,
    letter: Letter,
    day: date,
    mode: str,
    user: User,
    today: date,
    posting: Posting | None = None,
    signed_by: str = "addressee",
    seen: int | None = None,
) -> Letter:
    """Enter that a letter that came back was sent again; the day that counts stays that of the first sending."""
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "重新送达")
    demand(letter, LetterState.RETURNED, "重新送达")
    _after_sending(letter, day, today, "重新送达")
    _check_mode(letter, mode)
    mail = _checked_post(letter, posting or Posting()) if mode == Mode.POSTED else ""
    letter.mode, letter.mail, letter.state = Mode(mode), mail, LetterState.SENT
    holder_of(letter.case).went_again(letter, day, user, today)
    if letter.mode in _HANDED:
        _arrived(letter, day, user, today, signed_by)
    step(letter, "mode", "mail", "state", "delivered_on")
    trace("letter_sent_again", letter.case, user, DELIVERY, letter=letter.pk, day=day.isoformat(), mode=mode)
    return letter


def _arrived(
    letter: Letter, day: date, user: User, today: date, signed_by: str, *, data: bytes = b"", name: str = ""
) -> None:
    """Enter the arrival with its proof."""
    if signed_by not in SIGNED_BY:
        raise IncompleteError("请选择签收情况。", {"signed_by": "请选择。"})
    evidence = {"evidence": store.keep(data=data, name=name), "evidence_name": "送达回证"} if data else {}
    holder_of(letter.case).arrived(letter, day, user, today, SIGNED_BY[signed_by], **evidence)
    letter.delivered_on, letter.state = day, LetterState.DELIVERED


def _checked_post(letter: Letter, posting: Posting) -> str:
    if posting.carrier not in POSTAL:
        raise CarrierError(
            "政府信息公开文书须通过邮政企业寄送，不得交其他快递企业。请改用邮政挂号信或者特快专递。",
            {"carrier": "须为邮政企业。"},
            article=DELIVERY,
        )
    if posting.is_collect:
        raise CarrierError(
            "邮寄送达不得由收件人付费（到付）。请由本机关付费后寄送。",
            {"is_collect": "不得到付。"},
            article=DELIVERY,
        )
    mail = posting.mail.strip().upper()
    if not mail and posting.carrier != "ordinary":
        raise IncompleteError(
            f"{letter.number} 以{POSTAL[posting.carrier]}寄送，须登记邮件号码：交邮之日即答复之日，须以此证明。",
            {"mail": "请填写邮件号码。"},
            article=DELIVERY,
        )
    return mail


def _check_mode(letter: Letter, mode: str) -> None:
    """Refuse an answer online whose remedies were told for paper, and the reverse (行政复议法 第二十二条)."""
    if mode not in Mode.values:
        raise IncompleteError("请选择送达方式。", {"mode": "请选择。"}, article=DELIVERY)
    is_other = (mode == Mode.ELECTRONIC) != (letter.mode == Mode.ELECTRONIC)
    if is_other and law_letter(letter.kind, letter.regulation).carries_remedy and letter.state == LetterState.SEALED:
        raise ModeError(
            f"{letter.number} 是按“{letter.get_mode_display()}”拟制的，救济途径的告知与送达方式有关，"
            f"不能改为“{Mode(mode).label}”。请按原方式送达，或者作废后重新拟制。",
            {"mode": "与拟制时不同。"},
            article="《行政复议法》（2023年）第二十二条",
        )


def _after_sending(letter: Letter, day: date, today: date, what: str) -> None:
    demand_past(day, today, what)
    if letter.sent_on and day < letter.sent_on:
        raise BeforeApplicationError(
            f"{what}日期 {day} 早于发出日期 {letter.sent_on}。请核对日期。", {"day": "早于发出日期。"}
        )
