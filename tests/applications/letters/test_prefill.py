"""What the case already tells stands in a letter before anybody types."""

from datetime import date

import pytest

from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.domain import inquiring, letters, papers, secrecy
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.errors import EvidenceMissingError, FeeError, NotStartedError, SecretContentError
from gongkai.applications.errors_letters import ApproverError, LetterFieldsError, WrongLetterError
from gongkai.applications.letters.contents import document_of
from gongkai.applications.letters.kinds import ANSWER_REVIEW, NOTICE_REVIEW
from gongkai.applications.models import DeliveryForm, Letter, Medium
from gongkai.journal.domain.entry import SYSTEM
from gongkai.review.domain import chains, passage
from gongkai.review.domain.chains import StepPlan
from gongkai.review.errors import SameReviewerError, WeakChainError
from gongkai.review.models import Review, StepKind

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 19)


@pytest.fixture
def draft(staff):
    def made(application, kind, day=DAY, **more):
        return letters.draft(case=application, kind=kind, user=staff.handler, today=day, **more)

    return made


def test_a_correction_notice_asks_for_what_article_29_lacks(receive, draft):
    application = receive(
        applicants=[Identity(name="张晓岚", address="滨海路8号")],
        request=Request(title="台账", delivery_form=DeliveryForm.PAPER),
    )
    assert draft(application, "correction_notice").fields == {
        "items_to_correct": "1．申请人的身份证明。",
        "period": "自收到本告知书之日起15个工作日内",
        "consequence": "无正当理由，逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
    }


def test_the_period_and_the_new_last_day_follow_what_is_typed(receive, draft, staff):
    correction = draft(receive(), "correction_notice")
    changed = letters.revise(
        letter=correction, user=staff.handler, today=DAY, fields=correction.fields, options={"period_days": 10}
    )
    assert changed.fields["period"] == "自收到本告知书之日起10个工作日内"
    extension = draft(receive(date(2024, 2, 5)), "extension_notice")
    assert extension.fields["new_due"] == "2024年4月8日"
    changed = letters.revise(
        letter=extension, user=staff.handler, today=DAY, fields=extension.fields, options={"days": 5}
    )
    assert changed.fields["new_due"] == "2024年3月15日"


def test_a_fee_is_computed_by_the_schedule_and_not_typed(receive, draft, staff, stationery, sent):
    application = receive()
    letter = draft(application, "fee_notice")
    assert "amount" not in letter.fields  # the first of a month is free
    with pytest.raises(FeeError, match="不应收费"):
        letters.submit(letter=letter, user=staff.handler, today=DAY)
    letter = letters.revise(
        letter=letter,
        user=staff.handler,
        today=DAY,
        fields=letter.fields,
        options={"schedule": "pages", "pages": 45},
    )
    assert letter.fields["amount"] == "150"
    assert "第31至第100页，每页10元：15页，150元。" in letter.fields["standard"]
    assert letter.fields["payment"] == "海岚市财政非税账户"
    typed = letters.revise(letter=letter, user=staff.handler, today=DAY, fields=letter.fields | {"amount": "1500"})
    with pytest.raises(LetterFieldsError, match="应为150元"):
        letters.submit(letter=typed, user=staff.handler, today=DAY)


def test_a_fee_notice_that_went_out_stops_the_clock_with_what_the_law_computes(receive, sent):
    letter = sent(receive(), "fee_notice", DAY, options={"schedule": "pages", "pages": 45})
    assert letter.event.payload == {"amount": 150, "schedule": "pages", "count": 45, "letter": letter.pk}
    assert letter.application.stage == "awaiting_fee"


def test_an_answer_of_nothing_found_tells_the_searches(receive, draft, staff):
    application = receive()
    searching = {"system": "业务档案系统", "keywords": "采砂", "found": "没有结果", "searcher": "林经办"}
    inquiring.log_search(application=application, day=DAY, user=staff.handler, today=DAY, **searching)
    letter = draft(application, "not_existing", parts=[{"outcome": "U1a"}])
    assert letter.parts == [
        {"search": "2024年2月19日，本机关在业务档案系统中以“采砂”检索，结果：没有结果。", "outcome": "U1a"}
    ]


def test_an_answer_names_the_papers_that_are_released(receive, draft, staff):
    application = receive()
    papers.add(
        application=application, kind="released", data="台账".encode(), name="台账.txt", user=staff.handler, today=DAY
    )
    assert draft(application, "granted").parts == [{"delivered": "台账.txt（随附）。", "outcome": "A2"}]


def test_a_closing_letter_refers_to_the_notice_and_its_last_day(receive, draft, sent):
    application = receive(date(2024, 2, 5))
    sent(application, "correction_notice", date(2024, 2, 8))
    late = date(2024, 3, 20)
    letter = draft(application, "not_corrected", late)
    assert letter.parts[0]["notice"] == "2024年2月8日《政府信息公开申请补正告知书》（岚水公开告〔2024〕1号）"
    assert letter.parts[0]["last_day"] == "2024年3月6日"


