"""Drafting a letter and taking it through its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.sealing import seal, unseal
from gongkai.applications.domain import letters_judging as judging
from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.evidence import principal
from gongkai.applications.domain.identity import PURPOSE
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import (
    ChangedMeanwhileError,
    SecretContentError,
)
from gongkai.applications.errors_letters import LetterStateError, WrongLetterError
from gongkai.applications.holders.port import holder_of
from gongkai.applications.kinds import plain
from gongkai.applications.letters.contents import document_of, version_of
from gongkai.applications.letters.document import Document
from gongkai.applications.letters.kinds import is_answer, nature
from gongkai.applications.models import Letter, LetterState
from gongkai.law.catalogue import CatalogueError
from gongkai.law.letters import letter as law_letter
from gongkai.law.outcomes import outcome, outcomes
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Consultee, Matter

SECRECY_ARTICLE = "《保守国家秘密法》（2024年）"
UNSAID_REASON = "该信息属于依法确定的国家秘密"
"""All that a letter in a case about state secrets says of the reason."""

COMPUTED = ("new_due", "period", "standard", "amount", "deadline")
"""Fields that follow from ``options`` and are told again where those change."""

_SECRET_KEYS = frozenset({"outcome", "article", "reason"})


@transaction.atomic
def draft(
    *,
    case: Application | Matter,
    kind: str,
    user: User,
    today: date,
    consultee: Consultee | None = None,
    parts: Sequence[Mapping[str, str]] = (),
    options: Mapping[str, object] | None = None,
    fields: Mapping[str, str] | None = None,
    mode: str = "",
    seen: int | None = None,
) -> Letter:
    """Begin a letter of ``kind``, filled in as far as the case tells; ``fields`` go before that.

    ``parts`` of an answer are mappings with ``outcome``, ``label`` and the fields of their own letters.
    """
    holder = holder_of(case)
    case = holder.locked(case, seen)
    authorise(case, user, today, "拟制文书")
    regulation = holder.regulation(case, today)
    try:
        what = law_letter(kind, regulation)
    except CatalogueError as error:
        raise WrongLetterError(str(error), {"what": "适用的条例没有这种文书。"}) from error
    if nature(kind, regulation) is None:
        raise WrongLetterError(f"《{what.title}》是内部用表，直接打印，不编文号、不用印。")
    holder.check_kind(case, what, consultee)
    chosen = {**holder.options(case, kind), **(options or {})}
    letter = Letter(
        unit=case.unit,
        kind=kind,
        regulation=regulation,
        consultee=consultee,
        parts=_checked(case, kind, regulation, parts),
        options=plain(chosen),
        mode=mode or holder.mode(case),
        drafted_by=user,
    )
    letter.case = case
    told = holder.told(case, kind, letter.options, today)
    letter.fields = _texts({**told, **(fields or {})})
    letter.parts = _prefilled(letter, today)
    letter.save()
    trace("letter_drafted", case, user, _articles(letter), letter=letter.pk, kind=kind)
    return letter


@transaction.atomic
def revise(
    *,
    letter: Letter,
    user: User,
    today: date,
    fields: Mapping[str, str],
    parts: Sequence[Mapping[str, str]] | None = None,
    options: Mapping[str, object] | None = None,
    mode: str = "",
    seen: int | None = None,
) -> Letter:
    """Change a draft; what the law computes from ``options`` (a new last day, a fee) is computed again."""
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "修改文书")
    demand(letter, LetterState.DRAFT, "修改")
    letter.parts = letter.parts if parts is None else _checked(letter.case, letter.kind, letter.regulation, parts)
    changed = plain({**letter.options, **(options or {})})
    letter.fields = _texts(fields)
    if changed != letter.options:
        computed = holder_of(letter.case).told(letter.case, letter.kind, changed, today)
        letter.fields |= {key: computed[key] for key in COMPUTED if key in computed}
    letter.options = changed
    letter.mode = mode or letter.mode
    step(letter, "fields", "parts", "options", "mode")
    trace("letter_revised", letter.case, user, letter=letter.pk)
    return letter


@transaction.atomic
def submit(*, letter: Letter, user: User, today: date, seen: int | None = None) -> Letter:
    """Send a draft to review, as it will go out; what the law wants and lacks, and what it forbids now, is refused.

    A letter that needs no review (the receipt that the counter gives) is approved with it.
    """
    letter = locked_letter(letter, seen)
    authorise(letter.case, user, today, "送审文书")
    demand(letter, LetterState.DRAFT, "送审")
    judging.demand_fee(letter, today)
    judging.demand_fields(letter)
    judging.demand_remedy(letter, today)
    holder_of(letter.case).judge(letter, today)
    document = document_of(letter, today)
    letter.content, letter.content_digest = seal(document.to_json(), PURPOSE), document.digest
    letter.wording = version_of(letter, today)
    what = judging.nature_of(letter)
    letter.state = LetterState.IN_REVIEW if what.review else LetterState.APPROVED
    step(letter, "content", "content_digest", "wording", "state")
    trace("letter_submitted", letter.case, user, _articles(letter), letter=letter.pk, wording=letter.wording)
    if what.review:
        judging.demand_approver(letter, what)
        title = f"{letter.title}（{letter.case.number}）"
        passage.submit(kind=what.review, key=letter.pk, title=title, unit=letter.unit, author=user, day=today)
    return letter


def passed(*, letter: Letter, user: User) -> Letter:
    """Take a letter that passed its last reviewer on to the seal."""
    letter = locked_letter(letter)
    letter.state, letter.approver = LetterState.APPROVED, user.name
    step(letter, "state", "approver")
    trace("letter_approved", letter.case, user, letter=letter.pk)
    return letter


def returned(*, letter: Letter, user: User) -> Letter:
    """Give a letter that was returned or taken back to its drafter."""
    letter = locked_letter(letter)
    letter.state, letter.content, letter.content_digest, letter.wording = LetterState.DRAFT, "", "", ""
    step(letter, "state", "content", "content_digest", "wording")
    trace("letter_returned", letter.case, user, letter=letter.pk)
    return letter


def frozen(letter: Letter) -> Document:
    """Return the letter as it was sent to review; only where it was."""
    return Document.from_json(unseal(letter.content, PURPOSE))


def locked_letter(letter: Letter, seen: int | None = None) -> Letter:
    """Return the letter, its case and its row locked until the transaction ends, the case first.

    ``seen`` is the version the person had before them: ``ChangedMeanwhileError`` where it is another by now.
    """
    case = holder_of(letter.case).locked(letter.case)
    found = Letter.objects.select_for_update(of=("self",)).select_related("unit", "consultee").get(pk=letter.pk)
    found.case = case
    if seen is not None and seen != found.version:
        raise ChangedMeanwhileError(
            f"该文书在您打开之后已有他人办理（{found.get_state_display()}），您的操作没有登记。请刷新页面，核对后再办理。"
        )
    return found


def step(letter: Letter, *changed: str) -> None:
    """Save what an act changed, and count the act."""
    letter.version += 1
    letter.save(update_fields=[*changed, "version"])


def demand(letter: Letter, state: str | tuple[str, ...], act: str) -> None:
    """Raise ``LetterStateError`` unless the letter is in ``state``."""
    states = (state,) if isinstance(state, str) else state
    if letter.state not in states:
        wanted = "、".join(LetterState(one).label for one in states)
        raise LetterStateError(
            f"文书{letter.number}现在是“{letter.get_state_display()}”，不能{act}：须在“{wanted}”时办理。请刷新页面核对。"
        )


def default_parts(kind: str, regulation: str) -> list[dict[str, str]]:
    """Return the one part of an answer whose kind of letter tells one outcome only; none where it must be chosen."""
    told = [one.code for one in outcomes(regulation) if one.letter == kind and not one.part_of]
    exact = [code for code in told if code != "U1"] or told
    return [{"outcome": exact[0]}] if len(exact) == 1 else []


def _checked(
    case: Application | Matter, kind: str, regulation: str, parts: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Return the parts of an answer, refused where together they are told by another letter."""
    if not is_answer(kind, regulation):
        return []
    found = [_texts(part) for part in parts] or default_parts(kind, regulation)
    if not found:
        raise WrongLetterError("请选择办理结果。", {"outcome": "请选择。"})
    whole = principal([part["outcome"] for part in found], regulation)
    if whole.letter != kind:
        title = law_letter(whole.letter, regulation).title
        raise WrongLetterError(
            f"办理结果“{whole.caption}”应以《{title}》答复。请改用该文书，或者核对办理结果。",
            {"outcome": "与文书种类不符。"},
            article="；".join(whole.articles),
        )
    if case.is_secret:
        _check_secret(found)
    return found


def _check_secret(parts: list[dict[str, str]]) -> None:
    for part in parts:
        if part["outcome"] != "N1":
            continue
        part.setdefault("reason", UNSAID_REASON)
        if part["reason"] != UNSAID_REASON or part.keys() - _SECRET_KEYS:
            raise SecretContentError(
                f"涉密申请的答复不得写明内容，理由只写“{UNSAID_REASON}”。",
                {"reason": "不得写明内容。"},
                article=SECRECY_ARTICLE,
            )


def _prefilled(letter: Letter, today: date) -> list[dict[str, str]]:
    """Return the parts with what the case tells for the fields of their letters."""
    holder = holder_of(letter.case)
    return [
        {**holder.told(letter.case, outcome(part["outcome"], letter.regulation).letter, {}, today), **part}
        for part in letter.parts
    ]


def _articles(letter: Letter) -> str:
    return "；".join(law_letter(letter.kind, letter.regulation).articles)


def _texts(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value.strip() for key, value in values.items() if value and value.strip()}
