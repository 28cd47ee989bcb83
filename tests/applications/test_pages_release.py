"""Papers that are redacted before the applicant gets them, and the slip that becomes a letter."""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.applications.models import Letter, LetterState, Paper, PaperKind
from gongkai.files.domain import redaction
from gongkai.files.models import Redaction, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leaf")]


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def paper(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    file = SimpleUploadedFile("台账.png", picture())
    data = {"seen": case.version, "kind": PaperKind.INFORMATION, "file": file}
    signed_on(staff.handler).post(reverse("applications:paper", args=[case.pk]), data)
    return Paper.objects.get()


def redacted(client, paper):
    boxes = [{"page": 1, "x0": 0.1, "y0": 0.1, "x1": 0.4, "y1": 0.3, "reason": "third_party"}]
    answer = client.get(reverse("applications:redaction", args=[paper.pk]))
    boxes[0]["reason"] = next(iter(answer.context["data"]["reasons"]))
    client.post(reverse("applications:redaction", args=[paper.pk]), {"boxes": json.dumps(boxes), "style": "black"})
    made = Redaction.objects.get()
    redaction.perform(number=made.pk)
    return Redaction.objects.get()


def test_a_redacted_copy_becomes_what_the_applicant_is_given(signed_on, staff, paper):
    client = signed_on(staff.handler)
    made = redacted(client, paper)
    assert made.state == State.MADE
    page = reverse("applications:detail", args=[paper.application_id])
    assert "归入案卷提供" in client.get(page).content.decode()
    client.post(reverse("applications:redaction-release", args=[paper.pk, made.pk]))
    released = Paper.objects.get(kind=PaperKind.RELEASED)
    assert released.blob == made.copy
    assert not released.is_personal
    words = client.get(page).content.decode()
    assert "归入案卷提供" not in words
    assert "已归入" in words


def test_whoever_does_not_work_on_the_case_neither_redacts_nor_releases(signed_on, staff, paper):
    made = redacted(signed_on(staff.handler), paper)
    auditor = signed_on(staff.auditor)
    assert auditor.get(reverse("applications:redaction", args=[paper.pk])).status_code == 404
    assert auditor.post(reverse("applications:redaction-release", args=[paper.pk, made.pk])).status_code == 302
    assert not Paper.objects.filter(kind=PaperKind.RELEASED).exists()


def test_a_copy_of_another_paper_is_not_released(signed_on, staff, paper, receive):
    client = signed_on(staff.handler)
    made = redacted(client, paper)
    other = receive(date(2024, 5, 7))
    file = SimpleUploadedFile("另件.png", picture() + b"\0")
    client.post(
        reverse("applications:paper", args=[other.pk]),
        {"seen": other.version, "kind": PaperKind.INFORMATION, "file": file},
    )
    another = Paper.objects.exclude(pk=paper.pk).get()
    assert client.post(reverse("applications:redaction-release", args=[another.pk, made.pk])).status_code == 404


def test_what_holds_the_applicants_own_data_is_not_redacted_to_be_given_out(signed_on, staff, paper):
    Paper.objects.update(is_personal=True)
    assert signed_on(staff.handler).get(reverse("applications:redaction", args=[paper.pk])).status_code == 404


def test_the_slip_becomes_a_letter_to_be_stamped(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    answer = signed_on(staff.handler).post(reverse("applications:receipt-letter", args=[case.pk]))
    letter = Letter.objects.get()
    assert answer["Location"] == reverse("applications:letter", args=[letter.pk])
    assert (letter.kind, letter.state) == ("registration_receipt", LetterState.APPROVED)
