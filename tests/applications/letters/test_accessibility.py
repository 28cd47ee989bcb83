"""axe finds nothing serious on the pages of letters, wide and narrow. Runs in Debian's chromium, else it is skipped."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.applications.models import Letter
from office.conftest import CHROMIUM, in_browser
from office.test_accessibility import opened, problems_of

__all__ = ["in_browser"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt-get install chromium)"),
]

PAGES = {
    "list": "/office/applications/letters/",
    "new": "/office/applications/letters/of/{application}/new/",
    "edit": "/office/applications/letters/{draft}/edit/",
    "draft": "/office/applications/letters/{draft}/",
    "waiting": "/office/applications/letters/{approved}/",
    "sealed": "/office/applications/letters/{sealed}/",
    "run": "/office/applications/letters/run/",
    "seals": "/office/applications/letters/seals/",
    "stationeries": "/office/applications/letters/stationery/",
    "stationery": "/office/applications/letters/stationery/{bureau}/",
    "wordings": "/office/applications/letters/wordings/{bureau}/",
    "wording": "/office/applications/letters/wordings/{bureau}/2019/refused/",
}


@pytest.fixture
def places(receive, drafted, approved, sealed, bureau, staff, stationery):
    """Bring letters into the states whose pages differ."""
    today = timezone.localdate()
    application = receive(today - timedelta(days=3), today=today)
    parts = [{"outcome": "P", "label": "第1项"}, {"outcome": "N4", "label": "第2项"}]
    return {
        "application": application.pk,
        "draft": drafted(application, "partial", today, parts=parts).pk,
        "approved": approved(application, "extension_notice", today).pk,
        "sealed": sealed(receive(today - timedelta(days=3), today=today), "extension_notice", today).pk,
        "bureau": bureau.pk,
        "head": staff.head,
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_on_the_pages_of_letters(in_browser, live_server, places, width, request):
    assert Letter.objects.count() == 3
    client = Client()
    client.force_login(places["head"])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}

    def look(browser):
        page = opened(browser, width, cookie)
        found = {}
        for name, address in PAGES.items():
            found[name] = problems_of(page, live_server.url + address.format(**places))
            if folder := request.config.getoption("--basetemp"):
                page.screenshot(path=Path(folder).parent / f"{name}-{width}.png", full_page=True)
        page.context.close()
        return {name: problems for name, problems in found.items() if problems}

    assert in_browser(look) == {}
