"""What each kind of subject does when it is reviewed. Rooms register at start-up; the engine calls back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.accounts.models import User
    from gongkai.review.domain.chains import StepPlan
    from gongkai.review.models import Review, Step


def _nothing(review: Review, user: User) -> None:
    del review, user


def _anything(review: Review, step: Step) -> None:
    del review, step


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject.

    ``version`` gives the digest of what the subject is now. ``before_pass`` may raise to hold a step back (a document
    marked 需解读 without its material, say). ``passed``, ``returned`` run in the transaction of the last decision.

    ``discloses`` says that something about information goes out with it, so that its chains need a secrecy review.
    ``preset`` is the chain that units take where nobody has set one.
    """

    kind: str
    name: str
    version: Callable[[int], str]
    url: Callable[[int], str]
    before_pass: Callable[[Review, Step], None] = _anything
    passed: Callable[[Review, User], None] = _nothing
    returned: Callable[[Review, User], None] = _nothing
    discloses: bool = True
    preset: Sequence[StepPlan] = ()


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind of subject known."""
    _subjects[subject.kind] = subject


def known(kind: str) -> Subject | None:
    """Return what is registered for ``kind``, if anything is."""
    return _subjects.get(kind)


def subject_of(kind: str) -> Subject:
    """Return what is registered for ``kind``; ``KeyError`` if nothing is."""
    return _subjects[kind]


def subjects() -> list[Subject]:
    """Return every kind of subject, in the order of their kinds."""
    return [_subjects[kind] for kind in sorted(_subjects)]
