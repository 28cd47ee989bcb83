"""The port: what letters and volumes ask of the case they belong to.

Letters and volumes are the same for an application and for a matter beside it; what differs is whom a letter is for,
what the law says before it goes, what its going enters, and what is in the file. Each kind of case answers that by one
``Holder``, registered at start-up; ``holder_of`` finds it. Nothing above asks which kind it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Consultee, Event, Letter, Matter
    from gongkai.files.models import Blob
    from gongkai.law.letters import Letter as LawLetter

    Case = Application | Matter
    Piece = dict[str, Any]


class Holder(Protocol):
    """What a kind of case does for its letters and its volume."""

    def locked(self, case: Case, seen: int | None = None) -> Case:
        """Return the case, its row locked; ``ChangedMeanwhileError`` where ``seen`` is no longer its version."""

    def regulation(self, case: Case, today: date) -> str:
        """Return the edition of the regulation its letters are written under."""

    def check_kind(self, case: Case, law: LawLetter, consultee: Consultee | None) -> None:
        """Raise ``WrongLetterError`` for a kind of letter that is not of such a case, or without whom it is for."""

    def told(self, case: Case, kind: str, options: Mapping[str, object], today: date) -> dict[str, str]:
        """Return values for the fields of ``kind`` by key, as far as the case tells them."""

    def options(self, case: Case, kind: str) -> dict[str, object]:
        """Return what a letter of ``kind`` needs besides its fields, as it is proposed."""

    def mode(self, case: Case) -> str:
        """Return the way of delivery that is proposed."""

    def given(self, case: Case, you: str, agency: str, contact: str) -> dict[str, str]:
        """Return the fields that the case itself gives; ``you`` is how the reader is addressed."""

    def information(self, case: Case) -> str:
        """Return what it is about, for internal forms."""

    def is_person(self, letter: Letter) -> bool:
        """Tell whether the letter is for a human being."""

    def addressee(self, letter: Letter, day: date) -> str:
        """Return whom the letter is for, in clear, as it is called on ``day``."""

    def addressee_shown(self, letter: Letter, day: date) -> str:
        """Return whom the letter is for, as a page shows it: people masked."""

    def address(self, letter: Letter, day: date) -> tuple[str, str, str]:
        """Return name, address and telephone to send the letter to, in clear."""

    def judge(self, letter: Letter, day: date) -> None:
        """Raise what stands against sending the letter on ``day``, with the article."""

    def went_out(self, letter: Letter, day: date, user: User, today: date) -> Event | None:
        """Enter that the letter went out, and what it stands for; return the event of an application."""

    def check_sent(self, letter: Letter, user: User, today: date, note: str) -> None:
        """Raise where the case is not ready for what went out; ``note`` explains what only needs to be explained."""

    def arrived(self, letter: Letter, day: date, user: User, today: date, by: str, **evidence: object) -> None:
        """Enter that the letter arrived, ``by`` whom it was taken, with ``evidence`` and ``evidence_name``."""

    def came_back(self, letter: Letter, day: date, user: User, today: date, reason: str) -> None:
        """Enter that the post brought the letter back."""

    def went_again(self, letter: Letter, day: date, user: User, today: date) -> None:
        """Enter that the letter was sent again."""

    def series(self, case: Case) -> str:
        """Return the letters that the numbers of its volumes bear."""

    def reasons_to_hold(self, case: Case, note: str) -> list[str]:
        """Return why its volume cannot be closed; ``note`` explains what only needs to be explained."""

    def archive(self, case: Case, day: date, user: User, today: date, **said: object) -> None:
        """Enter that the volume is closed, and that nothing is entered from then on."""

    def pieces(self, case: Case) -> Iterator[tuple[Piece, Blob | None]]:
        """Yield what belongs into the volume: title, day, kind; and the file, if there is one."""

    def history(self, case: Case) -> Iterator[Piece]:
        """Yield what happened, in order, as the exported volume tells it."""


_holders: dict[type, Holder] = {}


def register(model: type, holder: Holder) -> None:
    """Make ``holder`` answer for the cases of ``model``."""
    _holders[model] = holder


def holder_of(case: Case) -> Holder:
    """Return who answers for ``case``."""
    return _holders[type(case)]
