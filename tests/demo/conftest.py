"""A city of five bodies with a handful of documents, made once for all the tests that only look at it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings

from gongkai.demo.making import make
from gongkai.demo.sizes import Size

TODAY = date(2025, 6, 20)
PASSWORD = "correct-horse-battery"
TINY = Size(
    "tiny",
    proactive=5,
    on_request=1,
    withheld=2,
    made=2,
    ended=1,
    before=3,
    ended_before=1,
    earlier=1,
    in_flight=1,
    permits=12,
    penalties=6,
    coercions=2,
    charges=1_002_381_900,
    cases=False,
    units=("HL-001", "HL-002", "HL-016", "HL-025", "HL-031"),
)


@pytest.fixture
def tiny():
    return TINY


@pytest.fixture
def today():
    return TODAY


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An installation of the tests' own."""
    home = tmp_path_factory.mktemp("demo")
    with override_settings(HOME=home, CLAMD_SOCKET="", INDEX_GRAMMAR="quanzhou", INDEX_PREFIX="HL", INDEX_AREA="06"):
        yield home


@pytest.fixture(scope="module")
def made(installation, django_db_setup, django_db_blocker):
    """The tiny city; what is done to it is undone after the last test of the module."""
    told = []
    with django_db_blocker.unblock(), transaction.atomic():
        result = make(size=TINY, today=TODAY, password=PASSWORD, progress=lambda *step: told.append(step))
        yield SimpleNamespace(size=TINY, today=TODAY, password=PASSWORD, result=result, told=told)
        transaction.set_rollback(True)
