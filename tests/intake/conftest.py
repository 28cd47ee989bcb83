"""Something sent in, in a few words."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from applications.conftest import (  # noqa: F401 -- fixtures
    ZHANG,
    bureau,
    city,
    enter,
    home,
    leaf,
    other_bureau,
    signed_on,
    staff,
    stranger,
)
from applications.letters.conftest import approved, drafted, sealed, stationery  # noqa: F401 -- fixtures
from builders.browser import in_browser  # noqa: F401 -- a fixture
from gongkai.applications.domain.receiving import Request
from gongkai.applications.models import ApplicantKind, Application, PaperKind
from gongkai.intake import codes
from gongkai.intake.domain import following, putting, taking
from gongkai.intake.messages import Asked, Attachment
from gongkai.intake.models import Submission, TrackedCase

MONDAY = date(2024, 6, 3)
CARD = Attachment(PaperKind.IDENTITY, "身份证.png", b"\x89PNG\r\n\x1a\n" + bytes(64))


@pytest.fixture(autouse=True)
def monday(leaf):  # noqa: F811 -- the fixture
    leaf.today = MONDAY
    return leaf


def worked():
    """Let the worker do what there is to do."""
    while taking.take_next() or following.refresh_next():
        pass


@pytest.fixture
def send(bureau):  # noqa: F811 -- the fixture
    """Send an application in, and return its submission, number and code."""

    def sent(*units, files=(CARD,), title="2023年河道采砂许可台账", **fields):
        message = Asked(
            units=tuple(unit.pk for unit in units or (bureau,)),
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            applicants=(ZHANG,),
            request=Request(title=title, **fields),
        )
        code = codes.fresh_code()
        pk = putting.submission_id("0" * 32, code)
        number = codes.number_of(pk, timezone.localdate())
        key = codes.key_of(number, code)
        putting.put(message=message, today=timezone.localdate(), key=key, files=files, pk=pk)
        return SimpleNamespace(pk=pk, number=number, code=code, key=key, row=lambda: Submission.objects.get(pk=pk))

    return sent


@pytest.fixture
def tell():
    """Send a message about a case that is followed."""

    def told(sent, message, files=()):
        putting.put(message=message, today=timezone.localdate(), key=sent.key, files=files)
        worked()

    return told


@pytest.fixture
def followed(send):
    """Send an application in, have it taken, and return it with its row."""

    def made(**fields):
        sent = send(**fields)
        worked()
        case = TrackedCase.objects.get(key=sent.key)
        sent.case, sent.application = case, lambda: Application.objects.get(pk=case.application_id)
        return sent

    return made
