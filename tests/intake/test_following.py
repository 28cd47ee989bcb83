"""What an applicant sees of a case, and that it is all there is to see."""

import threading
import time
from datetime import date

import pytest
from django.db import connection

from gongkai.accounts.sealing import unseal, unseal_bytes
from gongkai.applications.domain import letters_sending, papers, receiving
from gongkai.applications.domain.receiving import Request
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.models import Applicant, Application, PaperKind
from gongkai.applications.queries.case import case_of
from gongkai.files.domain import store
from gongkai.intake.domain import following
from gongkai.intake.messages import Confirmed, Rated, Withdrawn
from gongkai.intake.models import TrackedCase, TrackedFile
from gongkai.intake.queries import seeing
from gongkai.intake.sight import PURPOSE, opened
from intake.conftest import MONDAY, worked
from intake.pages import words

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 20)


def seen(sent):
    """What the applicant sees."""
    worked()
    return opened(TrackedCase.objects.get(pk=sent.case.pk).content)


@pytest.fixture
def running(followed, tell):
    sent = followed()
    tell(sent, Confirmed())
    return sent


def test_before_it_is_confirmed_no_clock_runs_and_the_page_says_how_it_starts(followed):
    sight = seen(followed())
    assert (sight.caption, sight.due, sight.may) == ("已提交，待确认", None, ("confirm", "withdraw"))
    assert "自确认之日起算" in sight.words
    assert sight.unit == "海岚市水利局"


def test_the_last_day_comes_with_its_computation(running):
    sight = seen(running)
    assert (sight.caption, sight.started, sight.due) == ("办理中", MONDAY, date(2024, 7, 2))
    assert any("第20个工作日" in step.text for step in sight.steps)
    assert any("端午节" in step.text for step in sight.steps)
    assert sight.contact[0] == "水利局办公室"


def test_who_approved_what_a_third_party_said_and_what_a_court_might_ask_is_not_for_the_applicant(
    followed, tell, enter, monday, client
):
    sent = followed()
    monday.today = date(2024, 6, 6)
    tell(sent, Confirmed())
    for kind, day, params in (
        ("third_party_sent", 7, {"party": "海岚砂石公司"}),
        ("third_party_received", 11, {"party": "海岚砂石公司"}),
        ("third_party_opinion", 13, {"party": "海岚砂石公司", "consent": False}),
        ("other_agency_sent", 13, {"party": "海岚市教育局"}),
        ("other_agency_opinion", 14, {"party": "海岚市教育局", "consent": True}),
        ("extension", 17, {"days": 15, "approver": "周主任", "notified": date(2024, 6, 17)}),
    ):
        monday.today = date(2024, 6, day)
        enter(sent.application(), kind, monday.today, today=monday.today, **params)
    hidden = ("海岚砂石公司", "海岚市教育局", "同意公开", "周主任", "才确认")
    case = case_of(sent.application(), monday.today)
    officers = str(case.trace)
    assert [one for one in hidden if one not in officers] == []
    sight = seen(sent)
    steps = str(sight.steps)
    client.post("/apply/status/", {"number": sent.number, "code": sent.code})
    page = client.get("/apply/status/case/").content.decode()
    assert "答复期限已经延长" in page
    notes = [one.note for one in sight.steps if one.note]
    assert len(notes) == len(set(notes)), "what lines rest on is said once"
    assert not any("未经证实" in one.text for one in sight.steps)
    assert [one for one in hidden if one in steps or one in page] == []
    assert "经政府信息公开工作机构负责人同意延期15个工作日" in page
    for said in ("收到第三方（1）的意见：提出意见", "征求第三方（1）意见期间", "收到其他机关（2）的意见", "第三十二条"):
        assert said in page
    days = [one.day for one in case.trace if one.kind != "warning"]
    assert [one.day for one in sight.steps] == days, "the same days"


def test_an_event_is_seen_as_soon_as_the_worker_came_by(running, enter, monday):
    monday.today = date(2024, 6, 4)
    enter(running.application(), "third_party_sent", date(2024, 6, 4), today=date(2024, 6, 4), party="第三方1")
    assert TrackedCase.objects.get().is_stale
    assert seen(running).caption == "征求意见中"


@pytest.mark.django_db(transaction=True)
def test_an_event_entered_while_the_worker_writes_is_not_lost(followed, enter, monkeypatch):
    sent = followed()
    TrackedCase.objects.update(is_stale=True)
    is_read, failures = threading.Event(), []
    sight_of = seeing.sight_of

    def slow(application, today):
        sight = sight_of(application, today)
        is_read.set()
        time.sleep(1)
        return sight

    def refresh():
        try:
            following.refresh(pk=sent.case.pk, today=MONDAY)
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(seeing, "sight_of", slow)
    worker = threading.Thread(target=refresh)
    worker.start()
    assert is_read.wait(20)
    enter(sent.application(), "note", MONDAY, today=MONDAY, text="甲")
    worker.join()
    assert failures == []
    assert TrackedCase.objects.get().is_stale


def test_a_case_that_became_late_overnight_says_so(running, monday):
    monday.today = date(2024, 7, 3)
    assert not seen(running).is_late
    assert following.mark_open(day=monday.today) == 1
    assert following.mark_open(day=monday.today) == 0, "once"
    sight = seen(running)
    assert (sight.is_late, sight.caption) == (True, "逾期未答复")
    assert "投诉、举报" in sight.words
    assert sight.remedy == (
        "行政机关逾期不予答复的，可以自答复期限届满之日起60日内向海岚市人民政府申请行政复议，"
        "或者自答复期限届满之日起6个月内向本机关所在地的基层人民法院提起行政诉讼。"
    )


