"""What happened is entered once, judged by the law, and never changed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.conftest import TODAY
from gongkai.applications.course import course
from gongkai.applications.domain import entering, inquiring, projection, receiving, secrecy
from gongkai.applications.domain.receiving import Request
from gongkai.applications.errors import (
    BeforeApplicationError,
    EvidenceMissingError,
    ForbiddenByLawError,
    FutureDayError,
    NotAuthorisedError,
    SecretContentError,
    SplitError,
    StruckError,
    WrongOutcomeError,
)
from gongkai.applications.models import Application, Event, Medium, Stage
from gongkai.eventlog.errors import FixedEventError
from gongkai.journal.models import Entry
from gongkai.law.calendar import CHINA

pytestmark = pytest.mark.django_db

FEB5 = date(2024, 2, 5)

# 名称 / 已有事项 / 新事项 / 错误代码 / 条款
FORBIDDEN = [
    ("补正告知晚于7个工作日", [], ("correction_notice", date(2024, 2, 21), {}), "correction-too-late", "第三十条"),
    (
        "第二次补正告知",
        [("correction_notice", date(2024, 2, 6), {"period_days": 10}), ("correction_answer", date(2024, 2, 7), {})],
        ("correction_notice", date(2024, 2, 8), {}),
        "second-correction",
        "第三十条",
    ),
    ("期满后延期", [], ("extension", date(2024, 3, 11), {"approver": "陈主任"}), "extension-after-due", "第三十三条"),
    ("没有批准人的延期", [], ("extension", date(2024, 3, 1), {}), "extension-without-approver", "第三十三条"),
    (
        "答复之后又延期",
        [("answer", date(2024, 2, 6), {"outcome": "A1"})],
        ("extension", date(2024, 2, 7), {"approver": "陈主任"}),
        "case-ended",
        "第三十六条",
    ),
    (
        "没有告知补正就以逾期不补正结案",
        [],
        ("answer", date(2024, 3, 1), {"outcome": "O1"}),
        "closure-without-notice",
        "第三十条",
    ),
    (
        "没有补正就以补正后仍不明确答复",
        [],
        ("answer", date(2024, 3, 1), {"outcome": "U3"}),
        "outcome-without-correction",
        "第三十条",
    ),
    (
        "没有要求说明理由就确定合理期限",
        [],
        ("reasonable_period", date(2024, 3, 1), {"until": date(2024, 5, 1)}),
        "",
        "第三十五条",
    ),
]


@pytest.mark.parametrize(("name", "before", "event", "code", "article"), FORBIDDEN)
def test_what_the_law_forbids_is_refused_with_its_article(receive, enter, name, before, event, code, article):
    application = receive(FEB5)
    for kind, day, params in before:
        enter(application, kind, day, **params)
    kind, day, params = event
    with pytest.raises(ForbiddenByLawError) as caught:
        enter(application, kind, day, **params)
    assert code in caught.value.code
    assert article in caught.value.article
    assert application.events.count() == len(before) + 1


def test_a_decision_before_its_receipt_is_refused(receive, enter):
    with pytest.raises(BeforeApplicationError, match="申请到达之前不可能办理"):
        enter(receive(FEB5), "answer", date(2024, 2, 4), outcome="A1")


def test_what_has_not_happened_yet_is_not_entered(receive, enter):
    with pytest.raises(FutureDayError, match="只能登记已经发生的事项"):
        enter(receive(FEB5), "answer", date(2024, 6, 4), today=TODAY, outcome="A1")


def test_a_correction_restarts_the_whole_period(receive, enter):
    application = enter(receive(FEB5), "correction_notice", date(2024, 2, 6), period_days=10, today=date(2024, 2, 6))
    assert (application.stage, application.due_on, application.next_what) == (Stage.AWAITING_CORRECTION, None, "补正")
    application = enter(application, "correction_answer", date(2024, 2, 20), today=date(2024, 2, 20))
    assert (application.stage, application.due_on) == (Stage.OPEN, CHINA.add(date(2024, 2, 20), 20))


def test_a_lapsed_correction_waits_for_its_closure_and_the_daily_run_says_so(receive, enter):
    application = enter(receive(FEB5), "correction_notice", date(2024, 2, 6), period_days=5, today=date(2024, 2, 6))
    last = application.next_on
    assert projection.refresh(day=last) == 0
    # The run of the day after was missed; a later one heals.
    assert projection.refresh(day=date(2024, 5, 6)) == 1
    application.refresh_from_db()
    assert application.stage == Stage.LAPSED
    application = enter(application, "answer", TODAY, outcome="O1")
    assert (application.stage, application.outcome, application.is_late) == (Stage.CLOSED, "O1", False)
    assert projection.refresh(day=TODAY) == 0


def test_an_answer_needs_what_a_court_would_ask_for(receive, enter, staff):
    application = receive(FEB5)
    with pytest.raises(EvidenceMissingError, match="检索记录") as caught:
        enter(application, "answer", date(2024, 3, 1), outcome="U1a")
    assert "第三十六条第四项" in caught.value.article
    inquiring.log_search(
        application=application,
        day=date(2024, 2, 20),
        searcher="林经办",
        user=staff.handler,
        today=TODAY,
        system="公文系统、档案室",
        keywords="采砂 台账 2023",
        found="没有命中",
    )
    assert enter(application, "answer", date(2024, 3, 1), outcome="U1a").outcome == "U1a"


@pytest.mark.parametrize(
    ("outcome", "said", "missing"),
    [
        ("D2", {"earlier_answer_number": "岚水复〔2023〕5号"}, "前次答复的文号"),
        ("N3", {"harm_evidence": "风险评估意见"}, "依据"),
    ],
)
def test_an_outcome_that_rests_on_something_names_it(receive, enter, outcome, said, missing):
    application = receive(FEB5)
    with pytest.raises(EvidenceMissingError, match=missing):
        enter(application, "answer", date(2024, 3, 1), outcome=outcome)
    assert enter(application, "answer", date(2024, 3, 1), outcome=outcome, **said).outcome == outcome


def test_an_outcome_of_the_other_regulation_is_refused(receive, enter):
    with pytest.raises(WrongOutcomeError, match="2019年条例没有办理结果“S1”"):
        enter(receive(FEB5), "answer", date(2024, 3, 1), outcome="S1")
    old = receive(date(2018, 3, 1))
    assert enter(old, "answer", date(2018, 3, 8), outcome="S1").outcome == "S1"


def test_of_an_answer_in_parts_partial_disclosure_is_what_counts(receive, enter):
    parts = [{"outcome": "A2", "label": "第1项"}, {"outcome": "P", "label": "第2项"}]
    assert enter(receive(FEB5), "answer", date(2024, 3, 1), parts=parts).outcome == "P"


def test_a_withdrawal_counts_as_other(receive, enter):
    application = enter(receive(FEB5), "withdrawal", date(2024, 2, 20))
    assert (application.stage, application.outcome, application.ended_on) == (
        Stage.WITHDRAWN,
        "O3",
        date(2024, 2, 20),
    )


def test_an_answer_a_day_late_is_late_and_one_on_the_day_is_not(receive, enter):
    assert enter(receive(FEB5), "answer", date(2024, 3, 8), outcome="A1").is_late is False
    assert enter(receive(FEB5), "answer", date(2024, 3, 11), outcome="A1").is_late is True


def test_an_event_is_never_changed_or_deleted(receive):
    event = receive(FEB5).events.get()
    event.day = date(2024, 2, 1)
    for attempt in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(day=FEB5)):
        with pytest.raises(FixedEventError, match="更正登记"):
            attempt()


def test_a_mistaken_entry_is_struck_by_the_head_and_counts_no_more(receive, enter, staff):
    application = enter(receive(FEB5), "answer", date(2024, 3, 1), outcome="A1")
    answer = application.events.get(kind="answer")
    with pytest.raises(NotAuthorisedError):
        entering.strike(application=application, event=answer, user=staff.handler, today=TODAY, reason="录错")
    entering.strike(application=application, event=answer, user=staff.head, today=TODAY, reason="录错")
    application.refresh_from_db()
    assert (application.stage, application.ended_on, application.events.count()) == (Stage.OPEN, None, 3)
    with pytest.raises(StruckError, match="已经划去"):
        entering.strike(application=application, event=answer, user=staff.head, today=TODAY, reason="录错")


def test_what_later_events_rest_on_is_not_struck(receive, enter, staff):
    application = enter(receive(FEB5), "correction_notice", date(2024, 2, 6), period_days=10)
    application = enter(application, "correction_answer", date(2024, 2, 7))
    notice = application.events.get(kind="correction_notice")
    with pytest.raises(StruckError, match="请先划去后面的事项"):
        entering.strike(application=application, event=notice, user=staff.head, today=TODAY, reason="录错")
    assert application.events.count() == 3


def test_the_state_of_any_day_is_the_state_of_that_day(receive, enter):
    application = enter(receive(FEB5), "correction_notice", date(2024, 2, 6), period_days=10)
    application = enter(application, "correction_answer", date(2024, 2, 20))
    application = enter(application, "answer", date(2024, 3, 1), outcome="A1")
    stages = [
        projection.course_of(application, day).stage
        for day in (FEB5, date(2024, 2, 6), date(2024, 2, 20), date(2024, 3, 1))
    ]
    assert stages == [Stage.OPEN, Stage.AWAITING_CORRECTION, Stage.OPEN, Stage.ANSWERED]
    assert projection.course_of(application, date(2024, 2, 4)) is None


def test_what_was_entered_later_was_not_known_before(receive, enter):
    application = receive(FEB5)
    before = timezone.now()
    application = enter(application, "answer", date(2024, 3, 1), outcome="A1")
    events = list(application.events.all())
    assert course(events, TODAY, CHINA, known_at=before).stage == Stage.OPEN
    assert course(events, TODAY, CHINA).stage == Stage.ANSWERED


def test_a_second_round_begins_where_the_answer_was_set_aside(receive, enter):
    application = enter(receive(FEB5), "answer", date(2024, 3, 1), outcome="A1")
    application = enter(
        application,
        "reanswer",
        date(2024, 5, 6),
        until=date(2024, 5, 31),
        document="岚政复〔2024〕3号",
        today=date(2024, 5, 6),
    )
    assert (application.stage, application.due_on, application.ended_on) == (Stage.OPEN, date(2024, 5, 31), None)
    application = enter(application, "answer", date(2024, 5, 20), outcome="A2")
    found = projection.course_of(application, TODAY)
    assert (found.rounds, found.first_answer.day, found.last.day) == (2, date(2024, 3, 1), date(2024, 5, 20))
    assert (application.outcome, application.is_late) == ("A2", False)


def test_an_answer_to_be_given_again_needs_an_answer(receive, enter):
    with pytest.raises(StruckError, match="尚未答复"):
        enter(receive(FEB5), "reanswer", date(2024, 5, 6))


def test_parts_of_a_split_application_keep_its_clock_and_the_whole_counts_no_more(receive, enter, staff):
    application = enter(receive(FEB5), "correction_notice", date(2024, 2, 6), period_days=10)
    application = enter(application, "correction_answer", date(2024, 2, 20))
    parts = receiving.split(
        application=application,
        requests=[Request(title="2022年台账"), Request(title="2023年台账")],
        user=staff.handler,
        today=TODAY,
        reason="一事一申请",
    )
    application.refresh_from_db()
    assert application.stage == Stage.SPLIT
    assert [(part.due_on, part.split_from) for part in Application.objects.filter(pk__in=[p.pk for p in parts])] == [
        (CHINA.add(date(2024, 2, 20), 20), application)
    ] * 2
    with pytest.raises(SplitError, match="至少要有两项"):
        receiving.split(
            application=parts[0], requests=[Request(title="甲")], user=staff.handler, today=TODAY, reason="乙"
        )


def test_a_case_about_state_secrets_holds_no_content(receive, enter, staff):
    application = receive(FEB5, request=Request(title="某工程图纸", description="图号若干"))
    search = {
        "application": application,
        "day": date(2024, 2, 20),
        "searcher": "林",
        "user": staff.handler,
        "today": TODAY,
    }
    inquiring.log_search(**search, system="档案室", keywords="工程图纸", found="一份")
    answer = {"outcome": "N1", "classification_level": "秘密", "classification_period": "10年"}
    with pytest.raises(SecretContentError, match="请先“按涉密申请处理”"):
        enter(application, "answer", date(2024, 3, 1), **answer)
    secrecy.mark_secret(application=application, user=staff.handler, today=TODAY)
    application.refresh_from_db()
    assert (application.description, application.fingerprint) == ("", "")
    assert "图纸" not in application.title
    assert {log.keywords for log in application.searches.all()} == {""}
    with pytest.raises(SecretContentError, match="不得写明内容"):
        inquiring.log_search(**search, keywords="工程图纸")
    assert enter(application, "answer", date(2024, 3, 1), **answer).outcome == "N1"


def test_a_holiday_notice_that_arrives_late_moves_due_dates_and_lists_them(receive, settings):
    near, far = receive(FEB5, today=FEB5), receive(date(2024, 3, 1), today=date(2024, 3, 1))
    answered_before = receive(date(2023, 3, 1), today=date(2023, 3, 1))
    (settings.HOME / "calendar.toml").write_text(
        '[[rule]]\nfirst = 2024-03-04\neffect = "off"\nname = "台风停工"\n'
        'reference = "岚政〔2024〕20号"\nregion = "350999"\n',
        encoding="utf-8",
    )
    moved = projection.recompute(day=date(2024, 3, 4), reason="岚政〔2024〕20号")
    assert {(change.application_id, change.before, change.after) for change in moved} == {
        (near.pk, date(2024, 3, 8), date(2024, 3, 11)),
        (far.pk, date(2024, 3, 29), date(2024, 4, 1)),
    }
    assert Entry.objects.last().detail["moved"] == 2
    assert projection.recompute(day=date(2024, 3, 4), reason="再算") == []
    assert answered_before.pk not in {change.application_id for change in moved}


def test_what_moves_alike_is_written_together(receive, settings):
    for day in (FEB5, FEB5, FEB5, date(2024, 2, 6)):
        receive(day, today=day)
    (settings.HOME / "calendar.toml").write_text(
        '[[rule]]\nfirst = 2024-03-04\neffect = "off"\nname = "台风停工"\nreference = "岚政〔2024〕20号"\n',
        encoding="utf-8",
    )
    with CaptureQueriesContext(connection) as queries:
        moved = projection.recompute(day=date(2024, 3, 1), reason="岚政〔2024〕20号")
    assert [change.application_id for change in moved] == sorted(change.application_id for change in moved)
    assert len(moved) == 4
    updates = [one["sql"] for one in queries if one["sql"].startswith('UPDATE "applications_application"')]
    assert len(updates) == 2
    assert all('"due_on"' in sql and '"stage"' not in sql for sql in updates)
    for application in Application.objects.all():
        assert not projection.project(application, projection.course_of(application, date(2024, 3, 1)))


def test_a_day_past_the_last_notice_is_provisional(receive):
    application = receive(date(2026, 12, 21), today=date(2026, 12, 21))
    assert (application.due_on.year, application.is_provisional) == (2027, True)


def test_the_same_legal_day_is_the_same_state_at_any_hour(receive, enter, monkeypatch):
    application = receive(FEB5)
    for hour in (0, 23):
        moment = datetime(2024, 3, 1, hour, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert projection.course_of(application, date(2024, 3, 1)).due == date(2024, 3, 8)


def test_the_medium_decides_the_channel_and_email_is_the_internet(receive):
    application = receive(medium=Medium.EMAIL, confirmed=date(2024, 2, 6))
    found = projection.course_of(application, TODAY)
    assert (found.channel, found.started_on, found.clock.confirmed) == ("internet", date(2024, 2, 6), date(2024, 2, 6))
