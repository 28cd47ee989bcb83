"""The rules of administrative decisions.

``_examine`` is the whole truth about a row. ``sort`` has a short way for rows without anything to repair, which must
give what ``_examine`` gives; a property test holds it to that.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from gongkai.decisions import clock
from gongkai.decisions.datasets.decision_fields import FIELDS
from gongkai.decisions.datasets.rows import BadRow, Sorted, fit
from gongkai.decisions.errors import KindMismatchError
from gongkai.decisions.models import PUBLICISED, Decision, DecisionKind, PartyKind
from gongkai.decisions.store import Conflict, Row, Table
from gongkai.tables import cells
from gongkai.tables.cells import CellError, Complaints
from gongkai.tables.errors import HeaderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.decisions.datasets.places import Places
    from gongkai.tables.captions import Layout

TABLE = Table(
    Decision,
    (
        "unit_id",
        "kind",
        "number",
        "party",
        "party_kind",
        "item",
        "decided_on",
        "published_on",
        "due_on",
        "basis",
        "batch_id",
        "row",
    ),
    ("unit_id", "kind", "number"),
    frozenset({"published_on", "due_on"}),
)
_CONTENT = slice(3, 10)
_PUBLISHED = 7

_NAMES = frozenset(field.name for field in FIELDS)

_KINDS = {
    "行政许可": DecisionKind.PERMIT,
    "许可": DecisionKind.PERMIT,
    "其他对外管理服务事项": DecisionKind.OTHER_SERVICE,
    "其他对外管理服务": DecisionKind.OTHER_SERVICE,
    "其他": DecisionKind.OTHER_SERVICE,
    "行政处罚": DecisionKind.PENALTY,
    "处罚": DecisionKind.PENALTY,
    "行政强制": DecisionKind.COERCION,
    "强制": DecisionKind.COERCION,
    "行政强制措施": DecisionKind.COERCION,
    "行政强制执行": DecisionKind.COERCION,
}
_PARTY_KINDS = {
    "自然人": PartyKind.PERSON,
    "个人": PartyKind.PERSON,
    "公民": PartyKind.PERSON,
    "法人及非法人组织": PartyKind.ORGANISATION,
    "法人": PartyKind.ORGANISATION,
    "法人或其他组织": PartyKind.ORGANISATION,
    "法人和其他组织": PartyKind.ORGANISATION,
    "非法人组织": PartyKind.ORGANISATION,
    "其他组织": PartyKind.ORGANISATION,
    "企业": PartyKind.ORGANISATION,
    "单位": PartyKind.ORGANISATION,
    "个体工商户": PartyKind.SOLE_TRADER,
    "个体户": PartyKind.SOLE_TRADER,
}
_HINTS = {"许可": DecisionKind.PERMIT.value, "处罚": DecisionKind.PENALTY.value, "强制": DecisionKind.COERCION.value}
_PLAIN_KINDS = {words: code.value for words, code in _KINDS.items()}
_PLAIN_PARTY_KINDS = {words: code.value for words, code in _PARTY_KINDS.items()}
_PUBLICISED = frozenset(code.value for code in PUBLICISED)
# Texts that ``cells.text`` returns as they are: no space, nothing that could be a blank or a mark of ours.
_PLAIN = r"(?![Nn])[0-9A-Za-z\u3400-\u9fff（）〔〕《》〈〉、，。：；·“”\-_./%%+&]{2,%d}"
_PARTY_LENGTH, _ITEM_LENGTH, _BASIS_LENGTH = 120, 300, 500
_is_party = re.compile(_PLAIN % _PARTY_LENGTH).fullmatch
_is_item = re.compile(_PLAIN % _ITEM_LENGTH).fullmatch
_is_basis = re.compile(_PLAIN % _BASIS_LENGTH).fullmatch
_NAME_LENGTH = 4
_DAYS_KEPT = 50_000


class DecisionExaminer:
    """Knows the rules of decisions, for one run."""

    table = TABLE
    fields = FIELDS

    def __init__(self, *, batch: int, unit: str, kind: str, places: Places, today: date, serial: bool) -> None:
        """Take ``unit`` (a code) and ``kind`` for rows that do not say; ``kind`` may be empty."""
        self._batch = batch
        self._default_unit = unit
        self._given_kind = kind
        self._default_kind = kind
        self._places = places
        self._quick = dict(places.quick)
        if unit in self._quick:
            self._quick[""] = self._quick[unit]
        self._read_day = partial(cells.day, latest=today, serial=serial)
        self._days: dict[str, str] = {}
        self._dues: dict[str, str | None] = {}
        self._width = 0
        self._captions: dict[str, str] = {}
        self._pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*range(len(FIELDS)))

    def begin(self, layout: Layout) -> None:
        """Go on with a sheet of this layout."""
        self._width = len(layout.captions)
        self._captions = layout.names(FIELDS)
        # A field without a column reads the empty cell that ``sort`` puts behind each row.
        self._pick = itemgetter(*[layout.places.get(field.name, self._width) for field in FIELDS])
        self._default_kind = kind_for(layout, self._given_kind)

    def sort(self, rows: list[list[str]], first: int) -> Sorted:
        """Look at ``rows``, the first of which has the number ``first``."""
        found = Sorted()
        append = found.good.append
        width, pick, batch = self._width, self._pick, self._batch
        days, dues, quick, is_number = self._days, self._dues, self._quick, cells.is_number
        items: set[str] = set()
        bases = {""}
        kinds, party_kinds, default_kind = _PLAIN_KINDS, _PLAIN_PARTY_KINDS, self._default_kind
        empty = 0
        for position, row in enumerate(rows, first):
            if len(row) != width:
                if not any(row):
                    empty += 1
                    continue
                problem = fit(row, width)
                if problem:
                    found.bad.append(BadRow(position, row, (problem,)))
                    continue
            row.append("")
            unit, kind, number, party, party_kind, item, decided, published, basis = pick(row)
            decided_on = days.get(decided)
            published_on = days.get(published) if published else None
            place = quick.get(unit)
            kind_code = kinds.get(kind) if kind else default_kind
            party_code = party_kinds.get(party_kind)
            if (
                decided_on
                and place
                and kind_code
                and party_code
                and (published_on is None or published_on >= decided_on)
                and (published_on or not published)
                and place[1] <= decided_on < place[2]
                and is_number(number)
                and _is_party(party)
                and (item in items or _is_item(item))
                and (basis in bases or _is_basis(basis))
            ):
                items.add(item)
                bases.add(basis)
                due = dues[decided_on] if kind_code in _PUBLICISED else None
                append(
                    (
                        place[0],
                        kind_code,
                        number,
                        party,
                        party_code,
                        item,
                        decided_on,
                        published_on,
                        due,
                        basis,
                        batch,
                        position,
                    )
                )
                continue
            if not any(cell.strip() for cell in row):
                empty += 1
                continue
            outcome = self._examine(pick(row), position)
            row.pop()
            if isinstance(outcome, list):
                found.bad.append(BadRow(position, row, tuple(outcome)))
            else:
                append(outcome)
        found.read = len(rows) - empty
        if len(days) > _DAYS_KEPT:
            days.clear()
            dues.clear()
        return found

    def clash(self, conflict: Conflict, place: Callable[[int], str]) -> str | Row | None:
        """Compare a row with the stored one of the same number: the same, a supplement, or another decision."""
        row, stored = conflict.row, conflict.stored
        if row[_CONTENT] == stored[_CONTENT]:
            return None
        differing = [
            name
            for name, ours, theirs in zip(TABLE.columns[_CONTENT], row[_CONTENT], stored[_CONTENT], strict=True)
            if ours != theirs and name in _NAMES
        ]
        if differing == ["published_on"] and stored[_PUBLISHED] is None:
            return row
        where = f"本文件第 {place(stored[-1])} 行" if stored[-2] == row[-2] else "已入库的决定"
        captions = "、".join(self._captions[name] for name in differing)
        number = self._captions["number"]
        return f"{number}：“{row[2]}”与{where}重复，而{captions}不同。同一机构同一类别的文号不得重复，请核对"

    def fill(self, row: Row) -> None:
        """Enter the publication day of a decision that had none."""
        unit, kind, number, *_ = row
        Decision.objects.filter(unit=unit, kind=kind, number=number).update(published_on=row[_PUBLISHED])

    def _examine(self, row: tuple[str, ...], position: int) -> Row | list[str]:
        """Return the row as it is stored, or every rule it breaks, each beginning with the name of its field."""
        unit, kind, number, party, party_kind, item, decided, published, basis = row
        complaints = Complaints(self._captions)
        take = complaints.take
        decided_on = take("decided_on", self._day, decided, required=True)
        published_on = take("published_on", self._day, published) or None
        if decided_on and published_on and published_on < decided_on:
            complaints.add("published_on", f"{published_on} 早于决定日期 {decided_on}")
        kind_code = take("kind", self._kind, kind)
        new_number = take("number", cells.number, number, required=True)
        new_party = take("party", cells.text, party, _PARTY_LENGTH, required=True)
        party_code = take("party_kind", _party_kind, party_kind, new_party)
        new_item = take("item", cells.text, item, _ITEM_LENGTH, required=True)
        new_basis = take("basis", cells.text, basis, _BASIS_LENGTH)
        unit_id = take("unit", self._unit, unit, decided_on)
        if complaints.words:
            return complaints.words
        due = self._dues[decided_on] if kind_code in _PUBLICISED else None
        return (
            unit_id,
            kind_code,
            new_number,
            new_party,
            party_code,
            new_item,
            decided_on,
            published_on,
            due,
            new_basis,
            self._batch,
            position,
        )

    def _day(self, cell: str) -> str:
        found = self._days.get(cell)
        if found is None:
            found = self._days[cell] = self._read_day(cell)
        if found and found not in self._dues:
            due = clock.publicity(date.fromisoformat(found))
            self._dues[found] = due.due.isoformat() if due else None
        return found

    def _kind(self, cell: str) -> str:
        words = cells.text(cell, 40)
        if not words:
            if not self._default_kind:
                raise CellError("未填写")
            return self._default_kind
        try:
            return _KINDS[words].value
        except KeyError:
            raise CellError(f"“{words}”不在{'、'.join(kind.label for kind in DecisionKind)}之列") from None

    def _unit(self, cell: str, decided_on: str) -> int:
        words = cells.text(cell, _PARTY_LENGTH) or self._default_unit
        return self._places.find(words, decided_on) if decided_on else 0


def kind_for(layout: Layout, chosen: str) -> str:
    """Return the kind of the rows of a sheet that do not say it: as ``chosen``, or as a caption has it.

    行政处罚决定书文号 says penalty. Raises ``KindMismatchError`` where it says another kind than was chosen, and
    ``HeaderError`` where nothing says it.
    """
    if "kind" in layout.places:
        return chosen
    caption = layout.matched("number")
    hinted = next((code for words, code in _HINTS.items() if words in caption), "")
    if hinted and chosen and hinted != chosen:
        raise KindMismatchError(
            f"上传时选择的类别是“{DecisionKind(chosen).label}”，而表头写着“{caption}”。"
            "请重新选择类别，或在表中加一列“决定类别”。"
        )
    if not hinted and not chosen:
        raise HeaderError("表中没有“决定类别”一列，上传时也没有选择类别。请选择整个文件的类别，或在表中加上这一列。")
    return chosen or hinted


def _party_kind(cell: str, party: str) -> str:
    words = cells.text(cell, 40)
    if not words:
        is_name = len(party) <= _NAME_LENGTH or "·" in party
        return PartyKind.PERSON.value if is_name else PartyKind.ORGANISATION.value
    try:
        return _PARTY_KINDS[words].value
    except KeyError:
        raise CellError(f"“{words}”不在{'、'.join(kind.label for kind in PartyKind)}之列") from None
