"""The page of a report: where it stands, the printed tables, what can be done, and who may look."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.reporting.domain import filling
from gongkai.reporting.models import Scope, State, Submission

from .conftest import accepted, clean, report, signed, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_page(client, city):
    """Open a page of a report as somebody of a place, in a role."""

    def visit(place, role, submission, name="submission", **parameters):
        client.force_login(city.people[place, role])
        query = parameters.pop("query", {})
        return client.get(reverse(f"reporting:{name}", args=[submission.pk, *parameters.values()]), query)

    return visit


@pytest.fixture
def act(client, city):
    """Do an act on a report as somebody of a place, in a role, with the version that stands now."""

    def post(place, role, submission, name, *parameters, **data):
        client.force_login(city.people[place, role])
        version = Submission.objects.get(pk=submission.pk).version
        address = reverse(f"reporting:{name}", args=[submission.pk, *parameters])
        return client.post(address, {"seen": version} | data)

    return post


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def cell_of(response, key):
    """Return the class and the label of a cell of the tables."""
    found = re.search(rf'<td[^>]*class="([^"]*)"><a href="cells/{re.escape(key)}/" aria-label="([^"]*)"', response.content.decode())
    assert found, key
    return found[1], found[2]


def test_a_report_says_what_is_to_be_done_by_when(open_page, campaign, city):
    page = words_of(open_page("bureau", Role.HANDLER, report(campaign, city.bureau)))
    for words in ("乙区教育局 2024年年度报告", "填报中", "报送期限 2025年1月31日", "办完下列事项后送审", "正文还有"):
        assert words in page
    for title in ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、"):
        assert title in page
