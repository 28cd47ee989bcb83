"""Index numbers: given at publication, never given twice, never lost."""

from datetime import date

import pytest

from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.records.domain import numbering, publication
from gongkai.records.errors import IndexPartError, NotAuthorisedError, RecodingError
from gongkai.records.models import Attribute, Category, IndexRun, Stage
from gongkai.records.queries.register import called
from gongkai.units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


def test_numbers_follow_each_other_within_unit_and_year(published):
    first = published(document_number="甲1", category=Category.NORMATIVE)
    second = published(document_number="甲2", scope_item="20.05")
    last_year = published(document_number="甲3", made_on=date(2023, 12, 1), scope_item="21.town.3")
    assert [record.index_number for record in (first, second, last_year)] == [
        "HL06001-0200-2024-00001",
        "HL06001-2005-2024-00002",
        "HL06001-2130-2023-00001",
    ]


def test_a_record_is_numbered_when_it_is_published_and_not_before(write, take_through, staff):
    record = take_through(write())
    assert record.index_number is None
    assert publication.publish(record=record, user=staff.author, day=TODAY).index_number == "HL06001-0200-2024-00001"


def test_what_is_not_published_takes_no_number(write, take_through):
    record = take_through(write(attribute=Attribute.ON_REQUEST, reason="按申请提供"))
    assert (record.stage, record.index_number) == (Stage.FILED, None)


def test_the_national_grammar_takes_the_code_of_the_organisation(published, bureau, settings):
    settings.INDEX_GRAMMAR = "national"
    Unit.objects.filter(pk=bureau.pk).update(code="00312345-6")
    assert published().index_number == "003123456/2024-00001"


def test_a_unit_without_a_part_is_named_and_its_record_stays_ready(write, take_through, bureau, staff):
    record = take_through(write())
    Unit.objects.filter(pk=bureau.pk).update(code="HL-SHUILI")
    with pytest.raises(IndexPartError, match="机构代码“HL-SHUILI”不能用作索引号"):
        publication.publish(record=record, user=staff.author, day=TODAY)
    record.refresh_from_db()
    assert (record.stage, record.index_number) == (Stage.READY, None)


def test_one_that_cannot_be_numbered_does_not_hold_the_others_back(write, take_through, other_bureau, caplog):
    bad = take_through(write(publish_on=TODAY, document_number="甲1", made_on=date(2024, 5, 21)))
    good = take_through(write(publish_on=TODAY, document_number="甲2"))
    bad.made_on = date(2030, 1, 1)
    bad.save(update_fields=["made_on"])
    assert publication.publish_due(day=TODAY) == [good]
    assert "早于生成日期" in caplog.text


def test_a_number_taken_over_from_elsewhere_is_passed_by(write, take_through, staff, published):
    taken = published(document_number="甲1")
    taken.index_number = "HL06001-0200-2024-00002"
    taken.save(update_fields=["index_number"])
    assert published(document_number="甲2").index_number == "HL06001-0200-2024-00003"


def test_a_former_number_leads_to_the_record_for_ever(published, staff):
    record = published()
    for number in ("HL06001-0300-2024-00001", "HL06001-0500-2024-00001"):
        record = numbering.recode(record=record, user=staff.head, day=TODAY, number=number, document="编码规则调整方案")
    scope = scope_of(staff.author, TODAY)
    numbers = ("HL06001-0200-2024-00001", "HL06001-0300-2024-00001", "HL06001-0500-2024-00001")
    assert [called(scope, number) for number in numbers] == [[record]] * 3
    assert called(scope, "岚水 [2024] 12号") == [record]
    assert published(document_number="甲2").index_number == "HL06001-0200-2024-00002"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("HL06001-0200-2024-00001", "新旧索引号相同"),
        ("HL06001-0200-2024-1", "应为年度流水号"),
        ("HL06001-0200-2024-00002", "已属于另一信息"),
    ],
)
def test_a_number_that_is_none_or_another_s_is_refused(published, staff, number, words):
    record = published(document_number="甲1")
    published(document_number="甲2")
    with pytest.raises(RecodingError, match=words) as caught:
        numbering.recode(record=record, user=staff.head, day=TODAY, number=number, document="乙")
    assert set(caught.value.fields) == {"number"}
    assert record.aliases.count() == 0


def test_a_former_number_is_not_given_again(published, staff):
    record = published()
    old = record.index_number
    numbering.recode(record=record, user=staff.head, day=TODAY, number="HL06001-0300-2024-00001", document="乙")
    with pytest.raises(RecodingError, match="首尾相接"):
        numbering.recode(record=record, user=staff.head, day=TODAY, number=old, document="丙")


def test_only_the_head_and_the_competent_department_re_code(published, staff):
    with pytest.raises(NotAuthorisedError, match="不能改编索引号"):
        numbering.recode(
            record=published(), user=staff.author, day=TODAY, number="HL06001-0300-2024-00001", document="乙"
        )


def test_a_draft_has_no_number_to_re_code(write, staff):
    with pytest.raises(RecodingError, match="还没有索引号"):
        numbering.recode(record=write(), user=staff.head, day=TODAY, number="HL06001-0300-2024-00001", document="乙")


def test_a_whole_catalogue_is_re_coded_at_once_or_not_at_all(published):
    records = [published(document_number=f"甲{n}") for n in (1, 2)]
    numbers = {record.index_number: record.index_number.replace("-0200-", "-0300-") for record in records}
    with pytest.raises(RecodingError, match="没有索引号为“X”的信息"):
        numbering.recode_all(numbers=numbers | {"X": "HL06001-0300-2024-00009"}, document="方案", actor=SYSTEM)
    assert [record.aliases.count() for record in records] == [0, 0]
    assert numbering.recode_all(numbers=numbers, document="方案", actor=SYSTEM) == 2
    assert [record.aliases.get().number for record in records] == list(numbers)
    assert Entry.objects.filter(act="records.recoded_all").count() == 1


def test_a_run_that_is_used_up_is_said_so_and_nothing_is_published(write, take_through, staff, published):
    published(document_number="甲1")
    IndexRun.objects.update(last="HL06001-0200-2024-99999")
    record = take_through(write(document_number="甲2"))
    with pytest.raises(IndexPartError, match="5位编不下"):
        publication.publish(record=record, user=staff.author, day=TODAY)
    record.refresh_from_db()
    assert record.stage == Stage.READY
