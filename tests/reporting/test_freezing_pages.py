"""From the received report to the published one, and to its correction, by the buttons of the page."""

import pytest

from gongkai.accounts.models import Role
from gongkai.reporting.models import Edition, State

from .conftest import accepted, answered, report
from .pages import Desk, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


@pytest.fixture
def desk(client, city):
    return Desk(client, city).of("finance", Role.OFFICE_HEAD)


@pytest.fixture
def received(campaign, city):
    return accepted(city, report(campaign, city.finance))


def test_a_report_is_frozen_published_and_corrected_with_a_notice(desk, received, campaign, city):
    page = words_of(desk.see(received))
    assert "下一步：定稿" in page
    assert "先核对年后补录的事项" in page
    assert desk.do(received, "freeze").status_code == 302
    edition = Edition.objects.get(submission=received)
    page = words_of(desk.see(received))
    assert "第 1 版 未公布" in page
    assert edition.digest in page
    assert "公布后不能改动" in page
    assert desk.do(received, "publish").status_code == 302
    page = desk.see(received)
    assert "第 1 版 已公布" in words_of(page)
    assert f"/v{edition.version}/" in page.content.decode()
    assert desk.do(received, "correct", notice=" ").status_code == 422
    assert desk.do(received, "correct", notice="表三漏计一件").status_code == 302
    page = words_of(desk.see(received))
    assert "更正说明：表三漏计一件" in page
    assert "放弃更正" in page
    assert desk.do(received, "abandon").status_code == 302
    assert report(campaign, city.finance).state == State.PUBLISHED


def test_what_was_sent_back_meanwhile_is_not_published(desk, received):
    desk.do(received, "freeze")
    answer = desk.do(received, "publish", seen=0)
    assert answer.status_code == 409
    assert Edition.objects.get().published_on is None


def test_a_case_entered_after_the_freeze_is_listed_and_changes_no_number(desk, received, city):
    desk.do(received, "freeze")
    assert "定稿之后的变动 0 格 没有变动" in words_of(desk.see(received, "late"))
    answered(city.finance)
    page = words_of(desk.see(received, "late"))
    assert "一、本年新收政府信息公开申请数量 · 自然人 0 → 1" in page
    assert "新增 1 件，划去 0 件" in page


def test_who_may_not_publish_is_offered_nothing_and_refused(desk, received):
    desk.of("finance", Role.HANDLER)
    assert '/freeze/"' not in desk.see(received).content.decode()
    assert desk.do(received, "freeze").status_code == 422
    assert not Edition.objects.exists()
