"""The rows that the verbs would write, written many at a time.

The city of full size has more documents than the verbs can take through while somebody waits. A test holds these rows
to those of the verbs. The journal has one entry for each lot, with its documents and the digest of their versions.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Role
from gongkai.demo.acting import OPINION, RETURNED, WITHDRAWN
from gongkai.demo.plan import Fate
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.records import markup
from gongkai.records.domain.numbering import CATEGORY_CODES, issue, scheme
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Category, IndexRun, ReadBack, Record, Stage, Version
from gongkai.records.snapshot import DAYS, FIELDS, digest_of
from gongkai.review.models import Review, ReviewState, Step, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.accounts.models import User
    from gongkai.demo.founding import Cast
    from gongkai.demo.plan import Planned

LOT = 500
"""Documents of one transaction."""

_STAGES = {
    Fate.DRAFT: Stage.DRAFT,
    Fate.RETURNED: Stage.DRAFT,
    Fate.REVIEWING: Stage.REVIEWING,
    Fate.READY: Stage.READY,
    Fate.FILED: Stage.FILED,
    Fate.PUBLISHED: Stage.PUBLISHED,
    Fate.WITHDRAWN: Stage.WITHDRAWN,
}
_REVIEWS = {Fate.REVIEWING: ReviewState.OPEN, Fate.RETURNED: ReviewState.RETURNED}


def in_bulk(planned: Sequence[Planned], cast: Cast) -> Iterator[int]:
    """Write ``planned`` in order; yield how many documents each lot made."""
    numbers = _Numbers()
    for start in range(0, len(planned), LOT):
        lot = planned[start : start + LOT]
        with transaction.atomic():
            yield _Lot(cast, numbers).write(lot)
    with transaction.atomic():
        numbers.close()


@dataclass(slots=True)
class _Numbers:
    """Index numbers: the first of each run is issued by the register, the others follow it."""

    runs: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def issue(self, record: Record) -> str:
        """Return the next number for ``record``."""
        run = (record.unit_id, record.made_on.year)
        if run in self.runs:
            grammar = scheme()
            first, last = self.runs[run]
            values = dict(grammar.parse(last).fields) | {"category": _category(record)}
            number = grammar.issue([last], values).text
        else:
            first = number = issue(record)
        self.runs[run] = first, number
        return number

    def close(self) -> None:
        """Tell the register the last number of each run."""
        for first, last in self.runs.values():
            IndexRun.objects.filter(last=first).update(last=last)


def _category(record: Record) -> str:
    digits = re.sub(r"\D", "", record.scope_item)
    return (digits + "00")[:4] if digits else CATEGORY_CODES[Category(record.category)]


@dataclass(slots=True)
class _Lot:
    """The rows of one transaction."""

    cast: Cast
    numbers: _Numbers
    reviews: list[Review] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    read_backs: list[ReadBack] = field(default_factory=list)

    def write(self, lot: Sequence[Planned]) -> int:
        """Write the documents of ``lot``, with what interprets them, and return how many there are."""
        records: dict[int, Record] = {}
        for planned in lot:
            for one in planned:
                records[id(one)] = self._record(one)
        Record.objects.bulk_create([records[id(planned)] for planned in lot])
        interpreting = [planned for planned in lot if planned.interpretation is not None]
        for planned in interpreting:
            records[id(planned.interpretation)].interprets = records[id(planned)]
        Record.objects.bulk_create([records[id(planned.interpretation)] for planned in interpreting])
        pairs = [(one, records[id(one)]) for planned in lot for one in planned]
        for one, record in pairs:
            if one.submitted_on is not None:
                self._trail(one, record)
        for rows in (self.reviews, self.steps, self.versions, self.read_backs):
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)  # noqa: SLF001 -- Django documents it for this
        digests = "".join(version.digest for version in self.versions)
        keys = [record.pk for _, record in pairs]
        note(
            act="records.made_in_bulk",
            actor=SYSTEM,
            subject="records.record:lot",
            detail={
                "ids": [min(keys), max(keys)],
                "records": len(pairs),
                "reviews": len(self.reviews),
                "versions": len(self.versions),
                "sha256": hashlib.sha256(digests.encode()).hexdigest(),
            },
        )
        return len(pairs)

    def _record(self, planned: Planned) -> Record:
        fields = dict(planned.fields)
        fields["body"] = markup.clean(str(fields["body"]))
        record = Record(
            unit=self.cast.units[planned.place.code],
            author=self._author(planned),
            stage=_STAGES[planned.fate],
            **fields,
        )
        if planned.published_on is not None:
            record.index_number = self.numbers.issue(record)
            record.published_on = planned.published_on
            record.awaits_read_back = planned.read_back_on is None
        if planned.fate is Fate.WITHDRAWN:
            record.withdrawn_reason, record.awaits_read_back = WITHDRAWN, False
        if planned.ending is not None:
            record.validity, record.validity_since = planned.ending.validity, planned.ending.day
        return record

    def _author(self, planned: Planned) -> User:
        return self.cast.people[planned.place.code, Role.HANDLER]

    def _trail(self, planned: Planned, record: Record) -> None:
        """Add the review with its steps, the versions and the reading back of what was submitted."""
        author, now = self._author(planned), timezone.now()
        snapshot = _snapshot(record)
        digest = digest_of(snapshot)
        state = _REVIEWS.get(planned.fate, ReviewState.PASSED)
        review = Review(
            kind=KIND,
            key=record.pk,
            version=digest,
            title=record.title,
            unit=record.unit,
            author=author,
            opened_on=planned.submitted_on,
            state=state,
            closed_on=None if state == ReviewState.OPEN else planned.steps[-1],
        )
        self.reviews.append(review)
        reached = [planned.submitted_on, *planned.steps]
        for number, step in enumerate(self.cast.chain(planned.place), 1):
            row = Step(
                review=review,
                order=number,
                kind=step.kind,
                title=step.title,
                role=step.role,
                working_days=step.working_days,
            )
            self.steps.append(row)
            is_last = number == len(planned.steps)
            if number <= len(planned.steps):
                is_returned = is_last and planned.fate is Fate.RETURNED
                row.state = StepState.RETURNED if is_returned else StepState.PASSED
                row.reviewer, row.decided_at = self.cast.people[planned.place.code, step.role], now
                row.opinion = RETURNED if is_returned else OPINION
                row.reached_on = reached[number - 1]
            elif number == len(planned.steps) + 1 and state == ReviewState.OPEN:
                row.state, row.reached_on = StepState.CURRENT, reached[number - 1]
        occasions = ["送审"] if planned.published_on is None else ["送审", "发布"]
        self.versions += [
            Version(record=record, number=number, made_by=author, occasion=words, snapshot=snapshot, digest=digest)
            for number, words in enumerate(occasions, 1)
        ]
        if planned.read_back_on is not None:
            self.read_backs.append(ReadBack(record=record, user=author, day=planned.read_back_on, is_right=True))


def _snapshot(record: Record) -> dict[str, object]:
    """Return what ``snapshot_of`` gives for a record that nobody made jointly and that has no files."""
    data: dict[str, object] = {name: getattr(record, name) for name in FIELDS}
    data |= {name: day.isoformat() if (day := getattr(record, name)) else None for name in DAYS}
    return data | {"unit": record.unit.code, "joint_units": [], "attachments": []}
