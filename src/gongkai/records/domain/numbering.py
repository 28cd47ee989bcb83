"""Index numbers (索引号): issued when a record is published, re-coded with the old number kept as an alias."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record as note
from gongkai.law import indexno
from gongkai.law.indexno_alias import AliasError, Aliases
from gongkai.records.domain.authority import authorise
from gongkai.records.domain.trace import KIND, trace
from gongkai.records.errors import IndexPartError, RecodingError
from gongkai.records.models import Category, IndexAlias, IndexRun, Record
from gongkai.records.rules import may_recode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.journal.domain.entry import Actor

CATEGORY_CODES = {
    Category.RULES: "0100",
    Category.NORMATIVE: "0200",
    Category.DOCUMENT: "0300",
    Category.INTERPRETATION: "0400",
    Category.NOTICE: "0500",
    Category.OTHER: "9000",
}
"""The four digits of a record that is filed under no item of Arts 20 and 21; an item gives its own (20.05 → 2005)."""


def scheme() -> indexno.Grammar:
    """Return the grammar of this installation: one that ships with the law, under the city's own prefix."""
    grammar = indexno.grammar(settings.INDEX_GRAMMAR)
    first = grammar.segments[0]
    if not (settings.INDEX_PREFIX and first.text):
        return grammar
    return replace(
        grammar,
        segments=(replace(first, text=settings.INDEX_PREFIX), *grammar.segments[1:]),
        example=settings.INDEX_PREFIX + grammar.example.removeprefix(first.text),
    )


def issue(record: Record) -> str:
    """Return the next index number for ``record``; the caller's transaction holds its run locked until it ends.

    Raises ``IndexPartError`` where the code of the unit gives no part of the number or the serials are used up.
    """
    grammar = scheme()
    values = {segment.key: _part(record, segment) for segment in grammar.fields if segment.key != "serial"}
    try:
        sample = grammar.build({**values, "serial": "1"})
        key = ":".join((grammar.key, grammar.segments[0].text, *(sample[name] for name in grammar.counter)))
        run, _ = IndexRun.objects.select_for_update().get_or_create(key=key)
        number = grammar.issue([run.last] if run.last else _in_use(record), values)
        while _is_taken(number.text):  # given by another unit with the same part, or taken over from elsewhere
            number = grammar.issue([number.text], values)
    except indexno.CatalogueError as error:
        raise IndexPartError(f"“{record.title}”不能编索引号：{error}") from error
    run.last = number.text
    run.save(update_fields=["last"])
    return number.text


def issue_all(records: Sequence[Record]) -> None:
    """Give each of ``records`` the next number of its run; the caller's transaction holds the runs until it ends.

    A run is asked once for all its records. Raises ``IndexPartError`` as ``issue`` does.
    """
    runs: dict[tuple[int, int], list[Record]] = {}
    for record in records:
        runs.setdefault((record.unit_id, record.made_on.year), []).append(record)
    grammar = scheme()
    for of_run in runs.values():
        first, *others = of_run
        first.index_number = last = issue(first)
        if not others:
            continue
        numbers = []
        for record in others:
            values = dict(grammar.parse(last).fields)
            if "category" in values:
                values["category"] = _category(record)
            try:
                last = grammar.issue([last], values).text
            except indexno.CatalogueError as error:
                raise IndexPartError(f"“{record.title}”不能编索引号：{error}") from error
            numbers.append(last)
        if taken(numbers):  # taken over from elsewhere: each looks for its own
            for record in others:
                record.index_number = issue(record)
            continue
        for record, number in zip(others, numbers, strict=True):
            record.index_number = number
        IndexRun.objects.filter(last=first.index_number).update(last=last)


def taken(numbers: Iterable[str]) -> set[str]:
    """Return which of ``numbers`` a record has or had."""
    wanted = list(numbers)
    now = Record.objects.filter(index_number__in=wanted).values_list("index_number", flat=True)
    before = IndexAlias.objects.filter(number__in=wanted).values_list("number", flat=True)
    return {*now, *before} if wanted else set()


