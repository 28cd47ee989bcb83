"""What a letter is put together from: the case, the sealed identity of its addressee, the wording of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.holders.port import holder_of
from gongkai.applications.letters import wording
from gongkai.applications.letters.composing import AnswerPart, Contents, compose
from gongkai.applications.letters.kinds import is_answer
from gongkai.applications.letters.setting import agency_of, contact_of, stationery_of
from gongkai.applications.models import LetterWording, Mode
from gongkai.law import remedies
from gongkai.law.catalogue import CatalogueError
from gongkai.law.letters import letter as law_letter
from gongkai.law.outcomes import outcome
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from gongkai.applications.letters.document import Document
    from gongkai.applications.letters.wording import Wording
    from gongkai.applications.models import Letter
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
    case, unit, holder = letter.case, letter.unit, holder_of(letter.case)
    you = "您" if holder.is_person(letter) else "你单位"
    tree = as_of(day)
    node = tree.node(unit.pk)
    agency = node.name if node is not None else unit.code
    return Contents(
        kind=letter.kind,
        regulation=letter.regulation,
        agency=agency,
        addressee=holder.addressee(letter, day),
        values={
            **holder.given(case, you, agency, letter.fields.get("contact", "")),
            **{key: value for key, value in letter.fields.items() if value},
        },
        parts=parts_of(letter),
        remedy=_shown_remedy(letter, day, tree),
        contact=contact_of(unit),
    )


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


def remedy_of_silence(unit: Unit, day: date, tree: Tree | None = None) -> str:
    """Return how an applicant can act who got no answer of ``unit`` by ``day``, the last day of the period.

    Raises ``CatalogueError`` if it cannot be told.
    """
    agency = agency_of(unit, tree or as_of(day), stationery_of(unit))
    return remedies.non_answer(day, agency).text


def _shown_remedy(letter: Letter, day: date, tree: Tree) -> str:
    """Return the paragraph, or in a draft what still prevents it."""
    try:
        return remedy_of(letter, day, tree)
    except CatalogueError as error:
        return f"【{error}】"


def _classification(letter: Letter) -> str:
    level, period = letter.options.get("classification_level"), letter.options.get("classification_period")
    return f"该信息的密级为{level}，保密期限为{period}。" if level and period else ""
