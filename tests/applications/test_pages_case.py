"""The page of a case: what it shows, what can be done there, by whom, and what comes back where it cannot."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.models import Application, Event, Medium, Paper, PaperKind, SearchLog, Stage
from gongkai.applications.views.acts import ACTS
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leaf")]
TEXT = "身份证明".encode()


def look(client, application, **query):
    return client.get(reverse("applications:detail", args=[application.pk]), query)


def do(client, act, application, **data):
    data.setdefault("seen", Application.objects.get(pk=application.pk).version)
    return client.post(reverse(f"applications:{act}", args=[application.pk]), data)


def offered(response):
    """Return the acts the page offers, by the law or beside it."""
    beside = {act.name for _, acts in response.context["groups"] for act in acts}
    return beside | {act.name for _, act, *_ in response.context["steps"] if act is not None}


def again(application):
    return Application.objects.get(pk=application.pk)


# What the page shows.


def test_the_clock_is_told_in_words_day_by_day(signed_on, staff, receive):
    words = look(signed_on(staff.handler), receive(date(2024, 5, 7))).content.decode()
    assert "第20个工作日" in words
    assert "星期六，周末" in words or "星期六" in words
    assert "应当在 2024-06-03（含当日）前答复" in words


def test_a_provisional_day_says_so(signed_on, staff, receive, leaf):
    leaf.today = date(2027, 12, 20)
    words = look(signed_on(staff.handler), receive(leaf.today, today=leaf.today)).content.decode()
    assert "应答复日（暂定）" in words
    assert "放假安排尚未公布" in words


def test_nothing_counts_before_the_receipt_is_confirmed(signed_on, staff, receive):
    answer = look(signed_on(staff.handler), receive(medium=Medium.WEB_FORM))
    assert "未起算" in answer.content.decode()
    assert {"confirm", "attempt"} <= offered(answer)
    assert "opinion" not in offered(answer)


def test_what_the_law_forbids_is_shown_with_its_reason_and_never_offered(signed_on, staff, receive):
    answer = look(signed_on(staff.handler), receive(date(2024, 5, 7)))
    words = answer.content.decode()
    may_not = {option.kind: option for option in answer.context["case"].may_not}
    assert {"correction_answer", "fee_paid", "reasons_answered"} <= may_not.keys()
    assert may_not["fee_paid"].reason in words
    assert not {"correction-answer", "fee-paid"} & offered(answer)


def test_a_day_gone_by_shows_the_case_as_it_stood(signed_on, staff, receive, enter):
    case = receive(date(2024, 5, 7))
    enter(case, "correction_notice", date(2024, 5, 9), period_days=10)
    answer = look(signed_on(staff.handler), case, as_of="2024-05-08")
    assert answer.context["case"].stage == "办理中"
    assert [entry.caption for entry in answer.context["case"].entries] == ["收到申请"]
    assert offered(answer) == set()
    assert look(signed_on(staff.handler), case, as_of="2024-05-10").context["case"].stage == "待申请人补正"


@pytest.mark.parametrize("asked", ["2024-02-30", "gestern", "2030-01-01", "2000-01-01"])
def test_an_impossible_day_shows_today(signed_on, staff, receive, asked):
    assert look(signed_on(staff.handler), receive(), as_of=asked).context["case"].is_past is False


def test_a_struck_event_stays_to_be_seen(signed_on, staff, receive, enter):
    case = enter(receive(date(2024, 5, 7)), "correction_notice", date(2024, 5, 9), period_days=10)
    event = Event.objects.get(kind="correction_notice")
    answer = do(signed_on(staff.head), "strike", case, event=event.pk, reason="登记错件")
    assert answer.status_code == 302
    words = look(signed_on(staff.head), case).content.decode()
    assert "<del>告知补正</del>" in words
    assert "登记错件" in words
    assert again(case).stage == Stage.OPEN


def test_who_applies_is_masked_until_asked_for_with_a_reason(signed_on, staff, receive):
    case = receive()
    client = signed_on(staff.handler)
    words = look(client, case).content.decode()
    assert "张晓岚" not in words
    assert "350500199001011234" not in words
    answer = client.post(reverse("applications:reveal", args=[case.pk]), {"seen": 1, "reason": "制作、送达文书"})
    assert "张晓岚" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.get(act="applications.revealed").detail == {"reason": "制作、送达文书"}


@pytest.mark.parametrize(("who", "data"), [("handler", {}), ("auditor", {"reason": "制作、送达文书"})])
def test_without_a_reason_or_the_role_nothing_is_revealed(signed_on, staff, receive, who, data):
    case = receive()
    answer = signed_on(getattr(staff, who)).post(reverse("applications:reveal", args=[case.pk]), {"seen": 1, **data})
    assert answer.status_code == 422
    assert "张晓岚" not in answer.content.decode()
    assert not Entry.objects.filter(act="applications.revealed").exists()


def test_a_long_case_costs_no_more_queries_than_a_short_one(signed_on, staff, receive, enter):
    case, client = receive(), signed_on(staff.handler)
    look(client, case)

    def counted():
        with CaptureQueriesContext(connection) as queries:
            look(client, case)
        return len(queries)

    few = counted()
    for number in range(20):
        enter(case, "note", date(2024, 6, 3), text=f"第{number}次")
    assert counted() == few <= 24


def test_the_day_a_reconsideration_set_goes_before_the_laws(signed_on, staff, receive, enter, leaf):
    case = enter(receive(date(2024, 2, 5)), "answer", date(2024, 2, 20), outcome="A1")
    enter(case, "reanswer", date(2024, 5, 31), until="2024-06-14", body="海岚市人民政府")
    answer = look(signed_on(staff.handler), case)
    assert "限期至 2024-06-14（含当日）" in answer.content.decode()
    latest = {option.kind: last for option, *_, last in answer.context["steps"]}
    assert latest["answer"] == date(2024, 6, 14)


def test_the_form_of_what_the_law_forbids_is_not_even_shown(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    answer = signed_on(staff.handler).get(reverse("applications:fee-paid", args=[case.pk]))
    assert answer.context["opened"] is None
    assert [option.kind for option in answer.context["blocked"]] == ["fee_paid"]
    assert answer.context["blocked"][0].reason in answer.content.decode()


# What can be done.


def test_every_act_has_a_page_of_its_own(signed_on, staff, receive, enter):
    case = enter(receive(date(2024, 5, 7)), "note", date(2024, 5, 8), text="甲")
    client = signed_on(staff.head)
    for act in ACTS:
        answer = client.get(reverse(f"applications:{act.name}", args=[case.pk]))
        assert answer.status_code == 200
        assert (answer.context["opened"] is None) == (answer.context["is_refused"] or bool(answer.context["blocked"]))
        assert answer.context["is_refused"] == (not act.rule(scope_of(staff.head, date(2024, 6, 3)), again(case)))


def test_a_confirmation_starts_the_clock(signed_on, staff, receive):
    case = receive(date(2024, 6, 3), Medium.WEB_FORM)
    answer = do(signed_on(staff.handler), "confirm", case, day="2024-06-03", way="电话", next="queue")
    assert answer["Location"] == reverse("applications:confirming")
    assert again(case).started_on == date(2024, 6, 3)


def test_an_attempt_is_kept_and_the_clock_stands(signed_on, staff, receive):
    case = receive(date(2024, 6, 3), Medium.WEB_FORM)
    do(signed_on(staff.handler), "attempt", case, day="2024-06-03", way="电话", result="无人接听")
    assert again(case).stage == Stage.UNCONFIRMED
    assert "电话；无人接听" in look(signed_on(staff.handler), case).content.decode()


def test_a_case_is_claimed_allocated_and_handed_back(signed_on, staff, receive):
    case, client = receive(), signed_on(staff.handler)
    do(client, "claim", case)
    assert again(case).handler == staff.handler
    do(client, "allocate", case, officer=staff.colleague.pk, desk="河道科")
    assert (again(case).handler, again(case).desk) == (staff.colleague, "河道科")
    assert do(client, "hand-back", case, reason="").status_code == 422
    do(client, "hand-back", case, reason="不属河道科职责")
    assert again(case).handler is None


def test_what_comes_in_from_outside_moves_the_clock(signed_on, staff, receive, enter):
    client = signed_on(staff.handler)
    case = enter(receive(date(2024, 5, 7)), "correction_notice", date(2024, 5, 9), period_days=10)
    proof = SimpleUploadedFile("补正.txt", TEXT)
    do(client, "correction-answer", case, day="2024-05-14", evidence=proof)
    assert again(case).stage == Stage.OPEN
    assert Event.objects.get(kind="correction_answer").evidence_name == "补正.txt"
    enter(again(case), "third_party_sent", date(2024, 5, 15), party="第三方1")
    do(client, "party-received", case, party="third_party:第三方1", day="2024-05-16")
    do(client, "opinion", case, party="third_party:第三方1", day="2024-05-20", consent="no")
    assert Event.objects.get(kind="third_party_opinion").payload == {"party": "第三方1", "consent": False}
    assert "第三方1；不同意公开" in look(client, case).content.decode()
    do(client, "withdrawal", case, day="2024-05-21", text="已自行取得")
    assert again(case).stage == Stage.WITHDRAWN


def test_reasons_and_a_reasonable_period(signed_on, staff, receive, enter):
    client = signed_on(staff.handler)
    case = enter(receive(date(2024, 5, 7)), "reasons_requested", date(2024, 5, 9))
    assert "reasons-answered" in offered(look(client, case))
    do(client, "reasons-answered", case, day="2024-05-13")
    do(client, "reasonable-period", case, day="2024-05-14", until="2024-09-02")
    assert again(case).due_on == date(2024, 9, 2)


def test_a_search_a_note_and_a_meeting_are_kept(signed_on, staff, receive):
    case, client = receive(date(2024, 5, 7)), signed_on(staff.handler)
    assert do(client, "search", case, day="2024-05-08", searcher="林经办").status_code == 422
    facts = {"system": "档案室", "keywords": "采砂许可", "found": "未检索到"}
    do(client, "search", case, day="2024-05-08", searcher="林经办", **facts)
    assert SearchLog.objects.get().system == "档案室"
    do(client, "note", case, text="已电话说明")
    minutes = SimpleUploadedFile("纪要.txt", TEXT)
    facts = {"day": "2024-05-09", "form": "三方会", "participants": "水利局、司法局", "summary": "部分公开"}
    do(client, "meeting", case, evidence=minutes, **facts)
    words = look(client, case).content.decode()
    assert all(
        part in words for part in ("未检索到", "已电话说明", "三方会；参加：水利局、司法局；部分公开", "纪要.txt")
    )


def test_a_third_party_is_named_and_shown_masked(signed_on, staff, receive):
    case, client = receive(date(2024, 5, 7)), signed_on(staff.handler)
    do(client, "consultee", case, kind="third_party", name="欧阳明", contact="13900000000")
    do(client, "consultee", case, kind="other_agency", name="海岚市自然资源局")
    words = look(client, case).content.decode()
    assert "欧**" in words
    assert "欧阳明" not in words
    assert "海岚市自然资源局" in words


def test_an_application_is_split_by_lines(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    client = signed_on(staff.handler)
    assert do(client, "split", case, items="甲", reason="一事一申请").status_code == 422
    do(client, "split", case, items="采砂许可台账\n\n采砂规划", reason="一事一申请")
    assert [part.title for part in case.parts.order_by("pk")] == ["采砂许可台账", "采砂规划"]
    assert again(case).stage == Stage.SPLIT


def test_a_receipt_is_corrected_by_the_head_alone(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    data = {"medium": Medium.COUNTER, "day": "2024-05-06", "reason": "录入有误"}
    assert do(signed_on(staff.handler), "correct-receipt", case, **data).status_code == 422
    do(signed_on(staff.head), "correct-receipt", case, **data)
    assert again(case).arrived_on == date(2024, 5, 6)


def test_a_receipt_after_what_happened_since_is_refused_with_the_reason(signed_on, staff, receive, enter):
    case = enter(receive(date(2024, 5, 7)), "correction_notice", date(2024, 5, 9), period_days=10)
    data = {"medium": Medium.COUNTER, "day": "2024-05-20", "reason": "录入有误"}
    answer = do(signed_on(staff.head), "correct-receipt", case, **data)
    assert answer.status_code == 422
    assert "收到日期更正为 2024-05-20 后，已登记的事项不能成立" in answer.content.decode()
    assert again(case).arrived_on == date(2024, 5, 7)


def test_a_case_about_secrets_keeps_no_content_and_logs_searches_without(signed_on, staff, receive):
    case, client = receive(date(2024, 5, 7)), signed_on(staff.handler)
    assert do(client, "secrecy", case).status_code == 422
    do(client, "secrecy", case, is_sure="on")
    assert again(case).is_secret
    do(client, "search", case, day="2024-05-08", searcher="林经办")
    assert SearchLog.objects.get().keywords == ""
    assert "采砂许可台账" not in look(client, case).content.decode()


def test_a_case_never_goes_to_another_agency_and_the_page_says_what_to_do(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    answer = do(signed_on(staff.handler), "elsewhere", case, agency="海岚市自然资源局")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "申请公开没有移送程序" in words
    assert all(way in words for way in ("以“非本机关政府信息”答复", "登记征求该机关意见", "是更正申请"))
    assert again(case).version == case.version


def test_the_successor_of_an_ended_unit_takes_a_case_over(signed_on, staff, receive, bureau, other_bureau, stranger):
    case = receive(date(2024, 5, 7))
    structure.abolish(
        unit=bureau, day=date(2024, 6, 1), document="岚政〔2024〕9号", actor=SYSTEM, successor=other_bureau
    )
    client = signed_on(stranger)
    assert offered(look(client, case)) == {"take-over"}
    do(client, "take-over", case, unit=other_bureau.pk)
    assert again(case).unit == other_bureau
    assert again(case).due_on == case.due_on


# What comes back.


def test_of_two_officers_one_wins_and_the_other_is_told_what_changed(staff, receive):
    case = receive(date(2024, 5, 7))
    first, second = Client(), Client()
    first.force_login(staff.handler)
    second.force_login(staff.colleague)
    seen = case.version
    do(first, "note", case, seen=seen, text="甲已告知")
    answer = do(second, "withdrawal", case, seen=seen, day="2024-05-21", text="乙的说明")
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "没有登记" in words
    assert "甲已告知" in words
    assert "林经办" in words
    assert "乙的说明" in words
    assert answer.context["opened"].form["seen"].value() == str(again(case).version)
    assert again(case).stage == Stage.OPEN


def test_a_form_without_a_version_is_refused(signed_on, staff, receive):
    case = receive()
    answer = do(signed_on(staff.handler), "note", case, seen="", text="甲")
    assert answer.status_code == 422
    assert not Event.objects.filter(kind="note").exists()


def test_what_the_law_refuses_comes_back_with_the_article_and_what_was_typed(signed_on, staff, receive):
    case = receive(date(2024, 5, 7))
    answer = do(signed_on(staff.handler), "fee-paid", case, day="2024-05-08")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2024-05-08"' in words
    assert answer.context["opened"].form.non_field_errors()


@pytest.mark.parametrize("who", ["auditor", "secrecy", "legal"])
def test_whoever_reads_without_working_is_offered_nothing(signed_on, staff, receive, who):
    case = receive(date(2024, 5, 7))
    client = signed_on(getattr(staff, who))
    answer = look(client, case)
    assert offered(answer) == set()
    assert "查看完整信息" not in answer.content.decode()
    assert do(client, "note", case, text="甲").status_code == 422
    assert not Event.objects.filter(kind="note").exists()


def test_papers_are_added_and_each_look_at_a_personal_one_is_entered(signed_on, staff, receive):
    case = receive()
    client = signed_on(staff.handler)
    do(client, "paper", case, kind=PaperKind.IDENTITY, file=SimpleUploadedFile("证.txt", TEXT))
    paper = Paper.objects.get()
    answer = client.get(reverse("applications:download", args=[paper.pk]))
    assert (answer.content, answer["Cache-Control"]) == (TEXT, "private, no-store")
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(act="applications.paper_read").count() == 1
    assert signed_on(staff.auditor).get(reverse("applications:download", args=[paper.pk])).status_code == 302
    assert Entry.objects.filter(act="applications.paper_read").count() == 1


def test_the_proof_of_an_event_is_read_by_those_who_must_know(signed_on, staff, receive, enter):
    case = enter(receive(date(2024, 5, 7)), "reasons_requested", date(2024, 5, 9))
    client = signed_on(staff.handler)
    do(client, "reasons-answered", case, day="2024-05-13", evidence=SimpleUploadedFile("理由.txt", TEXT))
    event = Event.objects.get(kind="reasons_answered")
    address = reverse("applications:evidence", args=[event.pk])
    assert client.get(address).content == TEXT
    assert signed_on(staff.auditor).get(address).status_code == 302
    assert Entry.objects.filter(act="applications.evidence_read").count() == 1


@pytest.mark.parametrize("address", ["download", "evidence"])
def test_bytes_of_a_case_that_changed_on_the_disk_are_not_served(signed_on, staff, receive, enter, caplog, address):
    case = enter(receive(date(2024, 5, 7)), "reasons_requested", date(2024, 5, 9))
    client = signed_on(staff.handler)
    do(client, "reasons-answered", case, day="2024-05-13", evidence=SimpleUploadedFile("理由.txt", TEXT))
    do(client, "paper", case, kind=PaperKind.IDENTITY, file=SimpleUploadedFile("证.txt", TEXT))
    paper, event = Paper.objects.get(), Event.objects.get(kind="reasons_answered")
    blob, number = (paper.blob, paper.pk) if address == "download" else (event.evidence, event.pk)
    blob.path.write_bytes(b"other")
    response = client.get(reverse(f"applications:{address}", args=[number]), follow=True)
    assert response.redirect_chain == [(reverse("applications:detail", args=[case.pk]), 302)]
    assert "请联系系统管理员从备份恢复" in response.content.decode()
    assert "cannot be served" in caplog.text
