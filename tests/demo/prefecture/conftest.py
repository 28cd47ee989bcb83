"""A prefecture-level city a twentieth of the size, made once for all the tests that only look at it."""

from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from gongkai.demo.prefecture.figures import figures
from gongkai.demo.prefecture.making import make
from gongkai.demo.prefecture.places import prefecture
from gongkai.reporting.models import Scope, Submission
from gongkai.reporting.queries.cells import cells

TODAY = date(2020, 6, 30)
PASSWORD = "correct-horse-battery"
COUNTY = ("LZ-048", "LZ-049", "LZ-050", "LZ-051", "LZ-075", "LZ-090")


def few():
    """What the reform touched, the heads, and a county of six bodies."""
    whole = prefecture()
    touched = [place.code for place in whole.places if place.is_new or place.former]
    return whole.only(["LZ-001", "LZ-002", "LZ-003", *touched, *COUNTY])


def whole_of(code):
    """Return the report that a government added up."""
    return Submission.objects.select_related("campaign", "unit").get(unit__code=code, scope=Scope.WHOLE)


def numbers_of(submission):
    """Return the cells of a report as they stand."""
    return {key: one.number for key, one in cells(submission).items()}


@pytest.fixture
def today():
    return TODAY


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An installation of the tests' own."""
    home = tmp_path_factory.mktemp("demo")
    with override_settings(HOME=home, CLAMD_SOCKET="", INDEX_GRAMMAR="quanzhou", INDEX_PREFIX="LZ", INDEX_AREA="00"):
        yield home


@pytest.fixture(scope="module")
def made(installation, django_db_setup, django_db_blocker):
    """The small city; what is done to it is undone after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = []
        yield make(
            today=TODAY,
            password=PASSWORD,
            progress=lambda *step: told.append(step),
            city=few(),
            counts=figures().scaled(20),
        )
        assert all(done <= total for _, done, total in told)
        transaction.set_rollback(True)
