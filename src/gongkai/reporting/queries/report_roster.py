"""The roster of a year with what has come of it: who has to report, who has, who is missing by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.reporting.models import Scope
from gongkai.units.queries.report_list import SAME, ReportList, report_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.accounts.queries.scope import Scope as PersonScope
    from gongkai.reporting.models import Campaign
    from gongkai.reporting.queries.board import Row
    from gongkai.units.queries.report_list import Line


NAMED = 20
"""How many missing units the sentence names; the page has all of them below it."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The list of the units the person reads; ``missing`` are the reports of an own level that have not come.

    ``changed`` are the units that are new, re-formed or renamed; ``verticals`` those under vertical management, which
    report here only where the campaign includes them. ``uncalled`` are units of the list without a report.
    """

    list: ReportList
    owed: int
    missing: tuple[Row, ...]
    changed: tuple[Line, ...]
    uncalled: tuple[Line, ...]
    reports_verticals: bool

    @property
    def sentence(self) -> str:
        """Say how many have to report, who changed, how many have, and who is missing."""
        came = f"应报送单位报告 {self.owed} 份，已报送 {self.owed - len(self.missing)} 份"
        if not self.missing:
            return f"{self.list.sentence}{came}，已全部报送。"
        names = "、".join(one.body for one in self.missing[:NAMED])
        names += "等" if len(self.missing) > NAMED else ""
        return f"{self.list.sentence}{came}，未报送 {len(self.missing)} 份：{names}。"


def roster_of(campaign: Campaign, found: Sequence[Row], scope: PersonScope) -> Roster:
    """Return the roster of ``campaign``, of the units the person reads and no others. Seven queries."""
    own = [one for one in found if one.scope == Scope.OWN]
    called = {one.unit for one in own}
    whole = report_list(campaign.year)
    readable = scope.readable
    seen = ReportList(
        whole.year,
        tuple(line for line in whole.lines if line.unit in readable),
        tuple(line for line in whole.vertical if line.unit in readable),
        tuple(line for line in whole.ended if line.unit in readable),
    )
    return Roster(
        list=seen,
        owed=len(own),
        missing=tuple(one for one in own if one.is_missing),
        changed=tuple(line for line in seen.lines if line.state != SAME),
        uncalled=tuple(line for line in seen.lines if line.unit not in called),
        reports_verticals=campaign.includes_vertical,
    )
