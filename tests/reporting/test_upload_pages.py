"""A unit that keeps no cases here: its file is read, shown beside what must be settled, and settled by a person."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.accounts.models import Role
from gongkai.annual import jsonio
from gongkai.annual.report import Unreadable
from gongkai.annual.writer import write
from gongkai.reporting.models import Basis, State, Submission
from gongkai.reporting.queries.report import report_of

from .conftest import report
from .pages import Desk, cell_of, words_of

pytestmark = pytest.mark.django_db
RECEIVED = "requests.received.natural_person"


@pytest.fixture
def desk(client, city, settings, tmp_path):
    settings.HOME = tmp_path
    return Desk(client, city).of("office", Role.HANDLER)


@pytest.fixture
def mine(campaign, city):
    return report(campaign, city.office)


def file_of(submission, name="年报.docx"):
    return SimpleUploadedFile(name, write(report_of(submission), "docx"))


def test_a_file_is_read_and_its_tables_shown(desk, mine, city):
    assert "上传已写好的年度报告" in words_of(desk.see(mine, "upload"))
    assert desk.do(mine, "upload", file=file_of(mine)).status_code == 302
    page = words_of(desk.see(mine, "upload"))
    for words in ("年报.docx", "文件所载", "各单元格均已读出", "换一份文件", "改用本系统记录"):
        assert words in page
    assert "from-uploaded" in cell_of(desk.see(mine), RECEIVED)[0]
    assert desk.see(mine, "upload-file").content.startswith(b"PK")
    assert desk.of("finance", Role.HANDLER).see(mine, "upload-file").status_code == 404


def test_what_was_not_read_is_never_nought_and_is_filled_beside_the_candidates(desk, mine):
    desk.do(mine, "upload", file=file_of(mine))
    read = jsonio.load(Submission.objects.get(pk=mine.pk).uploaded)
    unread = {RECEIVED: Unreadable(RECEIVED, (RECEIVED,), "13", ((1,), (13,)))}
    others = {key: cell for key, cell in read.cells.items() if key != RECEIVED}
    data = jsonio.dump(replace(read, cells=others, unreadable=unread), details=True)
    Submission.objects.filter(pk=mine.pk).update(uploaded=data)
    classes, words, text = cell_of(desk.see(mine), RECEIVED)
    assert classes[0] == "unread"
    assert "未读出" in words
    assert text == ["未读出"]
    page = words_of(desk.see(mine, "upload"))
    assert "对照原文填写 1 格" in page
    assert "文件印为“13”，可能是 1、13" in page
    answer = desk.do(mine, "override", RECEIVED, value="13", reason="对照原文填写", next="upload")
    assert answer.url.endswith("/upload/")
    assert "已修正 1 格" in words_of(desk.see(mine, "upload"))
    assert cell_of(desk.see(mine), RECEIVED)[2] == ["13", "改", "空"]


def test_a_file_that_contradicts_the_cases_is_said_at_the_cell(desk, campaign, city):
    mine = report(campaign, city.finance)
    other = SimpleUploadedFile("年报.docx", write(report_of(mine), "docx"))
    desk.of("finance", Role.HANDLER).do(mine, "upload", file=other)
    Submission.objects.filter(pk=mine.pk).update(computed=mine.computed | {"requests.received.commercial": 4})
    page = words_of(desk.see(mine, "upload"))
    assert "文件为 1，本系统记录为 4" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("年报.docx", b"PK nothing", "读不出年度报告"), ("年报.txt", "今天天气很好。".encode(), "年报.txt")],
)
def test_a_file_that_is_no_report_is_refused(desk, mine, name, data, words):
    answer = desk.do(mine, "upload", file=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert Submission.objects.get(pk=mine.pk).basis == Basis.CASES


def test_a_file_of_another_body_is_refused(desk, mine, campaign, city):
    answer = desk.do(mine, "upload", file=file_of(report(campaign, city.bureau)))
    assert answer.status_code == 422
    assert "请核对文件" in words_of(answer)


def test_the_file_can_be_given_up(desk, mine):
    desk.do(mine, "upload", file=file_of(mine))
    assert desk.do(mine, "drop-upload").status_code == 302
    assert Submission.objects.get(pk=mine.pk).basis == Basis.CASES
    assert "以文件填报" in words_of(desk.see(mine, "upload"))


def test_after_it_went_up_no_file_is_taken(desk, mine):
    Submission.objects.filter(pk=mine.pk).update(state=State.SIGNED, signed_on=date(2025, 1, 10))
    assert 'type="file"' not in desk.see(mine, "upload").content.decode()
    assert desk.do(mine, "upload", file=file_of(mine)).status_code == 422
