"""The cases behind a report, counted again: what a freeze keeps, and what changed since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.reporting.lines import digest
from gongkai.reporting.models import Basis, State
from gongkai.reporting.queries.cells import kept, number_of
from gongkai.reporting.queries.figures import figures
from gongkai.reporting.queries.parts import own_levels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gongkai.annual.report import Number
    from gongkai.reporting.models import Submission

    Differences = dict[str, tuple[Number | None, Number | None]]


@dataclass(slots=True)
class Recount:
    """What the cases of all units behind a report give: ``numbers`` and ``ids`` by cell.

    ``differing`` names what is no longer as it was compiled: the report, and per cell the old and the new number.
    """

    numbers: Counter[str] = field(default_factory=Counter)
    ids: dict[str, set[int]] = field(default_factory=dict)
    differing: list[tuple[Submission, Differences]] = field(default_factory=list)

    def as_kept(self) -> dict[str, dict[str, Any]]:
        """Return what an edition keeps as ``behind``."""
        found: dict[str, dict[str, Any]] = {}
        for key, count in kept(self.numbers).items():
            ids = sorted(self.ids.get(key, ()))
            found[key] = {"count": count}
            if ids:
                words = ",".join(map(str, ids))
                found[key] |= {"digest": digest(words.encode()), "ids": ids}
        return found


def recount(submission: Submission, *, known_at: datetime) -> Recount:
    """Count the cases behind a report as known at ``known_at``; units that uploaded a file keep none here.

    Of a whole, parts that are frozen or published are not compared: their changes raise corrections of their own.
    """
    campaign = submission.campaign
    based = {one.unit_id: one for one in own_levels(submission) if one.basis == Basis.CASES}
    result = Recount()
    found = figures(list(based), campaign.year, campaign.edition, known_at=known_at) if based else {}
    for unit, counted in found.items():
        for key, number in counted.numbers.items():
            result.numbers[key] += number
        for key, ids in counted.behind.items():
            result.ids.setdefault(key, set()).update(ids)
        part = based[unit]
        is_closed = part != submission and part.state in {State.FROZEN, State.PUBLISHED}
        if not is_closed and (changes := differences(part.computed, kept(counted.numbers))):
            result.differing.append((part, changes))
    return result


def differences(old: Mapping[str, str | int], new: Mapping[str, str | int]) -> Differences:
    """Return the cells whose numbers differ, each with the old and the new one, ``None`` where there is none."""
    was = {key: number_of(value) for key, value in old.items()}
    now = {key: number_of(value) for key, value in new.items()}
    return {key: (was.get(key), now.get(key)) for key in (now | was) if was.get(key) != now.get(key)}
