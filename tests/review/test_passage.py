"""Nothing is passed by its author, by one person alone, out of turn, or after it was changed."""

from datetime import date

import pytest

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.review import registry
from gongkai.review.domain import chains, passage
from gongkai.review.errors import (
    AlreadyOpenError,
    ChangedMeanwhileError,
    NoChainError,
    NotOpenError,
    NotYourStepError,
    OpinionMissingError,
    RecusedError,
    SameReviewerError,
    SelfReviewError,
    WeakChainError,
)
from gongkai.review.models import Chain, Review, ReviewState, StepKind, StepState
from gongkai.review.queries.inbox import waiting_for
from gongkai.units.domain import structure
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db

FOUNDED, TODAY = date(2010, 1, 1), date(2024, 6, 3)
KIND = "test.paper"


@pytest.fixture
def papers():
    """The subject: a dictionary of texts, and what was called back."""
    texts = {1: "关于开展汛期检查的通知"}
    calls = []
    registry.register(
        registry.Subject(
            kind=KIND,
            name="文稿",
            version=lambda key: texts[key],
            url=lambda key: f"/papers/{key}/",
            before_pass=lambda _review, step: calls.append(("before", step.title)),
            passed=lambda review, user: calls.append(("passed", review.key, user.username)),
            returned=lambda review, user: calls.append(("returned", review.key, user.username)),
        )
    )
    return texts, calls


@pytest.fixture
def bureau():
    return structure.establish(
        code="HL-001", kind=Kind.DEPARTMENT, name="水利局", short_name="水利局", parent=None, day=FOUNDED,
        document="甲", actor=SYSTEM,
    )  # fmt: skip


@pytest.fixture
def staff(bureau):
    """One person per role, and ``twofold`` who holds both first and final review."""
    roles = {
        "author": [Role.HANDLER],
        "first": [Role.FIRST_REVIEWER],
        "second": [Role.SECOND_REVIEWER],
        "final": [Role.FINAL_REVIEWER],
        "secrecy": [Role.SECRECY_REVIEWER],
        "twofold": [Role.FIRST_REVIEWER, Role.FINAL_REVIEWER],
        "stranger": [],
    }
    people_by_name = {}
    for name, held in roles.items():
        user = User.objects.create_user(name, name=name)
        officer = people.register(
            user=user, unit=bureau, position="科员", telephone="0000-0000000", day=FOUNDED, actor=SYSTEM
        )
        people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
        for role in held:
            people.grant(user=user, role=role, unit=bureau, day=FOUNDED, actor=SYSTEM)
        people_by_name[name] = user
    return people_by_name


@pytest.fixture
def full_chain():
    return chains.set_chain(name="三审三校", kind=KIND, steps=chains.FULL, actor=SYSTEM)


@pytest.fixture
def review(papers, bureau, staff, full_chain):
    return passage.submit(kind=KIND, key=1, title="汛期检查通知", unit=bureau, author=staff["author"], day=TODAY)


def pass_steps(review, staff, *names):
    for name in names:
        review = passage.approve(review=review, user=staff[name], day=TODAY, opinion="同意")
    return review


def states(review):
    return [step.state for step in review.steps.all()]


def test_the_full_chain_takes_three_reviewers_three_proofs_and_the_secrecy_review(review, staff, papers):
    done = pass_steps(review, staff, "first", "first", "second", "second", "secrecy", "final", "final")
    assert (done.state, done.closed_on) == (ReviewState.PASSED, TODAY)
    assert set(states(done)) == {StepState.PASSED}
    assert papers[1][-1] == ("passed", 1, "final")
    assert [call for call in papers[1] if call[0] == "before"][-1] == ("before", "终审")


def test_the_author_never_reviews_even_with_every_role(review, staff, bureau):
    people.grant(user=staff["author"], role=Role.FIRST_REVIEWER, unit=bureau, day=FOUNDED, actor=SYSTEM)
    with pytest.raises(SelfReviewError, match="不得审核自己的稿件"):
        passage.approve(review=review, user=staff["author"], day=TODAY)


