"""A case goes its way by the law: what can follow what, and what it is on any day as known at any moment."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.eventlog.errors import FixedEventError
from gongkai.law.calendar import CHINA
from gongkai.remedies.course import course
from gongkai.remedies.deadlines import deadlines
from gongkai.remedies.domain import entering, projection
from gongkai.remedies.errors import OutOfOrderError, RemedyError, WrongResultError
from gongkai.remedies.models import RemedyEvent, RemedyKind, Status

pytestmark = pytest.mark.django_db
D = date.fromisoformat

# 名称 / 种类 / 事项（日期、种类、内容） / 截至 / 状态 / 审级 / 表四的列
WALKS = [
    ("复议维持", "reconsideration", [("2024-05-10", "decided", {"result": "upheld"})], "concluded", "first", "upheld"),
    (
        "复议责令重新答复",
        "reconsideration",
        [
            ("2024-03-25", "answered", {"with_evidence": True}),
            ("2024-05-10", "decided", {"result": "revoked_answer_again", "until": D("2024-06-28")}),
        ],
        "concluded",
        "first",
        "corrected",
    ),
    ("复议中止", "reconsideration", [("2024-04-01", "suspended", {})], "suspended", "first", "pending"),
    (
        "复议恢复后撤回",
        "reconsideration",
        [("2024-04-01", "suspended", {}), ("2024-04-20", "resumed", {}), ("2024-04-25", "withdrawn", {})],
        "concluded",
        "first",
        "other",
    ),
    ("复议调解", "reconsideration", [("2024-04-25", "mediated", {})], "concluded", "first", "other"),
    ("复议和解", "reconsideration", [("2024-04-25", "settled", {})], "concluded", "first", "other"),
    (
        "一审驳回诉讼请求",
        "litigation_direct",
        [("2024-05-10", "decided", {"result": "claims_rejected"})],
        "concluded",
        "first",
        "upheld",
    ),
    (
        "上诉未审结",
        "litigation_direct",
        [("2024-04-10", "decided", {"result": "claims_rejected"}), ("2024-04-20", "appealed", {"by": "claimant"})],
        "pending",
        "appeal",
        "pending",
    ),
    (
        "二审维持，仍为一审的列",
        "litigation_direct",
        [
            ("2024-04-10", "decided", {"result": "revoked"}),
            ("2024-04-20", "appealed", {"by": "us"}),
            ("2024-05-20", "decided", {"result": "affirmed"}),
        ],
        "concluded",
        "appeal",
        "corrected",
    ),
    (
        "二审改判",
        "litigation_direct",
        [
            ("2024-04-10", "decided", {"result": "claims_rejected"}),
            ("2024-04-20", "appealed", {"by": "claimant"}),
            ("2024-05-20", "decided", {"result": "illegal"}),
        ],
        "concluded",
        "appeal",
        "corrected",
    ),
    (
        "二审发回重审",
        "litigation_direct",
        [
            ("2024-04-10", "decided", {"result": "claims_rejected"}),
            ("2024-04-20", "appealed", {"by": "claimant"}),
            ("2024-05-20", "decided", {"result": "remanded"}),
        ],
        "pending",
        "first",
        "pending",
    ),
    (
        "撤回上诉",
        "litigation_direct",
        [
            ("2024-04-10", "decided", {"result": "rejected"}),
            ("2024-04-15", "appealed", {"by": "claimant"}),
            ("2024-05-20", "withdrawn", {}),
        ],
        "concluded",
        "appeal",
        "other",
    ),
    (
        "再审",
        "litigation_direct",
        [("2024-04-10", "decided", {"result": "claims_rejected"}), ("2024-05-20", "retrial", {})],
        "pending",
        "retrial",
        "pending",
    ),
]


@pytest.mark.parametrize(
    ("kind", "events", "status", "instance", "column"), [walk[1:] for walk in WALKS], ids=[walk[0] for walk in WALKS]
)
def test_a_case_walks(answered, contest, happen, kind, events, status, instance, column):
    remedy = contest(answered(), kind=kind)
    for day, event, params in events:
        remedy = happen(remedy, event, D(day), **params)
    assert (remedy.status, remedy.instance, remedy.column) == (status, instance, column)


# 名称 / 种类 / 先前事项 / 不能登记的事项 / 理由中的话
REFUSED = [
    ("早于通知", "reconsideration", [], ("2024-03-19", "answered", {}), "早于收到通知之日 2024-03-20"),
    ("复议没有上诉", "reconsideration", [], ("2024-05-01", "appealed", {"by": "us"}), "行政复议没有"),
    ("诉讼没有和解终止", "litigation_direct", [], ("2024-05-01", "settled", {}), "行政诉讼没有"),
    ("未裁判不能上诉", "litigation_direct", [], ("2024-05-01", "appealed", {"by": "us"}), "尚未裁判"),
    (
        "撤诉裁定不能上诉",
        "litigation_direct",
        [("2024-04-10", "withdrawn", {})],
        ("2024-04-12", "appealed", {"by": "claimant"}),
        "不能上诉",
    ),
    (
        "审结后不能再开庭",
        "reconsideration",
        [("2024-05-10", "decided", {"result": "upheld"})],
        ("2024-05-12", "heard", {}),
        "已于 2024-05-10 审结",
    ),
    ("没有中止不能恢复", "reconsideration", [], ("2024-05-01", "resumed", {}), "没有中止"),
    (
        "不能再次中止",
        "reconsideration",
        [("2024-04-01", "suspended", {})],
        ("2024-05-01", "suspended", {}),
        "尚未恢复",
    ),
    ("没有上诉不能收到上诉状", "litigation_direct", [], ("2024-05-01", "appeal_copy", {}), "没有登记上诉"),
    ("不能再次收到通知", "reconsideration", [], ("2024-05-01", "notified", {}), "不能再次登记"),
    (
        "只能延长一次",
        "reconsideration",
        [("2024-05-10", "extended", {})],
        ("2024-05-20", "extended", {}),
        "第六十二条",
    ),
]


@pytest.mark.parametrize(
    ("kind", "before", "event", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_follow_is_refused_and_nothing_is_written(answered, contest, happen, kind, before, event, words):
    remedy = contest(answered(), kind=kind)
    for day, name, params in before:
        remedy = happen(remedy, name, D(day), **params)
    count = RemedyEvent.objects.count()
    with pytest.raises(RemedyError, match=words):
        happen(remedy, event[1], D(event[0]), **event[2])
    assert RemedyEvent.objects.count() == count


def test_a_simplified_reconsideration_is_not_extended(answered, contest, happen):
    with pytest.raises(OutOfOrderError, match="简易程序不适用延长"):
        happen(contest(answered(), simplified=True), "extended", D("2024-04-10"))


def test_a_result_of_another_procedure_or_day_is_refused(answered, contest, happen):
    remedy = contest(answered())
    with pytest.raises(WrongResultError) as refused:
        happen(remedy, "decided", D("2024-05-10"), result="affirmed")
    assert refused.value.fields == {"result": "当时的法律没有这种结果。"}
    suit = contest(answered(), kind=RemedyKind.DIRECT)
    with pytest.raises(WrongResultError):
        happen(suit, "decided", D("2024-05-10"), result="upheld")


def test_the_state_of_any_day_as_known_at_any_moment(answered, contest, happen):
    remedy = contest(answered())
    happen(remedy, "decided", D("2024-05-10"), result="upheld")
    events = list(remedy.events.all())
    kind = remedy.kind
    assert course(kind, events, D("2024-03-19")) is None
    assert course(kind, events, D("2024-05-09")).column == "pending"
    assert course(kind, events, D("2024-05-10")).column == "upheld"
    before = events[-1].entered_at - timedelta(microseconds=1)
    assert course(kind, events, D("2024-05-10"), known_at=before).column == "pending"


def test_striking_takes_back_and_keeps(answered, contest, happen, staff):
    remedy = happen(contest(answered()), "decided", D("2024-05-10"), result="upheld")
    decided = remedy.events.get(kind="decided")
    moment = timezone.now()
    entering.strike(remedy=remedy, event=decided, user=staff.head, today=D("2024-06-03"), reason="看错结果")
    remedy.refresh_from_db()
    assert (remedy.status, remedy.column, remedy.events.count()) == (Status.PENDING, "pending", 3)
    assert course(remedy.kind, list(remedy.events.all()), D("2024-06-03"), known_at=moment).column == "upheld"
    with pytest.raises(OutOfOrderError, match="已经划去"):
        entering.strike(remedy=remedy, event=decided, user=staff.head, today=D("2024-06-03"), reason="再划")


def test_what_later_events_rest_on_cannot_be_struck(answered, contest, happen, staff):
    remedy = contest(answered(), kind=RemedyKind.DIRECT)
    remedy = happen(remedy, "decided", D("2024-04-10"), result="claims_rejected")
    remedy = happen(remedy, "appealed", D("2024-04-20"), by="claimant")
    with pytest.raises(OutOfOrderError, match="其后的事项不能成立"):
        entering.strike(
            remedy=remedy, event=remedy.events.get(kind="decided"), user=staff.head, today=D("2024-06-03"), reason="误"
        )
    with pytest.raises(OutOfOrderError, match="其后还有事项"):
        entering.strike(
            remedy=remedy, event=remedy.events.get(kind="notified"), user=staff.head, today=D("2024-06-03"), reason="误"
        )


def test_striking_the_notice_withdraws_the_registration_and_frees_the_case_number(answered, contest, staff):
    application = answered()
    remedy = contest(application, case_number="岚政复〔2024〕9号")
    entering.strike(
        remedy=remedy, event=remedy.events.get(), user=staff.head, today=D("2024-06-03"), reason="登记错机构"
    )
    remedy.refresh_from_db()
    assert (remedy.status, remedy.began_on, remedy.column) == (Status.VOID, None, "")
    assert contest(application, case_number="岚政复〔2024〕9号").status == Status.PENDING
    with pytest.raises(OutOfOrderError, match="登记已撤销"):
        entering.enter(remedy=remedy, kind="note", day=D("2024-06-03"), user=staff.handler, today=D("2024-06-03"))


def test_events_are_never_changed(answered, contest):
    event = contest(answered()).events.get()
    with pytest.raises(FixedEventError):
        event.save()
    with pytest.raises(FixedEventError):
        RemedyEvent.objects.update(kind="note")


# 名称 / 种类 / 收到通知 / 事项 / 期限（名称、届满日、何日完成）
PERIODS = [
    (
        "复议答复十个工作日，决定六十日",
        {"kind": "reconsideration"},
        "2024-09-02",
        [],
        [
            ("提交书面答复", "2024-09-14", None),
            ("提交证据、依据", "2024-09-14", None),
            ("复议决定", "2024-11-01", None),
        ],
    ),
    (
        "简易程序五个工作日，决定三十日",
        {"kind": "reconsideration", "simplified": True},
        "2024-09-02",
        [("2024-09-06", "answered", {"with_evidence": True})],
        [
            ("提交书面答复", "2024-09-09", "2024-09-06"),
            ("提交证据、依据", "2024-09-09", "2024-09-06"),
            ("复议决定", "2024-10-08", None),
        ],
    ),
    (
        "旧法答复十日（自然日）",
        {"kind": "reconsideration"},
        "2023-09-01",
        [],
        [
            ("提交书面答复", "2023-09-11", None),
            ("提交证据、依据", "2023-09-11", None),
            ("复议决定", "2023-10-31", None),
        ],
    ),
    (
        "决定自受理之日起算，延长三十日",
        {"kind": "reconsideration", "accepted_on": date(2024, 2, 28)},
        "2024-03-01",
        [("2024-03-08", "answered", {}), ("2024-03-08", "evidence", {}), ("2024-04-20", "extended", {})],
        [
            ("提交书面答复", "2024-03-15", "2024-03-08"),
            ("提交证据、依据", "2024-03-15", "2024-03-08"),
            ("复议决定", "2024-05-28", None),
        ],
    ),
    (
        "中止十五日从复议期限中扣除",
        {"kind": "reconsideration"},
        "2024-09-02",
        [("2024-09-10", "suspended", {}), ("2024-09-25", "resumed", {})],
        [
            ("提交书面答复", "2024-09-14", None),
            ("提交证据、依据", "2024-09-14", None),
            ("复议决定", "2024-11-18", None),
        ],
    ),
    (
        "复议维持后对方十五日内可以起诉",
        {"kind": "reconsideration"},
        "2024-08-01",
        [
            ("2024-08-08", "answered", {"with_evidence": True}),
            ("2024-08-29", "decided", {"result": "upheld", "served": date(2024, 8, 31)}),
        ],
        [
            ("提交书面答复", "2024-08-15", "2024-08-08"),
            ("提交证据、依据", "2024-08-15", "2024-08-08"),
            ("对方可以起诉", "2024-09-18", None),
            ("复议决定", "2024-09-30", "2024-08-29"),
        ],
    ),
    (
        "答辩十五日",
        {"kind": "litigation_direct"},
        "2024-08-30",
        [],
        [("提交答辩状", "2024-09-14", None), ("提交证据、依据", "2024-09-14", None), ("一审裁判", "2025-02-28", None)],
    ),
    (
        "判决上诉十五日",
        {"kind": "litigation_direct", "simplified": True},
        "2024-07-30",
        [
            ("2024-08-05", "answered", {"with_evidence": True}),
            ("2024-09-10", "decided", {"result": "revoked", "served": date(2024, 9, 23)}),
        ],
        [
            ("提交答辩状", "2024-08-14", "2024-08-05"),
            ("提交证据、依据", "2024-08-14", "2024-08-05"),
            ("一审裁判", "2024-09-13", "2024-09-10"),
            ("可以上诉", "2024-10-08", None),
        ],
    ),
    (
        "二审答辩十五日",
        {"kind": "litigation_direct"},
        "2024-05-06",
        [
            ("2024-08-01", "decided", {"result": "claims_rejected"}),
            ("2024-08-15", "appealed", {"by": "claimant"}),
            ("2024-09-02", "appeal_copy", {}),
        ],
        [("提交二审答辩状", "2024-09-18", None), ("二审裁判", "2024-11-15", None)],
    ),
]


@pytest.mark.parametrize(
    ("facts", "notified", "events", "expected"), [row[1:] for row in PERIODS], ids=[row[0] for row in PERIODS]
)
def test_last_days(answered, contest, happen, facts, notified, events, expected):
    late = D("2024-12-31")
    application = answered(day=D("2022-03-01"), received=D("2022-02-10"))
    remedy = contest(application, D(notified), today=late, **facts)
    for day, kind, params in events:
        remedy = happen(remedy, kind, D(day), today=late, **params)
    day = D(events[-1][0]) if events else D(notified)
    found = [
        (one.caption, one.due.isoformat(), one.done and one.done.isoformat())
        for one in deadlines(projection.course_of(remedy, day), CHINA)
    ]
    assert found == expected


def test_a_rule_not_yet_in_force_gives_no_day(answered, contest):
    application = answered(day=D("2014-03-03"), received=D("2014-02-10"))
    remedy = contest(application, D("2014-03-20"), RemedyKind.DIRECT)
    found = deadlines(projection.course_of(remedy, D("2014-03-20")), CHINA)
    assert {one.due for one in found} == {None}
    assert (remedy.next_on, remedy.next_what) == (None, "")


def test_the_next_own_last_day_is_projected_and_a_chance_lapses(answered, contest, happen):
    remedy = contest(answered(), D("2024-03-20"), RemedyKind.DIRECT)
    assert (remedy.next_on, remedy.next_what) == (D("2024-04-07"), "提交答辩状")
    remedy = happen(remedy, "answered", D("2024-03-28"), today=D("2024-03-28"), with_evidence=True)
    assert remedy.next_on is None
    remedy = happen(remedy, "decided", D("2024-05-08"), today=D("2024-05-08"), result="revoked")
    assert (remedy.next_on, remedy.next_what) == (D("2024-05-23"), "可以上诉")
    assert projection.refresh(day=D("2024-05-23")) == 0
    assert projection.refresh(day=D("2024-05-24")) == 1
    remedy.refresh_from_db()
    assert (remedy.next_on, remedy.next_what) == (None, "")
    assert projection.refresh(day=D("2024-05-24")) == 0
