"""The examiner of an import batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions import rules
from gongkai.decisions.datasets.annual import CHARGE_FIELDS, PROCUREMENT_FIELDS, ChargeExaminer, ProcurementExaminer
from gongkai.decisions.datasets.decision_fields import FIELDS
from gongkai.decisions.datasets.decisions import DecisionExaminer, kind_for
from gongkai.decisions.datasets.places import Places
from gongkai.decisions.models import Dataset

if TYPE_CHECKING:
    from gongkai.decisions.datasets.rows import Examiner
    from gongkai.decisions.models import ImportBatch
    from gongkai.tables.captions import Field, Layout

FIELDS_OF: dict[str, tuple[Field, ...]] = {
    Dataset.DECISIONS: FIELDS,
    Dataset.CHARGES: CHARGE_FIELDS,
    Dataset.PROCUREMENT: PROCUREMENT_FIELDS,
}
"""The columns of each kind of data, in the order of the template."""


TABLE_OF = {
    Dataset.DECISIONS: DecisionExaminer.table,
    Dataset.CHARGES: ChargeExaminer.table,
    Dataset.PROCUREMENT: ProcurementExaminer.table,
}
SUPPLIED = frozenset({"unit", "kind"})
"""What may be chosen with the upload, so that no column need say it."""


def check(batch: ImportBatch, layout: Layout) -> None:
    """Raise a ``DecisionsError`` where a sheet does not fit what was chosen with the upload."""
    if batch.dataset == Dataset.DECISIONS:
        kind_for(layout, batch.kind)


def examiner_of(batch: ImportBatch, *, serial: bool) -> Examiner:
    """Return what knows the rules for the rows of ``batch``, with the rights of its user on its day."""
    places = Places(allowed=rules.importing_units(scope_of(batch.user, batch.day)), today=batch.day)
    unit = batch.unit.code
    if batch.dataset == Dataset.CHARGES:
        return ChargeExaminer(batch=batch.pk, unit=unit, places=places, today=batch.day)
    if batch.dataset == Dataset.PROCUREMENT:
        return ProcurementExaminer(batch=batch.pk, unit=unit, places=places, today=batch.day)
    return DecisionExaminer(batch=batch.pk, unit=unit, kind=batch.kind, places=places, today=batch.day, serial=serial)
