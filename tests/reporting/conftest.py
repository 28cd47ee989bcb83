"""A city with a district, people in every role, and the reports of 2024."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from builders.browser import in_browser
from builders.kept import once_for
from builders.report_city import TODAY, YEAR, accepted, answered, build_city, clean, name_of, report, signed, written
from gongkai.accounts.models import Role
from gongkai.applications.models import ApplicantKind
from gongkai.reporting.domain import campaigns, facts
from gongkai.reporting.domain.facts import Grounds


@pytest.fixture
def today():
    return TODAY


@pytest.fixture(scope="module")
def built(request, django_db_setup, django_db_blocker):
    """The city of a module's tests: a sixth of a second, which most of them would spend on nothing else."""
    with once_for(request.node, django_db_blocker, build_city) as made:
        yield made


@pytest.fixture
def city(built, db):
    return build_city() if built is None else deepcopy(built)


@pytest.fixture
def asked(city):
    """Three applications of 2024: two at the bureau of the district, one of them open; one at the finance office."""
    return SimpleNamespace(
        bureau=answered(city.bureau),
        open=answered(city.bureau, day=date(2024, 12, 20), end=None),
        finance=answered(city.finance, ApplicantKind.COMMERCIAL, outcome="P"),
    )


@pytest.fixture
def campaign(city, asked):
    """The reports of the year, open."""
    return campaigns.open_campaign(year=YEAR, root=city.root, user=city.people["root", Role.COMPETENT], today=TODAY)


def grounds(**options):
    """Return where a figure comes from."""
    return Grounds(
        **(
            {"period_from": date(YEAR, 1, 1), "period_to": date(YEAR, 12, 31), "source": "台账", "signatory": "李四"}
            | options
        )
    )


__all__ = ["Decimal", "accepted", "clean", "facts", "in_browser", "name_of", "report", "signed", "written"]
