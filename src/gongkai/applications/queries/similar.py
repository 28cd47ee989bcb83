"""What was asked before: the same form twice, the same applicant asking again, several asking for the same.

Peers of this system missed repeats that differed by a blank: what is compared has neither blanks nor punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications.domain import identity as identities
from gongkai.applications.domain.receiving import fingerprint
from gongkai.applications.models import Applicant, Application

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.applications.domain.identity import Identity
    from gongkai.applications.domain.receiving import Request

DOUBLE, REPEAT, SHARED = "double", "repeat", "shared"
"""The same form registered twice · the same applicant asks for the same again (Art 36(6)) · others ask for it (44)."""

LIKE = 0.72
"""From what share of common pairs of characters on two texts ask for the same. A hint for a person, never a verdict."""
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier application, what it is to the one looked at, and how alike the texts are (0 to 1)."""

    application: Application
    kind: str
    score: float


def to_request(
    *, units: Iterable[int], applicants: Sequence[Identity], request: Request, besides: int | None = None
) -> list[Likeness]:
    """Return earlier applications to ``units`` like a ``request`` that is being registered, the likest first."""
    text = _bare(request.title, request.document_number, request.description)
    names = [index for one in applicants if one.name for index in identities.indexes("name", one.name)]
    numbers = [index for one in applicants if one.proof_number for index in _numbers(one)]
    return _find(frozenset(units), text, fingerprint(request), names=names, numbers=numbers, besides=besides)


def to_application(application: Application) -> list[Likeness]:
    """Return earlier applications to the same unit like ``application``, the likest first."""
    if application.is_secret:
        return []
    text = _bare(application.title, application.document_number, application.description)
    people = [one for one in application.applicants.all() if not one.is_proxy]
    names = [one.name_index for one in people if one.name_index]
    numbers = [one.number_index for one in people if one.number_index]
    units = frozenset({application.unit_id})
    found = _find(units, text, application.fingerprint, names=names, numbers=numbers, besides=application.pk)
    return [one for one in found if one.application.pk < application.pk]


def _find(
    units: frozenset[int], text: str, print_of: str, *, names: list[str], numbers: list[str], besides: int | None
) -> list[Likeness]:
    same_people = Applicant.objects.filter(Q(name_index__in=names) | Q(number_index__in=numbers)).values("application")
    candidates = Application.objects.filter(Q(pk__in=same_people) | Q(fingerprint=print_of) & ~Q(fingerprint=""))
    candidates = candidates.filter(unit__in=units, is_secret=False).exclude(pk=besides).order_by("-pk")[:LOOKED_AT]
    asking = set(
        Applicant.objects.filter(application__in=[one.pk for one in candidates])
        .filter(_same(names, numbers))
        .values_list("application", flat=True)
    )
    found = []
    for one in candidates:
        score = alike(text, _bare(one.title, one.document_number, one.description))
        if score < LIKE:
            continue
        is_double = score == 1 and one.ended_on is None
        kind = SHARED if one.pk not in asking else DOUBLE if is_double else REPEAT
        found.append(Likeness(one, kind, score))
    return sorted(found, key=lambda one: (-one.score, -one.application.pk))


def _same(names: list[str], numbers: list[str]) -> Q:
    """Return the condition of being the same person: the same number, or the same name where a number is lacking."""
    by_name = Q(name_index__in=names)
    if numbers:
        by_name &= Q(number_index="")
    return Q(number_index__in=numbers) | by_name


def alike(one: str, other: str) -> float:
    """Return the share of common pairs of characters of two texts, 0 to 1 (Dice); 1 for the same text."""
    if one == other:
        return 1.0 if one else 0.0
    first, second = _pairs(one), _pairs(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _bare(*parts: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", "".join(parts)))


def _numbers(one: Identity) -> list[str]:
    return identities.indexes("proof_number", one.proof_number)
