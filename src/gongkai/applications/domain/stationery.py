"""What an office sets for its letters: numbers, reviewers and courts, and wordings of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.errors import NotAuthorisedError
from gongkai.applications.errors_letters import NumberingError, WordingRefusedError
from gongkai.applications.letters import wording
from gongkai.applications.letters.setting import number_format
from gongkai.applications.models import LetterWording, Stationery
from gongkai.journal.domain.entry import record
from gongkai.law.catalogue import CatalogueError
from gongkai.law.letters_number import LetterNumber

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.units.models import Unit


@transaction.atomic
def set_stationery(
    *,
    unit: Unit,
    user: User,
    today: date,
    agency_word: str,
    pattern: str = "",
    words: Mapping[str, str] | None = None,
    agency_kind: str = "",
    reviewers: Mapping[str, str] | None = None,
    court: str = "",
    online_channel: str = "",
    payment: str = "",
) -> Stationery:
    """Set what the letters of ``unit`` carry; numbers already given stay, and runs go on where their words stay."""
    _authorise(unit, user, today)
    own = Stationery.objects.select_for_update().filter(unit=unit).first() or Stationery(unit=unit)
    own.agency_word, own.pattern, own.words = agency_word.strip(), pattern.strip(), _said(words)
    own.agency_kind, own.reviewers, own.court = agency_kind, _said(reviewers), court.strip()
    own.online_channel, own.payment = online_channel.strip(), payment.strip()
    _check_numbers(own, today)
    own.save()
    record(
        act="applications.stationery_set",
        actor=actor_of(user, unit),
        subject=f"units.unit:{unit.pk}",
        detail={"agency_word": own.agency_word, "pattern": own.pattern, "court": own.court},
    )
    return own


@transaction.atomic
def add_wording(
    *,
    unit: Unit,
    regulation: str,
    kind: str,
    paragraphs: Sequence[str],
    valid_from: date,
    user: User,
    today: date,
) -> LetterWording:
    """Add a version of a unit's own wording; letters sent to review before keep theirs."""
    _authorise(unit, user, today)
    if kind not in wording.kinds(regulation):
        raise WordingRefusedError("这种文书是固定表式，不能另定样式。", {"kind": "不能另定样式。"})
    said = tuple(text.strip() for text in paragraphs if text.strip())
    try:
        wording.check(kind, regulation, said)
    except wording.WordingError as error:
        raise WordingRefusedError(f"样式没有保存：{error}", {"paragraphs": str(error)}) from error
    if valid_from < today:
        raise WordingRefusedError(
            f"启用日 {valid_from} 已经过去：已送审的文书按当时的样式留存。请从今天或者以后启用。",
            {"valid_from": "不能早于今天。"},
        )
    last = LetterWording.objects.filter(unit=unit, regulation=regulation, kind=kind).aggregate(last=Max("number"))
    made = LetterWording(
        unit=unit,
        regulation=regulation,
        kind=kind,
        number=(last["last"] or 0) + 1,
        valid_from=valid_from,
        paragraphs=list(said),
        made_by=user,
    )
    made.save()
    record(
        act="applications.wording_added",
        actor=actor_of(user, unit),
        subject=f"units.unit:{unit.pk}",
        detail={"kind": kind, "regulation": regulation, "number": made.number, "valid_from": valid_from.isoformat()},
    )
    return made


def _authorise(unit: Unit, user: User, today: date) -> None:
    if not rules.may_set_letters(scope_of(user, today), unit.pk):
        raise NotAuthorisedError(f"您不是机构 {unit.code} 的工作机构负责人，不能修改文书设置。请由负责人办理。")


def _check_numbers(own: Stationery, today: date) -> None:
    try:
        style, words = number_format(own)
        for word in words.values():
            number = LetterNumber(own.agency_word, word, today.year, 1)
            if style.parse(style.format(number)) != number:
                raise NumberingError("这样编出的文号读不回来：机关代字与类别字混在一起。请修改类别字或者格式。")
    except CatalogueError as error:
        raise NumberingError(str(error), {"pattern": str(error)}) from error


def _said(values: Mapping[str, str] | None) -> dict[str, str]:
    return {key: value.strip() for key, value in (values or {}).items() if value.strip()}
