"""A letter from the draft to the letter box: what goes with it, and what is refused."""

from datetime import date

import pytest

from applications.conftest import ZHANG
from applications.letters.conftest import scan
from gongkai.applications.domain import inquiring, letters, letters_sealing, letters_sending
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.errors import ForbiddenByLawError
from gongkai.applications.errors_letters import (
    CarrierError,
    LetterFieldsError,
    LetterStateError,
    SealMissingError,
    WrongLetterError,
)
from gongkai.applications.models import Application, Event, Letter, LetterState, SealEntry
from gongkai.files.domain import store
from gongkai.journal.models import Entry
from gongkai.review.domain import passage
from gongkai.review.errors import SelfReviewError
from gongkai.review.models import Review

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 19)


def test_a_correction_notice_goes_out_with_its_event_on_the_day_of_posting(receive, sent):
    application = receive(date(2024, 2, 18 - 13))
    letter = sent(application, "correction_notice", date(2024, 2, 8))
    event = letter.event
    assert (letter.state, letter.number, letter.sent_on) == (
        LetterState.SENT,
        "岚水公开告〔2024〕1号",
        date(2024, 2, 8),
    )
    assert (event.kind, event.day, event.payload) == (
        "correction_notice",
        date(2024, 2, 8),
        {"period_days": 15, "letter": letter.pk},
    )
    assert Application.objects.get(pk=application.pk).stage == "awaiting_correction"
    assert event.evidence == letter.sealed_copy


def test_an_extension_names_whoever_signed_last_and_moves_the_last_day(receive, sent, staff):
    application = receive(date(2024, 2, 5))
    letter = sent(application, "extension_notice", DAY)
    assert letter.event.payload == {
        "days": 20,
        "approver": "陈主任",
        "notified": "2024-02-19",
        "letter": letter.pk,
    }
    after = Application.objects.get(pk=application.pk)
    assert after.due_on > application.due_on
    assert (
        letters.frozen(letter)
        .paragraphs[1]
        .text.endswith(f"答复期限延长至{after.due_on.year}年{after.due_on.month}月{after.due_on.day}日。")
    )


def test_an_answer_of_several_parts_is_counted_once_and_keeps_no_words_of_people(receive, sealed, staff):
    application = receive(date(2024, 2, 5))
    parts = [
        {
            "outcome": "P",
            "label": "第1项",
            "delivered": "《台账》1份",
            "withheld": "企业报价",
            "reason": "张晓岚的商业秘密",
        },
        {"outcome": "U1a", "label": "第2项", "search": "检索了档案室"},
    ]
    inquiring.log_search(
        application=application,
        day=date(2024, 2, 6),
        searcher="林经办",
        system="档案室",
        keywords="采砂",
        found="没有",
        user=staff.handler,
        today=DAY,
    )
    letter = sealed(application, "partial", DAY, parts=parts)
    letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY, mode="direct", signed_by="addressee")
    event = Event.objects.get(kind="answer")
    assert event.payload == {
        "mode": "direct",
        "outcome": "P",
        "parts": [{"outcome": "P", "label": "第1项"}, {"outcome": "U1a", "label": "第2项"}],
        "number": "岚水公开复〔2024〕1号",
        "letter": letter.pk,
    }
    assert Application.objects.get(pk=application.pk).stage == "answered"
    words = str(list(Event.objects.values_list("payload", flat=True))) + str(list(Entry.objects.values_list("detail")))
    assert "张晓岚" not in words


def test_what_the_law_wants_and_lacks_is_named_by_its_caption(receive, drafted, staff):
    letter = drafted(receive(), "extension_notice", DAY, filled=False)
    with pytest.raises(LetterFieldsError, match="理由") as caught:
        letters.submit(letter=letter, user=staff.handler, today=DAY)
    assert (caught.value.fields, caught.value.article) == (
        {"reason": "请填写。"},
        "《政府信息公开条例》第三十三条第二款",
    )


def test_what_the_law_forbids_is_refused_with_its_article_before_anybody_reviews(receive, drafted, staff):
    letter = drafted(receive(date(2024, 2, 5)), "correction_notice", date(2024, 3, 1))
    with pytest.raises(ForbiddenByLawError, match="第三十条") as caught:
        letters.submit(letter=letter, user=staff.handler, today=date(2024, 3, 1))
    assert caught.value.article
    assert Letter.objects.get(pk=letter.pk).state == LetterState.DRAFT


def test_a_letter_tells_the_outcome_it_is_for(receive, drafted):
    with pytest.raises(WrongLetterError, match="政府信息不存在告知书"):
        drafted(receive(), "refused", DAY, parts=[{"outcome": "U1a"}])


