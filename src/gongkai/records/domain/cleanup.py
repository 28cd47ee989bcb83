"""Cleaning up normative documents: every document in force is looked at, and the list is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note
from gongkai.records import rules_upkeep as rules
from gongkai.records.domain.authority import authorise
from gongkai.records.domain.validity import change_validity
from gongkai.records.errors import IncompleteError, PastDayError, RecordError
from gongkai.records.errors_upkeep import CleanUpError, UndecidedError
from gongkai.records.models import CleanUp, CleanUpLine, Outcome
from gongkai.records.queries.normative import ENDED, in_force
from gongkai.records.snapshot import digest_of
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit

CLOSES = {Outcome.MODIFIED, Outcome.REPEALED, Outcome.EXPIRED}
"""Outcomes that change the validity; their values are those of ``Validity``."""


@transaction.atomic
def open_campaign(
    *, lead: Unit, units: Iterable[Unit], year: int, title: str, basis: str, due_on: date, user: User, day: date
) -> CleanUp:
    """Open a campaign over every document in force on ``day`` of ``units`` and of the units they carry on.

    Raises ``CleanUpError`` where there is nothing to clean up, or a unit is in another open campaign.
    """
    units = list(units)
    covered = frozenset(unit.pk for unit in units)
    authorise(lead, user, day, "发起清理", lambda scope: rules.may_lead(scope, lead.pk, covered))
    missing = {name: "请填写。" for name, value in (("title", title), ("basis", basis)) if not value.strip()}
    if not units:
        missing["units"] = "请选择清理范围内的机构。"
    if missing:
        raise IncompleteError("发起清理须写明名称、依据和范围。", missing)
    if due_on < day:
        raise PastDayError("报送期限不能早于今天。", {"due_on": "请选择今天或以后的日期。"})
    if CleanUp.objects.filter(lead=lead, year=year, title=title.strip()).exists():
        raise CleanUpError(f"{year} 年已有名为“{title.strip()}”的清理。请换一个名称。", {"title": "名称已使用。"})
    other = CleanUp.objects.filter(units__in=covered, closed_on__isnull=True).first()
    if other is not None:
        raise CleanUpError(
            f"所选机构已在“{other.title}”的范围内，尚未结束。一份文件不能同时由两次清理作出结论。",
            {"units": f"与“{other.title}”重叠。"},
        )
    clean_up = CleanUp.objects.create(
        lead=lead, year=year, title=title.strip(), basis=basis.strip(), due_on=due_on, opened_on=day, opened_by=user
    )
    clean_up.units.set(units)
    lines = _lines(clean_up, covered, day)
    if not lines:
        raise CleanUpError("所选机构没有现行有效的规范性文件，无需清理。", {"units": "没有现行有效的文件。"})
    CleanUpLine.objects.bulk_create(lines)
    _trace("opened", clean_up, user, documents=len(lines), units=sorted(unit.code for unit in units), basis=basis)
    return clean_up


@transaction.atomic
def decide(*, line: CleanUpLine, outcome: str, reason: str, user: User, day: date) -> CleanUpLine:
    """Enter what the responsible unit finds of a document; it may be changed until the campaign is closed."""
    line = CleanUpLine.objects.select_for_update().select_related("clean_up", "unit").get(pk=line.pk)
    clean_up = _open(line.clean_up)
    authorise(line.unit, user, day, "作出清理结论", lambda scope: rules.may_decide(scope, line.unit_id))
    if outcome not in Outcome.values:
        raise IncompleteError("请选择清理结论：继续有效、修改、废止或失效。", {"outcome": "请选择。"})
    if not reason.strip():
        raise IncompleteError("清理结论须写明理由。", {"reason": "请填写理由。"})
    before = line.outcome
    line.outcome, line.reason, line.decided_on, line.decided_by = outcome, reason.strip(), day, user
    line.save(update_fields=["outcome", "reason", "decided_on", "decided_by"])
    _trace("decided", clean_up, user, line.unit, record=line.record_id, outcome=outcome, before=before, reason=reason)
    return line


@transaction.atomic
def close(*, clean_up: CleanUp, document: str, user: User, day: date) -> CleanUp:
    """Close a campaign by its published ``document`` (文号): the outcomes take effect on ``day``, the list is frozen.

    All or nothing: one document that cannot change as decided stops the closing, and the message names it.
    """
    clean_up = _open(CleanUp.objects.select_for_update().select_related("lead").get(pk=clean_up.pk))
    covered = frozenset(clean_up.units.values_list("pk", flat=True))
    authorise(clean_up.lead, user, day, "结束清理", lambda scope: rules.may_lead(scope, clean_up.lead_id, covered))
    if not document.strip():
        raise IncompleteError("结束清理须有公布清理结果的文件。", {"document": "请填写公布清理结果的文号。"})
    lines = list(clean_up.lines.select_related("record", "unit"))
    if undecided := [line for line in lines if not line.outcome]:
        raise UndecidedError(
            f"还有 {len(undecided)} 份文件没有清理结论，如“{undecided[0].title}”。请责任机构作出结论后再结束。"
        )
    for line in lines:
        _apply(line, user, day, document.strip())
    clean_up.closed_on, clean_up.closed_by, clean_up.document = day, user, document.strip()
    clean_up.digest = digest_of(published_list(clean_up, lines))
    clean_up.save(update_fields=["closed_on", "closed_by", "document", "digest"])
    totals = {value: sum(line.outcome == value for line in lines) for value in Outcome.values}
    _trace("closed", clean_up, user, document=clean_up.document, digest=clean_up.digest, **totals)
    return clean_up


def published_list(clean_up: CleanUp, lines: Iterable[CleanUpLine]) -> dict[str, object]:
    """Return the list as plain data: what the digest of a closed campaign is made over."""
    return {
        "lead": clean_up.lead.code,
        "year": clean_up.year,
        "title": clean_up.title,
        "document": clean_up.document,
        "day": clean_up.closed_on.isoformat() if clean_up.closed_on else None,
        "lines": [
            [line.unit.code, line.document_number, line.title, line.made_on.isoformat(), line.outcome, line.reason]
            for line in lines
        ],
    }


def is_untouched(clean_up: CleanUp) -> bool:
    """Tell whether the list of a closed campaign is still the one that was sealed."""
    return clean_up.digest == digest_of(published_list(clean_up, clean_up.lines.select_related("unit")))


def _lines(clean_up: CleanUp, covered: frozenset[int], day: date) -> list[CleanUpLine]:
    answering: dict[int, int] = {}
    lines = []
    left = tree.as_of(day).left_to(covered, with_subtree=False)
    for record in in_force(covered | left, day).select_related("unit").defer("body"):
        if record.unit_id not in answering:
            heirs = [unit.pk for unit in tree.answering(record.unit, day)]
            answering[record.unit_id] = next((unit for unit in heirs if unit in covered), record.unit_id)
        lines.append(
            CleanUpLine(
                clean_up=clean_up,
                record=record,
                unit_id=answering[record.unit_id],
                title=record.title,
                document_number=record.document_number,
                made_on=record.made_on,
            )
        )
    return lines


def _apply(line: CleanUpLine, user: User, day: date, document: str) -> None:
    record = line.record
    if record.validity in ENDED:
        if line.outcome != record.validity:
            raise CleanUpError(
                f"“{line.title}”已于 {record.validity_since} {record.get_validity_display()}，"
                f"与清理结论“{line.get_outcome_display()}”不符。请责任机构重新作出结论。"
            )
    elif line.outcome in CLOSES:
        try:
            change_validity(record=record, user=user, validity=line.outcome, day=day, document=document)
        except RecordError as error:
            raise CleanUpError(f"“{line.title}”不能按结论“{line.get_outcome_display()}”处理：{error}") from error


def _open(clean_up: CleanUp) -> CleanUp:
    if clean_up.closed_on is not None:
        raise CleanUpError(f"“{clean_up.title}”已于 {clean_up.closed_on} 结束，清单不能再改动。")
    return clean_up


def _trace(act: str, clean_up: CleanUp, user: User, unit: Unit | None = None, **detail: object) -> None:
    note(
        act=f"records.clean_up_{act}",
        actor=actor_of(user, unit or clean_up.lead),
        subject=f"records.cleanup:{clean_up.pk}",
        detail=detail,
    )
