"""The pages: registering, the case and what happens in it, the list, table 四, the to-do list, the panel."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts import workbench
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import feeds
from gongkai.applications.models import Application
from gongkai.applications.panels import panels_for
from gongkai.journal.models import Entry
from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.models import Claimant, Remedy, RemedyKind
from gongkai.remedies.queries.register import Wanted, listed
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db
D = date.fromisoformat
TODAY = timezone.localdate()


@pytest.fixture
def signed(client, staff):
    client.force_login(staff.handler)
    return client


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_case_is_registered_from_its_application_and_walked_to_a_new_answer(signed, answered, bureau, staff):
    application = answered()
    address = reverse("remedies:new")
    page = signed.get(address, {"application": application.pk})
    assert f'value="{application.number}"' in page.content.decode()
    data = {
        "unit": bureau.pk,
        "kind": "reconsideration",
        "application": application.number.lower(),
        "ground": "refusal",
        "body": "海岚市人民政府",
        "case_number": "岚政复〔2024〕9号",
        "day": "2024-03-20",
        "filed_on": "2024-03-15",
        "claimant": "applicant",
    }
    made = signed.post(address, data)
    remedy = Remedy.objects.get()
    assert made.url == reverse("remedies:detail", args=[remedy.pk])
    page = words_of(signed.get(made.url))
    for words in ("应当在 2024-04-30 前提出", "提交书面答复", "2024-04-03", "岚水公开〔2024〕5号", "第10个工作日"):
        assert words in page
    entered = signed.post(
        reverse("remedies:enter", args=[remedy.pk, "decided"]),
        {
            "seen": remedy.version,
            "day": "2024-05-10",
            "result": "revoked_answer_again",
            "document": "岚政复决〔2024〕9号",
            "until": "2024-06-14",
            "file": SimpleUploadedFile("复议决定书.txt", "决定如下".encode()),
        },
    )
    assert entered.status_code == 302
    page = words_of(signed.get(made.url))
    for words in ("撤销并责令重新答复", "结果纠正", "复议决定书.txt", "限期答复至 2024-06-14"):
        assert words in page
    event = remedy.events.get(kind="decided")
    paper = signed.get(reverse("remedies:document", args=[remedy.pk, event.pk]))
    assert paper.content == "决定如下".encode()
    application.refresh_from_db()
    assert (application.stage, application.due_on) == ("open", D("2024-06-14"))


def test_a_half_filled_form_comes_back_with_what_is_wrong(signed, answered, bureau, contest):
    application = answered()
    data = {"unit": bureau.pk, "kind": RemedyKind.AFTER, "application": application.number, "ground": "refusal"}
    data |= {"body": "海岚市人民法院", "day": "2024-03-20", "claimant": "applicant"}
    back = signed.post(reverse("remedies:new"), data)
    assert (back.status_code, "没有写明在先的复议" in back.content.decode()) == (422, True)
    assert "海岚市人民法院" in back.content.decode()
    back = signed.post(reverse("remedies:new"), data | {"application": "HL-999-2024-00001", "follows": "HL-9"})
    assert "没有这个受理编号" in back.content.decode()
    assert "没有这个登记号" in back.content.decode()
    remedy = contest(application)
    address = reverse("remedies:enter", args=[remedy.pk, "decided"])
    back = signed.post(
        address, {"seen": remedy.version, "day": "2024-05-10", "result": "ordered", "until": "2024-05-01"}
    )
    assert (back.status_code, "不晚于作出之日" in back.content.decode()) == (422, True)
    back = signed.post(address, {"seen": 99, "day": "2024-05-10", "result": "ordered"})
    assert "已有他人办理" in back.content.decode()
    assert signed.post(address, {}).status_code == 422
    assert signed.post(reverse("remedies:enter", args=[remedy.pk, "notified"]), {}).status_code == 404
    assert remedy.events.count() == 1


def test_only_what_can_follow_is_offered(signed, answered, contest, happen):
    remedy = contest(answered())
    page = signed.get(reverse("remedies:detail", args=[remedy.pk])).content.decode()
    assert {"answered", "decided", "suspended", "note"} <= set(re.findall(r'id="act-(\w+)"', page))
    assert not {"appealed", "resumed", "notified"} & set(re.findall(r'id="act-(\w+)"', page))
    happen(remedy, "decided", D("2024-05-10"), result="upheld")
    page = signed.get(reverse("remedies:detail", args=[remedy.pk])).content.decode()
    assert set(re.findall(r'id="act-(\w+)"', page)) == {"note"}


def test_the_head_strikes_out_and_the_handler_may_not(client, signed, answered, contest, happen, staff):
    remedy = happen(contest(answered()), "heard", D("2024-04-10"), text="听取意见")
    address = reverse("remedies:strike", args=[remedy.pk])
    data = {"event": remedy.events.get(kind="heard").pk, "seen": remedy.version, "reason": "登记错案"}
    assert "没有机构" in words_of(signed.post(address, data, follow=True))
    client.force_login(staff.head)
    assert "写明理由" in words_of(client.post(address, data | {"reason": ""}, follow=True))
    assert "已划去" in words_of(client.post(address, data, follow=True))
    assert "划去：登记错案" in words_of(client.get(reverse("remedies:detail", args=[remedy.pk])))


def test_a_name_is_masked_until_it_is_asked_for(signed, answered, contest):
    claimant = Plaintiff(Claimant.THIRD_PARTY, "natural_person", "李海生")
    remedy = contest(answered(), claimant=claimant)
    detail, reveal = (reverse(f"remedies:{name}", args=[remedy.pk]) for name in ("detail", "reveal"))
    page = signed.get(detail).content.decode()
    assert "李**" in page
    assert "李海生" not in page
    assert "须写明理由" in words_of(signed.post(reveal, {}, follow=True))
    shown = signed.post(reveal, {"reason": "撰写答复书"})
    assert ("李海生" in shown.content.decode(), shown["Cache-Control"]) == (True, "no-store")
    assert Entry.objects.order_by("pk").last().act == "remedies.revealed"


def test_the_evidence_is_shown_and_given_out(client, signed, answered, contest, staff):
    remedy = contest(answered())
    detail = reverse("remedies:detail", args=[remedy.pk])
    assert "缺 5 项" in words_of(signed.get(detail))
    made = signed.post(reverse("remedies:evidence", args=[remedy.pk]))
    assert made["Content-Type"] == "application/zip"
    assert made.content[:2] == b"PK"
    client.force_login(staff.auditor)
    assert "举证材料" not in words_of(client.get(detail))
    refused = client.post(reverse("remedies:evidence", args=[remedy.pk]), follow=True)
    assert "不能导出举证材料" in words_of(refused)


def test_the_list_is_narrowed_and_finds_names_in_full_alone(signed, answered, contest, happen, staff):
    claimant = Plaintiff(Claimant.THIRD_PARTY, "natural_person", "李海生")
    first = contest(answered(), case_number="岚政复〔2024〕9号")
    second = contest(answered(), kind=RemedyKind.DIRECT, claimant=claimant, case_number="（2024）闽0582行初1号")
    happen(second, "decided", D("2024-05-10"), result="claims_rejected")
    scope, known = scope_of(staff.handler, TODAY), tree.as_of(TODAY)
    rows = [
        (Wanted(), {first, second}),
        (Wanted(kind="reconsideration"), {first}),
        (Wanted(status="concluded"), {second}),
        (Wanted(column="pending"), {first}),
        (Wanted(year=2023), set()),
        (Wanted(year=2024, unit=first.unit_id), {first, second}),
        (Wanted(text="李海生"), {second}),
        (Wanted(text="李海"), set()),
        (Wanted(text="张晓岚"), {first}),
        (Wanted(text="〔2024〕9"), {first}),
        (Wanted(text=first.application.number), {first}),
    ]
    for wanted, expected in rows:
        assert set(listed(scope, known, wanted)) == expected, wanted
    page = words_of(signed.get(reverse("remedies:list"), {"status": "concluded"}))
    assert ("行初1号" in page, "岚政复" in page) == (True, False)
    assert "没有符合条件" in words_of(signed.get(reverse("remedies:list"), {"year": "2010"}))


def test_the_list_takes_no_more_queries_for_more_rows(signed, answered, contest):
    address = reverse("remedies:list")
    contest(answered())
    signed.get(address)
    with CaptureQueriesContext(connection) as one:
        signed.get(address)
    contest(answered())
    contest(answered())
    with CaptureQueriesContext(connection) as three:
        signed.get(address)
    assert len(three) == len(one)


def test_table_four_stands_with_the_cases_behind_it(signed, answered, contest, happen):
    happen(contest(answered(), case_number="岚政复〔2024〕9号"), "decided", D("2024-05-10"), result="upheld")
    contest(answered(), case_number="岚政复〔2024〕10号")
    page = words_of(signed.get(reverse("remedies:table"), {"year": "2024"}))
    assert "行政复议 1 0 0 1 2 未经复议直接起诉 0 0 0 0 0" in page
    assert "岚政复〔2024〕9号 结果维持" in page
    assert "2024年政府信息公开" in page
    assert "行政复议 0 0 0 0 0" in words_of(signed.get(reverse("remedies:table"), {"year": "2023", "unit": "99999"}))
    assert f"{TODAY.year}年政府信息公开" in words_of(signed.get(reverse("remedies:table"), {"year": "1999"}))


def test_filings_stand_on_the_to_do_list_until_they_are_made(answered, contest, happen, staff, stranger):
    notified = TODAY - timedelta(days=3)
    application = answered(TODAY - timedelta(days=30), received=TODAY - timedelta(days=40))
    remedy = contest(application, notified, today=TODAY, case_number="岚政复〔2024〕9号")

    def todo(user):
        found = workbench.todo_for(user, scope_of(user, TODAY), 5)
        return [item.title for source, items, _ in found for item in items if source.kind == "复议答复、诉讼答辩"]

    assert todo(staff.handler) == ["提交书面答复：海岚市人民政府岚政复〔2024〕9号"]
    assert todo(stranger) == todo(staff.auditor) == []
    happen(remedy, "answered", TODAY, with_evidence=True)
    assert todo(staff.handler) == []


def test_filings_stand_in_the_calendar_of_who_has_the_case_in_hand_and_of_the_unit(
    client, answered, contest, staff, bureau
):
    application = answered(TODAY - timedelta(days=30), received=TODAY - timedelta(days=40))
    remedy = contest(application, TODAY - timedelta(days=3), today=TODAY)
    _, own = feeds.open_feed(user=staff.handler, today=TODAY)
    _, whole = feeds.open_feed(user=staff.handler, today=TODAY, unit=bureau)
    _, watching = feeds.open_feed(user=staff.auditor, today=TODAY, unit=bureau)

    def entries(token):
        calendar = client.get(reverse("applications:feed", args=[token])).content.decode()
        return calendar.replace("\r\n ", "").count(f"提交书面答复期限 {remedy.number}")

    assert (entries(own), entries(whole), entries(watching)) == (0, 1, 0)
    Application.objects.filter(pk=application.pk).update(handler=staff.handler)
    assert entries(own) == 1


def test_the_application_shows_its_cases(answered, contest, staff, stranger):
    application = answered()

    def shown(user):
        found = panels_for(application, scope_of(user, TODAY), TODAY)
        return [panel.context for panel in found if panel.title == "行政复议、行政诉讼"]

    assert shown(staff.auditor) == []
    remedy = contest(application)
    (seen,) = shown(staff.auditor)
    assert (seen["cases"], seen["may_register"]) == ([remedy], False)
    assert shown(staff.handler)[0]["may_register"] is True
    assert shown(stranger) == []


def test_others_do_not_see_it(client, answered, contest, stranger, staff):
    remedy = contest(answered())
    for user in (stranger, staff.supervisor):
        client.force_login(user)
        assert client.get(reverse("remedies:detail", args=[remedy.pk])).status_code == 404
