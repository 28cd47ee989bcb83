import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.applications.domain.identity import opened
from gongkai.applications.models import Application, Event, Medium, Paper, PaperKind, Stage
from gongkai.files.errors import KindRefusedError
from gongkai.files.models import Blob
from gongkai.intake.domain import putting, taking
from gongkai.intake.errors import UnknownCaseError, told, whereabouts
from gongkai.intake.messages import Attachment, CallMe, Confirmed, Corrected, FoundIt, Rated, Withdrawn
from gongkai.intake.models import Callback, Found, Satisfaction, State, Submission, SubmissionFile, TrackedCase
from gongkai.intake.tasks import tidy
from gongkai.units.models import Guide
from intake.conftest import CARD, MONDAY, worked

pytestmark = pytest.mark.django_db


def test_an_application_sent_in_becomes_one_of_the_unit(send):
    sent = send(description="不含附图", delivery_way="online", needs_assistance=True)
    assert taking.take_next()
    application = Application.objects.get()
    assert (application.medium, application.arrived_on, application.form) == (Medium.WEB_FORM, MONDAY, sent.pk)
    assert (application.stage, application.title) == (Stage.UNCONFIRMED, "2023年河道采砂许可台账")
    assert application.needs_assistance
    assert opened(application.applicants.get()).name == "张晓岚"
    assert [(paper.kind, paper.name, paper.is_personal) for paper in Paper.objects.all()] == [
        (PaperKind.IDENTITY, "身份证.png", True)
    ]


def test_the_queue_holds_nothing_in_clear_and_is_emptied_when_it_was_taken(send):
    sent = send()
    row, file = sent.row(), SubmissionFile.objects.get()
    kept = " ".join(map(str, (row.content, row.key, file.name))).encode() + bytes(file.data)
    for secret in ("张晓岚", "350500199001011234", "13800001234", "河道采砂", "身份证", sent.code):
        assert secret.encode() not in kept
    assert CARD.data not in kept
    taking.take_next()
    row = sent.row()
    assert (row.state, row.content, row.error) == (State.TAKEN, "", "")
    assert not SubmissionFile.objects.exists()


def test_putting_needs_no_right_but_to_insert(send):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        send(files=(CARD, CARD))
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(said) == 3
    assert all(one.startswith("INSERT") and "RETURNING" not in one for one in said)


def test_a_form_for_two_agencies_becomes_two_applications_of_one_form(send, bureau, other_bureau):
    open_guide(other_bureau)
    sent = send(bureau, other_bureau)
    worked()
    made = Application.objects.filter(form=sent.pk)
    assert {one.unit_id for one in made} == {bureau.pk, other_bureau.pk}
    assert TrackedCase.objects.filter(key=sent.key).count() == 2
    assert Blob.objects.count() == 1


def test_the_same_form_sent_twice_is_kept_once(send):
    sent = send()
    again = putting.put(message=Confirmed(), today=MONDAY, pk=sent.pk)
    assert not again
    worked()
    assert Application.objects.count() == 1


def test_what_the_database_refuses_for_another_reason_is_no_receipt(db):
    with pytest.raises(IntegrityError):
        putting.put(message=Confirmed(), today=None)
    assert not Submission.objects.exists()


def test_the_same_words_have_the_same_key_and_others_another():
    ticket = "ab" * 16
    assert putting.submission_id(ticket, "甲") == putting.submission_id(ticket, "甲")
    assert putting.submission_id(ticket, "甲") != putting.submission_id(ticket, "乙")
    assert putting.submission_id(ticket, "甲") != putting.submission_id(ticket, "甲", [CARD])
    assert putting.submission_id(ticket, "甲") != putting.submission_id("cd" * 16, "甲")


class CutOffError(BaseException):
    """The power fails."""


