"""A register with bad rows of every kind: every good row is in, each bad one says where, what, why and what to do."""

import io
import re

import pytest
from openpyxl import load_workbook

from applications.conftest import TODAY
from builders.paper_register import BAD, good, register, workbook
from gongkai.applications.domain import importing
from gongkai.applications.models import Application, Event, LineState, RegisterLine
from gongkai.applications.queries import imports
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db
ROWS, WRONG = 120, 2 * len(BAD)


@pytest.fixture
def take_in(bureau, staff):
    def taken(data, name):
        batch = importing.take_in(data=data, name=name, unit=bureau, user=staff.handler, day=TODAY)
        importing.run(batch=batch.pk)
        return batch

    return taken


def states(batch):
    found = list(batch.lines.values_list("state", flat=True))
    return {str(state): found.count(state) for state in LineState if state in found}


def test_a_register_is_taken_over_its_bad_rows_mended_and_nothing_lost_or_doubled(take_in):
    rows = register(ROWS, WRONG)
    data = workbook(row for row, _ in rows)
    batch = take_in(data, "登记簿.xlsx")
    assert states(batch) == {"stored": ROWS - WRONG, "bad": WRONG}
    numbers = {row["登记号"] for row, kind in rows if kind is None}
    assert set(Application.objects.values_list("register_number", flat=True)) == numbers
    assert Entry.objects.filter(act="applications.received").count() == ROWS - WRONG

    told = {line.place: line.problems for line in imports.bad_lines(batch)}
    wrong = {f"登记簿!{place}": BAD[kind] for place, (_, kind) in enumerate(rows, 2) if kind is not None}
    assert told.keys() == wrong.keys()
    for place, (name, _, column, what, todo) in wrong.items():
        words = told[place]
        assert words.startswith(f"{column}："), (name, words)
        assert what in words, (name, words)
        assert todo in words, (name, words)
        assert re.search("(?<!申)请|之一|可以填写", words), (name, words)

    book = load_workbook(io.BytesIO(imports.error_book(batch, "登记簿-错误行").data))
    head, *back = book.active.iter_rows(values_only=True)
    assert head[-2:] == ("行号", "错误")
    assert {row[-2]: row[-1] for row in back} == told
    _mend(book)
    again = take_in(_saved(book), "更正.xlsx")
    assert states(again) == {"stored": WRONG}
    assert Application.objects.count() == ROWS

    events = Event.objects.count()
    third = take_in(workbook(row for row, kind in rows if kind is None), "再传一次.xlsx")
    assert states(third) == {"known": ROWS - WRONG}
    assert (Application.objects.count(), Event.objects.count()) == (ROWS, events)
    assert RegisterLine.objects.filter(state=LineState.WAITING).count() == 0


def _mend(book):
    """Put good values under every caption of the bad rows, as somebody would who follows what is said."""
    sheet = book.active
    captions = [cell.value for cell in sheet[1]]
    ours = {"补正告知日期": "告知补正日期", "征求第三方意见日期": "征求意见日期", "收到第三方意见日期": "收到意见日期"}
    ours |= {"延期告知日期": "延期日期", "延期批准人": "批准人", "证件号码": "身份证号"}
    for number, row in enumerate(sheet.iter_rows(min_row=2), 1):
        right = good(number * 2 * 3 * 11 * 13 * 17 + 1)
        for caption, cell in zip(captions, row, strict=True):
            if caption not in {"登记号", "行号", "错误"}:
                cell.value = right.get(ours.get(caption, caption))


def _saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_case_a_row_is_already_is_found_by_an_index():
    """Looking through all cases of the year for each row would take ever longer the more rows there are."""
    indexes = {tuple(one.fields) for one in Application._meta.indexes}
    assert ("unit", "register_number") in indexes
