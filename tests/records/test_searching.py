"""A record is found by whoever may see it, and by nobody else."""

from datetime import date

import pytest

from gongkai.indexing.domain import outbox
from gongkai.records.domain import publication
from gongkai.search.memory import MemoryEngine
from gongkai.search.port import Query

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


def found(engine, text, *access):
    while outbox.drain(engine):
        pass
    return engine.search(Query(text=text, access=frozenset(access))).total


def test_a_draft_is_found_by_its_unit_alone(write, bureau):
    write()
    engine = MemoryEngine()
    assert (found(engine, "采砂", f"unit:{bureau.pk}"), found(engine, "采砂", "public", "unit:999")) == (1, 0)


def test_a_published_record_is_found_by_everybody_until_it_is_taken_down(write, take_through, staff):
    engine = MemoryEngine()
    record = publication.publish(record=take_through(write()), user=staff.author, day=TODAY)
    assert (found(engine, "各镇街", "public"), found(engine, "岚水[2024]12号", "public")) == (1, 1)
    publication.withdraw(record=record, user=staff.head, day=TODAY, reason="附件有误")
    assert found(engine, "各镇街", "public") == 0


def test_an_approved_record_is_not_public_before_its_day(write, take_through):
    take_through(write(publish_on=date(2030, 1, 1)))
    assert found(MemoryEngine(), "采砂", "public") == 0
