"""What the law says of a letter before it goes anywhere: what it contains, who approves it, whether it may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications import course as courses
from gongkai.applications.domain import projection
from gongkai.applications.domain.evidence import check_answer, principal
from gongkai.applications.errors import ForbiddenByLawError, NotStartedError
from gongkai.applications.errors_letters import ApproverError, LetterFieldsError
from gongkai.applications.kinds import law_event, plain
from gongkai.applications.letters import prefill
from gongkai.applications.letters.contents import parts_of, remedy_of
from gongkai.applications.letters.kinds import EXTENSION, Nature, is_answer, nature
from gongkai.applications.letters.wording import GIVEN, PRINTED_ELSEWHERE, fields_of
from gongkai.law.catalogue import CatalogueError
from gongkai.law.errors import LawError
from gongkai.law.letters import letter as law_letter
from gongkai.law.letters import missing_fields
from gongkai.review.domain.chains import chain_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.applications.models import Letter

EXTENSION_ARTICLE = "《政府信息公开条例》第三十三条第二款"
FEE = "fee_notice"


def demand_fields(letter: Letter) -> None:
    """Raise ``LetterFieldsError`` naming every field that the law wants in the letter and that is empty."""
    law = law_letter(letter.kind, letter.regulation)
    if is_answer(letter.kind, letter.regulation):
        lacking = _lacking_parts(letter)
    else:
        present = {key for key, value in letter.fields.items() if value} | PRINTED_ELSEWHERE | GIVEN.keys()
        lacking = {field.key: field.caption for field in missing_fields(law, present)}
    if lacking:
        raise LetterFieldsError(
            f"《{law.title}》依法应当载明而没有填写：{'、'.join(lacking.values())}。请填写后再送审。",
            dict.fromkeys(lacking, "请填写。"),
            article="；".join(law.articles),
        )


def demand_fee(letter: Letter, day: date) -> None:
    """Demand that the letter asks for what the schedule says, no more and no less (国办函〔2020〕109号)."""
    if nature_of(letter).event != FEE:
        return
    amount, _ = prefill.fee(letter.application, letter.options, day)
    if letter.fields.get("amount") != str(amount.amount_yuan):
        written = letter.fields.get("amount", "")
        raise LetterFieldsError(
            f"收费数额应为{amount.amount_yuan}元，文书中写的是“{written}”。请改为按收费标准计算的数额。",
            {"amount": f"应为 {amount.amount_yuan}。"},
            article="国办函〔2020〕109号",
        )


def demand_remedy(letter: Letter, day: date) -> None:
    """Raise ``LetterFieldsError`` where the paragraph on remedies cannot be told: no online channel is set, say."""
    try:
        remedy_of(letter, day)
    except CatalogueError as error:
        raise LetterFieldsError(str(error), {"mode": str(error)}, article=error.article) from error


def judge_event(letter: Letter, day: date) -> None:
    """Raise what the law has against the event of an application that ``letter`` enters on ``day``.

    ``ForbiddenByLawError`` with the article.
    """
    what = nature_of(letter)
    if not what.event:
        return
    application = letter.application
    course = projection.course_of(application, day)
    if course is None or course.clock is None:
        raise NotStartedError(
            f"{application.number} 还没有与申请人确认收到，答复期限尚未起算，不能发出这种文书。请先登记确认情况。",
            article="《政府信息公开条例》第三十一条",
        )
    payload = plain(event_params(letter, day))
    try:
        state = courses.preview(course, law_event(what.event, day, payload))
    except LawError as error:
        raise ForbiddenByLawError(error) from error
    if what.event == "answer":
        check_answer(application, course, state, payload)


def event_params(letter: Letter, day: date) -> dict[str, object]:
    """Return the parameters of the event that the letter enters when it goes out on ``day``."""
    event, options = nature_of(letter).event, letter.options
    if event == "answer":
        return {
            "mode": letter.mode,
            "outcome": principal([part["outcome"] for part in letter.parts], letter.regulation).code,
            "parts": [_told(part) for part in letter.parts],
            "number": letter.number,
            "mail": letter.mail,
            **{key: options[key] for key in _SAID if options.get(key)},
        }
    if event == "extension":
        return {"days": options.get("days"), "approver": letter.approver or prefill.HEAD, "notified": day}
    if event.endswith("_sent"):
        assert letter.consultee is not None
        return {"party": letter.consultee.label}
    if event == "fee_notice":
        return prefill.fee(letter.application, options, day)[1]
    return {key: options[key] for key in ("period_days", "until") if key in options}


_SAID = ("earlier_answer_number", "classification_level", "classification_period", "harm_evidence")


def demand_approver(letter: Letter, what: Nature) -> None:
    """Demand that an extension ends with the head of the disclosure office (Art 33(2))."""
    if letter.kind != EXTENSION:
        return
    last = chain_for(kind=what.review, unit=letter.unit).steps.last()
    if last is None or last.role != Role.OFFICE_HEAD:
        raise ApproverError(
            "延期须经政府信息公开工作机构负责人同意，本机构告知类文书的审核流程最后一步不是工作机构负责人。"
            "请管理员调整流程后再送审。",
            article=EXTENSION_ARTICLE,
        )


def _lacking_parts(letter: Letter) -> dict[str, str]:
    lacking = {}
    for place, part in enumerate(parts_of(letter)):
        for key, caption in fields_of(part.kind, letter.regulation).items():
            if not part.values.get(key):
                lacking[f"part-{place}-{key}"] = f"{part.label}{caption}"
    return lacking


def _told(part: Mapping[str, str]) -> dict[str, str]:
    """Return a part as the event keeps it: which outcome of which part, never what the letter says of people."""
    return {key: part[key] for key in ("outcome", "label") if part.get(key)}


def nature_of(letter: Letter) -> Nature:
    """Return what a letter does; only of letters that are sent."""
    found = nature(letter.kind, letter.regulation)
    assert found is not None  # drafts of internal forms are refused
    return found
