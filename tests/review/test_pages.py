"""The reviewer's pages show what may be done and do it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.journal.domain.entry import SYSTEM
from gongkai.review import registry
from gongkai.review.domain import chains, passage
from gongkai.review.forms import SECRECY_ITEMS
from gongkai.review.models import ReviewState
from gongkai.units.domain import structure
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db
FOUNDED = date(2010, 1, 1)
KIND = "test.page"


@pytest.fixture
def bureau():
    registry.register(
        registry.Subject(kind=KIND, name="文稿", version=lambda key: f"v{key}", url=lambda key: f"/papers/{key}/")
    )
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM)
    return structure.establish(
        code="HL-001",
        kind=Kind.TOWN,
        name="澜东镇人民政府",
        short_name="澜东镇",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )


def person(unit, name, *roles):
    user = User.objects.create_user(name, name=name)
    officer = people.register(
        user=user, unit=unit, position="科员", telephone="0000-0000000", day=FOUNDED, actor=SYSTEM
    )
    people.record_training(officer=officer, day=FOUNDED, training="跟岗", actor=SYSTEM)
    for role in roles:
        people.grant(user=user, role=role, unit=unit, day=FOUNDED, actor=SYSTEM)
    return user


@pytest.fixture
def author(bureau):
    return person(bureau, "林拟稿", Role.HANDLER)


@pytest.fixture
def secrecy(bureau):
    return person(bureau, "沈保密", Role.SECRECY_REVIEWER)


@pytest.fixture
def review(bureau, author):
    return passage.submit(kind=KIND, key=1, title="村级补助公示", unit=bureau, author=author, day=timezone.localdate())


def test_a_stranger_is_asked_to_sign_on(client, review):
    response = client.get(reverse("review:detail", args=[review.pk]))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_who_has_no_role_at_the_unit_finds_nothing(client, review):
    client.force_login(User.objects.create_user("other", name="外人"))
    assert client.get(reverse("review:detail", args=[review.pk])).status_code == 404
    assert client.post(reverse("review:withdraw", args=[review.pk])).status_code == 404


def test_the_author_sees_why_nothing_can_be_decided(client, review, author):
    client.force_login(author)
    page = client.get(reverse("review:detail", args=[review.pk])).content.decode()
    assert "送审人不得审核自己的稿件（回避）" in page
    assert "提交审核结论" not in page
    assert reverse("review:withdraw", args=[review.pk]) in page


def test_the_reviewer_finds_it_in_the_to_do_list_and_the_inbox(client, review, secrecy):
    client.force_login(secrecy)
    for address in (reverse("office:home"), reverse("review:inbox")):
        page = client.get(address).content.decode()
        assert "村级补助公示" in page
        assert reverse("review:detail", args=[review.pk]) in page


def test_a_secrecy_review_does_not_pass_with_an_item_open(client, review, secrecy):
    client.force_login(secrecy)
    data = {"decision": "approve", "opinion": "同意", **{name: "on" for name, _ in SECRECY_ITEMS[1:]}}
    page = client.post(reverse("review:detail", args=[review.pk]), data).content.decode()
    assert "未确认“不含国家秘密（条例第十四条）”" in page
    assert review.steps.first().reviewer is None


def test_a_secrecy_review_passes_with_every_item_and_keeps_them(client, review, secrecy):
    client.force_login(secrecy)
    data = {"decision": "approve", "opinion": "同意", **{name: "on" for name, _ in SECRECY_ITEMS}}
    response = client.post(reverse("review:detail", args=[review.pk]), data)
    assert response.status_code == 302
    step = review.steps.first()
    assert (step.reviewer, step.opinion, step.evidence) == (secrecy, "同意", dict.fromkeys(dict(SECRECY_ITEMS), True))


def test_a_return_without_a_reason_is_not_made(client, review, secrecy):
    client.force_login(secrecy)
    page = client.post(reverse("review:detail", args=[review.pk]), {"decision": "return", "opinion": " "})
    assert "退回必须写明理由" in page.content.decode()
    review.refresh_from_db()
    assert review.state == ReviewState.OPEN


def test_a_question_is_referred_and_its_answer_entered(client, review, secrecy):
    client.force_login(secrecy)
    client.post(reverse("review:refer", args=[review.pk]), {"to": "市国家保密局", "question": "附表是否涉密"})
    review.refresh_from_db()
    assert (review.state, review.referred_to) == (ReviewState.REFERRED, "市国家保密局")
    client.post(reverse("review:determine", args=[review.pk]), {"determination": "不涉密"})
    review.refresh_from_db()
    assert (review.state, review.determination) == (ReviewState.OPEN, "不涉密")


def test_the_author_cannot_answer_a_referral(client, review, secrecy, author, bureau):
    passage.refer(review=review, user=secrecy, day=timezone.localdate(), to="市国家保密局", question="附表")
    people.grant(user=author, role=Role.SECRECY_REVIEWER, unit=bureau, day=FOUNDED, actor=SYSTEM)
    client.force_login(author)
    client.post(reverse("review:determine", args=[review.pk]), {"determination": "不涉密"})
    review.refresh_from_db()
    assert review.state == ReviewState.REFERRED


def test_standing_aside_takes_the_paper_out_of_the_inbox(client, review, secrecy):
    client.force_login(secrecy)
    client.post(reverse("review:recuse", args=[review.pk]), {"reason": "与该事项有利害关系"})
    assert "没有待您审核的稿件" in client.get(reverse("review:inbox")).content.decode()


def test_an_incomplete_form_changes_nothing(client, review, secrecy):
    client.force_login(secrecy)
    for address in ("refer", "recuse", "determine"):
        response = client.post(reverse(f"review:{address}", args=[review.pk]), {}, follow=True)
        assert "请把必填内容填写完整" in response.content.decode()
    review.refresh_from_db()
    assert (review.state, review.recusals.count()) == (ReviewState.OPEN, 0)


def test_only_the_author_can_withdraw(client, review, secrecy, author):
    client.force_login(secrecy)
    response = client.post(reverse("review:withdraw", args=[review.pk]), follow=True)
    assert "只有送审人可以撤回" in response.content.decode()
    client.force_login(author)
    client.post(reverse("review:withdraw", args=[review.pk]))
    review.refresh_from_db()
    assert review.state == ReviewState.WITHDRAWN


def test_nothing_on_a_page_comes_from_elsewhere_or_runs_inline(client, review, secrecy):
    client.force_login(secrecy)
    response = client.get(reverse("review:detail", args=[review.pk]))
    page = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert [word for word in ("https://", "http://", " style=", "onclick=", "<script>") if word in page] == []


@pytest.mark.parametrize("items", [1, 3])
def test_the_inbox_takes_the_same_queries_however_long(
    client, bureau, author, secrecy, items, django_assert_num_queries
):
    for key in range(1, items + 1):
        passage.submit(kind=KIND, key=key, title=f"公示{key}", unit=bureau, author=author, day=timezone.localdate())
    client.force_login(secrecy)
    client.get(reverse("review:inbox"))
    with django_assert_num_queries(7):
        client.get(reverse("review:inbox"))
