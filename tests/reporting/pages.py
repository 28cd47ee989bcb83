"""Looking at the pages of a report as somebody of a place, and doing acts there."""

import re
from html import unescape

from django.urls import reverse

from gongkai.reporting.models import Submission


class Desk:
    """Somebody of a place at the pages of a report."""

    def __init__(self, client, city):
        self.client, self.city = client, city

    def of(self, place, role):
        """Let somebody sit down."""
        self.client.force_login(self.city.people[place, role])
        return self

    def see(self, submission, name="submission", *parameters, **query):
        """Open a page."""
        return self.client.get(reverse(f"reporting:{name}", args=[submission.pk, *parameters]), query)

    def do(self, submission, name, *parameters, **data):
        """Send a form, with the version that stands now unless another is given."""
        version = Submission.objects.get(pk=submission.pk).version
        address = reverse(f"reporting:{name}", args=[submission.pk, *parameters])
        return self.client.post(address, {"seen": version} | data)


def words_of(response):
    """Return what stands on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def cell_of(response, key):
    """Return the classes, the words and the text of a cell of the tables."""
    link = rf'<a href="/office/reports/[0-9]+/cells/{re.escape(key)}/"'
    pattern = rf'<td[^>]*class="([^"]*)">{link} aria-label="([^"]*)">(.*?)</td>'
    found = re.search(pattern, response.content.decode())
    assert found, key
    return found[1].split(), found[2], re.sub(r"<[^>]+>", " ", found[3]).split()
