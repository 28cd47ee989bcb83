"""What waits for an officer, and what the menu offers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts import workbench
from gongkai.accounts.queries.scope import scope_of
from gongkai.records.domain import publication, reassessment, validity
from gongkai.records.models import Attribute, Validity
from gongkai.review.domain import passage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OURS = {"退回修改", "主动公开期限", "待发布", "待复核读网", "有效期将满", "到期重新评估"}


def todo(user):
    found = workbench.todo_for(user, scope_of(user, TODAY), 5)
    return {
        source.kind: [(item.title, item.urgency) for item in items] for source, items, _ in found if source.kind in OURS
    }


def test_an_untouched_draft_waits_for_nobody(write, staff):
    write(made_on=TODAY)
    assert todo(staff.author) == {}


def test_a_returned_draft_waits_for_its_author_until_it_is_submitted_again(write, staff):
    record = write(title="甲", made_on=TODAY)
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.send_back(review=review, user=staff.secrecy, day=TODAY, opinion="附件缺失")
    assert todo(staff.author) == {"退回修改": [("甲", "normal")]}
    assert todo(staff.head) == {}
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.withdraw(review=review, user=staff.author, day=TODAY)
    assert todo(staff.author) == {}


def test_an_approved_record_waits_until_it_is_published_or_planned(write, take_through, staff):
    record = take_through(write(title="甲", made_on=TODAY), TODAY)
    assert todo(staff.head) == {"待发布": [("甲", "normal")]}
    publication.plan(record=record, user=staff.author, day=TODAY, publish_on=TODAY + timedelta(days=3))
    assert todo(staff.head) == {}


def test_what_runs_out_of_time_is_shown_to_those_who_can_act(write, staff, stranger):
    write(title="甲", made_on=TODAY - timedelta(days=90))
    assert todo(staff.author) == {"主动公开期限": [("甲", "late")]}
    assert todo(staff.secrecy) == todo(stranger) == {}


def test_a_page_waits_to_be_read_until_it_is_found_right(write, take_through, staff):
    record = publication.publish(record=take_through(write(title="甲"), TODAY), user=staff.author, day=TODAY)
    publication.read_back(record=record, user=staff.author, day=TODAY, is_right=False, note_text="附件打不开")
    assert todo(staff.author) == {"待复核读网": [("甲", "normal")]}
    publication.read_back(record=record, user=staff.author, day=TODAY, is_right=True)
    assert todo(staff.author) == {}


@pytest.mark.parametrize(
    ("days", "urgency"), [(-1, "late"), (0, "soon"), (90, "soon"), (91, None)], ids=["past", "today", "edge", "far"]
)
def test_a_period_that_ends_is_announced_until_something_is_declared(write, take_through, staff, days, urgency):
    record = write(title="甲", expires_on=TODAY + timedelta(days=days))
    record = publication.publish(record=take_through(record, TODAY), user=staff.author, day=TODAY)
    publication.read_back(record=record, user=staff.author, day=TODAY, is_right=True)
    assert todo(staff.author) == ({"有效期将满": [("甲", urgency)]} if urgency else {})
    validity.change_validity(
        record=record, user=staff.author, validity=Validity.EXPIRED, day=TODAY, document="有效期届满"
    )
    assert todo(staff.author) == {}


def test_what_is_withheld_is_looked_at_again_on_its_day(write, take_through, staff):
    record = write(
        title="甲", attribute=Attribute.ON_REQUEST, reason="按申请提供", reassess_on=TODAY + timedelta(days=30)
    )
    assert todo(staff.author) == {}
    take_through(record, TODAY)
    assert todo(staff.author) == {"到期重新评估": [("甲", "soon")]}
    assert todo(staff.final) == {}
    reassessment.keep(
        record=record, user=staff.author, day=TODAY, reason="情形未变", reassess_on=TODAY + timedelta(days=365)
    )
    assert todo(staff.author) == {}


def test_the_administrator_is_not_offered_the_register(signed_on, administrator, staff):
    address = reverse("records:list")
    assert address not in signed_on(administrator).get(reverse("office:home")).content.decode()
    assert address in signed_on(staff.author).get(reverse("office:home")).content.decode()