def test_how_to_act_on_a_late_case_stands_on_its_page_with_body_court_and_period(running, bureau, staff, client):
    set_stationery(
        unit=bureau, user=staff.head, today=date(2024, 1, 3), agency_word="岚水公开", court="海岚铁路运输法院"
    )
    following.refresh(pk=running.case.pk, today=date(2024, 7, 3))
    client.post("/apply/status/", {"number": running.number, "code": running.code})
    said = words(client.get("/apply/status/case/"))
    assert "6个月内向海岚铁路运输法院提起行政诉讼" in said.partition("逾期未答复怎么办")[2]


def test_a_case_that_cannot_be_shown_is_put_aside_until_tomorrow(running, followed, monday):
    Applicant.objects.filter(application=running.application()).update(name="AAAA")
    TrackedCase.objects.update(is_stale=True)
    other = followed(title="另一件")
    assert seen(other).title == "另一件"
    assert TrackedCase.objects.get(pk=running.case.pk).day is None
    monday.today = date(2024, 6, 4)
    assert following.mark_open(day=monday.today) == 2


def test_a_correction_that_is_asked_is_shown_with_its_last_day(running, sealed, staff, monday):
    monday.today = date(2024, 6, 5)
    letter = sealed(running.application(), "correction_notice", monday.today, options={"period_days": 15})
    letters_sending.send(letter=letter, day=monday.today, user=staff.handler, today=monday.today, mode="electronic")
    sight = seen(running)
    assert sight.caption == "等待您补正"
    assert sight.asked
    assert sight.answer_until == date(2024, 6, 27)
    assert sight.may == ("correct", "withdraw")


def answered(running, sealed, staff, mode):
    set_stationery(
        unit=running.application().unit,
        user=staff.head,
        today=date(2024, 1, 3),
        agency_word="岚水公开",
        online_channel="https://fuyi.example.cn",
    )
    letter = sealed(running.application(), "granted", JUNE, mode=mode)
    letters_sending.send(letter=letter, day=JUNE, user=staff.handler, today=JUNE, mode=mode, note="甲")
    return letter


def test_an_answer_given_online_is_there_to_be_taken_with_what_it_gives(running, sealed, staff, monday):
    monday.today = JUNE
    data = "河道采砂许可台账 1-3月".encode()
    papers.add(
        application=running.application(), kind=PaperKind.RELEASED, data=data, name="台账.txt", user=None, today=JUNE
    )
    letter = answered(running, sealed, staff, "electronic")
    sight = seen(running)
    assert (sight.caption, sight.may) == ("已答复", ("rate",))
    (told,) = [one.text for one in sight.steps if "办理结果" in one.text]
    assert "办理结果：可以公开，提供该信息" in told, "a code would say nothing to the applicant"
    assert "行政复议" in sight.remedy
    assert [one.number for one in sight.letters] == [letter.number]
    files = {unseal(one.name, PURPOSE): unseal_bytes(bytes(one.data), PURPOSE) for one in TrackedFile.objects.all()}
    assert files == {
        f"{letter.title}{letter.number}.pdf": store.read(letter.pdf),
        f"{letter.title}{letter.number}（盖章件）.{letter.sealed_copy.kind}": store.read(letter.sealed_copy),
        "台账.txt": data,
    }


def test_an_answer_that_was_posted_is_told_and_not_given_online(running, sealed, staff, monday):
    monday.today = JUNE
    answered(running, sealed, staff, "direct")
    sight = seen(running)
    assert sight.letters[0].way == "直接送达"
    assert not TrackedFile.objects.exists()


def test_no_letter_to_a_third_party_and_no_draft_is_shown(running, sealed, drafted, staff, monday):
    monday.today = JUNE
    drafted(running.application(), "extension_notice", JUNE)
    assert seen(running).letters == ()


def test_satisfaction_is_shown_once_it_was_said(running, sealed, staff, tell, monday):
    monday.today = JUNE
    answered(running, sealed, staff, "direct")
    tell(running, Rated(case=str(running.case.pk), score=4))
    assert seen(running).score == 4


def test_the_parts_of_a_case_that_was_divided_are_seen_under_the_same_code(running, staff):
    requests = [Request(title="台账"), Request(title="罚款")]
    receiving.split(
        application=running.application(), requests=requests, user=staff.handler, today=MONDAY, reason="两件事"
    )
    worked()
    titles = {opened(one.content).title for one in TrackedCase.objects.filter(key=running.key)}
    assert titles == {"2023年河道采砂许可台账", "台账", "罚款"}


def test_of_a_secret_case_only_where_it_stands_is_seen(running, staff):
    Application.objects.update(is_secret=True)
    TrackedCase.objects.update(is_stale=True)
    sight = seen(running)
    assert (sight.title, sight.letters, sight.asked, sight.steps) == ("", (), (), ())


def test_nothing_personal_is_kept_in_clear(running, tell):
    tell(running, Withdrawn(case=str(running.case.pk)))
    row = TrackedCase.objects.values().get()
    kept = str({name: value for name, value in row.items() if name != "application_id"})
    for secret in ("张晓岚", "河道采砂", "HL-012", running.number, running.code):
        assert secret not in kept
    assert "张晓岚" not in str(seen(running)), "nor is the name shown to whoever has the code"
