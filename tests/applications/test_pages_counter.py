"""The counter, the queue of confirmations, the feed, the changes of due dates and the to-do."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from builders.city import person
from gongkai.accounts import workbench
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import confirming, identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.models import Application, DueChange, Feed, Medium, Paper
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.models import Guide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("leaf")]
COUNTER, LIKENESS = "applications:counter", "applications:likeness"


@pytest.fixture
def filled(bureau):
    """What the counter sends; ``more`` replaces or adds."""

    def data(**more):
        ordinary = {
            "units": [bureau.pk],
            "medium": Medium.COUNTER,
            "day": "2024-06-03",
            "applicant_kind": "natural_person",
            "applicant-TOTAL_FORMS": "1",
            "applicant-INITIAL_FORMS": "0",
            "applicant-0-name": "李海生",
            "applicant-0-proof": "id_card",
            "applicant-0-proof_number": "350500198001011234",
            "applicant-0-telephone": "13800005678",
            "title": "2023年河道采砂许可台账",
            "delivery_form": "paper",
        }
        return ordinary | more

    return data


def people_of(application):
    return [identity.opened(one) for one in application.applicants.all()]


def test_one_page_registers_and_hands_out_the_slip(signed_on, staff, filled):
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(), follow=True)
    made = Application.objects.get()
    assert answer.redirect_chain == [(reverse("applications:receipt", args=[made.pk]), 302)]
    words = answer.content.decode()
    assert "HL-012-2024-00001" in words
    assert "海岚市水利局" in words
    assert "2024年7月2日前答复" in words
    assert "李海生" not in words
    assert [one.name for one in people_of(made)] == ["李海生"]


def test_joint_applicants_and_a_proxy_are_one_application(signed_on, staff, filled):
    more = {
        "applicant-TOTAL_FORMS": "2",
        "applicant-1-name": "王海霞",
        "proxy-name": "赵律师",
        "proxy-has_authority": "on",
    }
    signed_on(staff.handler).post(reverse(COUNTER), filled(**more))
    people = people_of(Application.objects.get())
    assert [(one.name, one.is_proxy, one.has_authority) for one in people] == [
        ("李海生", False, False),
        ("王海霞", False, False),
        ("赵律师", True, True),
    ]


def test_a_form_to_several_agencies_makes_one_application_each(signed_on, bureau, other_bureau, filled):
    clerk = person("both", bureau, Role.HANDLER)
    people.grant(user=clerk, role=Role.HANDLER, unit=other_bureau, day=date(2024, 1, 2), actor=SYSTEM)
    answer = signed_on(clerk).post(reverse(COUNTER), filled(units=[bureau.pk, other_bureau.pk]), follow=True)
    assert sorted(Application.objects.values_list("number", flat=True)) == ["HL-012-2024-00001", "HL-013-2024-00001"]
    assert len(answer.context["slips"]) == 2


def test_more_room_for_applicants_keeps_what_was_typed(signed_on, staff, filled):
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(more="1"))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="applicant-1-name"' in words
    assert 'value="李海生"' in words
    assert not Application.objects.exists()


def test_what_article_29_lacks_never_blocks(signed_on, staff, filled):
    bare = dict.fromkeys(("applicant-0-proof_number", "applicant-0-telephone", "delivery_form"), "")
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(**bare, **{"applicant-0-proof": "none"}))
    assert answer.status_code == 302
    page = signed_on(staff.handler).get(reverse("applications:detail", args=[Application.objects.get().pk]))
    assert [lack.what for lack in page.context["case"].lacks][:2] == ["没有提供身份证明。", "没有留下联系方式。"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": "2024-06-04"}, "还没有到"),
        ({"title": ""}, "没有填写所需信息"),
        ({"applicant-0-name": "", "applicant-0-proof_number": "", "applicant-0-telephone": ""}, "没有填写申请人"),
        ({"units": []}, "必填"),
    ],
)
def test_what_cannot_be_comes_back_and_nothing_is_registered(signed_on, staff, filled, change, words):
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(**change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Application.objects.exists()


def test_a_channel_that_the_guide_does_not_announce_is_guided_elsewhere(signed_on, staff, bureau, filled):
    Guide.objects.filter(unit=bureau).update(channels=[])
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(medium=Medium.FAX))
    assert "请引导申请人改用：当面提交、邮政寄送" in answer.content.decode()


def test_scans_are_kept_or_nothing_is(signed_on, staff, filled):
    client = signed_on(staff.handler)
    client.post(reverse(COUNTER), filled(identity_file=SimpleUploadedFile("证.exe", b"MZ\0\0")))
    assert not Application.objects.exists()
    client.post(reverse(COUNTER), filled(identity_file=SimpleUploadedFile("证.txt", "身份证".encode())))
    assert Paper.objects.get().is_personal


def test_who_asked_before_is_told_while_the_form_is_filled_in(signed_on, staff, receive, filled):
    earlier = receive(request=Request(title="2023年 河道采砂许可台账"))
    answer = signed_on(staff.handler).post(reverse(LIKENESS), filled(**{"applicant-0-name": "张晓岚"}))
    words = answer.content.decode()
    assert earlier.number in words
    assert "他人申请过同样内容" in words
    answer = signed_on(staff.handler).post(
        reverse(LIKENESS), filled(**{"applicant-0-name": "张晓岚", "applicant-0-proof_number": "350500199001011234"})
    )
    assert "同一申请可能已登记" in answer.content.decode()
    assert Application.objects.count() == 1


@pytest.mark.parametrize("who", ["auditor", "supervisor", "legal"])
def test_only_whoever_works_on_cases_stands_at_the_counter(signed_on, staff, filled, who):
    client = signed_on(getattr(staff, who))
    assert client.get(reverse(COUNTER)).status_code == 404
    assert client.post(reverse(COUNTER), filled()).status_code == 404
    assert client.post(reverse(LIKENESS), filled()).status_code == 404


def test_a_clerk_registers_for_no_other_agency(signed_on, staff, other_bureau, filled):
    answer = signed_on(staff.handler).post(reverse(COUNTER), filled(units=[other_bureau.pk]))
    assert answer.status_code == 422
    assert not Application.objects.exists()


# The queue of confirmations.


def test_the_queue_says_what_is_pressing(signed_on, staff, receive):
    receive(date(2024, 6, 3), Medium.WEB_FORM)
    receive(date(2024, 5, 31), Medium.FAX)
    old = receive(date(2024, 5, 29), Medium.ORDINARY_POST)
    receive(date(2024, 5, 29), Medium.REGISTERED_POST)
    confirming.attempt(
        application=old, day=date(2024, 5, 30), way="电话", result="停机", user=staff.handler, today=date(2024, 6, 3)
    )
    answer = signed_on(staff.handler).get(reverse("applications:confirming"))
    assert [(line.waited, line.urgency) for line in answer.context["lines"]] == [
        (3, "late"),
        (1, "soon"),
        (0, "normal"),
    ]
    words = answer.content.decode()
    assert "电话：停机" in words
    assert "张晓岚" not in words


# The feed.


def subscribed(client, unit=""):
    answer = client.post(reverse("applications:feeds"), {"unit": unit})
    return re.search(r"http://testserver(/office/applications/feeds/[\w-]+\.ics)", answer.content.decode()).group(1)


def test_a_feed_holds_due_dates_and_nobodys_name(signed_on, staff, bureau, receive):
    receive(date(2024, 5, 7))
    receive(medium=Medium.WEB_FORM)
    address = subscribed(signed_on(staff.handler), bureau.pk)
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    entries = Calendar.from_ical(answer.content).events
    assert [(str(one["summary"]), one["dtstart"].dt) for one in entries] == [
        ("答复期限 HL-012-2024-00001", date(2024, 6, 3))
    ]
    assert "张" not in answer.content.decode()
    assert "采砂" not in answer.content.decode()


def test_a_feed_of_ones_own_holds_what_one_has_in_hand(signed_on, staff, receive):
    mine = receive(date(2024, 5, 7))
    receive(date(2024, 5, 8))
    client = signed_on(staff.handler)
    client.post(reverse("applications:claim", args=[mine.pk]), {"seen": mine.version})
    assert len(Calendar.from_ical(Client().get(subscribed(client)).content).events) == 1


def test_the_token_is_told_once_and_not_kept(signed_on, staff, bureau):
    client = signed_on(staff.handler)
    address = subscribed(client, bureau.pk)
    assert address.split("/")[-1].removesuffix(".ics") not in str(Feed.objects.values())
    assert address not in client.get(reverse("applications:feeds")).content.decode()


def test_a_revoked_feed_an_unknown_one_and_that_of_somebody_gone_do_not_exist(signed_on, staff, bureau):
    client = signed_on(staff.handler)
    revoked, gone = subscribed(client, bureau.pk), subscribed(client, bureau.pk)
    newest, oldest = Feed.objects.order_by("-pk")
    client.post(reverse("applications:feed-revoke", args=[oldest.pk]))
    assert Client().get(revoked).status_code == 404
    assert Client().get(gone).status_code == 200
    staff.handler.is_active = False
    staff.handler.save()
    assert Client().get(gone).status_code == 404
    assert Client().get("/office/applications/feeds/unknown.ics").status_code == 404
    assert newest.revoked_on is None


def test_nobody_revokes_somebody_elses_feed(signed_on, staff, bureau):
    subscribed(signed_on(staff.handler), bureau.pk)
    answer = signed_on(staff.colleague).post(reverse("applications:feed-revoke", args=[Feed.objects.get().pk]))
    assert answer.status_code == 404
    assert Feed.objects.get().revoked_on is None


def test_whoever_may_read_no_more_finds_the_feed_empty(signed_on, staff, bureau, receive):
    receive(date(2024, 5, 7))
    address = subscribed(signed_on(staff.handler), bureau.pk)
    staff.handler.grants.update(ends_on=date(2024, 6, 2))
    assert Calendar.from_ical(Client().get(address).content).events == []


# Another calendar.


@pytest.fixture
def holiday(settings, receive):
    """A local day off in the period of an application, announced after it was registered."""
    receive(date(2024, 5, 7))
    rule = 'first = 2024-05-20\neffect = "off"\nname = "台风停工"\nreference = "岚防汛〔2024〕1号"\n'
    (settings.HOME / "calendar.toml").write_text(f"[[rule]]\n{rule}", encoding="utf-8")


def test_the_competent_department_computes_again_and_the_officer_takes_note(signed_on, staff, city, holiday):
    chief = person("zhou", city, Role.COMPETENT, with_subtree=True)
    client = signed_on(chief)
    assert client.post(reverse("applications:changes"), {"reason": ""}).status_code == 422
    client.post(reverse("applications:changes"), {"reason": "岚防汛〔2024〕1号"})
    change = DueChange.objects.get()
    assert (change.before, change.after) == (date(2024, 6, 3), date(2024, 6, 4))
    client.post(reverse("applications:change-seen", args=[change.pk]))
    assert DueChange.objects.get().seen_by is None
    signed_on(staff.handler).post(reverse("applications:change-seen", args=[change.pk]))
    assert DueChange.objects.get().seen_by == staff.handler
    assert Entry.objects.filter(act="applications.recomputation_ordered").count() == 1


def test_a_calendar_that_cannot_be_read_changes_nothing(signed_on, city, holiday, settings):
    (settings.HOME / "calendar.toml").write_text("[[rule]]\nfirst = 2024-05-20\n", encoding="utf-8")
    chief = person("zhou", city, Role.COMPETENT, with_subtree=True)
    answer = signed_on(chief).post(reverse("applications:changes"), {"reason": "岚防汛〔2024〕1号"})
    assert answer.status_code == 422
    assert "本地日历规则无法读取" in answer.content.decode()
    assert not DueChange.objects.exists()


def test_an_officer_cannot_order_it(signed_on, staff, holiday):
    answer = signed_on(staff.handler).post(reverse("applications:changes"), {"reason": "甲"})
    assert answer.context["form"] is None
    assert not DueChange.objects.exists()


# The to-do.


def todo_of(user, day=date(2024, 6, 3)):
    found = workbench.todo_for(user, scope_of(user, day), 10)
    return {source.kind: [item.title[:17] for item in items] for source, items, _ in found if "申请" in source.kind}


def test_the_day_begins_with_what_is_pressing(staff, receive, leaf):
    receive(date(2024, 4, 29))
    receive(date(2024, 5, 7))
    receive(date(2024, 6, 3), Medium.WEB_FORM)
    assert todo_of(staff.handler) == {
        "申请已逾期": ["HL-012-2024-00001"],
        "申请即将到期": ["HL-012-2024-00002"],
        "申请待确认收到": ["HL-012-2024-00003"],
        "申请待承办": ["HL-012-2024-00001", "HL-012-2024-00002", "HL-012-2024-00003"],
    }


def test_what_somebody_has_in_hand_is_theirs_and_the_heads(signed_on, staff, receive):
    case = receive(date(2024, 4, 29))
    signed_on(staff.handler).post(reverse("applications:claim", args=[case.pk]), {"seen": case.version})
    assert "申请已逾期" in todo_of(staff.handler)
    assert "申请已逾期" in todo_of(staff.head)
    assert todo_of(staff.colleague) == {}
    assert todo_of(staff.auditor) == {}