def test_one_person_does_not_do_two_of_the_three_reviews(review, staff):
    pass_steps(review, staff, "twofold", "twofold", "second", "second", "secrecy", "final")
    with pytest.raises(SameReviewerError, match="三名不同人员"):
        passage.approve(review=review, user=staff["twofold"], day=TODAY)
    assert review.steps.last().state == StepState.CURRENT


@pytest.mark.parametrize("name", ["second", "final", "secrecy", "stranger"])
def test_no_step_is_taken_out_of_turn(review, staff, name):
    with pytest.raises(NotYourStepError, match="须由初审办理"):
        passage.approve(review=review, user=staff[name], day=TODAY)
    assert states(review) == ["current", *["waiting"] * 6]


def test_who_stands_aside_does_not_review(review, staff):
    passage.recuse(review=review, user=staff["first"], day=TODAY, reason="与该事项有利害关系")
    with pytest.raises(RecusedError, match="已声明回避"):
        passage.approve(review=review, user=staff["first"], day=TODAY)
    assert pass_steps(review, staff, "twofold").steps.first().reviewer == staff["twofold"]


@pytest.mark.parametrize("name", ["author", "final", "stranger"])
def test_who_could_not_decide_has_nothing_to_stand_aside_from(review, staff, name):
    with pytest.raises((SelfReviewError, NotYourStepError)):
        passage.recuse(review=review, user=staff[name], day=TODAY, reason="与该事项有利害关系")
    assert review.recusals.count() == 0


def test_a_text_changed_after_submission_does_not_pass(review, staff, papers):
    papers[0][1] += "（修改）"
    with pytest.raises(ChangedMeanwhileError, match="送审后内容已变动"):
        passage.approve(review=review, user=staff["first"], day=TODAY)


def test_what_holds_a_step_back_leaves_no_trace(review, staff, papers):
    def refuse(review, step):
        raise OpinionMissingError("需解读的文件没有解读材料。")

    subject = registry.subject_of(KIND)
    registry.register(
        registry.Subject(kind=KIND, name=subject.name, version=subject.version, url=subject.url, before_pass=refuse)
    )
    before = Entry.objects.count()
    with pytest.raises(OpinionMissingError):
        passage.approve(review=review, user=staff["first"], day=TODAY)
    assert (states(review)[0], Entry.objects.count()) == (StepState.CURRENT, before)


def test_a_return_needs_its_reason_and_ends_the_review(review, staff, papers):
    with pytest.raises(OpinionMissingError, match="退回必须写明理由"):
        passage.send_back(review=review, user=staff["first"], day=TODAY, opinion="  ")
    done = passage.send_back(review=review, user=staff["first"], day=TODAY, opinion="附件缺失")
    assert (done.state, states(done)[0]) == (ReviewState.RETURNED, StepState.RETURNED)
    assert papers[1][-1] == ("returned", 1, "first")
    with pytest.raises(NotOpenError, match="已退回，没有待审的步骤"):
        passage.approve(review=review, user=staff["first"], day=TODAY)


def test_a_returned_paper_may_be_submitted_again(review, staff, bureau):
    passage.send_back(review=review, user=staff["first"], day=TODAY, opinion="附件缺失")
    again = passage.submit(kind=KIND, key=1, title="汛期检查通知", unit=bureau, author=staff["author"], day=TODAY)
    assert Review.objects.filter(key=1).count() == 2
    assert states(again)[0] == StepState.CURRENT


def test_a_paper_under_review_is_not_submitted_twice(review, staff, bureau):
    with pytest.raises(AlreadyOpenError, match="正在审核中"):
        passage.submit(kind=KIND, key=1, title="汛期检查通知", unit=bureau, author=staff["author"], day=TODAY)


def test_a_referral_stops_the_review_until_it_is_determined(review, staff):
    pass_steps(review, staff, "first", "first", "second", "second")
    passage.refer(review=review, user=staff["secrecy"], day=TODAY, to="海岚市国家保密局", question="附表是否涉密")
    with pytest.raises(NotOpenError):
        passage.approve(review=review, user=staff["secrecy"], day=TODAY)
    passage.determine(review=review, user=staff["secrecy"], determination="不属于国家秘密")
    assert pass_steps(review, staff, "secrecy").state == ReviewState.OPEN
    with pytest.raises(NotOpenError, match="没有待确定的事项"):
        passage.determine(review=review, user=staff["secrecy"], determination="又一次")


