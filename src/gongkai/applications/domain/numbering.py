"""Serials without gaps: given in the transaction that uses them, the run locked until it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.applications.models import Serial

if TYPE_CHECKING:
    from gongkai.units.models import Unit


def next_serial(key: str) -> int:
    """Return the next serial of the run ``key``, from 1. A transaction that fails gives it back."""
    Serial.objects.get_or_create(key=key)
    run = Serial.objects.select_for_update().get(key=key)
    run.last += 1
    run.save(update_fields=["last"])
    return run.last


def application_number(unit: Unit, year: int) -> str:
    """Return the next 受理编号 of ``unit`` in ``year``, such as ``HL-012-2024-00007``."""
    return f"{unit.code}-{year:04d}-{next_serial(f'application:{unit.pk}:{year}'):05d}"
