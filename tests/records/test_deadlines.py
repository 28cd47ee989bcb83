"""The 20 working days from 形成 or 变更 (条例 第二十六条), as a table a jurist can read."""

from datetime import date

import pytest

from gongkai.records.models import Attribute, Record, Stage
from gongkai.records.queries.deadlines import deadline_of, due_before, due_soon, last_start_due_before

# 情形 / 生成 / 变更 / 发布 / 今天 / 最后一日 / 状态 / 是否按期
CASES = [
    ("5月11日为调休上班日，计入", date(2024, 5, 7), None, None, date(2024, 5, 20), date(2024, 6, 3), "normal", None),
    ("还剩五个工作日", date(2024, 5, 7), None, None, date(2024, 5, 27), date(2024, 6, 3), "soon", None),
    ("最后一日不逾期", date(2024, 5, 7), None, None, date(2024, 6, 3), date(2024, 6, 3), "soon", None),
    ("次日逾期", date(2024, 5, 7), None, None, date(2024, 6, 4), date(2024, 6, 3), "late", None),
    ("自变更之日起算", date(2020, 1, 2), date(2024, 5, 7), None, date(2024, 6, 3), date(2024, 6, 3), "soon", None),
    ("按期公开", date(2024, 5, 7), None, date(2024, 6, 3), date(2026, 1, 1), date(2024, 6, 3), "normal", True),
    ("逾期公开", date(2024, 5, 7), None, date(2024, 6, 4), date(2026, 1, 1), date(2024, 6, 3), "late", False),
]


@pytest.mark.parametrize(
    ("made", "changed", "out", "today", "last", "urgency", "met"),
    [case[1:] for case in CASES],
    ids=[c[0] for c in CASES],
)
def test_the_last_day_and_what_it_means_today(made, changed, out, today, last, urgency, met):
    record = Record(
        attribute=Attribute.PROACTIVE,
        stage=Stage.PUBLISHED if out else Stage.DRAFT,
        made_on=made,
        changed_on=changed,
        published_on=out,
    )
    deadline = deadline_of(record, today)
    assert (deadline.last_day, deadline.urgency, deadline.is_met) == (last, urgency, met)
    assert deadline.due.trace[-1]["date"] == last


@pytest.mark.parametrize(
    ("attribute", "stage"),
    [
        (Attribute.ON_REQUEST, Stage.DRAFT),
        (Attribute.WITHHELD, Stage.FILED),
        (Attribute.PROACTIVE, Stage.WITHDRAWN),
    ],
)
def test_what_is_not_to_be_published_has_no_deadline(attribute, stage):
    assert deadline_of(Record(attribute=attribute, stage=stage, made_on=date(2024, 5, 6)), date(2024, 6, 3)) is None


def test_a_document_from_before_the_regulation_has_no_deadline():
    record = Record(attribute=Attribute.PROACTIVE, stage=Stage.DRAFT, made_on=date(2008, 4, 30))
    assert deadline_of(record, date(2024, 6, 3)) is None


def test_the_condition_of_the_list_is_the_clock_read_backwards():
    assert last_start_due_before(date(2024, 6, 4)) == date(2024, 5, 7)
    assert last_start_due_before(date(2024, 6, 3)) == date(2024, 5, 6)


@pytest.mark.django_db
def test_what_is_late_and_what_is_soon_agree_with_the_page(write):
    days = [date(2024, 5, n) for n in (2, 6, 7, 10, 14, 20)]
    records = [write(made_on=day, document_number=f"甲{day}") for day in days]
    write(made_on=days[0], document_number="乙", attribute=Attribute.ON_REQUEST, reason="按申请提供")
    changed = write(made_on=days[0], document_number="丙")
    Record.objects.filter(pk=changed.pk).update(changed_on=date(2024, 6, 3))
    today = date(2024, 6, 4)
    urgency = {record: deadline_of(record, today).urgency for record in records}
    assert set(Record.objects.filter(due_before(today))) == {one for one in records if urgency[one] == "late"}
    assert set(Record.objects.filter(due_soon(today))) == {one for one in records if urgency[one] != "normal"}
    assert sorted(urgency.values()) == ["late", "late", "late", "normal", "soon", "soon"]