def test_a_referral_needs_its_question(review, staff):
    with pytest.raises(OpinionMissingError, match="条例第十七条"):
        passage.refer(review=review, user=staff["first"], day=TODAY, to="海岚市国家保密局", question="")


def test_only_the_author_takes_a_paper_back_and_only_while_it_is_open(review, staff):
    with pytest.raises(NotYourStepError, match="只有送审人可以撤回"):
        passage.withdraw(review=review, user=staff["first"], day=TODAY)
    assert passage.withdraw(review=review, user=staff["author"], day=TODAY).state == ReviewState.WITHDRAWN
    with pytest.raises(NotOpenError, match="已撤回，不能撤回"):
        passage.withdraw(review=review, user=staff["author"], day=TODAY)


def test_a_town_s_chain_still_takes_two_people_besides_the_author(papers, bureau, staff):
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM, unit=bureau)
    opened = passage.submit(kind=KIND, key=1, title="通知", unit=bureau, author=staff["author"], day=TODAY)
    assert pass_steps(opened, staff, "secrecy", "final").state == ReviewState.PASSED


def test_a_unit_s_own_chain_goes_before_the_preset(papers, bureau, staff, full_chain):
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM, unit=bureau)
    assert chains.chain_for(kind=KIND, unit=bureau).name == "乡镇流程"


def test_a_new_chain_leaves_reviews_under_way_alone(review, bureau, staff):
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM, unit=bureau)
    assert len(states(review)) == 7
    assert Chain.objects.filter(unit=bureau, is_active=True).count() == 1


def test_without_a_chain_nothing_is_submitted(papers, bureau, staff):
    with pytest.raises(NoChainError, match="HL-001 没有"):
        passage.submit(kind=KIND, key=1, title="通知", unit=bureau, author=staff["author"], day=TODAY)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "缺少保密审查"),
        ((chains.StepPlan(StepKind.REVIEW, "初审", Role.FIRST_REVIEWER),), "缺少保密审查"),
        ((chains.StepPlan(StepKind.SECRECY, "保密审查", Role.SECRECY_REVIEWER),), "必须以审批或签发结束"),
    ],
)
def test_a_weak_chain_is_refused(steps, words):
    with pytest.raises(WeakChainError, match=words):
        chains.set_chain(name="弱", kind=KIND, steps=steps, actor=SYSTEM)


def test_the_inbox_shows_exactly_what_may_be_decided(review, staff):
    """The list a person sees and the rule of the verb agree, at every step and for everybody."""
    for name in ("twofold", "twofold", "second", "second", "secrecy", "final", "final"):
        step = review.steps.get(state=StepState.CURRENT)
        for user in staff.values():
            listed = waiting_for(user, scope_of(user, TODAY)).filter(pk=step.pk).exists()
            allowed = passage.objection(review=review, step=step, user=user, day=TODAY) is None
            assert (user.username, listed) == (user.username, allowed)
        review = passage.approve(review=review, user=staff[name], day=TODAY)
    assert not waiting_for(staff["final"], scope_of(staff["final"], TODAY)).exists()


def test_every_decision_is_in_the_journal_with_its_law(review, staff):
    pass_steps(review, staff, "first", "first", "second", "second", "secrecy")
    entries = Entry.objects.filter(subject=f"{KIND}:1").values_list("act", "actor", "article")
    assert list(entries)[-1] == ("review.approved", "secrecy", "保守国家秘密法 第三十五条")
    assert [act for act, *_ in entries] == ["review.submitted", *["review.approved"] * 5]


@pytest.mark.parametrize("items", [1, 3])
def test_the_inbox_is_one_query_however_long(papers, bureau, staff, full_chain, items, django_assert_num_queries):
    for key in range(1, items + 1):
        papers[0][key] = "文"
        passage.submit(kind=KIND, key=key, title=f"通知{key}", unit=bureau, author=staff["author"], day=TODAY)
    scope = scope_of(staff["first"], TODAY)
    with django_assert_num_queries(1):
        assert [step.review.unit.code for step in waiting_for(staff["first"], scope)] == ["HL-001"] * items
