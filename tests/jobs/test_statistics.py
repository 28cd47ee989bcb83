"""The database is told what its tables are like, and so finds a few rows by their ids without reading all of them."""

from datetime import date

import pytest
from django.db import connection

from builders.city import unit
from gongkai.accounts.models import User
from gongkai.jobs.domain import statistics
from gongkai.jobs.registry import Every, registered
from gongkai.records.models import Attribute, Category, PublishedRecord, Record, Stage

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture
def published():
    bureau = unit("HL-001", "海岚市水利局")
    author = User.objects.create_user("author", name="甲")
    Record.objects.bulk_create(
        Record(
            unit=bureau,
            author=author,
            category=Category.DOCUMENT,
            title=f"第{number}号通知",
            index_number=f"HL-{number}",
            made_on=DAY,
            published_on=DAY,
            attribute=Attribute.PROACTIVE,
            stage=Stage.PUBLISHED,
            scope_item="20.01",
        )
        for number in range(500)
    )
    return list(PublishedRecord.objects.order_by("pk").values_list("pk", flat=True))


def test_a_few_published_records_are_found_by_their_ids_without_reading_the_others(published):
    statistics.gather()
    few = PublishedRecord.objects.filter(pk__in=published[::50]).values_list("pk", flat=True)
    assert set(few) == set(published[::50])
    plan = few.explain()
    if connection.vendor == "sqlite":
        assert "PRIMARY KEY" in plan, plan
        assert "SCAN" not in plan


def test_it_is_gathered_every_hour():
    assert Every.HOUR in {one.every for one in registered() if one.run is statistics.gather}
