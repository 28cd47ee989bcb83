"""M1–M4: what must hold before the volume of a matter is closed: its person was told, no letter is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.checks.catalogue import ERROR, MATTER_RULES
from gongkai.applications.letters.kinds import ends_matter
from gongkai.applications.matters import RESULTS, act_of
from gongkai.applications.models import LetterState, MatterStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Matter

_LEFT_OVER = (LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.APPROVED, LetterState.SEALED)
_OUT = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)


def findings(matter: Matter) -> list[Finding]:
    """Return what is found about ``matter``, what must be mended first; nothing while it is open."""
    found = _found(matter) if matter.stage == MatterStage.ENDED else ()
    return sorted(found, key=lambda one: one.severity != ERROR)


def _found(matter: Matter) -> Iterator[Finding]:
    letters = list(matter.letters.exclude(state=LetterState.VOID).order_by("pk"))
    events = list(matter.events.order_by("sequence"))
    is_told = any(letter.state in _OUT and ends_matter(letter.kind, letter.regulation) for letter in letters)
    if not is_told and matter.result != "withdrawn":
        act = act_of(matter.kind, matter.result)
        assert act is not None  # results are acts
        yield MATTER_RULES["M1"].finding(article=act.article, result=RESULTS[matter.result])
    for letter in letters:
        said = {"title": letter.title, "number": letter.number, "state": letter.get_state_display()}
        if letter.state in _LEFT_OVER:
            yield MATTER_RULES["M2"].finding(**said)
        elif letter.state != LetterState.DELIVERED:
            came_back = letter.state == LetterState.RETURNED
            arrival = "被退回，没有再送达" if came_back else "没有登记送达"
            yield MATTER_RULES["M3"].finding(**said, day=letter.sent_on, arrival=arrival)
    ordered = [event for event in events if event.kind == "ordered"]
    reported = [event for event in events if event.kind == "reported"]
    if ordered and not any(event.sequence > ordered[-1].sequence for event in reported):
        yield MATTER_RULES["M4"].finding(day=ordered[-1].day)
