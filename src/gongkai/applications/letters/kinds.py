"""What each kind of letter does: its class of numbers, the event it enters when it goes out, who must approve it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gongkai.law.letters import letter

ANSWER_REVIEW = "applications.answer"
"""What tells an applicant or others about information: secrecy, legality and the head of the office."""

NOTICE_REVIEW = "applications.notice"
"""What only moves the procedure on: the head of the office."""

MATTER_REVIEW = "applications.matter"
"""What ends or moves on a matter beside applications: legality and the head of the office."""


class NumberClass(StrEnum):
    """A class of letters numbered by itself (类别字)."""

    ANSWER = "answer"
    NOTICE = "notice"
    CONSULTATION = "consultation"
    SUPERVISION = "supervision"

    @property
    def caption(self) -> str:
        """Return its Chinese name."""
        return {"answer": "答复类", "notice": "告知类", "consultation": "函类", "supervision": "督促类"}[self.value]


WORDS = {
    NumberClass.ANSWER: "复",
    NumberClass.NOTICE: "告",
    NumberClass.CONSULTATION: "函",
    NumberClass.SUPERVISION: "督",
}
"""The 类别字 that are used where a unit sets none."""


class Nature(NamedTuple):
    """What a kind of letter does. ``event`` is empty where it only leaves a note, ``review`` where none is due.

    ``received`` is the event that the day of delivery brings besides, for letters to those consulted.

    ``act`` is, for a letter of a matter, the act of ``applications.matters`` that it is; ``words`` maps what the act
    asks for to the field of the letter that says it.
    """

    number_class: NumberClass
    event: str = ""
    review: str = NOTICE_REVIEW
    received: str = ""
    act: str = ""
    words: tuple[tuple[str, str], ...] = ()


RECEIPT = "registration_receipt"
EXTENSION = "extension_notice"

_NATURES = {
    RECEIPT: Nature(NumberClass.NOTICE, review=""),
    "correction_notice": Nature(NumberClass.NOTICE, "correction_notice"),
    "reasons_request": Nature(NumberClass.NOTICE, "reasons_requested"),
    EXTENSION: Nature(NumberClass.NOTICE, "extension"),
    "delay_notice": Nature(NumberClass.NOTICE, "reasonable_period"),
    "third_party_consultation": Nature(
        NumberClass.CONSULTATION, "third_party_sent", ANSWER_REVIEW, "third_party_received"
    ),
    "consultation_notice": Nature(NumberClass.NOTICE),
    "co_maker_consultation": Nature(NumberClass.CONSULTATION, "co_maker_sent", ANSWER_REVIEW, "co_maker_received"),
    "other_agency_consultation": Nature(NumberClass.CONSULTATION, "other_agency_sent", ANSWER_REVIEW),
    "third_party_disclosure": Nature(NumberClass.NOTICE, review=ANSWER_REVIEW),
    "fee_notice": Nature(NumberClass.NOTICE, "fee_notice"),
    "provision_date": Nature(NumberClass.NOTICE),
    "rectification": Nature(NumberClass.ANSWER, review=ANSWER_REVIEW, act="corrected", words=(("text", "result"),)),
    "rectification_refused": Nature(
        NumberClass.ANSWER, review=ANSWER_REVIEW, act="refused", words=(("text", "reason"),)
    ),
    "rectification_transfer": Nature(NumberClass.NOTICE, act="forwarded", words=(("to", "responsible_agency"),)),
    "rectification_told": Nature(NumberClass.NOTICE, act="told", words=(("to", "responsible_agency"),)),
    "complaint_upheld": Nature(NumberClass.ANSWER, review=MATTER_REVIEW, act="upheld", words=(("text", "result"),)),
    "complaint_dismissed": Nature(
        NumberClass.ANSWER, review=MATTER_REVIEW, act="dismissed", words=(("text", "reason"),)
    ),
    "complaint_elsewhere": Nature(
        NumberClass.ANSWER, review=MATTER_REVIEW, act="elsewhere", words=(("text", "handling_channel"),)
    ),
    "supervision_order": Nature(
        NumberClass.SUPERVISION, review=MATTER_REVIEW, act="ordered", words=(("text", "requirements"),)
    ),
    "supervision_criticism": Nature(
        NumberClass.SUPERVISION, review=MATTER_REVIEW, act="criticised", words=(("text", "criticism"),)
    ),
    "appeal_upheld": Nature(NumberClass.ANSWER, review=MATTER_REVIEW, act="upheld", words=(("text", "result"),)),
    "appeal_dismissed": Nature(NumberClass.ANSWER, review=MATTER_REVIEW, act="dismissed", words=(("text", "reason"),)),
}


def nature(kind: str, regulation: str) -> Nature | None:
    """Return what a kind of letter does; ``None`` for an internal form, which is printed and never sent."""
    law = letter(kind, regulation)
    if law.audience == "internal":
        return None
    if law.clock == "answer":
        return Nature(NumberClass.ANSWER, "answer", ANSWER_REVIEW)
    found = _NATURES[kind]
    # The costs of the regulation of 2008 stopped no clock.
    return found._replace(event="") if kind == "fee_notice" and regulation == "2008" else found


def ends_matter(kind: str, regulation: str) -> bool:
    """Tell whether a letter of this kind tells whoever brought a matter what came of it."""
    law = letter(kind, regulation)
    return law.case != "application" and law.audience == "applicant"


def kind_for(event: str) -> str:
    """Return the kind of letter that stands for an event; empty for an answer, which is chosen by its outcome."""
    return next((kind for kind, what in _NATURES.items() if event and what.event == event), "")


def is_answer(kind: str, regulation: str) -> bool:
    """Tell whether a letter of this kind answers the application."""
    found = nature(kind, regulation)
    return found is not None and found.event == "answer"


CONSULTEES = {
    "third_party_consultation": "third_party",
    "third_party_disclosure": "third_party",
    "co_maker_consultation": "co_maker",
    "other_agency_consultation": "other_agency",
}
"""Letters to those consulted, and the kind of consultee."""
