"""Internal forms that a case gives rise to: filled in as far as the system knows, signed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.errors_letters import WrongLetterError
from gongkai.applications.holders.port import holder_of
from gongkai.applications.letters.composing import Contents, compose
from gongkai.applications.letters.contents import wordings_on
from gongkai.applications.letters.document import chinese_day
from gongkai.applications.letters.kinds import nature
from gongkai.law.letters import letter as law_letter
from gongkai.review.models import Review, StepState
from gongkai.units.models import Guide
from gongkai.units.queries.tree import as_of

if TYPE_CHECKING:
    from datetime import date

    from gongkai.applications.letters.document import Document
    from gongkai.applications.models import Application, Letter, Matter
    from gongkai.units.models import Unit


def delivery_receipt(letter: Letter, day: date) -> Document:
    """Return the 送达回证 that goes with ``letter``."""
    return form_of(letter.case, "delivery_receipt", letter, day)


def form_of(case: Application | Matter, kind: str, letter: Letter | None, day: date) -> Document:
    """Return the internal form ``kind`` of a case, about ``letter`` where it is about one."""
    holder = holder_of(case)
    regulation = letter.regulation if letter is not None else holder.regulation(case, day)
    law = law_letter(kind, regulation)
    if law.audience != "internal":
        raise WrongLetterError(f"《{law.title}》不是内部用表，须拟制、审核、用印后发出。")
    node = as_of(day).node(case.unit_id)
    agency = node.name if node is not None else case.unit.code
    values = {**holder.given(case, "申请人", agency, ""), "information": holder.information(case)}
    if letter is not None:
        name, address, _ = holder.address(letter, day)
        title = law_letter(letter.kind, letter.regulation).title
        values |= {
            "addressee": name,
            "address": address,
            "letter": f"《{title}》{f'（{letter.number}）' if letter.number else ''}",
            "copies": "1份",
            "delivery": letter.get_mode_display(),
            "mail": letter.mail,
            "proposal": f"经办人{letter.drafted_by.name}拟以《{title}》答复。",
            "signatures": signatures(letter) if kind == "approval_sheet" else "",
        }
    contents = Contents(kind, regulation, agency, "", {"reason": "", "signatures": "", "mail": "", **values})
    return compose(contents, wordings_on(case.unit, regulation, {kind}, day))


def signatures(letter: Letter) -> str:
    """Return who decided which step of the letter's review when, and on what opinion, line by line."""
    what = nature(letter.kind, letter.regulation)
    review = Review.objects.filter(kind=what.review, key=letter.pk).order_by("-pk").first() if what else None
    if review is None:
        return ""
    steps = review.steps.filter(state__in=(StepState.PASSED, StepState.RETURNED)).select_related("reviewer")
    return "\n".join(
        f"{step.title}：{step.get_state_display()}{f'。{step.opinion}' if step.opinion else ''}"
        f"　{step.reviewer.name}　{chinese_day(step.decided_at.date())}"
        for step in steps
    )


def sender_of(unit: Unit, day: date) -> str:
    """Return who sends a letter, as it stands on the envelope."""
    node = as_of(day).node(unit.pk)
    guide = Guide.objects.filter(unit=unit).first()
    name = node.name if node is not None else unit.code
    return f"{guide.address}　{name}　{guide.telephone}" if guide else name
