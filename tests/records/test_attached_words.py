"""What is published is found by what stands in its attachments, too, once they were read."""

import pytest
from django_tasks_db.models import DBTaskResult

from files.documents import docx
from gongkai.indexing import building, place
from gongkai.indexing.domain import outbox
from gongkai.records import searching
from gongkai.records.domain import attached_words, draft, publication
from gongkai.records.tasks import read_rest
from gongkai.search.port import Query

pytestmark = pytest.mark.django_db
PUBLIC = frozenset({"public"})


@pytest.fixture
def ready(write, take_through, staff):
    """A record with an attachment, approved."""
    record = write(title="采砂点名录公示", keywords="河道采砂；名录")
    draft.attach(record=record, user=staff.author, data=docx("澜江下游第三采砂点"), name="名录.docx")
    return take_through(record)


def document(record):
    (found,) = searching.build([record.pk])
    return found


def test_a_record_is_found_by_its_attachments_after_it_was_published(ready, staff):
    building.rebuild()
    assert "澜江下游" not in document(ready).body
    publication.publish(record=ready, user=staff.head, day=ready.made_on)
    outbox.drain(building.opened())
    assert place.public_reader().search(Query(text="采砂点名录", access=PUBLIC)).total == 1
    assert place.public_reader().search(Query(text="澜江下游", access=PUBLIC)).total == 0
    task = DBTaskResult.objects.get()
    assert task.task_path == "gongkai.records.domain.attached_words.read_attachments"
    attached_words.read_attachments.call(*task.args_kwargs["args"])
    outbox.drain(building.opened())
    page = place.public_reader().search(Query(text="澜江下游", access=PUBLIC, passages=1))
    assert page.keys == (f"records.record:{ready.pk}",)
    assert page.total == 1


def test_attachments_of_drafts_are_not_read(write, staff):
    record = write()
    draft.attach(record=record, user=staff.author, data=docx("第三采砂点"), name="名录.docx")
    attached_words.read_attachments.call(record.pk)
    read_rest(day=record.made_on)
    assert "第三采砂点" not in document(record).body
    assert "名录.docx" in document(record).body


def test_what_was_published_before_is_read_by_the_hour(ready, staff):
    publication.publish(record=ready, user=staff.head, day=ready.made_on)
    read_rest(day=ready.made_on)
    assert "澜江下游第三采砂点" in document(ready).body


def test_the_words_of_attachments_are_bounded(ready, staff, monkeypatch):
    publication.publish(record=ready, user=staff.head, day=ready.made_on)
    read_rest(day=ready.made_on)
    monkeypatch.setattr(searching, "MAX_ATTACHED", 4)
    assert document(ready).body.endswith("澜江下游")


def test_keywords_are_parted_whatever_stands_between_them(ready):
    assert document(ready).keywords == ("河道采砂", "名录")
    assert searching.keywords(" 甲、乙;丙,丁/戊  己 ") == ["甲", "乙", "丙", "丁", "戊", "己"]


def test_terms_are_learnt_from_what_is_published_alone(ready, staff):
    assert set(searching._words()) == set()
    publication.publish(record=ready, user=staff.head, day=ready.made_on)
    assert set(searching._words()) == {"河道采砂", "名录"}
