from decimal import Decimal

import pytest

from gongkai.accounts.models import Role
from gongkai.reporting.domain import campaigns, confirming, facts, passing
from gongkai.reporting.errors import NotAuthorisedError, ReasonMissingError, StateError, UnconfirmedError
from gongkai.reporting.models import Aspect, State

from .conftest import TODAY, grounds, report, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(campaign, city):
    """The finance office confirms what everybody charged."""
    chief = city.people["root", Role.COMPETENT]
    campaigns.arrange(
        campaign=campaign, user=chief, today=TODAY, local_deadline=None, checkers={Aspect.CHARGES: city.finance}
    )
    facts.enter(
        submission=report(campaign, city.office),
        key="proactive.charges.amount_wan",
        value=Decimal("12.5"),
        grounds=grounds(),
        user=city.people["office", Role.HANDLER],
        today=TODAY,
    )
    return signed(city, report(campaign, city.office))


def accept(city, submission):
    return passing.accept(submission=submission, user=city.people["root", Role.COMPETENT], today=TODAY)


def confirm(city, campaign, submission, **said):
    return confirming.confirm(
        checker=campaign.checkers.get(),
        submission=submission,
        user=city.people["finance", Role.HANDLER],
        today=TODAY,
        **said,
    )


def test_a_report_is_not_received_before_the_checking_unit_agreed(campaign, city, checked):
    with pytest.raises(UnconfirmedError, match="还没有经核对单位确认"):
        accept(city, checked)
    confirm(city, campaign, checked, agrees=True)
    assert accept(city, checked).state == State.ACCEPTED


def test_a_checker_who_disagrees_says_why_and_holds_the_report(campaign, city, checked):
    with pytest.raises(ReasonMissingError):
        confirm(city, campaign, checked, agrees=False)
    confirm(city, campaign, checked, agrees=False, opinion="非税系统为 13 万元。")
    with pytest.raises(UnconfirmedError, match="13 万元。请退回"):
        accept(city, checked)


def test_nobody_else_confirms_and_nothing_is_confirmed_before_it_is_signed(campaign, city, checked):
    with pytest.raises(NotAuthorisedError):
        confirming.confirm(
            checker=campaign.checkers.get(),
            submission=checked,
            agrees=True,
            user=city.people["office", Role.HANDLER],
            today=TODAY,
        )
    with pytest.raises(StateError):
        confirm(city, campaign, report(campaign, city.town), agrees=True)


def test_figures_that_are_all_nought_need_no_confirmation(campaign, city, checked):
    assert accept(city, signed(city, report(campaign, city.finance))).state == State.ACCEPTED


def test_a_figure_changed_after_the_confirmation_wants_a_new_one(campaign, city, checked):
    confirm(city, campaign, checked, agrees=True)
    back = passing.send_back(submission=checked, reason="请核对", user=city.people["root", Role.COMPETENT], today=TODAY)
    facts.enter(
        submission=back,
        key="proactive.charges.amount_wan",
        value=Decimal(13),
        grounds=grounds(),
        user=city.people["office", Role.HANDLER],
        today=TODAY,
    )
    again = signed(city, report(campaign, city.office))
    with pytest.raises(UnconfirmedError):
        accept(city, again)