@transaction.atomic
def recode(*, record: Record, user: User, day: date, number: str, document: str) -> Record:
    """Give ``record`` another index number by ``document``; the old one leads to it for ever."""
    record = Record.objects.select_for_update().select_related("unit").get(pk=record.pk)
    authorise(record.unit, user, day, "改编索引号", lambda scope: may_recode(scope, record))
    old = _recode(record, number, document)
    trace("recoded", record, actor_of(user, record.unit), old=old, new=number, document=document)
    return record


@transaction.atomic
def recode_all(*, numbers: Mapping[str, str], document: str, actor: Actor) -> int:
    """Re-code a whole catalogue, old number → new one, by ``document``; all or nothing, one journal entry.

    Returns how many records have a new number. Raises ``RecodingError`` for the first that cannot be.
    """
    found = {record.index_number: record for record in Record.objects.filter(index_number__in=list(numbers))}
    missing = numbers.keys() - found.keys()
    if missing:
        raise RecodingError(f"没有索引号为“{min(missing)}”的信息，改编未进行。请核对新旧对照表。")
    for old, new in numbers.items():
        _recode(found[old], new, document)
    outbox.mark([f"{KIND}:{record.pk}" for record in found.values()])
    note(
        act="records.recoded_all",
        actor=actor,
        subject="records.catalogue:all",
        detail={"document": document, "numbers": dict(numbers)},
    )
    return len(found)


def _recode(record: Record, number: str, document: str) -> str:
    old = record.index_number
    if not old:
        raise RecodingError(f"“{record.title}”还没有索引号，发布时自动编号，无须改编。", {"number": "尚未编号。"})
    if number == old:
        raise RecodingError(f"新旧索引号相同：“{number}”。请填写新的索引号。", {"number": "与现号相同。"})
    try:
        scheme().parse(number)
        Aliases.of((alias.number, old) for alias in record.aliases.all()).add(old, number)
    except (indexno.IndexNumberError, AliasError) as error:
        raise RecodingError(str(error), {"number": str(error)}) from error
    if _is_taken(number):
        raise RecodingError(
            f"索引号“{number}”已属于另一信息。索引号终身不变、不得重用，请另取新号。", {"number": "已被使用。"}
        )
    IndexAlias.objects.create(number=old, record=record, document=document)
    record.index_number = number
    record.save(update_fields=["index_number"])
    return old


def _part(record: Record, segment: indexno.Segment) -> str:
    if segment.key == "year":
        return f"{record.made_on.year:04d}"
    if segment.key == "area":
        return settings.INDEX_AREA
    if segment.key == "category":
        return _category(record)
    return _unit_part(record.unit.code, segment)


def _category(record: Record) -> str:
    digits = re.sub(r"\D", "", record.scope_item)
    return (digits + "00")[:4] if digits else CATEGORY_CODES[Category(record.category)]


def _unit_part(code: str, segment: indexno.Segment) -> str:
    """Return the part of a number that stands for the unit: its code, or the digits at its end."""
    plain = re.sub(r"[^0-9A-Za-z]", "", code).upper()
    if segment.kind == "digits":
        plain = re.search(r"\d*$", plain).group()
    if not plain or len(plain) > segment.width or (segment.kind != "digits" and len(plain) != segment.width):
        raise IndexPartError(
            f"机构代码“{code}”不能用作索引号的“{segment.caption}”（{segment.width} 位）。"
            "请由管理员核对机构代码或索引号规则（GONGKAI_INDEX_GRAMMAR）。"
        )
    return plain


def _in_use(record: Record) -> list[str]:
    """Return the numbers the unit has given already, for the first one of a run."""
    numbers = Record.objects.filter(unit=record.unit, index_number__isnull=False)
    former = IndexAlias.objects.filter(record__unit=record.unit)
    return [*numbers.values_list("index_number", flat=True), *former.values_list("number", flat=True)]


def _is_taken(number: str) -> bool:
    return Record.objects.filter(index_number=number).exists() or IndexAlias.objects.filter(number=number).exists()
