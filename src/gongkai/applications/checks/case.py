"""What the checks look at: a case with its course, and what had to be fetched for it, once for many cases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from gongkai.applications.course import course
from gongkai.applications.domain.letters import frozen
from gongkai.applications.models import Event, Letter, LetterState, Paper
from gongkai.law.outcomes import outcome
from gongkai.units import calendar
from gongkai.units.models import Guide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from gongkai.applications.course import Course
    from gongkai.applications.models import Application
    from gongkai.law.calendar import Calendar
    from gongkai.law.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that went out: its kind, its number, its words (empty where they cannot be read), and its event."""

    kind: str
    number: str
    text: str
    event: int | None


@dataclass
class Case:
    """A case as the checks see it on the day of its ``course``.

    ``letters`` are those that went out. ``others`` maps the number of its answer to the other cases of the unit
    answered by the same number. ``is_deep`` asks for what takes long: the texts of released papers and the search for
    like applications.
    """

    application: Application
    course: Course
    papers: tuple[Paper, ...] = ()
    letters: tuple[Written, ...] = ()
    guide: Guide | None = None
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_deep: bool = False

    @property
    def calendar(self) -> Calendar:
        """Return the calendar its clock runs by."""
        return self.course.clock.calendar if self.course.clock else calendar.of_city("answer")

    @cached_property
    def paper_kinds(self) -> frozenset[str]:
        """Return the kinds of papers on file."""
        return frozenset(paper.kind for paper in self.papers)

    @property
    def answer(self) -> Event | None:
        """Return the answer that ended the running round; a withdrawal is none."""
        last = self.course.last
        return last if last is not None and last.kind == "answer" else None

    @property
    def regulation(self) -> str:
        """Return the edition of the regulation that governs it."""
        assert self.course.clock is not None
        return self.course.clock.regulation

    @cached_property
    def outcome(self) -> Outcome | None:
        """Return the outcome of its answer."""
        return outcome(self.answer.payload["outcome"], self.regulation) if self.answer is not None else None

    @property
    def answer_letter(self) -> Written | None:
        """Return the letter that told the answer, where it was written here."""
        if self.answer is None:
            return None
        return next((letter for letter in self.letters if letter.event == self.answer.pk), None)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Return the outcomes of the parts of its answer, of the whole where it has none."""
        if self.answer is None:
            return ()
        parts = self.answer.payload.get("parts") or [self.answer.payload]
        return tuple(part["outcome"] for part in parts)

    def events(self, *kinds: str) -> Iterator[Event]:
        """Yield the standing events of the running round and before, of these kinds, in order."""
        return (event for event in self.course.events if event.kind in kinds)


def has_proof(event: Event) -> bool:
    """Tell whether a letter written here, or a file, proves the event."""
    return event.evidence_id is not None or bool(event.payload.get("letter"))


def cases(
    applications: Iterable[Application],
    day: date,
    *,
    is_deep: bool = False,
    courses: Mapping[int, Course] | None = None,
) -> Iterator[Case]:
    """Yield the cases of ``applications`` as of ``day``; the number of queries does not grow with their number.

    ``courses`` are courses of that day where the caller has them, by application.
    """
    found = list(applications)
    prefetch_related_objects(found, "searches")
    states = courses or _courses([one.pk for one in found], day)
    letters = _letters(states)
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in Paper.objects.filter(application__in=states).select_related("blob"):
        papers[paper.application_id].append(paper)
    guides = {guide.unit_id: guide for guide in Guide.objects.filter(unit__in={one.unit_id for one in found})}
    numbers = _numbers(found, states)
    for one in found:
        if one.pk in states:
            number = next((event.payload.get("number", "") for event in _answers(states[one.pk])), "")
            others = {number: tuple(sorted(numbers.get((one.unit_id, number), frozenset()) - {one.number}))}
            yield Case(
                application=one,
                course=states[one.pk],
                papers=tuple(papers[one.pk]),
                letters=tuple(letters[one.pk]),
                guide=guides.get(one.unit_id),
                others=others,
                is_deep=is_deep,
            )


def _courses(keys: Sequence[int], day: date) -> Mapping[int, Course]:
    which = calendar.of_city("answer")
    events: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(application__in=keys).order_by("application", "sequence"):
        events[event.application_id].append(event)
    found = {key: course(events[key], day, which) for key in keys}
    return {key: state for key, state in found.items() if state is not None}


def _letters(keys: Iterable[int]) -> Mapping[int, list[Written]]:
    """Return the letters of these applications that went out, in their order."""
    sent = (LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED)
    found: dict[int, list[Written]] = defaultdict(list)
    for letter in Letter.objects.filter(application__in=keys, state__in=sent).order_by("pk"):
        text = "".join(frozen(letter).texts()) if letter.content else ""
        found[letter.application_id].append(Written(letter.kind, letter.number, text, letter.event_id))
    return found


def _answers(state: Course) -> Iterator[Event]:
    """Yield the answer of the running round, if there is one."""
    if state.last is not None and state.last.kind == "answer":
        yield state.last


def _numbers(found: Iterable[Application], states: Mapping[int, Course]) -> Mapping[tuple[int, str], frozenset[str]]:
    """Return which cases of each unit were answered by each number of the answers of ``found``."""
    said = {
        (one.unit_id, event.payload["number"])
        for one in found
        if one.pk in states
        for event in _answers(states[one.pk])
        if event.payload.get("number")
    }
    if not said:
        return {}
    holders: dict[tuple[int, str], set[str]] = defaultdict(set)
    answers = Event.objects.filter(
        kind="answer",
        struck_by__isnull=True,
        application__unit__in={unit for unit, _ in said},
        payload__number__in={number for _, number in said},
    )
    for unit, number, holder in answers.values_list("application__unit", "payload__number", "application__number"):
        holders[unit, number].add(holder)
    return {key: frozenset(value) for key, value in holders.items()}
