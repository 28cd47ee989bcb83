"""Records that were public elsewhere come in as they stood, by a decision; the rules of records hold for them too."""

from datetime import date

import pytest

from gongkai.journal.models import Entry
from gongkai.records.domain import taking_over
from gongkai.records.domain.numbering import issue_all
from gongkai.records.domain.taking_over import Origin
from gongkai.records.errors import (
    BeforeMadeError,
    ClassifiedTextError,
    DuplicateNumberError,
    IncompleteError,
    NotAuthorisedError,
)
from gongkai.records.models import Category, IndexRun, Record, Stage

from .conftest import TODAY

pytestmark = pytest.mark.django_db
ORIGIN = Origin("www.old.example.cn", "岚政办〔2024〕3号")


@pytest.fixture
def paper(bureau, staff):
    def made(number=1, **fields):
        ordinary = {
            "category": Category.NOTICE,
            "title": f"关于第{number}批清淤的通知",
            "document_number": f"岚水〔2015〕{number}号",
            "made_on": date(2015, 3, 2),
            "published_on": date(2015, 3, 5),
            "body": "<p>各镇街应当报送进展。</p>",
        }
        return taking_over.paper(unit=bureau, author=staff.head, **(ordinary | fields))

    return made


def test_a_lot_is_one_entry_and_its_numbers_follow_each_other(paper, staff):
    papers = [paper(number) for number in range(1, 6)]
    taking_over.take_over(papers=papers, user=staff.head, day=TODAY, origin=ORIGIN)
    assert [one.record.index_number[-5:] for one in papers] == ["00001", "00002", "00003", "00004", "00005"]
    assert IndexRun.objects.get().last == papers[-1].record.index_number
    assert Entry.objects.filter(act="records.taken_over").count() == 1
    assert {record.stage for record in Record.objects.all()} == {Stage.PUBLISHED}
    assert [record.versions.get().occasion for record in Record.objects.all()] == ["接收"] * 5


def test_what_is_published_afterwards_goes_on_from_there(paper, staff, published):
    taking_over.take_over(papers=[paper(n) for n in (1, 2)], user=staff.head, day=TODAY, origin=ORIGIN)
    later = published(made_on=date(2015, 5, 1), document_number="")
    assert later.index_number.endswith("-2015-00003")


def test_a_number_in_the_way_is_passed_over(paper, staff):
    kept = paper(1, former_number="HL06001-0500-2015-00002")
    others = [paper(number) for number in (2, 3, 4)]
    taking_over.take_over(papers=[kept, *others], user=staff.head, day=TODAY, origin=ORIGIN)
    numbers = [one.record.index_number[-5:] for one in (kept, *others)]
    assert len(set(numbers)) == 4
    assert numbers[0] == "00002"


def test_none_is_issued_for_nothing(db):
    issue_all([])
    assert not IndexRun.objects.exists()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": ""}, IncompleteError),
        ({"made_on": None}, IncompleteError),
        ({"published_on": date(2015, 3, 1)}, BeforeMadeError),
        ({"body": "<p>机密★5年</p>"}, ClassifiedTextError),
        ({"category": Category.INTERPRETATION}, IncompleteError),
    ],
)
def test_the_rules_of_records_hold(paper, fields, error):
    with pytest.raises(error):
        paper(**fields)


def test_a_document_number_is_used_once(paper, staff):
    taking_over.take_over(papers=[paper(1)], user=staff.head, day=TODAY, origin=ORIGIN)
    for papers in ([paper(1)], [paper(2), paper(2)]):
        with pytest.raises(DuplicateNumberError):
            taking_over.take_over(papers=papers, user=staff.head, day=TODAY, origin=ORIGIN)
    assert Record.objects.count() == 1


def test_only_whoever_answers_for_the_unit_takes_over(paper, staff, stranger):
    for user in (staff.author, staff.secrecy, stranger):
        with pytest.raises(NotAuthorisedError):
            taking_over.take_over(papers=[paper(1)], user=user, day=TODAY, origin=ORIGIN)
    assert not Record.objects.exists()


def test_links_may_change_and_words_may_not(paper, staff):
    one = paper(1, body='<p>见<a href="http://www.old.example.cn/2.html">第二号</a></p>')
    taking_over.take_over(papers=[one], user=staff.head, day=TODAY, origin=ORIGIN)
    given = {"user": staff.head, "day": TODAY, "origin": ORIGIN}
    taking_over.relink(bodies={one.record.pk: '<p>见<a href="/records/2/">第二号</a></p>'}, **given)
    record = Record.objects.get()
    assert 'href="/records/2/"' in record.body
    assert [version.occasion for version in record.versions.all()] == ["接收", "更新链接"]
    with pytest.raises(ValueError, match="words"):
        taking_over.relink(bodies={record.pk: "<p>见第三号</p>"}, **given)
    assert Record.objects.get().body == record.body
