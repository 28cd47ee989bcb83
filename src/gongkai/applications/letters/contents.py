"""What a letter is put together from: the case, the sealed identity of its addressee, the wording of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.domain.identity import opened
from gongkai.applications.domain.inquiring import who
from gongkai.applications.kinds import CHANNEL_OF
from gongkai.applications.letters import wording
from gongkai.applications.letters.composing import AnswerPart, Contents, compose
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.kinds import CONSULTEES, is_answer
from gongkai.applications.letters.setting import agency_of, contact_of, stationery_of
from gongkai.applications.models import ApplicantKind, LetterWording, Mode
from gongkai.law import remedies
from gongkai.law.catalogue import CatalogueError
from gongkai.law.clock.events import CONFIRMED as NEEDS_CONFIRMATION
from gongkai.law.letters import letter as law_letter
from gongkai.law.outcomes import outcome
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from gongkai.applications.letters.document import Document
    from gongkai.applications.letters.wording import Wording
    from gongkai.applications.models import Application, Letter
    from gongkai.units.models import Unit
    from gongkai.units.queries.tree import Tree

ORDINARY = "O3"
"""An outcome that is contested the ordinary way: what a letter without an outcome is told by."""


def document_of(letter: Letter, day: date) -> Document:
    """Return ``letter`` as it would be sent to review on ``day``: with gaps where something is not filled in."""
    found = contents_of(letter, day)
    wordings = wordings_on(letter.unit, letter.regulation, {letter.kind, *(part.kind for part in found.parts)}, day)
    return compose(found, wordings)


def version_of(letter: Letter, day: date) -> str:
    """Return the version of the wording that ``document_of`` takes."""
    return wordings_on(letter.unit, letter.regulation, {letter.kind}, day)[letter.kind].version


def contents_of(letter: Letter, day: date) -> Contents:
    """Return what ``letter`` is made from on ``day``."""
    application, unit = letter.application, letter.unit
    tree = as_of(day)
    node = tree.node(unit.pk)
    agency = node.name if node is not None else unit.code
    return Contents(
        kind=letter.kind,
        regulation=letter.regulation,
        agency=agency,
        addressee=addressee_of(letter),
        values={
            **given(application, "您" if _is_person(letter) else "你单位", agency, letter.fields.get("contact", "")),
            **{key: value for key, value in letter.fields.items() if value},
        },
        parts=parts_of(letter),
        remedy=_shown_remedy(letter, day, tree),
        contact=contact_of(unit),
    )


def given(application: Application, you: str, agency: str, contact: str = "") -> dict[str, str]:
    """Return the fields that the case itself gives."""
    received = application.started_on or application.arrived_on
    confirmed = (
        f"，并于{chinese_day(received)}与{you}确认"
        if NEEDS_CONFIRMATION[CHANNEL_OF[application.medium]] and application.started_on
        else ""
    )
    channel = application.get_medium_display()
    asked = _request(application)
    return {
        "agency": agency,
        "you": you,
        "receipt_number": application.number,
        "received": chinese_day(received),
        "channel": channel,
        "receipt": f"本机关于{chinese_day(application.arrived_on)}收到{you}以{channel}方式提出的政府信息公开申请"
        f"（受理编号：{application.number}）{confirmed}",
        "request": f"申请公开的内容为：{asked}。" if asked else "",
        "request_bare": asked,
        "contact": contact or contact_of(application.unit),
    }


def addressee_of(letter: Letter) -> str:
    """Return whom the letter is for, in clear: the applicants, not their proxies, or the party consulted."""
    if letter.consultee is not None:
        return who(letter.consultee)[0]
    return "、".join(
        opened(applicant).name for applicant in letter.application.applicants.all() if not applicant.is_proxy
    )


def address_of(letter: Letter) -> tuple[str, str, str]:
    """Return name, address and telephone to send the letter to, in clear."""
    if letter.consultee is not None:
        name, contact = who(letter.consultee)
        return name, contact, ""
    first = next((one for one in letter.application.applicants.all() if not one.is_proxy), None)
    if first is None:
        return "", "", ""
    clear = opened(first)
    return clear.name, clear.address or clear.email, clear.telephone


def parts_of(letter: Letter) -> tuple[AnswerPart, ...]:
    """Return the parts of an answer as they are worded; none for other letters."""
    if not is_answer(letter.kind, letter.regulation):
        return ()
    return tuple(
        AnswerPart(
            kind=outcome(part["outcome"], letter.regulation).letter,
            label=part.get("label", ""),
            values={
                "article": "".join(outcome(part["outcome"], letter.regulation).articles[:1]),
                "classification": _classification(letter) if part["outcome"] == "N1" else "",
                **{key: value for key, value in part.items() if value and key not in {"outcome", "label"}},
            },
        )
        for part in letter.parts
    )


def remedies_of(letter: Letter) -> tuple[remedies.Part, ...]:
    """Return what the letter tells as the law of remedies takes it."""
    if is_answer(letter.kind, letter.regulation):
        return tuple(remedies.Part(part["outcome"], part.get("label", "")) for part in letter.parts)
    return (remedies.Part(ORDINARY),)


def wordings_on(unit: Unit, regulation: str, kinds: Iterable[str], day: date) -> Mapping[str, Wording]:
    """Return the wording of each of ``kinds`` and of the frame that a unit uses on ``day``: its own, or as shipped."""
    wanted = {*kinds, wording.FRAME}
    found = {kind: wording.shipped(regulation)[kind] for kind in wanted}
    own = LetterWording.objects.filter(unit=unit, regulation=regulation, kind__in=wanted, valid_from__lte=day)
    for row in own.order_by("valid_from", "number"):
        found[row.kind] = own_wording(row, unit)
    return found


def own_wording(row: LetterWording, unit: Unit) -> Wording:
    """Return a unit's own wording as the composer takes it."""
    return wording.Wording(
        row.kind, row.regulation, f"{unit.code}-{row.number}", row.valid_from, paragraphs=tuple(row.paragraphs)
    )


