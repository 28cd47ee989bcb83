"""The journal's pages: for auditors within their units, for administrators without the content of cases."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import Actor, record
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db
ENTRIES, VERIFY = "/office/journal/", "/office/journal/verify/"


@pytest.fixture
def city():
    return unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT)


@pytest.fixture
def bureau(city):
    return unit("HL-010", "海岚市水利局", city)


@pytest.fixture
def auditor(bureau, client):
    user = person("shen", bureau, Role.AUDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def operator(city, client):
    user = person("ops", city, Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def note(act="records.drafted", where="HL-010", subject="records.record:1", who="lin", **detail):
    with transaction.atomic():
        return record(act=act, actor=Actor(id=1, name=who, unit=where), subject=subject, detail=detail)


def listed(client, **wanted):
    return [row["entry"].sequence for row in client.get(ENTRIES, wanted).context["rows"]]


def test_an_auditor_reads_what_was_done_for_the_audited_units(client, auditor):
    mine, other = note(title="机密标题甲"), note(where="HL-999", title="机密标题乙")
    page = client.get(ENTRIES).content.decode()
    assert ("机密标题甲" in page, "机密标题乙" in page) == (True, False)
    assert (mine.sequence in listed(client), other.sequence in listed(client)) == (True, False)


def test_an_administrator_sees_every_entry_but_the_content_of_no_case(client, operator):
    note(title="机密标题甲")
    note("accounts.granted", "", "accounts.user:1", role="handler")
    page = client.get(ENTRIES).content.decode()
    assert ("records.drafted" in page, "机密标题甲" in page, "办件内容不向系统管理员显示" in page) == (
        True,
        False,
        True,
    )
    assert "&quot;role&quot;: &quot;handler&quot;" in page


def test_others_read_no_journal(client, bureau):
    client.force_login(person("lin", bureau, Role.HANDLER))
    assert (client.get(ENTRIES).status_code, client.post(VERIFY).status_code) == (403, 403)


def test_the_journal_is_narrowed_exactly(client, auditor):
    first = note()
    second = note("records.published", subject="records.record:2", who="he")
    third = note("recordsother.drafted")
    assert listed(client, act="records") == [second.sequence, first.sequence]
    assert listed(client, act="recordsother.drafted") == [third.sequence]
    assert listed(client, actor="he") == [second.sequence]
    assert listed(client, subject="records.record:2") == [second.sequence]
    assert listed(client, unit="HL-999") == []
    today = timezone.localdate()
    assert second.sequence in listed(client, since=today, until=today)
    assert listed(client, since=today + timedelta(days=1)) == []
    assert listed(client, until=today - timedelta(days=1)) == []


def test_a_period_that_ends_before_it_begins_says_so(client, auditor):
    response = client.get(ENTRIES, {"since": "2025-02-01", "until": "2025-01-01"})
    assert response.context["form"].errors == {"until": ["截止日早于起始日。"]}


def test_the_chain_is_verified_on_demand_and_a_change_is_named(client, operator):
    assert "日志链完整" in client.post(VERIFY).content.decode()
    assert client.get(VERIFY).status_code == 405
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET act = 'records.nothing' WHERE sequence = 2")
    assert "第 2 条日志被改动。" in client.post(VERIFY).content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_the_journal_takes_seven_queries_whatever_its_length(client, auditor, more, django_assert_num_queries):
    for _ in range(more):
        note()
    with django_assert_num_queries(7):
        client.get(reverse("journal:entries"))
