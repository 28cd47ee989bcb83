"""The look at a case before it goes out or is put away: errors are mended, warnings are explained.

Called in the transaction of the act, after its event was written: what is refused here takes the act back with it.
A case taken over from a paper register is not held to what the register does not tell; its findings stay visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.checks.catalogue import ERROR, WARNING
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import NotReadyError
from gongkai.applications.queries.checks import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.checks.catalogue import Finding
    from gongkai.applications.models import Application


@transaction.atomic
def demand_ready(
    *, application: Application, user: User | None, today: date, note: str = "", beside: Iterable[str] = ()
) -> list[Finding]:
    """Raise ``NotReadyError`` for errors, and for warnings without a ``note``; the note is kept with their codes.

    ``beside`` are ids of rules that the act itself will settle, such as the delivery of a letter being sent. Returns
    what was found. ``fields`` of the error name the rules.
    """
    found = course_of(application, today)
    assert found is not None
    left = set(beside)
    listed = [finding for finding in findings(application, found) if finding.rule not in left]
    grave = [finding for finding in listed if finding.severity == ERROR]
    doubtful = [finding for finding in listed if finding.severity == WARNING]
    if grave and not application.is_imported:
        raise _refusal("案卷核对发现须改正的问题", grave)
    if doubtful and not note.strip():
        raise _refusal("案卷核对发现须说明的问题，请改正，或者填写办理说明", doubtful)
    if doubtful or grave:
        rules = "、".join(dict.fromkeys(finding.rule for finding in (*grave, *doubtful)))
        text = f"核对说明（{rules}）：{note.strip() or '登记簿导入的案件'}"
        append(application, "note", today, user, today=today, text=text)
        trace("findings_explained", application, user, "《政府信息公开条例》第四十五条", rules=rules)
    return listed


def _refusal(what: str, found: Sequence[Finding]) -> NotReadyError:
    words = "".join(f"{finding.rule} {finding.message}{finding.todo}" for finding in found)
    fields = {finding.rule: finding.message for finding in found}
    return NotReadyError(f"{what}：{words}", fields, article=found[0].article)
