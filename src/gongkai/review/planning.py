"""A chain as people type it: one step a line, its kind, its title, who does it, and the working days it may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.review.domain.chains import StepPlan
from gongkai.review.errors import ChainLineError
from gongkai.review.models import StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.review.models import ChainStep

REVIEWERS = (
    Role.FIRST_REVIEWER,
    Role.SECOND_REVIEWER,
    Role.FINAL_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.OFFICE_HEAD,
    Role.COMPETENT,
)
"""Roles that sign things off."""

MOST_DAYS = 20
"""No step may take longer: publication itself has 20 working days (条例 第二十六条)."""

_KINDS = {kind.label: kind for kind in StepKind}
_ROLES = {role.label: role for role in REVIEWERS}
_PARTS = 4
_TITLE = 40


def typed(steps: Iterable[StepPlan | ChainStep]) -> str:
    r"""Return ``steps`` as they are typed.

    >>> typed([StepPlan("review", "初审", "first_reviewer")])
    '审 初审 初审 2'
    """
    return "\n".join(
        f"{StepKind(step.kind).label} {step.title} {Role(step.role).label} {step.working_days}" for step in steps
    )


def read(text: str) -> tuple[StepPlan, ...]:
    """Return the steps of ``text``. Raises ``ChainLineError`` with the number of the first line that is none."""
    lines = ((number, line.split()) for number, line in enumerate(text.splitlines(), 1))
    return tuple(_step(number, parts) for number, parts in lines if parts)


def _step(number: int, parts: list[str]) -> StepPlan:
    if len(parts) != _PARTS:
        raise ChainLineError(f"第 {number} 行应有四项，以空格分开：类型、名称、角色、工作日。如：审 初审 初审 2。")
    kind, title, role, days = parts
    if kind not in _KINDS:
        raise ChainLineError(f"第 {number} 行的类型“{kind}”不是{'、'.join(_KINDS)}之一。")
    if role not in _ROLES:
        raise ChainLineError(f"第 {number} 行的角色“{role}”不是{'、'.join(_ROLES)}之一。")
    if not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
        raise ChainLineError(f"第 {number} 行的时限“{days}”应为 1 至 {MOST_DAYS} 个工作日。")
    if len(title) > _TITLE:
        raise ChainLineError(f"第 {number} 行的名称超过 {_TITLE} 字。")
    return StepPlan(_KINDS[kind], title, _ROLES[role], int(days))