def remedy_of(letter: Letter, day: date, tree: Tree | None = None) -> str:
    """Return the paragraph on remedies, empty where none is due. Raises ``CatalogueError`` if it cannot be told."""
    law, parts = law_letter(letter.kind, letter.regulation), remedies_of(letter)
    if not law.carries_remedy or not parts:
        return ""
    own = stationery_of(letter.unit)
    agency = agency_of(letter.unit, tree or as_of(day), own)
    channel = (own.online_channel if own else "") if letter.mode == Mode.ELECTRONIC else None
    name = "本答复书" if "答复书" in law.title else "本告知书"
    return remedies.remedy(day, parts, agency, letter=name, online_channel=channel, regulation=letter.regulation).text


def _shown_remedy(letter: Letter, day: date, tree: Tree) -> str:
    """Return the paragraph, or in a draft what still prevents it."""
    try:
        return remedy_of(letter, day, tree)
    except CatalogueError as error:
        return f"【{error}】"


def _is_person(letter: Letter) -> bool:
    if letter.kind in CONSULTEES:
        return False
    return letter.application.applicant_kind == ApplicantKind.NATURAL_PERSON


def _request(application: Application) -> str:
    """Return what was asked, as a phrase; nothing of a case about state secrets."""
    if application.is_secret:
        return ""
    number = f"（{application.document_number}）" if application.document_number else ""
    title = f"“{application.title}”" if application.title and application.description else application.title
    words = [f"{title}{number}", application.description.strip()]
    return "；".join(word for word in words if word).rstrip("。；")


def _classification(letter: Letter) -> str:
    level, period = letter.options.get("classification_level"), letter.options.get("classification_period")
    return f"该信息的密级为{level}，保密期限为{period}。" if level and period else ""
