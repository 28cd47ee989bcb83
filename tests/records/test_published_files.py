"""The files of a record come out with it and go with it, in the act that does it."""

import pytest
from django.urls import reverse

from gongkai.files.domain import shelf, store
from gongkai.records.domain import draft, publication
from gongkai.review.domain import passage
from gongkai.review.models import Review

from .conftest import TODAY

pytestmark = pytest.mark.django_db
BYTES = "取水口名单".encode()


@pytest.fixture
def record(write, staff):
    made = write()
    draft.attach(record=made, user=staff.author, data=BYTES, name="名单.txt")
    return made


@pytest.fixture
def public(client, record):
    """Return a function that asks for the file as a visitor does, and says whether it lies among the published."""
    file = record.attachments.get()

    def asked():
        status = client.get(reverse("portal:attachment", args=[record.pk, file.pk])).status_code
        return status, shelf.place_of(file.blob.digest).exists()

    return asked


def test_a_file_lies_among_the_published_from_publication_to_withdrawal(
    record, public, staff, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        review = publication.submit(record=record, user=staff.author, day=TODAY)
    assert public() == (404, False)
    with django_capture_on_commit_callbacks(execute=True):
        for user in (staff.secrecy, staff.final):
            review = passage.approve(review=Review.objects.get(pk=review.pk), user=user, day=TODAY)
    assert public() == (404, False)
    with django_capture_on_commit_callbacks(execute=True):
        publication.publish(record=record, user=staff.author, day=TODAY)
    assert public() == (200, True)
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(record=record, user=staff.head, day=TODAY, reason="名单有误")
    assert public() == (410, False)
    with django_capture_on_commit_callbacks(execute=True):
        publication.reopen(record=record, user=staff.author, day=TODAY)
    assert public() == (410, False)
    assert store.read(record.attachments.get().blob) == BYTES


def test_a_withdrawal_is_seen_at_once_even_while_the_file_still_lies_there(
    record, public, staff, take_through, django_capture_on_commit_callbacks
):
    take_through(record)
    with django_capture_on_commit_callbacks(execute=True):
        publication.publish(record=record, user=staff.author, day=TODAY)
    publication.withdraw(record=record, user=staff.head, day=TODAY, reason="名单有误")
    assert public() == (410, True)
    shelf.sweep()
    assert public() == (410, False)
