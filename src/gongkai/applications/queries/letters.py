"""The letters a person may see: of a case, of an office, and what may be written next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import F, Q

from gongkai.applications import rules
from gongkai.applications.domain.letters import frozen
from gongkai.applications.holders.port import holder_of
from gongkai.applications.letters.contents import document_of
from gongkai.applications.letters.kinds import CONSULTEES, is_answer, nature
from gongkai.applications.letters.setting import number_format, stationery_of
from gongkai.applications.matters import RESULTS, act_of
from gongkai.applications.models import Letter, LetterState, MatterKind, MatterStage, SealEntry
from gongkai.law.catalogue import CatalogueError
from gongkai.law.editions import edition_for
from gongkai.law.letters import letter as law_letter
from gongkai.law.letters import letters as law_letters
from gongkai.law.letters_number import gaps

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.course import Course
    from gongkai.applications.letters.document import Document
    from gongkai.applications.models import Application, Matter
    from gongkai.units.models import Unit

WORKED_ON = (LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.APPROVED, LetterState.SEALED, LetterState.RETURNED)
"""States in which somebody has still to do something."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter that may be begun. ``reason`` says why the law does not let it go out today, if it does not."""

    key: str
    title: str
    group: str
    reason: str = ""


def readable(scope: Scope) -> QuerySet[Letter]:
    """Return the letters of the units whose cases ``scope`` may read, but none of complaints that are kept from it."""
    return Letter.objects.filter(_visible(scope), unit__in=rules.units_read(scope))


def worked_on(scope: Scope) -> QuerySet[Letter]:
    """Return the letters of the cases and the matters that ``scope`` works on."""
    mine = Q(application__isnull=False, unit__in=scope.of(*rules.WORKING))
    for kind, roles in rules.HANDLING.items():
        mine |= Q(matter__kind=kind, unit__in=scope.of(*roles))
    return Letter.objects.filter(mine, unit__in=scope.of(*rules.WRITING))


def _visible(scope: Scope, letter: str = "") -> Q:
    """Return the condition that a letter is of no complaint, or of one that may be seen; ``letter`` leads to it."""

    def q(**fields: object) -> Q:
        return Q(**{f"{letter}{name}": value for name, value in fields.items()})

    signed = q(unit__in=scope.of(*rules.SIGNING)) & ~q(matter__about=F(f"{letter}unit"))
    others = q(matter__kind__in=[kind for kind in MatterKind.values if kind != MatterKind.COMPLAINT])
    return q(matter__isnull=True) | others | q(unit__in=scope.of(*rules.WATCHING)) | signed


def listed(scope: Scope, state: str = "", text: str = "") -> QuerySet[Letter]:
    """Return the letters in ``state``, those that somebody must still act on first where none is asked for."""
    found = readable(scope).select_related("application", "matter", "drafted_by")
    if state:
        found = found.filter(state=state)
    if text:
        number = text.upper()
        found = found.filter(Q(number=text) | Q(application__number=number) | Q(matter__number=number))
    return found.order_by("-pk")


def register_of_seal(scope: Scope, year: int) -> QuerySet[SealEntry]:
    """Return the lines of the registers of the seal of a year, the last first."""
    found = SealEntry.objects.filter(_visible(scope, "letter__"), unit__in=rules.units_read(scope), day__year=year)
    return found.select_related("letter", "entered_by").order_by("-pk")


def missing_numbers(unit: Unit, year: int) -> list[str]:
    """Return the numbers of ``unit`` in ``year`` that no letter bears though a higher one does: none, ever."""
    own = stationery_of(unit)
    if own is None:
        return []
    style, _ = number_format(own)
    given = []
    for number in (
        Letter.objects.filter(unit=unit, dated__year=year).exclude(number="").values_list("number", flat=True)
    ):
        try:
            given.append(style.parse(number))
        except CatalogueError:
            continue  # a receipt bears the number of its case, older letters a former pattern
    return [style.format(number) for number in gaps(given)[0]]


def shown(letter: Letter, today: date) -> Document:
    """Return the letter as a page may show it: its addressee masked, number and date where it has them."""
    document = frozen(letter) if letter.content else document_of(letter, today)
    return replace(document, addressee=addressee_shown(letter, today) if document.addressee else "")


def addressee_shown(letter: Letter, today: date) -> str:
    """Return whom a letter is for, as a page shows it."""
    return holder_of(letter.case).addressee_shown(letter, today)


def choices(application: Application, course: Course | None) -> list[Choice]:
    """Return the kinds of letters of the case that are sent, with what the law has against each as of ``course``."""
    regulation = application.regulation or edition_for(application.arrived_on).code
    allowed: dict[str, str] = {}
    if course is not None and course.clock is not None:
        for option in course.clock.allowed:
            allowed.setdefault(option.kind, "" if option.allowed else f"{option.reason}（{option.article}）")
    found = []
    for law in law_letters(regulation):
        what = nature(law.key, regulation)
        if what is None or law.case != "application":
            continue
        reason = allowed.get(what.event, "还没有确认收到申请，期限没有起算。") if what.event else ""
        found.append(Choice(law.key, law.title, _group(law.key, regulation), reason))
    return found


def choices_of(matter: Matter, today: date) -> list[Choice]:
    """Return the kinds of letters of a matter, with why one that does not fit what it ended in does not go out."""
    found = []
    for law in law_letters(holder_of(matter).regulation(matter, today)):
        if law.case != matter.kind:
            continue
        act = act_of(matter.kind, nature(law.key, law.regulation).act)
        fits = matter.stage != MatterStage.ENDED or matter.result == act.result
        reason = "" if fits else f"已按“{RESULTS[matter.result]}”办结。"
        found.append(Choice(law.key, law.title, "告知提出人" if law.audience == "applicant" else "督促", reason))
    return found


def forms_of(regulation: str) -> list[Choice]:
    """Return the internal forms of an edition that a case gives rise to."""
    return [
        Choice(law.key, law.title, "内部用表")
        for law in law_letters(regulation)
        if law.audience == "internal" and law.key not in {"approval_sheet", "delivery_receipt"}
    ]


def panel(application: Application, scope: Scope) -> dict[str, object]:
    """Return what the page of a case shows of its letters."""
    letters = list(application.letters.exclude(state=LetterState.VOID).select_related("consultee", "drafted_by"))
    return {
        "application": application,
        "letters": letters,
        "may_write": rules.may_handle(scope, application),
        "may_read": rules.may_reveal(scope, application),
        "forms": forms_of(application.regulation or edition_for(application.arrived_on).code),
    }


def panel_of(matter: Matter, scope: Scope) -> dict[str, object]:
    """Return what the page of a matter shows of its letters."""
    letters = list(matter.letters.exclude(state=LetterState.VOID).order_by("pk"))
    return {"matter": matter, "letters": letters, "may_write": rules.may_handle(scope, matter)}


def _group(kind: str, regulation: str) -> str:
    if is_answer(kind, regulation):
        return "答复"
    if kind in CONSULTEES:
        return "征求意见"
    return "程序告知" if law_letter(kind, regulation).audience == "applicant" else "其他"
