"""What a submission says, as the portal seals it and the worker opens it.

Each message is a frozen dataclass of plain values. Nothing here prints what it holds: representations end up in logs.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from gongkai.accounts.sealing import seal, unseal
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.intake.models import Kind

if TYPE_CHECKING:
    from gongkai.intake.models import Submission

PURPOSE = "intake.submission"
CORRECTION_NAME = "补正说明.txt"
"""What the text of an answer to a correction notice is called among the papers."""


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """Something sent in; ``kind`` says what."""

    kind: ClassVar[Kind]


@dataclass(frozen=True, slots=True, repr=False)
class Asked(Message):
    """An application for information, to one or several units (by id); the last applicant may be a proxy."""

    kind = Kind.APPLICATION
    units: tuple[int, ...]
    applicant_kind: str
    applicants: tuple[Identity, ...]
    request: Request


@dataclass(frozen=True, slots=True, repr=False)
class Confirmed(Message):
    """The applicant typed the code back: they have the receipt."""

    kind = Kind.CONFIRMATION


@dataclass(frozen=True, slots=True, repr=False)
class Corrected(Message):
    """The answer to a correction notice, in the files; ``case`` is the row of the case that it is about."""

    kind = Kind.CORRECTION
    case: str


@dataclass(frozen=True, slots=True, repr=False)
class Withdrawn(Message):
    """The applicant takes the application back."""

    kind = Kind.WITHDRAWAL
    case: str


@dataclass(frozen=True, slots=True, repr=False)
class Rated(Message):
    """How satisfied the applicant is."""

    kind = Kind.SATISFACTION
    case: str
    score: int
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CallMe(Message):
    """Somebody who cannot fill in the form asks the unit to call."""

    kind = Kind.ASSISTANCE
    unit: int
    telephone: str
    name: str = ""
    wish: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FoundIt(Message):
    """Somebody found what they looked for among what is public."""

    kind = Kind.FOUND


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file sent with a message: the kind of paper it is, its name and its bytes."""

    kind: str
    name: str
    data: bytes = field(repr=False)


_TYPES: dict[str, type[Message]] = {
    one.kind: one for one in (Asked, Confirmed, Corrected, Withdrawn, Rated, CallMe, FoundIt)
}


def sealed(message: Message) -> str:
    """Return ``message`` sealed, for the queue."""
    return seal(json.dumps(asdict(message), ensure_ascii=False), PURPOSE)


def opened(submission: Submission) -> Message:
    """Return what a submission says. Raises ``UnsealedError`` where the keys do not open it."""
    data: dict[str, Any] = json.loads(unseal(submission.content, PURPOSE))
    if submission.kind == Kind.APPLICATION:
        data["units"] = tuple(data["units"])
        data["applicants"] = tuple(Identity(**one) for one in data["applicants"])
        data["request"] = Request(**data["request"])
    return _TYPES[submission.kind](**data)
