"""No column of the site is empty, and each has what its room's own verbs make."""

import pytest
from django.test import Client, override_settings

from gongkai.decisions.models import Decision
from gongkai.demo import showing
from gongkai.demo.paperwork import attached
from gongkai.records.domain import cleanup, gazette
from gongkai.records.models import (
    Attachment,
    CleanUp,
    GazetteIssue,
    PublishedItem,
    PublishedVersion,
    Record,
    Stage,
)
from gongkai.takeover.models import OldAddress

pytestmark = pytest.mark.django_db


def test_every_rarer_column_has_something_that_holds(made):
    issue, campaign = GazetteIssue.objects.get(), CleanUp.objects.get()
    assert (issue.published_on.year, campaign.closed_on.year) == (2025, 2025)
    assert gazette.is_untouched(issue)
    assert cleanup.is_untouched(campaign)
    names = set(Attachment.objects.values_list("name", flat=True))
    assert names == {"小型水库安全管理责任人名单.docx", "公众聚集场所电梯检验情况.pdf"}
    assert set(Attachment.objects.values_list("record__stage", flat=True)) == {Stage.PUBLISHED}
    assert set(PublishedItem.objects.values_list("unit_id", flat=True)) == set(
        Decision.objects.values_list("unit", flat=True)
    )


def test_a_corrected_notice_says_that_it_was_corrected(made):
    record = Record.objects.get(title__startswith="关于云峤水库放水")
    assert record.stage == Stage.PUBLISHED
    assert PublishedVersion.objects.filter(record_id=record.pk).count() == 2
    assert "0599-0000000" in record.body
    assert "0599-0000001" not in record.body


def test_an_old_address_leads_to_its_record(made, installation):
    old = OldAddress.objects.get()
    with override_settings(HOME=installation, CITY="海岚市", CLAMD_SOCKET=""):
        response = Client().get(old.address)
    assert (response.status_code, response["Location"]) == (301, f"/records/{old.record_id}/")


@pytest.mark.parametrize(("name", "start"), [("名单.docx", b"PK"), ("名单.pdf", b"%PDF")])
def test_a_file_is_the_same_each_time(name, start):
    data = attached(name, ["甲", "乙"])
    assert data.startswith(start)
    assert data == attached(name, ["甲", "乙"])


def test_no_more_is_made_than_was_said():
    stock = showing.data()
    assert len(stock["record"]) + 4 == showing.THINGS
