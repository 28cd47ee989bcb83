"""Ordering and making redacted copies (条例第三十七条)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.domain.people import actor_of
from gongkai.files.domain import store
from gongkai.files.models import Redaction, State
from gongkai.files.redaction.boxes import Box, checked
from gongkai.files.redaction.errors import BoxError, NotRedactableError, RedactionError
from gongkai.files.redaction.making import MAX_NAME, harmless, make
from gongkai.files.redaction.original import KINDS, MAX_PAGES, open_original
from gongkai.files.redaction.pictures import BLACK, STYLES
from gongkai.journal.domain.entry import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.accounts.models import User
    from gongkai.files.models import Blob
    from gongkai.files.redaction.making import Copy
    from gongkai.units.models import Unit

_ARTICLE = "《政府信息公开条例》第三十七条"


@transaction.atomic
def order(
    *,
    original: Blob,
    subject: str,
    unit: Unit,
    user: User,
    boxes: Iterable[Mapping[str, object]],
    name: str = "",
    style: str = BLACK,
    may_remain: bool = False,
) -> Redaction:
    """Write down what is to be covered in ``original``; ``files.tasks.make_copy`` makes the copy.

    ``subject`` is ``room.model:key``, ``boxes`` as ``Box.to_json`` gives them. The caller has checked that ``user``
    may redact for ``unit``. Raises a ``RedactionError`` for what is wrong at first sight; what only the pages tell is
    kept with the redaction as its refusal.
    """
    if original.kind not in KINDS:
        open_original(b"", original.kind)  # says what to do instead
    # How many pages there are is seen when the copy is made.
    marked = checked([Box.of(each) for each in boxes], MAX_PAGES)
    if style not in STYLES or len(name) > MAX_NAME:
        raise BoxError(f"没有这种遮盖样式，或名称超过 {MAX_NAME} 字。请补正后重新提交。")
    ordered = Redaction.objects.create(
        subject=subject,
        original=original,
        unit=unit,
        ordered_by=user,
        boxes=[box.to_json() for box in marked],
        style=style,
        name=harmless(name),
        may_remain=may_remain,
    )
    _note("redaction_ordered", ordered, {"reasons": dict(Counter(box.reason for box in marked))})
    return ordered


def perform(*, number: int) -> Redaction:
    """Make the copy of the redaction with this number, prove it and keep it, or write down why there is none.

    Safe to be done twice. The pages are drawn outside the transaction: nobody waits for them.
    """
    redaction = Redaction.objects.select_related("original", "unit", "ordered_by").get(pk=number)
    if redaction.state != State.ORDERED:
        return redaction
    try:
        copy = make(
            read(redaction.original),
            redaction.original.kind,
            boxes=redaction.marked,
            name=redaction.name,
            style=redaction.style,
            may_remain=redaction.may_remain,
        )
    except RedactionError as error:
        return _finish(redaction, None, error)
    return _finish(redaction, copy, None)


@transaction.atomic
def _finish(redaction: Redaction, copy: Copy | None, error: RedactionError | None) -> Redaction:
    if not Redaction.objects.select_for_update().filter(pk=redaction.pk, state=State.ORDERED).exists():
        redaction.refresh_from_db()
        return redaction
    redaction.made_at = timezone.now()
    if copy is None:
        redaction.state, redaction.refusal = State.REFUSED, str(error)
        redaction.save(update_fields=["state", "refusal", "made_at"])
        # The words that were covered are in the message; the journal is read by others.
        _note("redaction_refused", redaction, {"code": error.code if error else ""})
        return redaction
    redaction.copy = store.keep_made(data=copy.data, kind=copy.kind)
    redaction.state, redaction.report = State.MADE, copy.report
    redaction.name = copy.name.rpartition(".")[0]
    redaction.save(update_fields=["copy", "state", "report", "name", "made_at"])
    _note("redacted", redaction, {"copy": redaction.copy.digest, "report": copy.report})
    return redaction


def read(original: Blob) -> bytes:
    """Return the bytes of an original; ``NotRedactableError`` where the store lost or changed them."""
    try:
        return store.read(original)
    except (OSError, ValueError) as error:
        raise NotRedactableError("原件在存储中丢失或已被改动，无法制作。请联系系统管理员从备份恢复。") from error


def _note(verb: str, redaction: Redaction, detail: dict[str, object]) -> None:
    record(
        act=f"files.{verb}",
        actor=actor_of(redaction.ordered_by, redaction.unit),
        subject=redaction.subject,
        article=_ARTICLE,
        detail={
            "redaction": redaction.pk,
            "original": redaction.original.digest,
            "boxes": len(redaction.boxes),
            **detail,
        },
    )
