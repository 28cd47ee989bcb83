"""From the draft to the page, and no way round the review."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.files.errors import ClassifiedError
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.records.domain import draft, publication, validity
from gongkai.records.errors import (
    BeforeMadeError,
    ClassifiedTextError,
    DuplicateNumberError,
    IncompleteError,
    InterpretationMissingError,
    NotAuthorisedError,
    PersonalDataError,
    ScopeMismatchError,
    StageError,
)
from gongkai.records.models import Attachment, Attribute, Category, Clause, Record, Stage, Validity
from gongkai.review.domain import passage
from gongkai.review.errors import ChangedMeanwhileError
from gongkai.review.models import Review
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


def test_a_proactive_record_passes_its_review_and_is_published(write, take_through, staff):
    record = take_through(write())
    assert record.stage == Stage.READY
    published = publication.publish(record=record, user=staff.author, day=TODAY)
    assert (published.stage, published.published_on) == (Stage.PUBLISHED, TODAY)
    assert [version.occasion for version in record.versions.all()] == ["送审", "发布"]
    assert [entry.act for entry in Entry.objects.filter(subject=f"records.record:{record.pk}")] == [
        "records.drafted",
        "review.submitted",
        "review.approved",
        "review.approved",
        "review.passed",
        "records.approved",
        "records.published",
    ]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEWING])
def test_nothing_is_published_without_a_passed_review(write, staff, stage):
    record = write()
    if stage == Stage.REVIEWING:
        publication.submit(record=record, user=staff.author, day=TODAY)
    with pytest.raises(StageError, match="只有“待发布”的信息可以发布"):
        publication.publish(record=record, user=staff.author, day=TODAY)


@pytest.mark.parametrize("has_heir", [True, False])
def test_nobody_acts_in_the_name_of_a_unit_abolished_yesterday(
    write, take_through, staff, bureau, other_bureau, signed_on, has_heir
):
    record = take_through(write())
    yesterday = date(2024, 6, 2)
    heir = {"successor": other_bureau} if has_heir else {}
    structure.abolish(unit=bureau, day=yesterday, document="岚政〔2024〕9号", actor=SYSTEM, **heir)
    carried = "职能现由海岚市教育局承接" if has_heir else "没有登记承接机构"
    words = f"机构：海岚市水利局已于 2024-06-02 撤销，{carried}，不能再以原机构名义发布。"
    with pytest.raises(NotAuthorisedError, match=words):
        publication.publish(record=record, user=staff.author, day=TODAY)
    page = signed_on(staff.author).get(reverse("records:new"), follow=True).content.decode()
    assert "您经办的水利局（已撤销），不能再拟稿。请由承接机构的经办人员办理。" in page


def test_what_is_not_proactive_is_filed_and_never_published(write, take_through, staff):
    record = take_through(
        write(attribute=Attribute.ON_REQUEST, reason="涉及工程图件，按申请提供", document_number="岚水〔2024〕13号")
    )
    assert record.stage == Stage.FILED
    with pytest.raises(StageError):
        publication.publish(record=record, user=staff.author, day=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(stage=Stage.PUBLISHED, published_on=TODAY)


def test_a_planned_day_is_kept_and_a_missed_run_heals(write, take_through):
    record = take_through(write(publish_on=date(2024, 6, 10)))
    assert publication.publish_due(day=date(2024, 6, 9)) == []
    assert publication.publish_due(day=date(2024, 6, 12)) == [record]
    record.refresh_from_db()
    assert (record.stage, record.published_on) == (Stage.PUBLISHED, date(2024, 6, 12))
    assert publication.publish_due(day=date(2024, 6, 13)) == []


def test_a_record_is_not_published_before_it_was_made(write, take_through, staff):
    record = take_through(write())
    with pytest.raises(BeforeMadeError, match="早于生成日期 2024-05-20"):
        publication.publish(record=record, user=staff.author, day=date(2024, 5, 1))


def test_a_record_under_review_cannot_be_changed(write, staff):
    record = write()
    publication.submit(record=record, user=staff.author, day=TODAY)
    with pytest.raises(StageError, match="审核中，不能修改"):
        draft.revise(record=record, user=staff.author, title="另一标题")
    with pytest.raises(StageError):
        draft.attach(record=record, user=staff.author, data="附件".encode(), name="附件.txt")


def test_a_change_that_went_round_the_verbs_does_not_pass(write, staff):
    record = write()
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    Record.objects.filter(pk=record.pk).update(body="<p>改过。</p>")
    with pytest.raises(ChangedMeanwhileError):
        passage.approve(review=review, user=staff.secrecy, day=TODAY)


def test_a_returned_record_is_a_draft_again(write, staff):
    record = write()
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.send_back(review=review, user=staff.secrecy, day=TODAY, opinion="附件缺失")
    revised = draft.revise(record=record, user=staff.author, summary="补充概述")
    assert (revised.stage, revised.summary) == (Stage.DRAFT, "补充概述")


def test_a_withdrawn_submission_is_a_draft_again(write, staff):
    record = write()
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.withdraw(review=review, user=staff.author, day=TODAY)
    record.refresh_from_db()
    assert record.stage == Stage.DRAFT


def test_a_document_to_be_explained_waits_for_its_interpretation(write, take_through, staff):
    record = write(needs_interpretation=True)
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.approve(review=review, user=staff.secrecy, day=TODAY)
    with pytest.raises(InterpretationMissingError, match="还没有解读材料"):
        passage.approve(review=review, user=staff.final, day=TODAY)
    write(category=Category.INTERPRETATION, title="一图读懂采砂管理", document_number="", interprets=record)
    passage.approve(review=Review.objects.get(pk=review.pk), user=staff.final, day=TODAY)
    record.refresh_from_db()
    assert record.stage == Stage.READY


def test_personal_data_in_the_text_holds_the_last_review_back(write, staff):
    record = write(body="<p>补助对象：林某，11010519491231002X，138-0000-0000。</p>")
    review = publication.submit(record=record, user=staff.author, day=TODAY)
    passage.approve(review=review, user=staff.secrecy, day=TODAY)
    with pytest.raises(PersonalDataError, match=r"110105\*{8}002X、138\*{4}0000"):
        passage.approve(review=review, user=staff.final, day=TODAY)


@pytest.mark.parametrize(
    ("fields", "error", "names"),
    [
        ({"title": "  "}, IncompleteError, {"title"}),
        ({"made_on": None}, IncompleteError, {"made_on"}),
        ({"attribute": ""}, IncompleteError, {"attribute"}),
        ({"attribute": Attribute.ON_REQUEST}, IncompleteError, {"reason"}),
        ({"attribute": Attribute.WITHHELD}, IncompleteError, {"reason", "clause", "reassess_on"}),
        ({"category": Category.INTERPRETATION}, IncompleteError, {"interprets"}),
        ({"clause": Clause.INTERNAL}, ScopeMismatchError, {"clause"}),
        ({"reassess_on": date(2024, 5, 20)}, ScopeMismatchError, {"reassess_on"}),
        ({"body": "<p>机密★5年</p>"}, ClassifiedTextError, {"body"}),
    ],
)
def test_a_half_filled_draft_is_refused_field_by_field(write, fields, error, names):
    with pytest.raises(error) as caught:
        write(**fields)
    assert set(caught.value.fields) == names
    assert Record.objects.count() == 0


def test_a_document_number_is_used_once_per_unit(write):
    write()
    with pytest.raises(DuplicateNumberError, match="岚水〔2024〕12号”已用于"):
        write(title="另一文件")


def test_an_unknown_field_is_a_mistake_of_the_caller(write):
    with pytest.raises(TypeError, match="stage"):
        write(stage=Stage.PUBLISHED)


def test_script_never_gets_into_a_body(write):
    assert write(body='<p onclick="x()">甲<script>y()</script></p>').body == "<p>甲</p>"


def test_the_same_file_is_attached_once_and_under_its_bare_name(write, staff):
    record = write()
    first = draft.attach(record=record, user=staff.author, data="附件".encode(), name="../附件.txt")
    again = draft.attach(record=record, user=staff.author, data="附件".encode(), name="副本.txt")
    assert (first, first.name, Attachment.objects.count()) == (again, "附件.txt", 1)
    draft.detach(attachment=first, user=staff.author)
    assert record.attachments.count() == 0


def test_a_classified_file_leaves_no_trace_in_the_register(write, staff):
    record = write()
    with pytest.raises(ClassifiedError):
        draft.attach(record=record, user=staff.author, data="秘密★10年\n方案".encode(), name="方案.txt")
    assert record.attachments.count() == 0


def test_a_page_is_read_back_and_an_error_needs_its_note(write, take_through, staff):
    record = publication.publish(record=take_through(write()), user=staff.author, day=TODAY)
    with pytest.raises(IncompleteError, match="须写明错在何处"):
        publication.read_back(record=record, user=staff.author, day=TODAY, is_right=False)
    publication.read_back(record=record, user=staff.author, day=TODAY, is_right=True)
    assert [entry.is_right for entry in record.read_backs.all()] == [True]


def test_a_published_record_is_taken_down_only_with_a_reason(write, take_through, staff):
    record = publication.publish(record=take_through(write()), user=staff.author, day=TODAY)
    with pytest.raises(IncompleteError, match="必须写明理由"):
        publication.withdraw(record=record, user=staff.head, day=TODAY, reason=" ")
    taken = publication.withdraw(record=record, user=staff.head, day=TODAY, reason="附件有误，更正后重新发布")
    assert (taken.stage, taken.withdrawn_reason) == (Stage.WITHDRAWN, "附件有误，更正后重新发布")


def test_a_repealed_document_stays_published_and_is_not_repealed_again(write, take_through, staff):
    old = publication.publish(record=take_through(write()), user=staff.author, day=TODAY)
    new = publication.publish(
        record=take_through(write(title="新办法", document_number="岚水〔2024〕30号")), user=staff.author, day=TODAY
    )
    repealed = validity.change_validity(
        record=old,
        user=staff.head,
        validity=Validity.REPEALED,
        day=TODAY,
        document="岚水〔2024〕30号",
        superseded_by=new,
    )
    assert (repealed.stage, repealed.validity, repealed.superseded_by) == (Stage.PUBLISHED, Validity.REPEALED, new)
    with pytest.raises(StageError, match="不能再次变动"):
        validity.change_validity(record=old, user=staff.head, validity=Validity.EXPIRED, day=TODAY, document="乙")


def test_validity_changes_only_after_publication_and_not_before_the_document(write, take_through, staff):
    record = write()
    with pytest.raises(StageError, match="尚未公开"):
        validity.change_validity(record=record, user=staff.head, validity=Validity.REPEALED, day=TODAY, document="乙")
    published = publication.publish(record=take_through(record), user=staff.author, day=TODAY)
    with pytest.raises(BeforeMadeError, match="早于成文日期"):
        validity.change_validity(
            record=published, user=staff.head, validity=Validity.REPEALED, day=date(2020, 1, 1), document="乙"
        )
