"""What of a name may be shown (个人信息保护法 第二十八条; 条例 第十五条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.decisions.models import PartyKind

if TYPE_CHECKING:
    from gongkai.decisions.models import Decision


def masked(name: str) -> str:
    """Return the first character of a person's name, the rest as stars.

    >>> masked("陈水生"), masked("阿依古丽·买买提")
    ('陈**', '阿***')
    """
    return name[:1] + "*" * min(3, max(1, len(name) - 1))


def shown_party(decision: Decision) -> str:
    """Return the party as the public and lists may see it: a natural person's name is masked."""
    return masked(decision.party) if decision.party_kind == PartyKind.PERSON else decision.party
