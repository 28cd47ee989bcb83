"""axe finds nothing serious on the pages of reconsiderations and suits, wide and narrow, with everything on them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.models import Claimant, PartyRole, RemedyKind
from office.conftest import CHROMIUM, in_browser
from office.test_accessibility import opened, problems_of

__all__ = ["in_browser"]
TODAY = timezone.localdate()

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def pages(answered, contest, happen, city):
    """A reconsideration on its way and a suit whose answer is late, with a claimant to be revealed."""
    application = answered(TODAY - timedelta(days=30), received=TODAY - timedelta(days=45))
    review = contest(application, TODAY - timedelta(days=6), today=TODAY, others=[(city, PartyRole.REVIEWER)])
    happen(review, "heard", TODAY - timedelta(days=2), today=TODAY, text="当面听取意见")
    claimant = Plaintiff(Claimant.THIRD_PARTY, "natural_person", "李海生")
    suit = contest(application, TODAY - timedelta(days=25), RemedyKind.DIRECT, today=TODAY, claimant=claimant)
    addresses = [reverse(f"remedies:{name}") for name in ("list", "table", "new")]
    return [*addresses, *(reverse("remedies:detail", args=[one.pk]) for one in (review, suit))]


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(in_browser, live_server, pages, staff, width):
    client = Client()
    client.force_login(staff.head)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    def look(browser):
        page = opened(browser, width, cookie)
        found = {address: problems_of(page, live_server.url + address) for address in pages}
        page.context.close()
        return {address: problems for address, problems in found.items() if problems}

    assert in_browser(look) == {}
