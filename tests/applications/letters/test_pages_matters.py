"""A matter on screen: its letters, its volume, and what whoever may not see it does not see."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from applications.letters.conftest import FEB5, FEB20, fill
from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.workbench import todo_for
from gongkai.applications.domain import letters, matters
from gongkai.applications.models import Letter, Matter, MatterKind, Volume
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(client, leaf):
    """Sign somebody on, on 20 February 2024."""
    leaf.today = FEB20

    def signed(user):
        client.force_login(user)
        return client

    return signed


def words(response):
    return response.content.decode()


def page_of(matter):
    return reverse("applications:matter", args=[matter.pk])


def test_a_letter_is_begun_from_the_page_of_the_matter_and_stands_there(on, bring, staff):
    matter, client = bring(MatterKind.RECTIFICATION), on(staff.handler)
    begin = reverse("applications:matter-letter-new", args=[matter.pk])
    assert begin in words(client.get(page_of(matter)))
    form = words(client.get(begin))
    assert "政府信息不予更正告知书" in form
    assert "投诉举报" not in form
    assert client.post(begin, {"what": "granted"}).status_code == 422
    response = client.post(begin, {"what": "rectification_refused"})
    letter = Letter.objects.get()
    assert response.url == reverse("applications:letter-edit", args=[letter.pk])
    edit = words(client.get(response.url))
    assert matter.number in edit
    assert "张晓岚" not in edit
    shown = words(client.get(page_of(matter)))
    assert reverse("applications:letter", args=[letter.pk]) in shown
    assert page_of(matter) in words(client.get(reverse("applications:letter", args=[letter.pk])))


def test_what_no_longer_fits_is_not_offered_and_says_why(on, bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    matters.do(matter=matter, act="corrected", text="甲", day=FEB20, user=staff.handler, today=FEB20)
    form = words(on(staff.handler).get(reverse("applications:matter-letter-new", args=[matter.pk])))
    assert 'value="rectification"' in form
    assert 'value="rectification_refused"' not in form
    assert "已按“予以更正”办结" in form


def test_the_last_day_of_an_order_is_filled_in_on_screen(on, bring, centre):
    matter = bring(MatterKind.COMPLAINT)
    letter = letters.draft(case=matter, kind="supervision_order", user=centre.office, today=FEB20)
    client = on(centre.office)
    edit = reverse("applications:letter-edit", args=[letter.pk])
    facts = {"seen": 1, "mode": "direct", "findings": "甲", "requirements": "乙", "until": "2024-03-15"}
    assert client.post(edit, facts).status_code == 302
    assert "于2024年3月15日前完成整改" in words(client.get(edit))
    assert "海岚市水利局" in words(client.get(edit))


def test_a_sent_letter_is_an_act_with_the_way_to_it(on, bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    letter = desk.sent(matter, "rectification")
    shown = words(on(staff.handler).get(page_of(matter)))
    assert "予以更正" in shown
    assert letter.number in shown
    assert f'<a href="{reverse("applications:letter", args=[letter.pk])}">查看文书</a>' in shown


def test_a_matter_is_archived_on_screen_after_its_doubts_are_explained(on, bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    client, archive = on(staff.handler), reverse("applications:matter-archive", args=[matter.pk])
    assert archive not in words(client.get(page_of(matter)))
    assert client.post(archive, {"seen": 1, "retention": "10"}).status_code == 422
    desk.sent(matter, "rectification")
    matter.refresh_from_db()
    shown = words(client.get(page_of(matter)))
    assert archive in shown
    assert "没有送达凭证" in shown
    refused = client.post(archive, {"seen": matter.version, "retention": "30"})
    assert (refused.status_code, "M3" in words(refused)) == (422, True)
    facts = {"seen": matter.version, "retention": "30", "note": "邮局尚未退回回执"}
    response = client.post(archive, facts)
    volume = Volume.objects.get()
    assert response.url == reverse("applications:volume", args=[volume.pk])
    shown = words(client.get(response.url))
    assert matter.number in shown
    assert "政府信息更正告知书.pdf" in shown
    assert volume.number in words(client.get(reverse("applications:volumes")))
    closed = words(client.get(page_of(matter)))
    assert response.url in closed
    assert archive not in closed
    packed = client.post(reverse("applications:volume-export", args=[volume.pk]))
    assert packed.content[:2] == b"PK"


def test_a_broken_form_of_the_volume_comes_back(on, bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    matters.do(matter=matter, act="withdrawn", day=FEB20, user=staff.handler, today=FEB20)
    response = on(staff.handler).post(reverse("applications:matter-archive", args=[matter.pk]), {"retention": "7"})
    assert response.status_code == 422
    assert not Volume.objects.exists()


def test_who_signs_a_letter_of_a_complaint_reads_it_without_the_complaint(on, bring, desk, centre, staff):
    letter = desk.sealed(bring(MatterKind.COMPLAINT), "complaint_upheld")
    address = reverse("applications:letter", args=[letter.pk])
    signed = words(on(centre.head).get(address))
    assert letter.matter.number in signed
    assert page_of(letter.matter) not in signed
    assert on(centre.head).get(page_of(letter.matter)).status_code == 404
    for user in (staff.handler, staff.head):
        assert on(user).get(address).status_code == 404
        assert letter.number not in words(on(user).get(reverse("applications:letters")))


def test_the_run_and_the_to_do_of_the_department_hold_its_letters(on, bring, desk, centre, staff):
    letter = desk.sealed(bring(MatterKind.COMPLAINT, target_on=FEB20), "supervision_order")
    client = on(centre.office)
    run = words(client.get(reverse("applications:letters-run")))
    assert (letter.number in run, "海岚市水利局" in run) == (True, True)
    printed = client.post(reverse("applications:letters-run"), {"act": "receipts", "letters": [letter.pk]})
    assert printed.content.startswith(b"%PDF")
    items = [item for _, found, _ in todo_for(centre.office, scope_of(centre.office, FEB20), 5) for item in found]
    due = [item.due for item in items if letter.number in item.title]
    assert due == [FEB20]
    assert letter.number not in words(on(staff.head).get(reverse("applications:letters-run")))


def test_a_matter_is_found_by_its_number_in_the_list_of_letters(on, bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    desk.draft(matter, "rectification")
    desk.draft(bring(MatterKind.APPEAL), "appeal_upheld")
    found = words(on(staff.handler).get(reverse("applications:letters"), {"text": matter.number.lower()}))
    assert "政府信息更正告知书" in found
    assert "申诉处理告知书" not in found


def test_the_list_is_taken_away_masked_without_the_complaints_and_leaves_an_entry(on, bring, centre, staff):
    bring(MatterKind.RECTIFICATION, title="=HYPERLINK(1)")
    bring(MatterKind.APPEAL)
    bring(MatterKind.COMPLAINT)
    client, address = on(staff.handler), reverse("applications:matters-export")
    answer = client.post(f"{address}?kind=appeal", {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["种类"], row["提出人（隐去）"], row["被投诉机构、被申诉单位"]) for row in rows] == [
        ("申诉", "张**", "海岚市自来水公司")
    ]
    entry = Entry.objects.get(act="applications.matters_exported")
    assert entry.detail == {"rows": 1, "form": "csv", "filters": {"kind": "appeal"}}
    sheet = load_workbook(io.BytesIO(client.post(address, {"format": "xlsx"}).content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["申诉", "更正申请"]
    assert sheet["F3"].value == "'=HYPERLINK(1)"
    assert client.post(address, {"format": "pdf"}).url == reverse("applications:matters")
    taken = on(centre.office).post(address, {"format": "csv"}).content.decode("utf-8-sig")
    assert "海岚市水利局" in taken


@pytest.mark.parametrize("name", ["letters", "volumes", "letters-run", "seals"])
def test_lists_ask_the_database_the_same_number_of_times_for_one_row_and_three(
    on, bring, desk, staff, name, django_assert_max_num_queries
):
    for number in range(3):
        matter = bring(MatterKind.RECTIFICATION)
        desk.sealed(matter, "rectification")
        facts = {"number": f"卷{number}", "closed_on": FEB5, "digest": "0" * 64, "closed_by": staff.handler}
        Volume.objects.create(matter=matter, **facts)
    client = on(staff.handler)
    with django_assert_max_num_queries(16):
        assert client.get(reverse(f"applications:{name}")).status_code == 200


def test_the_page_of_a_matter_does_not_ask_more_for_more_letters(on, bring, staff, django_assert_max_num_queries):
    matter = bring(MatterKind.RECTIFICATION)
    for _ in range(3):
        made = letters.draft(case=matter, kind="rectification", user=staff.handler, today=FEB20)
        fill(made, FEB20, staff.handler)
    client = on(staff.handler)
    with django_assert_max_num_queries(14):
        assert client.get(page_of(Matter.objects.get())).status_code == 200
