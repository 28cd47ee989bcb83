import re
import time
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.applications.domain import entering, letters_sending
from gongkai.applications.models import Application, Event, Stage
from gongkai.files.domain import store
from gongkai.intake import codes, limits
from gongkai.intake.messages import Confirmed
from gongkai.intake.models import Satisfaction, Submission, TrackedCase, TrackedFile
from intake.conftest import CARD, worked
from intake.pages import words
from intake.test_following import answered

pytestmark = pytest.mark.django_db
TRACK, CASE = "/apply/status/", "/apply/status/case/"


@pytest.fixture(autouse=True)
def fresh():
    limits.counter.clear()


@pytest.fixture
def running(followed, tell):
    sent = followed()
    tell(sent, Confirmed())
    return sent


def look(client, sent):
    """Type number and code, and return the page of the case."""
    return client.post(TRACK, {"number": sent.number, "code": codes.grouped(sent.code)}, follow=True)


def stripped(answer):
    """Return the body without the token against forgery, which differs every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_number_and_code_show_where_the_case_stands_and_how_its_last_day_was_computed(client, running):
    said = words(look(client, running))
    for one in ("办理中", "2024年7月2日", "海岚市水利局", "HL-012-2024-00001", "第20个工作日", "水利局办公室"):
        assert one in said


def test_neither_stands_in_an_address_and_the_cookie_tells_nothing(client, running):
    answer = client.post(TRACK, {"number": running.number, "code": running.code})
    assert answer["Location"] == CASE
    cookie = client.cookies["case"]
    assert running.number not in cookie.value
    assert running.code not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        True,
        "Strict",
        "/apply/status/",
        1800,
    )
    page = client.get(CASE)
    assert answer["Cache-Control"] == page["Cache-Control"] == "no-store"
    assert running.code not in page.content.decode()


def test_over_https_the_cookie_goes_by_https_alone(client, running, settings):
    settings.HTTPS = True
    client.post(TRACK, {"number": running.number, "code": running.code})
    assert client.cookies["case"]["secure"]


@pytest.mark.parametrize("wrong", ["number", "code", "both", "empty", "swapped", "long"])
def test_whatever_is_wrong_the_answer_is_the_same(client, running, django_assert_num_queries, wrong):
    other = codes.fresh_code()
    given = {
        "number": ("W20240603-00000000", running.code),
        "code": (running.number, other),
        "both": ("W20240603-00000000", other),
        "empty": ("", ""),
        "swapped": (running.code, running.number),
        "long": (running.number, running.code * 100),
    }[wrong]
    with django_assert_num_queries(1):
        answer = client.post(TRACK, dict(zip(("number", "code"), given, strict=True)))
    expected = client.post(TRACK, {"number": "W20240603-ZZZZZZZZ", "code": "0" * 16})
    assert answer.status_code == expected.status_code == 422
    # What was typed is given back; all else is byte for byte the same.
    blank = [re.sub(r' value="[^"]*"', "", stripped(one)) for one in (answer, expected)]
    assert blank[0] == blank[1]
    assert "case" not in client.cookies


def test_guessing_is_slowed_down(client, running):
    answers = [client.post(TRACK, {"number": running.number, "code": "x"}).status_code for _ in range(31)]
    assert answers[-1] == 429


def test_the_cookie_runs_out_and_cannot_be_made(client, running, monkeypatch):
    look(client, running)
    later = time.time() + 1801
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: later)
        assert client.get(CASE)["Location"] == TRACK
    client.cookies["case"] = f"{running.key}:1:abc"
    assert client.get(CASE)["Location"] == TRACK


def test_whoever_leaves_a_shared_machine_leaves_nothing(client, running):
    look(client, running)
    client.post("/apply/status/leave/")
    assert client.get(CASE)["Location"] == TRACK


def test_a_case_is_confirmed_from_its_page(client, followed):
    sent = followed()
    page = look(client, sent)
    assert "确认收到，开始计算期限" in words(page)
    answer = client.post("/apply/status/confirm/", follow=True)
    assert "已确认收到，答复期限自今日起算。" in words(answer)
    assert "已确认收到" not in words(client.get(CASE)), "said once, and no more where the page is loaded again"
    worked()
    assert sent.application().stage == Stage.OPEN
    assert client.post("/apply/status/confirm/").status_code == 422


def test_an_agency_that_came_after_the_confirmation_can_be_confirmed(
    client, send, bureau, other_bureau, stranger, monday
):
    from intake.test_taking import open_guide  # noqa: PLC0415 -- as below

    open_guide(other_bureau)
    sent = send(bureau, other_bureau)
    worked()
    look(client, sent)
    page = client.get(CASE).content.decode()
    assert page.count("确认收到，开始计算期限") == 1, "one button for all"
    assert "确认一次，2 件都开始计算" in page
    client.post("/apply/status/confirm/")
    worked()
    late = Application.objects.get(unit=other_bureau)
    event = late.events.get(kind="confirmed")
    entering.strike(application=late, event=event, user=stranger, today=monday.today, reason="误登记")
    worked()
    assert client.get(CASE).content.decode().count("确认收到，开始计算期限") == 1
    client.post("/apply/status/confirm/")
    worked()
    assert set(Application.objects.values_list("stage", flat=True)) == {Stage.OPEN}


def asked(running, sealed, staff, monday):
    """Have the office ask for a correction, delivered online."""
    monday.today = date(2024, 6, 5)
    letter = sealed(running.application(), "correction_notice", monday.today, options={"period_days": 15})
    letters_sending.send(letter=letter, day=monday.today, user=staff.handler, today=monday.today, mode="electronic")
    worked()
    return letter


def test_a_correction_is_answered_online(client, running, sealed, staff, monday):
    asked(running, sealed, staff, monday)
    page = look(client, running)
    assert "请补正：2024年6月27日前" in words(page)
    address = f"/apply/status/{running.case.pk}/correction/"
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "甲", "attachments": SimpleUploadedFile("a.exe", b"MZ")}).status_code == 422
    monday.today = date(2024, 6, 6)
    files = [SimpleUploadedFile("图.png", CARD.data)]
    answer = client.post(address, {"text": "是2023年的登记表", "attachments": files}, follow=True)
    assert "补正已经提交" in words(answer)
    worked()
    assert sent_on(running) == date(2024, 6, 6)
    papers = {one.name: store.read(one.blob) for one in running.application().papers.filter(kind="correction")}
    assert papers == {"补正说明.txt": "是2023年的登记表".encode(), "图.png": CARD.data}
    page = words(client.get(CASE))
    assert "办理中" in page
    assert "收到补正之日 2024年6月6日，答复期限从次日起重新计算 应答复日 2024年7月5日" in page
    assert "您在网上补正的内容 是2023年的登记表 附件：图.png" in page
    assert client.get(address).status_code == 422, "it is not asked any more"


def sent_on(running):
    return Event.objects.get(application=running.application(), kind="correction_answer").day


def test_an_answer_is_taken_home_and_rated(client, running, sealed, staff, monday):
    monday.today = date(2024, 6, 20)
    letter = answered(running, sealed, staff, "electronic")
    worked()
    page = look(client, running)
    assert "已答复" in words(page)
    assert "行政复议" in words(page)
    text, sealed_copy = re.findall(r'href="(/apply/status/files/[^"]*)"', page.content.decode())
    assert client.get(sealed_copy).content == store.read(letter.sealed_copy)
    taken = client.get(text)
    assert taken.content == store.read(letter.pdf)
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Cache-Control"] == "no-store"
    client.post(f"/apply/status/{running.case.pk}/rating/", {"score": "4", "words": "很快"})
    worked()
    assert Satisfaction.objects.get().score == 4
    assert "您已评价" in words(client.get(CASE))


def test_a_letter_is_given_to_nobody_else(client, running, followed, sealed, staff, monday):
    monday.today = date(2024, 6, 20)
    answered(running, sealed, staff, "electronic")
    worked()
    address = reverse("apply:file", args=[TrackedFile.objects.first().pk])
    assert client.get(address).status_code == 404
    look(client, followed(title="别人的申请"))
    assert client.get(address).status_code == 404
    for act in ("correction", "withdrawal", "rating"):
        answer = client.post(f"/apply/status/{running.case.pk}/{act}/", {"score": "1", "text": "甲"})
        assert answer.status_code == 422
    assert not Submission.objects.filter(state="waiting").exists()


def test_an_application_is_taken_back_after_a_question(client, running):
    look(client, running)
    address = f"/apply/status/{running.case.pk}/withdrawal/"
    assert "不能恢复" in words(client.get(address))
    assert "撤回申请已经提交" in words(client.post(address, follow=True))
    worked()
    assert running.application().stage == Stage.WITHDRAWN


def test_a_case_costs_as_many_queries_as_three(client, send, bureau, other_bureau, city, django_assert_num_queries):
    from builders.city import unit  # noqa: PLC0415 -- used once
    from intake.test_taking import open_guide  # noqa: PLC0415 -- the same

    third = unit("HL-014", "海岚市第三局", city)
    for one in (other_bureau, third):
        open_guide(one)
    single, several = send(), send(bureau, other_bureau, third)
    worked()
    look(client, single)
    with django_assert_num_queries(2):
        client.get(CASE)
    look(client, several)
    with django_assert_num_queries(2):
        assert client.get(CASE).content.decode().count("<article") == 3
    assert TrackedCase.objects.count() == 4