def test_nothing_leaves_without_its_seal(receive, approved, stationery, staff):
    letter = approved(receive(), "extension_notice", DAY)
    with pytest.raises(LetterStateError, match="待用印"):
        letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY, mode="posted")
    letter = letters_sealing.seal(letter=letter, user=staff.head, today=DAY)
    with pytest.raises(SealMissingError, match="扫描件"):
        letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY, mode="posted")
    with pytest.raises(SealMissingError, match="未盖章"):
        letters_sealing.scan_back(
            letter=letter, data=store.read(letter.pdf), name="定稿.pdf", user=staff.handler, today=DAY
        )
    letters_sealing.scan_back(letter=letter, data=scan(), name="扫描件.pdf", user=staff.handler, today=DAY)
    letters_sending.send(
        letter=letter, day=DAY, user=staff.handler, today=DAY, mode="posted", posting=Posting("ems", "EX1")
    )
    assert list(SealEntry.objects.values_list("act", "copies")) == [("stamped", 1), ("scanned", 0)]


@pytest.mark.parametrize(
    ("posting", "words"),
    [
        (Posting("other", "SF123"), "邮政企业"),
        (Posting("ems", "EX1", is_collect=True), "到付"),
    ],
)
def test_only_the_postal_enterprise_carries_letters_and_the_agency_pays(receive, sealed, staff, posting, words):
    letter = sealed(receive(), "extension_notice", DAY)
    with pytest.raises(CarrierError, match=words) as caught:
        letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY, mode="posted", posting=posting)
    assert caught.value.article == "国办公开办函〔2016〕235号"


def test_a_letter_that_went_out_never_goes_out_again(receive, sent, staff):
    letter = sent(receive(), "extension_notice", DAY)
    with pytest.raises(LetterStateError, match="已发出"):
        letters_sending.send(
            letter=letter, day=DAY, user=staff.handler, today=DAY, mode="posted", posting=Posting("ems", "EX2")
        )
    assert Event.objects.filter(kind="extension").count() == 1


def test_the_post_brings_a_letter_back_and_takes_it_again(receive, sent, staff):
    letter = sent(receive(), "extension_notice", DAY)
    acting = {"user": staff.handler, "today": date(2024, 3, 4)}
    letters_sending.mail_returned(letter=letter, day=date(2024, 2, 23), reason="查无此人", **acting)
    letters_sending.redeliver(
        letter=letter, day=date(2024, 2, 26), mode="posted", posting=Posting("registered", "XA9"), **acting
    )
    letters_sending.deliver(letter=letter, day=date(2024, 2, 28), signed_by="deputy", **acting)
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.state, letter.sent_on, letter.delivered_on, letter.mail) == (
        LetterState.DELIVERED,
        DAY,
        date(2024, 2, 28),
        "XA9",
    )
    assert list(letter.application.events.values_list("kind", flat=True))[-3:] == [
        "mail_returned",
        "redelivered",
        "delivered",
    ]
    assert letter.application.events.get(kind="delivered").payload["by"] == "代收人签收"


def test_a_third_party_has_its_fifteen_days_from_the_day_it_got_the_letter(receive, sent, staff):
    application = receive(date(2024, 2, 5))
    consultee = inquiring.name_consultee(
        application=application,
        kind="third_party",
        name="海岚砂石公司",
        contact="滨海路9号",
        user=staff.handler,
        today=DAY,
    )
    letter = sent(application, "third_party_consultation", DAY, consultee=consultee)
    letters_sending.deliver(letter=letter, day=date(2024, 2, 22), user=staff.handler, today=date(2024, 2, 23))
    events = application.events.filter(kind__startswith="third_party").values_list("kind", "day", "payload__party")
    assert list(events) == [
        ("third_party_sent", DAY, "第三方1"),
        ("third_party_received", date(2024, 2, 22), "第三方1"),
    ]
    assert letters.frozen(letter).addressee == "海岚砂石公司"


def test_who_drafted_a_letter_never_reviews_it(receive, drafted, staff):
    letter = drafted(receive(), "extension_notice", DAY, user=staff.head)
    letters.submit(letter=letter, user=staff.head, today=DAY)
    with pytest.raises(SelfReviewError):
        passage.approve(review=Review.objects.get(), user=staff.head, day=DAY)


def test_what_stands_in_the_database_names_nobody(receive, sent):
    letter = sent(receive(), "extension_notice", DAY)
    row = Letter.objects.filter(pk=letter.pk).values().get()
    assert ZHANG.name not in str(row)
    assert letters.frozen(letter).addressee == ZHANG.name
