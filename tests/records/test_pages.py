"""The page of a record and what can be done there, by whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.records.domain import publication
from gongkai.records.models import Attribute, Record, Stage, Validity
from gongkai.records.views.acts import ACTS
from gongkai.review.models import Review

pytestmark = pytest.mark.django_db
LATER = date(2040, 1, 4)


def post(client, act, record, **data):
    return client.post(reverse(f"records:{act}", args=[record.pk]), data, follow=True)


def stage_of(record):
    return Record.objects.get(pk=record.pk).stage


def offered(client, record):
    context = client.get(reverse("records:detail", args=[record.pk])).context
    return {act.name for act in context["buttons"]} | {act.name for act, *_ in context["acts"]}


FORMS = {
    "plan": {"publish_on": "2040-01-04"},
    "read-back": {"outcome": "right"},
    "validity": {"validity": Validity.REPEALED, "day": "2024-06-10", "document": "清理结果"},
    "reassess": {"outcome": "open", "reason": "情形已变"},
    "recode": {"number": "HL06001-0300-2024-00001", "document": "方案"},
    "withdraw": {"reason": "附件有误"},
}


@pytest.fixture
def in_stage(write, take_through, published, staff):
    """One record of each stage."""

    def made(stage):
        if stage == Stage.DRAFT:
            return write()
        if stage == Stage.REVIEWING:
            record = write()
            publication.submit(record=record, user=staff.author, day=date(2024, 6, 3))
            return record
        if stage == Stage.READY:
            return take_through(write())
        if stage == Stage.FILED:
            return take_through(write(attribute=Attribute.ON_REQUEST, reason="按申请提供"))
        record = published()
        if stage == Stage.WITHDRAWN:
            publication.withdraw(record=record, user=staff.head, day=date(2024, 6, 3), reason="附件有误")
        return record

    return made


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_record_of_another_unit_does_not_exist(signed_on, in_stage, request, who, stage):
    record = in_stage(stage)
    client = signed_on(request.getfixturevalue(who))
    for name in ("detail", "edit", "versions"):
        assert client.get(reverse(f"records:{name}", args=[record.pk])).status_code == 404
    for name in ("attach", *(act.name for act in ACTS)):
        response = client.post(reverse(f"records:{name}", args=[record.pk]), FORMS.get(name, {}))
        assert response.status_code == 404
    assert stage_of(record) == stage


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("who", ["auditor", "secrecy", "final"])
def test_who_only_reads_is_offered_nothing_and_changes_nothing(signed_on, in_stage, request, staff, who, stage):
    record = in_stage(stage)
    before = Record.objects.values().get(pk=record.pk)
    client = signed_on(getattr(staff, who, None) or request.getfixturevalue(who))
    assert offered(client, record) == set()
    for act in ACTS:
        assert post(client, act.name, record, **FORMS.get(act.name, {})).status_code == 200
    assert Record.objects.values().get(pk=record.pk) == before


@pytest.mark.parametrize(
    ("who", "stage", "acts"),
    [
        ("author", Stage.DRAFT, {"submit"}),
        ("author", Stage.REVIEWING, set()),
        ("author", Stage.READY, {"publish", "plan"}),
        ("author", Stage.PUBLISHED, {"read-back", "validity"}),
        ("author", Stage.FILED, {"reassess"}),
        ("author", Stage.WITHDRAWN, {"reopen"}),
        ("head", Stage.DRAFT, set()),
        ("head", Stage.READY, {"publish", "plan"}),
        ("head", Stage.PUBLISHED, {"read-back", "validity", "withdraw", "recode"}),
        ("head", Stage.WITHDRAWN, {"recode"}),
    ],
)
def test_what_may_be_done_is_offered(signed_on, in_stage, staff, who, stage, acts):
    assert offered(signed_on(getattr(staff, who)), in_stage(stage)) == acts


def test_an_act_is_never_done_by_looking(signed_on, staff, in_stage):
    record = in_stage(Stage.READY)
    assert signed_on(staff.author).get(reverse("records:publish", args=[record.pk])).status_code == 405
    assert stage_of(record) == Stage.READY


def test_from_the_draft_to_the_read_page_in_the_browser(signed_on, staff, write, take_through):
    record = write(made_on=timezone.localdate())
    assert "已送审" in post(signed_on(staff.author), "submit", record).content.decode()
    assert stage_of(record) == Stage.REVIEWING
    Review.objects.update(state="passed")
    Record.objects.filter(pk=record.pk).update(stage=Stage.READY)
    client = signed_on(staff.author)
    post(client, "plan", record, publish_on=LATER.isoformat())
    assert Record.objects.get().publish_on == LATER
    post(client, "publish", record)
    record.refresh_from_db()
    assert (record.stage, record.published_on, record.awaits_read_back) == (
        Stage.PUBLISHED,
        timezone.localdate(),
        True,
    )
    post(client, "read-back", record, outcome="wrong", note_text="附件打不开")
    assert Record.objects.get().awaits_read_back is True
    post(client, "read-back", record, outcome="right")
    assert Record.objects.get().awaits_read_back is False


def test_publishing_twice_is_answered_with_a_reason(signed_on, staff, in_stage):
    record = in_stage(Stage.READY)
    client = signed_on(staff.author)
    post(client, "publish", record)
    assert "只有“待发布”的信息可以发布" in post(client, "publish", record).content.decode()
    assert record.versions.count() == 2


@pytest.mark.parametrize(
    ("stage", "act", "data", "words", "kept"),
    [
        (Stage.READY, "plan", {"publish_on": "2001-01-01"}, "请选择以后的日期", "2001-01-01"),
        (Stage.PUBLISHED, "withdraw", {"reason": " "}, "这个字段是必填项", ""),
        (Stage.PUBLISHED, "read-back", {"outcome": "wrong"}, "请填写说明", "wrong"),
        (Stage.PUBLISHED, "validity", {"validity": "repealed", "day": "2024-06-10"}, "必填", "2024-06-10"),
        (
            Stage.PUBLISHED,
            "validity",
            FORMS["validity"] | {"superseded_by": "岚水〔2024〕99号"},
            "没有文号或索引号为",
            "清理结果",
        ),
        (Stage.PUBLISHED, "validity", FORMS["validity"] | {"day": "2001-01-01"}, "早于成文日期", "清理结果"),
        (Stage.PUBLISHED, "validity", FORMS["validity"] | {"superseded_by": "岚水〔2024〕12号"}, "与本文件相同", ""),
        (Stage.PUBLISHED, "recode", {"number": "X1", "document": "方案"}, "X1”第1个字符起应为", "X1"),
        (Stage.FILED, "reassess", {"outcome": "keep", "reason": "情形未变"}, "请填写下次评估日", "情形未变"),
        (
            Stage.FILED,
            "reassess",
            {"outcome": "keep", "reason": "情形未变", "reassess_on": "2001-01-01"},
            "请选择以后的日期",
            "情形未变",
        ),
    ],
)
def test_a_half_filled_act_comes_back_open_with_what_was_typed(
    signed_on, staff, in_stage, stage, act, data, words, kept
):
    record = in_stage(stage)
    before = Record.objects.values().get()
    response = post(signed_on(staff.head), act, record, **data)
    page = response.content.decode()
    assert (response.status_code, words in page, kept in page, f'id="act-{act}" open' in page) == (
        422,
        True,
        True,
        True,
    )
    assert Record.objects.values().get() == before


def test_a_repealed_document_keeps_its_text_under_a_banner(signed_on, staff, published):
    old, new = published(), published(title="修订后的办法", document_number="岚水〔2024〕30号")
    client = signed_on(staff.head)
    post(client, "validity", old, **FORMS["validity"], superseded_by="岚水[2024]30号")
    page = client.get(reverse("records:detail", args=[old.pk])).content.decode()
    assert ("本文件已废止" in page, "修订后的办法" in page, "各镇街" in page) == (True, True, True)
    assert offered(client, old) == {"read-back", "withdraw", "recode"}
    assert old.title in client.get(reverse("records:detail", args=[new.pk])).content.decode()


def test_what_was_taken_down_is_corrected_and_reviewed_again(signed_on, staff, published, take_through):
    record = published()
    number = record.index_number
    post(signed_on(staff.head), "withdraw", record, reason="附件有误，更正后重新发布")
    client = signed_on(staff.author)
    assert "附件有误，更正后重新发布" in client.get(reverse("records:detail", args=[record.pk])).content.decode()
    post(client, "reopen", record)
    record.refresh_from_db()
    assert (record.stage, record.changed_on) == (Stage.DRAFT, timezone.localdate())
    today = timezone.localdate()
    take_through(record, today)
    again = publication.publish(record=record, user=staff.author, day=today)
    assert (again.index_number, again.withdrawn_reason, again.published_on) == (number, "", today)
    assert [version.occasion for version in record.versions.all()] == ["送审", "发布", "送审", "发布"]


def test_a_re_assessment_keeps_or_opens(signed_on, staff, in_stage):
    record = in_stage(Stage.FILED)
    client = signed_on(staff.author)
    post(client, "reassess", record, outcome="keep", reason="情形未变", reassess_on=LATER.isoformat())
    record.refresh_from_db()
    assert (record.stage, record.reassess_on, record.reason) == (Stage.FILED, LATER, "情形未变")
    post(client, "reassess", record, outcome="open", reason="情形已变")
    record.refresh_from_db()
    assert (record.stage, record.attribute, record.reassess_on, record.changed_on) == (
        Stage.DRAFT,
        Attribute.PROACTIVE,
        None,
        timezone.localdate(),
    )


def test_the_old_number_stands_beside_the_new_one(signed_on, staff, published):
    record = published()
    client = signed_on(staff.head)
    post(client, "recode", record, **FORMS["recode"])
    page = client.get(reverse("records:detail", args=[record.pk])).content.decode()
    assert ("HL06001-0300-2024-00001" in page, "原索引号 HL06001-0200-2024-00001（方案）" in page) == (True, True)


def test_a_draft_shows_what_should_be_looked_at_before_it_is_submitted(signed_on, staff, write):
    record = write(body="<p>联系人：林某，138-0000-0000，请严历打击。</p>")
    remarks = signed_on(staff.author).get(reverse("records:detail", args=[record.pk])).context["remarks"]
    assert [(one.kind, one.found, one.suggestion) for one in remarks] == [
        ("手机号码", "138****0000", ""),
        ("疑似差错", "严历打击", "严厉打击"),
    ]
    assert [one.before for one in remarks] == ["联系人：林某，", "＊＊＊＊＊＊＊＊＊＊，请"]


def test_the_reviewer_sees_the_same_remarks(signed_on, staff, write):
    record = write(body="<p>请严历打击。</p>")
    post(signed_on(staff.author), "submit", record)
    context = signed_on(staff.secrecy).get(reverse("records:detail", args=[record.pk])).context
    assert [one.found for one in context["remarks"]] == ["严历打击"]


def test_the_page_shows_the_last_day_and_how_it_was_counted(signed_on, staff, write):
    record = write(made_on=timezone.localdate() - timedelta(days=90))
    page = signed_on(staff.author).get(reverse("records:detail", args=[record.pk]))
    assert page.context["deadline"].urgency == "late"
    assert ("最迟应于" in page.content.decode(), "第20个工作日" in page.content.decode()) == (True, True)


def test_nothing_on_a_page_comes_from_elsewhere_or_runs_inline(signed_on, staff, in_stage):
    client = signed_on(staff.author)
    record = in_stage(Stage.DRAFT)
    edit = client.get(reverse("records:edit", args=[record.pk])).content.decode()
    Record.objects.filter(pk=record.pk).update(body='<p style="x" onclick="y()">甲<script>z()</script></p>')
    addresses = [reverse(f"records:{name}") for name in ("list", "new", "counts", "secret-counts")]
    addresses.append(reverse("records:detail", args=[record.pk]))
    for page in (edit, *(client.get(address).content.decode() for address in addresses)):
        assert [word for word in ("https://", "http://", " style=", 'onclick="', "<script>") if word in page] == []


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_takes_the_same_queries_however_much_hangs_on_it(
    signed_on, staff, published, items, django_assert_num_queries
):
    record = published()
    for _ in range(items):
        publication.read_back(record=record, user=staff.author, day=date(2024, 6, 4), is_right=True)
    client = signed_on(staff.author)
    client.get(reverse("records:detail", args=[record.pk]))
    with django_assert_num_queries(14):
        client.get(reverse("records:detail", args=[record.pk]))