def cut_off_after(writes):
    """Return a wrapper of the database's statements that lets so many writes through and then fails."""
    left = [writes]

    def execute(run, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left[0] -= 1
            if left[0] < 0:
                raise CutOffError
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_a_crash_at_any_write_loses_nothing_and_doubles_nothing(send, bureau, other_bureau):
    open_guide(other_bureau)
    sent = send(bureau, other_bureau)
    cuts = 0
    while sent.row().state == State.WAITING:
        with suppress(CutOffError), cut_off_after(cuts):
            taking.take_next()
        cuts += 1
    assert cuts > 10
    worked()
    made = Application.objects.filter(form=sent.pk)
    assert [one.number for one in made.order_by("unit")] == ["HL-012-2024-00001", "HL-013-2024-00001"]
    assert made.count() == Application.objects.count() == Paper.objects.count() == TrackedCase.objects.count() == 2
    assert Event.objects.filter(kind="received").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_queue_take_each_thing_once(send):
    sent = [send(title=f"第{number}件") for number in range(6)]
    failures = []

    def work():
        try:
            worked()
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert failures == []
    assert Application.objects.count() == Paper.objects.count() == TrackedCase.objects.count() == 6
    assert {one.row().state for one in sent} == {State.TAKEN}
    assert {one.row().attempts for one in sent} == {0}


def test_what_cannot_be_taken_stays_with_its_reason_and_is_tried_again(send, bureau, monkeypatch):
    sent = send()
    guide = Guide.objects.get(unit=bureau)
    Guide.objects.update(channels=[])
    assert taking.take_next()
    row = sent.row()
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert "没有公布“网站在线申请”" in row.error
    assert row.content
    assert not taking.take_next(), "not before its time"
    guide.save()
    Submission.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    worked()
    assert Application.objects.filter(form=sent.pk).count() == 1


def test_one_agency_that_refuses_does_not_hold_back_the_other(send, bureau, other_bureau):
    sent = send(other_bureau, bureau)
    worked()
    assert Application.objects.get(form=sent.pk).unit == bureau
    assert sent.row().state == State.WAITING
    open_guide(other_bureau)
    Submission.objects.update(retry_at=None)
    worked()
    assert Application.objects.filter(form=sent.pk).count() == 2
    assert sent.row().state == State.TAKEN


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("张晓岚 350500199001011234"), "程序内部错误（ValueError）"),
        (KindRefusedError("“张晓岚的身份证.exe”不是可接收的格式"), "附件未收（file-kind）"),
        (UnknownCaseError(), "来件所指的申请不在本系统中"),
    ],
)
def test_what_is_kept_and_logged_of_a_failure_quotes_nobody(error, said):
    assert said in told(error)
    assert "张晓岚" not in told(error) + whereabouts(error)


def test_what_no_key_opens_stays(send, settings):
    sent = send()
    settings.FIELD_KEYS = ["77" * 32]
    assert taking.take_next()
    assert "GONGKAI_FIELD_KEYS" in sent.row().error


def test_the_oldest_is_taken_first_and_a_failed_one_lets_the_others_pass(send):
    first, second = send(), send(title="另一件")
    Submission.objects.filter(pk=first.pk).update(content="坏")
    worked()
    assert second.row().state == State.TAKEN
    assert first.row().state == State.WAITING


def test_the_code_typed_back_starts_the_clock_on_that_day(followed, tell, monday):
    sent = followed()
    monday.today = date(2024, 6, 4)
    tell(sent, Confirmed())
    application = sent.application()
    assert (application.stage, application.started_on, application.due_on) == (
        Stage.OPEN,
        date(2024, 6, 4),
        date(2024, 7, 3),
    )


def test_the_code_typed_back_before_the_application_was_taken_waits_for_it(send):
    sent = send()
    Submission.objects.filter(pk=sent.pk).update(retry_at=timezone.now() + timedelta(hours=1))
    putting.put(message=Confirmed(), today=MONDAY, key=sent.key)
    worked()
    assert not Application.objects.exists()
    Submission.objects.update(retry_at=None)
    worked()
    assert Application.objects.get().started_on == MONDAY


def test_an_agency_that_got_the_form_late_is_confirmed_too(send, bureau, other_bureau, monday):
    sent = send(bureau, other_bureau)
    worked()
    putting.put(message=Confirmed(), today=MONDAY, key=sent.key)
    worked()
    assert started(bureau) == MONDAY, "one agency does not hold back the other"
    assert "还有机关没有转办" in Submission.objects.get(kind="confirmation").error
    monday.today = date(2024, 6, 5)
    open_guide(other_bureau)
    Submission.objects.update(retry_at=None)
    worked()
    assert started(other_bureau) == MONDAY, "on the day the applicant confirmed"
    assert Event.objects.filter(kind="confirmed").count() == 2
    assert not Submission.objects.filter(state=State.WAITING).exists()