def test_a_case_of_2018_is_answered_by_the_regulation_of_2008(receive, draft, staff):
    day = date(2018, 6, 20)
    application = receive(date(2018, 6, 4), today=day)
    letter = draft(application, "refused", day, parts=[{"outcome": "N4"}])
    words = "".join(document_of(letter, day).texts())
    assert letter.regulation == "2008"
    assert "国务院令第492号" in words
    assert "可以自收到本告知书之日起60日内" in words
    with pytest.raises(WrongLetterError, match="2008年条例没有"):
        draft(application, "reasons_request", day)


def test_a_case_about_secrets_says_nothing_of_its_content(receive, draft, staff):
    application = secrecy.mark_secret(application=receive(), user=staff.handler, today=DAY)
    with pytest.raises(SecretContentError, match="不得写明内容"):
        draft(application, "refused", parts=[{"outcome": "N1", "reason": "某工程的位置"}])
    with pytest.raises(SecretContentError, match="征求意见"):
        draft(application, "third_party_consultation")
    letter = draft(
        application,
        "refused",
        parts=[{"outcome": "N1"}],
        options={"classification_level": "秘密", "classification_period": "10年"},
    )
    words = "".join(document_of(letter, DAY).texts())
    assert "该信息的密级为秘密，保密期限为10年。" in words
    assert "采砂" not in words
    letters.submit(letter=letter, user=staff.handler, today=DAY)


def test_what_must_be_on_file_is_asked_for_before_anybody_reviews(receive, drafted, staff):
    letter = drafted(receive(), "refused", DAY, parts=[{"outcome": "N4"}])
    with pytest.raises(EvidenceMissingError, match="已书面征求第三方意见"):
        letters.submit(letter=letter, user=staff.handler, today=DAY)


def test_nothing_of_the_law_goes_out_while_the_receipt_is_not_confirmed(receive, drafted, staff):
    letter = drafted(receive(medium=Medium.EMAIL), "extension_notice", DAY)
    with pytest.raises(NotStartedError):
        letters.submit(letter=letter, user=staff.handler, today=DAY)


def test_internal_forms_are_printed_and_never_drafted(receive, draft):
    with pytest.raises(WrongLetterError, match="内部用表"):
        draft(receive(), "delivery_receipt")


def test_an_extension_must_end_with_the_head_of_the_office(receive, drafted, staff, bureau):
    steps = [StepPlan(StepKind.REVIEW, "科长审", Role.FIRST_REVIEWER)]
    chains.set_chain(name="科长审", kind=NOTICE_REVIEW, steps=steps, actor=SYSTEM, unit=bureau)
    letter = drafted(receive(), "extension_notice", DAY)
    with pytest.raises(ApproverError) as caught:
        letters.submit(letter=letter, user=staff.handler, today=DAY)
    assert caught.value.article == "《政府信息公开条例》第三十三条第二款"


def test_answers_need_a_secrecy_review_and_notices_do_not(bureau):
    steps = [StepPlan(StepKind.SIGNATURE, "签发", Role.OFFICE_HEAD)]
    with pytest.raises(WeakChainError, match="保密审查"):
        chains.set_chain(name="只签发", kind=ANSWER_REVIEW, steps=steps, actor=SYSTEM, unit=bureau)
    chains.set_chain(name="只签发", kind=NOTICE_REVIEW, steps=steps, actor=SYSTEM, unit=bureau)


def test_three_reviewers_are_three_people_where_a_unit_has_three(receive, drafted, staff, bureau):
    chains.set_chain(
        name="三审",
        kind=ANSWER_REVIEW,
        steps=[
            StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),
            StepPlan(StepKind.REVIEW, "初审", Role.FINAL_REVIEWER),
            StepPlan(StepKind.REVIEW, "复审", Role.FINAL_REVIEWER),
            StepPlan(StepKind.REVIEW, "终审", Role.OFFICE_HEAD),
        ],
        actor=SYSTEM,
        unit=bureau,
    )
    second = person("er", bureau, Role.FINAL_REVIEWER, name="耳复审")
    letter = drafted(receive(), "granted", DAY)
    letters.submit(letter=letter, user=staff.handler, today=DAY)
    passage.approve(review=Review.objects.get(), user=staff.secrecy, day=DAY)
    passage.approve(review=Review.objects.get(), user=staff.legal, day=DAY)
    with pytest.raises(SameReviewerError):
        passage.approve(review=Review.objects.get(), user=staff.legal, day=DAY)
    passage.send_back(review=Review.objects.get(), user=second, day=DAY, opinion="改")
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.state, letter.content, letter.content_digest) == ("draft", "", "")
