"""Typing in and correcting charges and procurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.errors import NotPermittedError
from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions import rules
from gongkai.decisions.errors import FactValueError
from gongkai.decisions.models import Charge, Procurement
from gongkai.decisions.models.facts import FEN_PER_WAN, FEN_PER_YUAN
from gongkai.journal.domain.entry import record
from gongkai.tables import cells
from gongkai.tables.cells import CellError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

Fact = TypeVar("Fact", Charge, Procurement)


@transaction.atomic
def set_charge(
    *, unit: Unit, year: int, item: str, amount: str, basis: str, user: User, day: date, charge: Charge | None = None
) -> Charge:
    """Enter a charge (``amount`` in 万元 as typed), or correct ``charge``. Raises ``FactValueError``."""
    found = charge or Charge()
    found.item = _read("收费项目", cells.text, item, 200)
    found.basis = _read("收费依据", cells.text, basis, 500, required=False)
    found.amount_fen = _read("金额（万元）", cells.fen, amount, FEN_PER_WAN)
    return _store(found, unit, year, user, day)


@transaction.atomic
def set_procurement(
    *, unit: Unit, year: int, project: str, amount: str, user: User, day: date, procurement: Procurement | None = None
) -> Procurement:
    """Enter a procurement project (``amount`` in 元 as typed), or correct one. Raises ``FactValueError``."""
    found = procurement or Procurement()
    found.project = _read("采购项目", cells.text, project, 200)
    found.amount_fen = _read("金额（元）", cells.fen, amount, FEN_PER_YUAN)
    return _store(found, unit, year, user, day)


def _read(caption: str, read: Callable[..., Any], *arguments: object, required: bool = True) -> Any:  # noqa: ANN401 -- whatever ``read`` gives
    try:
        value = read(*arguments)
    except CellError as error:
        raise FactValueError(f"{caption}：{error}。") from None
    if required and value == "":
        raise FactValueError(f"{caption}：未填写。")
    return value


def _store(fact: Fact, unit: Unit, year: int, user: User, day: date) -> Fact:
    scope = scope_of(user, day)
    for concerned in {unit.pk, fact.unit_id or unit.pk}:
        if not rules.may_import(scope, concerned):
            raise NotPermittedError("您不能为该机构录入数据：须由其经办人、工作机构负责人或主管部门录入。")
    before = {} if fact.pk is None else {"before": type(fact).objects.get(pk=fact.pk).amount_fen}
    fact.unit = unit
    fact.year = _read("年度", cells.year, str(year), day.year)
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError:
        raise FactValueError(f"{fact}：该机构该年度已有同名的一条，不得重复。需要更正的，请修改原有的一条。") from None
    kind = fact._meta.model_name  # noqa: SLF001 -- documented by Django under this name
    record(
        act=f"decisions.{kind}_set",
        actor=actor_of(user, unit),
        subject=f"decisions.{kind}:{fact.pk}",
        detail={"year": fact.year, "name": str(fact), "fen": fact.amount_fen} | before,
    )
    return fact
