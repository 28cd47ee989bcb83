"""The bulk path writes what the verbs write: the same small city, made both ways, row by row."""

from dataclasses import replace
from random import Random

import pytest
from django.db import transaction

from gongkai.demo import founding
from gongkai.demo.acting import through_verbs
from gongkai.demo.bulk import in_bulk
from gongkai.demo.city import city
from gongkai.demo.plan import Fate, Planner
from gongkai.journal.models import Entry
from gongkai.records.domain.numbering import issue
from gongkai.records.models import IndexRun, ReadBack, Record, Version
from gongkai.review.models import Review, Step

pytestmark = pytest.mark.django_db

IDENTITIES = {"id", "record_id", "review_id", "interprets_id", "key"}
CLOCKS = {"made_at", "decided_at"}


def _rows(model, titles, **names):
    found = []
    for row in model.objects.order_by("pk").values():
        kept = {name: value for name, value in row.items() if name not in IDENTITIES | CLOCKS}
        kept |= {shown: titles[row[name]] if row[name] else None for name, shown in names.items()}
        found.append(kept)
    return sorted(found, key=repr)


def _everything():
    titles = {pk: (unit, title, number) for pk, unit, title, number in _named()}
    reviews = {pk: titles[key] for pk, key in Review.objects.values_list("pk", "key")}
    return {
        "records": _rows(Record, titles, interprets_id="interprets"),
        "versions": _rows(Version, titles, record_id="record"),
        "read backs": _rows(ReadBack, titles, record_id="record"),
        "reviews": _rows(Review, titles, key="key"),
        "steps": _rows(Step, reviews, review_id="review"),
        "runs": _rows(IndexRun, {}),
    }


def _named():
    for record in Record.objects.select_related("unit", "interprets"):
        yield record.pk, record.unit.code, record.title, record.document_number or record.index_number


def _made_by(way, planned, cast):
    before = Entry.objects.count()
    with transaction.atomic():
        count = sum(way(planned, cast))
        found, entries = _everything(), Entry.objects.count()
        transaction.set_rollback(True)
    return found, count, entries - before


@pytest.fixture
def cast(installation, db, tiny):
    town = city().only(tiny.units)
    cast = founding.found(town)
    assert sum(founding.employ(town, cast, Random(1), "correct-horse-battery")) == 32
    founding.set_chains(town, cast)
    return cast


@pytest.fixture
def planned(tiny, today):
    """The tiny city's documents, one of the published ones taken down again."""
    drawn = Planner(city().only(tiny.units), tiny, today, Random(7)).plan()
    chosen = next(
        number for number, one in enumerate(drawn) if one.read_back_on and not one.ending and not one.interpretation
    )
    drawn[chosen] = replace(drawn[chosen], fate=Fate.WITHDRAWN)
    assert {one.fate for one in drawn} == set(Fate)
    assert any(one.ending for one in drawn)
    assert any(one.interpretation for one in drawn)
    return drawn


def test_rows_written_in_bulk_are_those_of_the_verbs(planned, cast):
    by_verbs, verbs_count, verbs_entries = _made_by(through_verbs, planned, cast)
    by_bulk, bulk_count, bulk_entries = _made_by(in_bulk, planned, cast)
    assert bulk_count == verbs_count == sum(len(list(one)) for one in planned)
    for name, rows in by_verbs.items():
        assert rows, name
        assert by_bulk[name] == rows, name
    assert verbs_entries > bulk_entries == 1


def test_numbers_go_on_after_those_given_in_bulk(planned, cast):
    sum(in_bulk(planned, cast))
    numbered = Record.objects.filter(unit__code="HL-016", made_on__year=2024, index_number__isnull=False)
    last = max(numbered, key=lambda record: record.index_number[-5:])
    following = issue(last)
    assert following[:-5].split("-")[0] == last.index_number[:-5].split("-")[0]
    assert int(following[-5:]) == int(last.index_number[-5:]) + 1


def test_lots_do_not_change_what_is_written(planned, cast, monkeypatch):
    whole, _, _ = _made_by(in_bulk, planned, cast)
    monkeypatch.setattr("gongkai.demo.bulk.LOT", 3)
    assert _made_by(in_bulk, planned, cast)[0] == whole
