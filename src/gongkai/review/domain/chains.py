"""Setting the chain of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM, Actor, record
from gongkai.review import rules
from gongkai.review.errors import ForeignChainError, NoChainError, WeakChainError
from gongkai.review.models import Chain, ChainStep, StepKind
from gongkai.review.registry import known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step as planned: what it examines, its title, who does it and how many working days it may take."""

    kind: str
    title: str
    role: str
    working_days: int = 2


FULL = (
    StepPlan(StepKind.REVIEW, "初审", Role.FIRST_REVIEWER),
    StepPlan(StepKind.PROOF, "一校", Role.FIRST_REVIEWER),
    StepPlan(StepKind.REVIEW, "复审", Role.SECOND_REVIEWER),
    StepPlan(StepKind.PROOF, "二校", Role.SECOND_REVIEWER),
    StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),
    StepPlan(StepKind.PROOF, "三校", Role.FINAL_REVIEWER),
    StepPlan(StepKind.REVIEW, "终审", Role.FINAL_REVIEWER),
)
"""三审三校 with the secrecy review before the last word (保密法 第三十五条)."""

TOWN = (
    StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),
    StepPlan(StepKind.REVIEW, "党委宣传委员审批", Role.FINAL_REVIEWER),
)
"""A town's chain: the officer drafts, one reviews for secrecy, the propaganda member of the committee approves."""


def arrange(
    *, by: User, today: date, name: str, kind: str, steps: Sequence[StepPlan], unit: Unit | None = None
) -> Chain:
    """Set the chain of a unit, or the preset, within what ``by`` is over."""
    if not rules.may_set_chain(scope_of(by, today), unit.pk if unit else None):
        whose = f"机构 {unit.code} 的流程由其主管部门或系统管理员设定" if unit else "预设流程由系统管理员设定"
        raise ForeignChainError(f"您不能设定这一流程：{whose}。")
    return set_chain(name=name, kind=kind, steps=steps, unit=unit, actor=actor_of(by, unit))


@transaction.atomic
def set_chain(*, name: str, kind: str, steps: Sequence[StepPlan], actor: Actor, unit: Unit | None = None) -> Chain:
    """Make ``steps`` the chain for ``kind`` at ``unit`` (``None``: the preset); reviews under way keep theirs.

    A chain needs a review besides the secrecy review, in an order that ends with a review or a signature; where
    nothing is disclosed by what it is for, it needs no secrecy review.
    """
    subject = known(kind)
    _check(steps, discloses=subject is None or subject.discloses)
    Chain.objects.filter(kind=kind, unit=unit, is_active=True).update(is_active=False)
    chain = Chain.objects.create(name=name, kind=kind, unit=unit)
    ChainStep.objects.bulk_create(
        ChainStep(
            chain=chain, order=order, kind=step.kind, title=step.title, role=step.role, working_days=step.working_days
        )
        for order, step in enumerate(steps, start=1)
    )
    record(
        act="review.chain_set",
        actor=actor,
        subject=f"review.chain:{chain.pk}",
        detail={"kind": kind, "unit": unit.code if unit else "", "steps": [step.title for step in steps]},
    )
    return chain


def chain_for(*, kind: str, unit: Unit) -> Chain:
    """Return the chain of ``unit`` for ``kind``, else the preset; ``NoChainError`` if there is neither.

    The preset of the room that the subjects are of is set, by the system, when it is first asked for.
    """
    own = Chain.objects.filter(kind=kind, unit=unit, is_active=True).first()
    chain = own or Chain.objects.filter(kind=kind, unit__isnull=True, is_active=True).first()
    if chain is not None:
        return chain
    subject = known(kind)
    if subject is None or not subject.preset:
        raise NoChainError(f"机构 {unit.code} 没有“{kind}”的审核流程。请由系统管理员或主管部门在“审核流程”中设定。")
    return set_chain(name=f"{subject.name}（预设）", kind=kind, steps=subject.preset, actor=SYSTEM)


def _check(steps: Sequence[StepPlan], *, discloses: bool) -> None:
    kinds = [step.kind for step in steps]
    if discloses and StepKind.SECRECY not in kinds:
        raise WeakChainError("流程缺少保密审查：公开前应当先审查（保守国家秘密法第三十五条）。请加入保密审查步骤。")
    if not kinds or kinds[-1] not in {StepKind.REVIEW, StepKind.SIGNATURE}:
        raise WeakChainError("流程必须以审批或签发结束。请把最后一步设为审或签发。")
