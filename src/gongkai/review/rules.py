"""Who may see and do what with a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.review.models import ReviewState

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.review.models import Review


def may_read(scope: Scope, review: Review) -> bool:
    """Allow whoever reads the working papers of the unit."""
    return review.unit_id in scope.readable


def may_withdraw(user: User, review: Review) -> bool:
    """Allow the author, while the review is open."""
    return user.pk == review.author_id and review.state in {ReviewState.OPEN, ReviewState.REFERRED}


def may_set_chain(scope: Scope, unit: int | None) -> bool:
    """Allow the competent department for its units, and administrators, who alone set the preset (``None``)."""
    return scope.is_administrator or (unit is not None and scope.may(unit, Role.COMPETENT))


def sets_chains(scope: Scope) -> bool:
    """Tell whether there is any unit whose chains the person sets."""
    return scope.is_administrator or bool(scope.of(Role.COMPETENT))
