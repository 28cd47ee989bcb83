from decimal import Decimal

import pytest

from gongkai.accounts.models import Role
from gongkai.reporting.domain import filling, passing, summing
from gongkai.reporting.errors import BlockedError, MissingUnitsError, NotAuthorisedError, StateError
from gongkai.reporting.models import Scope, State, Submission
from gongkai.reporting.queries.report import report_of

from .conftest import accepted, report, signed

pytestmark = pytest.mark.django_db


def test_every_unit_owes_its_own_level_and_governments_their_whole(campaign, city):
    found = {(one.unit.code, one.scope, one.superior.code) for one in campaign.submissions.all()}
    assert found == {
        ("A", "whole", "A"),
        ("A", "own", "A"),
        ("A1", "own", "A"),
        ("A2", "own", "A"),
        ("B", "whole", "A"),
        ("B", "own", "B"),
        ("B1", "own", "B"),
        ("B2", "own", "B"),
    }


def test_a_report_opens_filled_from_its_cases(campaign, city):
    found = report_of(report(campaign, city.bureau))
    assert found.value("requests.received.natural_person") == 2
    assert found.value("requests.granted.total") == 1
    assert found.value("requests.carried_out.natural_person") == 1
    assert found.value("requests.received.commercial") == 0
    assert "本年新收政府信息公开申请2件" in found.sections[0].text
    assert len(found.cells) == 200


def test_the_way_of_a_report_from_the_town_to_the_city(campaign, city):
    for place in (city.district, city.bureau, city.town):
        accepted(city, report(campaign, place))
    whole = report(campaign, city.district, Scope.WHOLE)
    summing.sum_up(submission=whole, user=city.people["district", Role.HANDLER], today=campaign.opened_on)
    accepted(city, report(campaign, city.district, Scope.WHOLE))
    for place in (city.root, city.office, city.finance):
        accepted(city, report(campaign, place))
    top = report(campaign, city.root, Scope.WHOLE)
    summing.sum_up(submission=top, user=city.people["root", Role.HANDLER], today=campaign.opened_on)
    top = accepted(city, report(campaign, city.root, Scope.WHOLE))
    found = report_of(top)
    assert top.state == State.ACCEPTED
    assert found.value("requests.received.total") == 3
    assert found.value("requests.received.commercial") == 1
    assert found.value("requests.carried_out.total") == 1
