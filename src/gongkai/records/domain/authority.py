"""The verbs' own look at who acts: the same rules as the pages, so that no other caller is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.queries.scope import scope_of
from gongkai.records.errors import NotAuthorisedError
from gongkai.units.queries.history import ending

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.models import Unit


def authorise(unit: Unit, user: User, day: date, act: str, rule: Callable[[Scope], bool]) -> None:
    """Raise ``NotAuthorisedError`` unless ``rule`` holds for what ``user`` may do on ``day``."""
    if not rule(scope_of(user, day)):
        if end := ending(unit, day):
            raise NotAuthorisedError(f"机构：{end}，不能再以原机构名义{act}。请由承接机构的人员办理。")
        raise NotAuthorisedError(f"您没有机构 {unit.code} 的相应角色，不能{act}。请由该机构有此职责的人员办理。")
