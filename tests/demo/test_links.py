"""Every link of the demonstration's public side answers, and leads to nobody else's site."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINK = re.compile(r'<(a|link|img|script|form)\b[^>]*?\b(?:href|src|action)="([^"]*)"')
SERVED_APART = ("/static/", "/office/", "/account/")
MOST = 4000


@pytest.fixture(scope="module")
def walked(made, installation):
    """Walk from the first page to whatever it leads to; return what answered how, and who led there."""
    with override_settings(HOME=installation, CITY="海岚市", CLAMD_SOCKET=""):
        client, answers, led, abroad = Client(), {}, {"/": ""}, {}
        waiting = deque(["/"])
        while waiting and len(answers) < MOST:
            path = waiting.popleft()
            response = client.get(path)
            answers[path] = response.status_code
            if not response["Content-Type"].startswith("text/html"):
                continue
            for element, found in LINK.findall(response.content.decode()):
                target = urlsplit(urljoin(f"http://testserver{path}", unescape(found)))
                if target.netloc != "testserver":
                    abroad.setdefault(element, set()).add(found)
                    continue
                address = target.path + (f"?{target.query}" if target.query else "")
                # Every combination of facets is a walk without end: one step into them is enough.
                is_deep = target.query and "?" in path and "page=" not in target.query
                if address not in led and not address.startswith(SERVED_APART) and not is_deep:
                    led[address] = path
                    waiting.append(address)
        return answers, led, abroad


def test_every_link_answers(walked):
    answers, led, _ = walked
    # The search has no index here and says so; every other page is there.
    wrong = {path: (status, led[path]) for path, status in answers.items() if status not in {200, 301}}
    wrong = {path: one for path, one in wrong.items() if not (path.startswith("/search/") and one[0] == 503)}
    assert wrong == {}


def test_the_walk_met_every_kind_of_page(walked):
    answers, _, _ = walked
    for kind in (
        r"/records/\d+/",
        r"/records/\d+/code\.svg",
        r"/units/[^/]+/",
        r"/units/[^/]+/items/",
        r"/open/items/[^/]+/",
        r"/policies/",
        r"/normative/",
        r"/interpretations/",
        r"/decisions/\d+/",
        r"/reports/",
        r"/sitemap/",
        r"/feeds/latest\.atom",
    ):
        assert any(re.fullmatch(kind, path) for path in answers), kind
    assert len(answers) < MOST


def test_no_page_fetches_anything_from_elsewhere(walked):
    _, _, abroad = walked
    # What leads away is a link that somebody follows: to the provincial platform of services.
    assert abroad.keys() <= {"a"}
    assert all(address.startswith(("https://zwfw.example.cn/", "tel:", "mailto:")) for address in abroad.get("a", ()))
