"""Writing a draft on the page: what is typed is never lost, and nobody overwrites another unawares."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.records.domain import draft, publication
from gongkai.records.models import Attribute, Category, Clause, Record

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


@pytest.fixture
def typed(bureau):
    return {
        "unit": bureau.pk,
        "category": Category.NORMATIVE,
        "title": "关于印发节水办法的通知",
        "document_number": "岚水〔2024〕20号",
        "made_on": "2024-05-20",
        "attribute": Attribute.PROACTIVE,
        "body": "各镇街：\n现印发你们。",
        "is_formal": "on",
    }


def test_a_draft_is_written_and_its_page_follows(signed_on, staff, typed, other_bureau, bureau):
    typed |= {"joint_units": [other_bureau.pk, bureau.pk], "scope_item": "20.01", "publish_on": "2030-01-02"}
    response = signed_on(staff.author).post(reverse("records:new"), typed)
    record = Record.objects.get()
    assert response.url == reverse("records:detail", args=[record.pk])
    assert (record.author, record.unit, list(record.joint_units.all())) == (staff.author, bureau, [other_bureau])
    assert (record.body, record.is_full_text, record.publish_on) == (
        "<p>各镇街：</p><p>现印发你们。</p>",
        False,
        date(2030, 1, 2),
    )


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": "", "made_on": ""}, {"title", "made_on"}),
        ({"attribute": ""}, {"attribute"}),
        ({"attribute": Attribute.ON_REQUEST}, {"reason"}),
        ({"attribute": Attribute.WITHHELD}, {"reason", "clause", "reassess_on"}),
        ({"category": Category.INTERPRETATION}, {"interprets"}),
        ({"category": Category.INTERPRETATION, "interprets": "岚水〔2024〕99号"}, {"interprets"}),
        ({"body": "机密★10年"}, {"body"}),
        ({"made_on": "2024-02-30"}, {"made_on"}),
    ],
)
def test_a_half_filled_form_comes_back_with_its_messages_and_what_was_typed(signed_on, staff, typed, change, fields):
    response = signed_on(staff.author).post(reverse("records:new"), typed | change)
    page = response.content.decode()
    assert (response.status_code, set(response.context["form"].errors)) == (422, fields)
    assert ("岚水〔2024〕20号" in page, "没有保存" in page) == (True, True)
    assert Record.objects.count() == 0


def test_the_fields_an_attribute_demands_follow_it(signed_on, staff):
    client = signed_on(staff.author)
    names = {}
    for attribute in ("", *Attribute.values):
        response = client.get(reverse("records:attribute-fields"), {"attribute": attribute, "reason": "涉及工程图件"})
        names[attribute] = [field.name for field in response.context["form"].demanded]
    assert names == {
        "": [],
        "proactive": ["scope_item", "publish_on"],
        "on_request": ["clause", "reason", "reassess_on"],
        "withheld": ["clause", "reason", "reassess_on"],
    }
    assert "涉及工程图件" in response.content.decode()


def test_what_an_attribute_does_not_know_is_not_kept(signed_on, staff, typed):
    typed |= {"clause": Clause.PROCESS, "reason": "草拟时所填", "reassess_on": "2030-01-01"}
    signed_on(staff.author).post(reverse("records:new"), typed)
    record = Record.objects.get()
    assert (record.clause, record.reason, record.reassess_on) == ("", "", None)


def test_an_interpretation_finds_its_document_by_either_number(signed_on, staff, typed, published):
    document = published()
    client = signed_on(staff.author)
    for number in (document.index_number, "岚水[2024]12号"):
        client.post(
            reverse("records:new"),
            typed | {"category": Category.INTERPRETATION, "interprets": number, "document_number": "", "title": number},
        )
    assert document.interpretations.count() == 2


def edition_on(page):
    return page.context["form"]["edition"].value()


def test_the_edit_page_comes_filled_and_saves(signed_on, staff, write, typed):
    record = write(keywords="采砂")
    client = signed_on(staff.author)
    page = client.get(reverse("records:edit", args=[record.pk]))
    form = page.context["form"]
    assert (form["keywords"].value(), form["body"].value()) == ("采砂", "各镇街：现将办法印发你们。")
    client.post(reverse("records:edit", args=[record.pk]), typed | {"edition": edition_on(page), "title": "改后"})
    record.refresh_from_db()
    assert (record.title, record.keywords) == ("改后", "")


def test_the_second_of_two_officers_is_told_and_loses_nothing(signed_on, staff, write, typed):
    record = write()
    client = signed_on(staff.author)
    address = reverse("records:edit", args=[record.pk])
    stale = edition_on(client.get(address))
    draft.revise(record=record, user=staff.author, filing_number="岚府备〔2024〕3号", body="<p>他人所改。</p>")
    response = client.post(address, typed | {"edition": stale, "title": "我的标题"})
    page = response.content.decode()
    assert (response.status_code, "已被他人保存" in page, "我的标题" in page, "他人所改" in page) == (
        422,
        True,
        True,
        True,
    )
    record.refresh_from_db()
    assert record.title == "海岚市水利局关于印发河道采砂管理办法的通知"
    again = edition_on(response)
    assert again != stale
    client.post(address, typed | {"edition": again, "title": "我的标题"})
    record.refresh_from_db()
    assert record.title == "我的标题"


def test_a_change_of_a_joint_unit_is_a_change_too(signed_on, staff, write, typed, other_bureau):
    record = write()
    client = signed_on(staff.author)
    stale = edition_on(client.get(reverse("records:edit", args=[record.pk])))
    draft.revise(record=record, user=staff.author, joint_units=[other_bureau])
    response = client.post(reverse("records:edit", args=[record.pk]), typed | {"edition": stale})
    assert response.status_code == 422


def test_a_record_under_review_has_no_edit_page(signed_on, staff, write, typed):
    record = write()
    publication.submit(record=record, user=staff.author, day=TODAY)
    response = signed_on(staff.author).post(reverse("records:edit", args=[record.pk]), typed, follow=True)
    assert "送审后须先撤回" in response.content.decode()


@pytest.mark.parametrize("who", ["secrecy", "final", "head"])
def test_colleagues_without_the_officer_s_role_write_nothing(signed_on, staff, write, typed, who):
    record = write()
    client = signed_on(getattr(staff, who))
    client.post(reverse("records:edit", args=[record.pk]), typed)
    client.post(reverse("records:new"), typed)
    record.refresh_from_db()
    assert (record.title, Record.objects.count()) == ("海岚市水利局关于印发河道采砂管理办法的通知", 1)


def test_nobody_drafts_for_another_unit(signed_on, stranger, typed):
    response = signed_on(stranger).post(reverse("records:new"), typed)
    assert (set(response.context["form"].errors), Record.objects.count()) == ({"unit"}, 0)


def test_the_unit_of_a_saved_draft_stays(signed_on, staff, write, typed, other_bureau, bureau):
    record = write()
    page = signed_on(staff.author).get(reverse("records:edit", args=[record.pk]))
    data = typed | {"unit": other_bureau.pk, "edition": edition_on(page)}
    signed_on(staff.author).post(reverse("records:edit", args=[record.pk]), data)
    record.refresh_from_db()
    assert (record.unit, record.document_number) == (bureau, "岚水〔2024〕20号")
