"""A city with a district, people in every role, and the reports of 2024."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from builders.browser import in_browser
from builders.report_city import TODAY, YEAR, accepted, answered, build_city, clean, name_of, report, signed, written
from gongkai.accounts.models import Role
from gongkai.applications.models import ApplicantKind
from gongkai.reporting.domain import campaigns, facts
from gongkai.reporting.domain.facts import Grounds


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def city(db):
    return build_city()


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
