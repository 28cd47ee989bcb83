"""The narrative, the typed figures and the findings: what is saved, what is refused, what stands beside."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.journal.models import Entry
from gongkai.reporting.models import Fact, Scope, State, Submission

from .conftest import report
from .pages import Desk, words_of

pytestmark = pytest.mark.django_db
FACT = {
    "key": "interpretations.pictures",
    "value": "40",
    "period_from": "2024-01-01",
    "period_to": "2024-12-31",
    "source": "网站后台",
    "signatory": "李四",
}


@pytest.fixture
def desk(client, city):
    return Desk(client, city).of("bureau", Role.HANDLER)


def texts_of(submission, **changed):
    """Return the form of the narrative as it stands, with ``changed`` parts (``five="…"``)."""
    numbers = {"one": 1, "five": 5}
    found = {f"text-{number}": text for number, _, text in submission.sections}
    return found | {f"text-{numbers[name]}": text for name, text in changed.items()}


def test_the_narrative_opens_as_a_draft_with_the_figures_in_place(desk, campaign, city):
    page = desk.see(report(campaign, city.bureau), "text").content.decode()
    assert "本年新收政府信息公开申请2件" in page
    assert page.count("<textarea") == 7


def test_lines_are_paragraphs_and_only_what_changed_is_written(desk, campaign, city):
    mine = report(campaign, city.bureau)
    answer = desk.do(mine, "text", **texts_of(mine, five="  目录更新不及时。 \r\n\r\n 已安排专人。"))
    assert answer.status_code == 302
    sections = {number: text for number, _, text in report(campaign, city.bureau).sections}
    assert sections[5] == "目录更新不及时。\n已安排专人。"
    assert Entry.objects.latest("sequence").detail["sections"] == [5]
    before = Entry.objects.count()
    desk.do(mine, "text", **texts_of(report(campaign, city.bureau)))
    assert Entry.objects.count() == before


def test_saving_while_typing_gives_the_next_version_and_what_the_audit_says_now(desk, campaign, city):
    mine = report(campaign, city.bureau)
    data = {"seen": mine.version} | texts_of(mine, five="公开目录更新不够及时，已安排专人按月核对。")
    address = reverse("reporting:text", args=[mine.pk])
    answer = desk.client.post(address, data, headers={"HX-Request": "true"}).content.decode()
    version = report(campaign, city.bureau).version
    assert f"已保存（第 {version} 版）" in answer
    assert f'id="seen" value="{version}" hx-swap-oob="true"' in answer
    assert 'hx-swap-oob="innerHTML:#findings-count"' in answer
    assert "没有实质内容" not in answer
    stale = desk.client.post(address, data | {"text-5": "甲"}, headers={"HX-Request": "true"})
    assert stale.status_code == 200
    assert "已有他人改动" in words_of(stale)
    assert report(campaign, city.bureau).version == version


def test_a_text_written_on_an_old_version_comes_back_unsaved(desk, campaign, city):
    mine = report(campaign, city.bureau)
    answer = desk.do(mine, "text", seen=mine.version - 1, **texts_of(mine, five="我写的话"))
    assert answer.status_code == 409
    assert "我写的话" in answer.content.decode()
    assert "我写的话" not in str(report(campaign, city.bureau).sections)


def test_a_finding_stands_beside_the_part_it_is_about(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.do(
        mine,
        "text",
        **texts_of(mine, one=mine.sections[1][2].replace("新收政府信息公开申请2件", "新收政府信息公开申请9件")),
    )
    page = desk.see(mine, "text").content.decode()
    beside = re.search(r'<aside id="beside-1"[^>]*>(.*?)</aside>', page, re.DOTALL)[1]
    assert "9" in beside
    assert "is-error" in beside
    assert "cell-finding" not in re.search(r'<aside id="beside-6"[^>]*>(.*?)</aside>', page, re.DOTALL)[1]


def test_drafting_again_throws_away_what_was_written(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.do(mine, "text", **texts_of(mine, one="我写的话"))
    assert "我写的话" in str(report(campaign, city.bureau).sections)
    assert desk.do(mine, "redraft").url == reverse("reporting:text", args=[mine.pk])
    assert "我写的话" not in str(report(campaign, city.bureau).sections)


def test_what_went_up_can_be_read_and_not_written(desk, campaign, city):
    mine = report(campaign, city.bureau)
    Submission.objects.filter(pk=mine.pk).update(state=State.SIGNED)
    assert "<textarea" not in desk.see(mine, "text").content.decode()
    assert desk.do(mine, "text", **texts_of(mine, five="甲")).status_code == 422


def test_a_figure_is_typed_with_its_source_and_its_evidence_given_out(desk, campaign, city, settings, tmp_path):
    settings.HOME = tmp_path
    mine = report(campaign, city.bureau)
    file = SimpleUploadedFile("后台截图.txt", "四十篇".encode())
    assert desk.do(mine, "facts", **FACT, evidence=file).status_code == 302
    page = words_of(desk.see(mine, "facts"))
    assert "图文解读 网站后台，李四签认，1月1日至12月31日 后台截图.txt 40 篇" in page
    fact = Fact.objects.get()
    assert desk.see(mine, "fact-evidence", fact.pk).content == "四十篇".encode()
    assert desk.of("finance", Role.HANDLER).see(mine, "fact-evidence", fact.pk).status_code == 404
    other = report(campaign, city.finance)
    assert desk.see(other, "fact-evidence", fact.pk).status_code == 404


def test_typing_it_again_keeps_the_one_before_in_the_history(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.do(mine, "facts", **FACT)
    desk.do(mine, "facts", **FACT | {"value": "41"})
    page = words_of(desk.see(mine, "facts"))
    assert "被取代的填报（1） 图文解读 40 篇" in page
    assert "41 篇 重填" in page


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"source": " "}, "source", "必填"),
        ({"value": "-1"}, "value", "不能是负数"),
        ({"period_from": "2023-01-01"}, "period_from", "应在 2024 年之内"),
        ({"key": "requests.received.natural_person"}, "key", "已由系统记录产生"),
    ],
)
def test_a_figure_that_cannot_be_says_why_at_its_field(desk, campaign, city, changed, field, words):
    answer = desk.do(report(campaign, city.bureau), "facts", **FACT | changed)
    assert answer.status_code == 422
    said = re.search(rf'id="fact_{field}_error">(.*?)</div>', answer.content.decode())[1]
    assert words in said
    assert not Fact.objects.exists()


def test_a_cell_nobody_counts_is_offered_and_one_that_cases_stand_behind_is_not(desk, campaign, city):
    mine = report(campaign, city.bureau)
    page = desk.see(mine, "facts").content.decode()
    assert 'value="proactive.permits.decisions"' in page
    assert 'value="requests.received.commercial"' not in page
    wanted = desk.see(mine, "facts", key="requests.received.commercial").content.decode()
    assert '<option value="requests.received.commercial" selected>' in wanted


def test_a_whole_has_no_typed_figures_and_no_upload(desk, campaign, city):
    whole = report(campaign, city.district, Scope.WHOLE)
    desk.of("district", Role.HANDLER)
    assert desk.see(whole, "facts").status_code == 404
    assert desk.see(whole, "upload").status_code == 404
    assert "填报数据" not in words_of(desk.see(whole, "text"))


def test_a_warning_is_answered_and_an_error_cannot_be(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.do(mine, "refill")
    finding = next(one for one in report(campaign, city.bureau).findings if one["severity"] == "warning")
    page = words_of(desk.see(mine, "findings"))
    assert finding["message"] in page
    assert desk.do(mine, "explain", fingerprint=finding["fingerprint"], words=" ").status_code == 422
    answer = desk.do(mine, "explain", fingerprint="0" * 16, words="已核对")
    assert answer.status_code == 422
    assert "须针对当前的一条审核发现" in words_of(answer)
    assert desk.do(mine, "explain", fingerprint=finding["fingerprint"], words="本年确无问题").status_code == 302
    assert "已说明 本年确无问题 bureau-handler" in words_of(desk.see(mine, "findings"))


def test_a_finding_leads_to_its_cells_and_those_who_only_read_answer_nothing(desk, campaign, city):
    mine = report(campaign, city.bureau)
    desk.do(mine, "override", "requests.granted.natural_person", value="3", reason="漏登")
    page = desk.see(mine, "findings").content.decode()
    assert f'href="/office/reports/{mine.pk}/cells/requests.granted.natural_person/"' in page
    reader = desk.of("bureau", Role.SECRECY_REVIEWER).see(mine, "findings").content.decode()
    assert "<textarea" not in reader
    finding = report(campaign, city.bureau).findings[-1]["fingerprint"]
    assert desk.do(mine, "explain", fingerprint=finding, words="甲").status_code == 422


@pytest.mark.parametrize("name", ["text", "facts", "findings", "comparison", "late", "upload"])
def test_the_pages_ask_the_database_as_often_whatever_stands_on_them(desk, campaign, city, name):
    mine = report(campaign, city.bureau)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert desk.see(mine, name).status_code == 200
        return len(found)

    desk.do(mine, "facts", **FACT)
    once = count()
    for key in ("interpretations.texts", "interpretations.h5", "participation.surveys"):
        desk.do(mine, "facts", **FACT | {"key": key})
    desk.do(mine, "override", "requests.granted.natural_person", value="3", reason="漏登")
    assert count() == once <= 18


def test_days_of_the_year_are_proposed(desk, campaign, city):
    page = desk.see(report(campaign, city.bureau), "facts").content.decode()
    assert f'value="{date(2024, 1, 1)}"' in page
    assert f'value="{date(2024, 12, 31)}"' in page