def started(unit):
    return Application.objects.get(unit=unit).started_on


def test_typed_back_twice_or_after_the_office_confirmed_changes_nothing(followed, tell, monday):
    sent = followed()
    tell(sent, Confirmed())
    monday.today = date(2024, 6, 5)
    tell(sent, Confirmed())
    assert sent.application().started_on == MONDAY
    assert Event.objects.filter(kind="confirmed").count() == 1


def test_a_correction_is_entered_with_its_papers_on_the_day_it_was_sent(followed, tell, enter, monday):
    sent = followed()
    tell(sent, Confirmed())
    enter(sent.application(), "correction_notice", date(2024, 6, 5), today=date(2024, 6, 5), period_days=15)
    monday.today = date(2024, 6, 6)
    words = Attachment(PaperKind.CORRECTION, "补正说明.txt", "台账即登记表。".encode())
    tell(sent, Corrected(case=str(sent.case.pk)), [words])
    application = sent.application()
    event = application.events.get(kind="correction_answer")
    assert (event.day, application.stage) == (date(2024, 6, 6), Stage.OPEN)
    assert "台账" not in str(event.payload), "an event holds no personal data"
    assert application.papers.get(kind=PaperKind.CORRECTION).is_personal


def test_a_correction_that_the_law_takes_no_more_is_noted_and_not_lost(followed, tell):
    sent = followed()
    tell(sent, Confirmed())
    tell(sent, Corrected(case=str(sent.case.pk)))
    event = sent.application().events.get(kind="note")
    assert "未能登记为“收到补正”" in event.payload["text"]


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_an_application_is_withdrawn(followed, tell, is_confirmed):
    sent = followed()
    if is_confirmed:
        tell(sent, Confirmed())
    tell(sent, Withdrawn(case=str(sent.case.pk)))
    assert sent.application().stage == Stage.WITHDRAWN


def test_a_case_is_reached_only_by_its_own_key(followed, tell):
    mine, other = followed(), followed(title="他人的申请")
    tell(mine, Withdrawn(case=str(other.case.pk)))
    assert other.application().stage == Stage.UNCONFIRMED
    assert "所指的申请不在" in Submission.objects.get(state=State.WAITING).error


def test_satisfaction_is_kept_sealed_and_can_be_changed(followed, tell):
    sent = followed()
    tell(sent, Rated(case=str(sent.case.pk), score=2, words="张晓岚很失望"))
    tell(sent, Rated(case=str(sent.case.pk), score=4))
    assert Satisfaction.objects.get().score == 4
    assert "张晓岚" not in Satisfaction.objects.get().words


def test_a_request_to_be_called_is_listed_at_the_unit_sealed(tell, followed, bureau):
    tell(followed(), CallMe(unit=bureau.pk, telephone="13900000000", name="王", wish="上午"))
    made = Callback.objects.get()
    assert made.unit == bureau
    assert "139" not in made.telephone


def test_those_who_found_it_are_counted_by_day(followed, tell, monday):
    sent = followed()
    tell(sent, FoundIt())
    tell(sent, FoundIt())
    monday.today = date(2024, 6, 4)
    tell(sent, FoundIt())
    assert list(Found.objects.order_by("day").values_list("count", flat=True)) == [2, 1]


def test_a_row_dealt_with_is_kept_for_half_a_year(send):
    sent = send()
    worked()
    tidy(day=MONDAY)
    assert Submission.objects.exists()
    Submission.objects.filter(pk=sent.pk).update(settled_at=timezone.now() - timedelta(days=181))
    tidy(day=MONDAY)
    assert not Submission.objects.exists()


def open_guide(unit):
    Guide.objects.create(
        unit=unit,
        office="办公室",
        address="甲",
        hours="工作日",
        telephone="0",
        channels=["internet"],
        updated_on=MONDAY,
    )
