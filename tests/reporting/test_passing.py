from datetime import date

import pytest

from gongkai.accounts.models import Role
from gongkai.reporting.domain import campaigns, passing, summing
from gongkai.reporting.errors import (
    BlockedError,
    CampaignExistsError,
    ChangedCasesError,
    MissingUnitsError,
    NotAuthorisedError,
    ReasonMissingError,
    StateError,
    WrongDeadlineError,
    WrongYearError,
)
from gongkai.reporting.models import Scope, State
from gongkai.reporting.queries.report import report_of

from .conftest import accepted, answered, report, signed

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


def test_a_report_with_an_unanswered_warning_is_not_sent(campaign, city):
    user = city.people["bureau", Role.HANDLER]
    with pytest.raises(BlockedError) as told:
        passing.submit(submission=report(campaign, city.bureau), user=user, today=campaign.opened_on)
    assert [one["code"] for one in told.value.findings] == ["empty-section"]
    assert report(campaign, city.bureau).state == State.DRAFT


def test_a_report_is_not_sent_twice(campaign, city):
    made = signed(city, report(campaign, city.bureau))
    assert (made.state, made.signed_by, made.first_signed_on) == (
        State.SIGNED,
        city.people["bureau", Role.FINAL_REVIEWER],
        campaign.opened_on,
    )
    with pytest.raises(StateError, match="请上级退回"):
        passing.submit(submission=made, user=city.people["bureau", Role.HANDLER], today=campaign.opened_on)


def test_a_report_sent_back_keeps_the_day_it_first_came(campaign, city):
    made = signed(city, report(campaign, city.bureau))
    chief = city.people["district", Role.COMPETENT]
    with pytest.raises(ReasonMissingError):
        passing.send_back(submission=made, reason=" ", user=chief, today=campaign.opened_on)
    back = passing.send_back(submission=made, reason="第五部分太空", user=chief, today=campaign.opened_on)
    assert (back.state, back.returns, back.returned_reason) == (State.RETURNED, 1, "第五部分太空")
    later = campaign.opened_on.replace(day=20)
    again = signed(city, back, later)
    assert (again.first_signed_on, again.signed_on) == (campaign.opened_on, later)


def test_only_the_superior_receives_a_report(campaign, city):
    made = signed(city, report(campaign, city.town))
    for name in ("bureau", "town"):
        with pytest.raises(NotAuthorisedError):
            passing.accept(submission=made, user=city.people[name, Role.OFFICE_HEAD], today=campaign.opened_on)


def test_a_case_entered_after_the_filling_holds_the_report_up(campaign, city):
    made = signed(city, report(campaign, city.bureau))
    answered(city.bureau)
    with pytest.raises(ChangedCasesError, match="重新提取"):
        passing.accept(submission=made, user=city.people["district", Role.COMPETENT], today=campaign.opened_on)


def test_a_sum_that_lacks_units_names_them(campaign, city):
    accepted(city, report(campaign, city.bureau))
    whole = report(campaign, city.district, Scope.WHOLE)
    with pytest.raises(MissingUnitsError) as told:
        summing.sum_up(submission=whole, user=city.people["district", Role.HANDLER], today=campaign.opened_on)
    assert set(told.value.units) == {"乙区人民政府", "丙镇人民政府"}
    assert report(campaign, city.district, Scope.WHOLE).computed == {}


def test_a_year_that_is_not_over_or_open_already_is_refused(campaign, city):
    chief = city.people["root", Role.COMPETENT]
    with pytest.raises(WrongYearError):
        campaigns.open_campaign(year=2025, root=city.root, user=chief, today=campaign.opened_on)
    with pytest.raises(CampaignExistsError):
        campaigns.open_campaign(year=2024, root=city.root, user=chief, today=campaign.opened_on)
    with pytest.raises(WrongYearError, match="历史报告"):
        campaigns.open_campaign(year=2018, root=city.root, user=chief, today=campaign.opened_on)
    with pytest.raises(NotAuthorisedError):
        campaigns.open_campaign(
            year=2023, root=city.root, user=city.people["root", Role.HANDLER], today=campaign.opened_on
        )


def test_a_local_deadline_is_never_later_than_the_law(city):
    with pytest.raises(WrongDeadlineError):
        campaigns.open_campaign(
            year=2024,
            root=city.root,
            user=city.people["root", Role.COMPETENT],
            today=date(2025, 1, 10),
            local_deadline=date(2025, 2, 10),
        )
