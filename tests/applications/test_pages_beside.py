"""The pages beside applications: what is entered comes back, what is refused says why, nobody sees too much."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.domain import identity, matters
from gongkai.applications.models import Guidance, Matter, MatterKind, Volume
from gongkai.indexing import building, place
from gongkai.records.models import Record
from gongkai.search.port import SearchUnavailableError

pytestmark = pytest.mark.django_db

FEB5 = date(2024, 2, 5)


@pytest.fixture
def office(city):
    return person("zhu", city, Role.COMPETENT, name="朱主管", with_subtree=True)


@pytest.fixture
def on(client):
    def signed(user):
        client.force_login(user)
        return client

    return signed


def words(response):
    return response.content.decode()


@pytest.fixture
def answered(receive, enter):
    said = {"outcome": "A2", "number": "甲〔2024〕1号", "mode": "posted", "mail": "1234567890123"}
    return enter(receive(FEB5), "answer", date(2024, 2, 20), **said)


def test_a_rectification_is_registered_handled_and_ended_on_screen(on, staff, bureau):
    client = on(staff.handler)
    form = {
        "unit": bureau.pk,
        "received_on": "2024-02-05",
        "title": "地址有误",
        "name": "张晓岚",
        "telephone": "13800001234",
    }
    response = client.post(reverse("applications:matter-new", args=["rectification"]), form)
    matter = Matter.objects.get()
    assert response.url == reverse("applications:matter", args=[matter.pk])
    page = words(client.get(response.url))
    assert "张**" in page
    assert "13800001234" not in page
    act = reverse("applications:matter-do", args=[matter.pk, "corrected"])
    refused = client.post(act, {"seen": 1, "day": "2024-02-01", "text": "已更正"})
    assert refused.status_code == 422
    assert "早于收到之日 2024-02-05" in words(refused)
    assert client.post(act, {"seen": 1, "day": "2024-02-20", "text": "已更正"}).status_code == 302
    page = words(client.get(reverse("applications:matter", args=[matter.pk])))
    assert "予以更正" in page
    assert "登记“不予更正”" not in page


def test_a_half_filled_form_comes_back_with_what_was_typed(on, staff, bureau):
    form = {"unit": bureau.pk, "received_on": "2024-02-05", "title": "停水没有公告", "name": "张晓岚", "sector": ""}
    response = on(staff.handler).post(reverse("applications:matter-new", args=["appeal"]), form)
    assert response.status_code == 422
    assert "停水没有公告" in words(response)
    assert "请填写公共企事业单位并选择行业" in words(response)


def test_a_complaint_is_not_shown_to_whom_it_is_about(on, staff, city, bureau, office):
    matter = matters.receive(
        kind=MatterKind.COMPLAINT,
        unit=city,
        about=bureau,
        day=FEB5,
        applicant=identity.Identity(name="李海"),
        title="不答复",
        text="",
        user=office,
        today=FEB5,
    )
    address = reverse("applications:matter", args=[matter.pk])
    assert on(staff.handler).get(address).status_code == 404
    assert "不答复" not in words(on(staff.head).get(reverse("applications:matters")))
    assert on(office).get(address).status_code == 200


def test_a_question_is_asked_on_the_case_answered_and_found_by_another_bureau(on, receive, staff, office, stranger):
    application = receive(FEB5)
    ask = reverse("applications:guide", args=[application.pk])
    facts = {"seen": application.version, "title": "能否拆分", "question": "一表多项如何处理"}
    assert on(staff.handler).post(ask, facts).status_code == 302
    guidance = Guidance.objects.get()
    assert on(stranger).get(reverse("applications:guidance", args=[guidance.pk])).status_code == 404
    assert "能否拆分" in words(on(office).get(reverse("office:home")))
    reply = {"answer": "一事一申请", "is_precedent": "on", "outcome": "A2"}
    assert on(office).post(reverse("applications:guidance-reply", args=[guidance.pk]), reply).status_code == 302
    building.rebuild()
    client = on(stranger)
    assert "能否拆分" in words(client.get(reverse("applications:precedents"), {"text": "一事一申请"}))
    page = words(client.get(reverse("applications:guidance", args=[guidance.pk])))
    assert application.number not in page
    assert "林经办" not in page


def test_a_broken_index_is_not_an_empty_library(on, staff, monkeypatch):
    def broken():
        raise SearchUnavailableError("索引不可用")

    monkeypatch.setattr(place, "reader", broken)
    response = on(staff.handler).get(reverse("applications:precedents"), {"text": "甲"})
    assert response.status_code == 503
    assert "不是没有案例" in words(response)


def test_what_was_given_becomes_a_draft_from_the_page(on, staff, answered):
    client = on(staff.handler)
    address = reverse("applications:convert", args=[answered.pk])
    assert "采砂许可台账" in words(client.get(address))
    facts = {"seen": answered.version, "title": "采砂许可台账", "reason": "多人申请"}
    assert client.post(address, facts).status_code == 302
    assert Record.objects.get().title == "采砂许可台账"


def test_a_case_is_archived_and_its_volume_exported_from_the_pages(on, staff, answered):
    client = on(staff.handler)
    facts = {"seen": answered.version, "retention": "30"}
    refused = client.post(reverse("applications:archive", args=[answered.pk]), facts)
    assert (refused.status_code, "核对发现须说明的问题（F1a）" in words(refused)) == (422, True)
    note = {"seen": answered.version, "note": "原件在档案室"}
    client.post(reverse("applications:explain", args=[answered.pk]), note)
    facts["seen"] = answered.version + 1
    assert client.post(reverse("applications:archive", args=[answered.pk]), facts).status_code == 302
    volume = Volume.objects.get()
    assert volume.retention == 30
    assert volume.number in words(client.get(reverse("applications:volumes")))
    assert "卷内没有文件" in words(client.get(reverse("applications:volume", args=[volume.pk])))
    packed = client.post(reverse("applications:volume-export", args=[volume.pk]))
    assert (packed["Content-Type"], packed.content[:2]) == ("application/zip", b"PK")
    again = reverse("applications:archive", args=[answered.pk])
    assert again not in words(client.get(reverse("applications:detail", args=[answered.pk])))


@pytest.mark.parametrize("name", ["matters", "guidances", "precedents", "volumes"])
def test_lists_ask_the_database_the_same_number_of_times_for_one_row_and_three(
    on, staff, receive, enter, bureau, name, django_assert_max_num_queries
):
    def fill(number):
        case = enter(receive(FEB5), "answer", date(2024, 2, 20), outcome="A2")
        Volume.objects.create(
            application=case, number=f"卷{number}", closed_on=FEB5, digest="0" * 64, closed_by=staff.handler
        )
        Guidance.objects.create(
            application=case,
            unit=bureau,
            title=f"问{number}",
            question="甲",
            asked_on=FEB5,
            asked_by=staff.handler,
            answer="乙",
            answered_on=FEB5,
            is_precedent=True,
        )
        Matter.objects.create(
            kind=MatterKind.RECTIFICATION, unit=bureau, number=f"GZ{number}", received_on=FEB5, title="甲"
        )

    client = on(staff.handler)
    for number in range(3):
        fill(number)
    with django_assert_max_num_queries(14):
        assert client.get(reverse(f"applications:{name}")).status_code == 200


def test_the_to_do_of_the_office_shows_what_is_past_its_own_day(on, staff, bureau):
    matters.receive(
        kind=MatterKind.RECTIFICATION,
        unit=bureau,
        day=FEB5,
        applicant=identity.Identity(name="李海"),
        title="地址有误",
        text="",
        user=staff.handler,
        today=timezone.localdate(),
        target_on=date(2024, 3, 1),
    )
    page = words(on(staff.handler).get(reverse("office:home")))
    assert "地址有误" in page
