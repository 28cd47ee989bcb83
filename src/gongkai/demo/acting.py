"""Taking the planned documents through, each by the verbs that people use."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.models import Role
from gongkai.demo.plan import Fate
from gongkai.records.domain import draft, publication, validity
from gongkai.review.domain import passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.demo.founding import Cast
    from gongkai.demo.plan import Planned
    from gongkai.records.models import Record

_LOT = 25
"""Documents of one transaction: a commit costs more than a document."""

OPINION = "同意"
RETURNED = "请核对第二条的办理时限，并补充联系电话后重新送审。"
WITHDRAWN = "附件表格有误，撤下更正"


def through_verbs(planned: Sequence[Planned], cast: Cast) -> Iterator[int]:
    """Make ``planned`` in order; yield how many documents each lot made. What ends, ends afterwards, by its day."""
    ending: list[tuple[Record, Planned]] = []
    for start in range(0, len(planned), _LOT):
        made = 0
        with transaction.atomic():
            for one in planned[start : start + _LOT]:
                record = _make(one, cast)
                made += len(list(one))
                if one.ending is not None:
                    ending.append((record, one))
        yield made
    ending.sort(key=lambda pair: pair[1].ending.day if pair[1].ending else pair[1].place.code)
    with transaction.atomic():
        for record, one in ending:
            end(record, one, cast)


def end(record: Record, planned: Planned, cast: Cast) -> None:
    """Declare that a document holds no longer, as planned."""
    if planned.ending is not None:
        validity.change_validity(
            record=record,
            user=cast.people[planned.place.code, Role.OFFICE_HEAD],
            validity=planned.ending.validity,
            day=planned.ending.day,
            document=planned.ending.document,
        )


def _make(planned: Planned, cast: Cast) -> Record:
    """Draft a document with what interprets it, then take both as far as they come."""
    unit, author = cast.units[planned.place.code], cast.people[planned.place.code, Role.HANDLER]
    records: list[Record] = []
    for one in planned:
        about = {"interprets": records[0]} if records else {}
        records.append(draft.draft(unit=unit, author=author, **one.fields, **about))
    for one, record in zip(planned, records, strict=True):
        _take(one, record, cast)
    return records[0]


def _take(planned: Planned, record: Record, cast: Cast) -> None:
    if planned.submitted_on is None:
        return
    code = planned.place.code
    author = cast.people[code, Role.HANDLER]
    review = publication.submit(record=record, user=author, day=planned.submitted_on)
    for number, (step, day) in enumerate(zip(cast.chain(planned.place), planned.steps, strict=False), 1):
        reviewer = cast.people[code, step.role]
        if planned.fate is Fate.RETURNED and number == len(planned.steps):
            passage.send_back(review=review, user=reviewer, day=day, opinion=RETURNED)
        else:
            passage.approve(review=review, user=reviewer, day=day, opinion=OPINION)
    if planned.published_on is not None:
        publication.publish(record=record, user=author, day=planned.published_on)
    if planned.read_back_on is not None:
        publication.read_back(record=record, user=author, day=planned.read_back_on, is_right=True)
    if planned.fate is Fate.WITHDRAWN and planned.published_on is not None:
        head = cast.people[code, Role.OFFICE_HEAD]
        day = planned.published_on + timedelta(days=3)
        publication.withdraw(record=record, user=head, day=day, reason=WITHDRAWN)
