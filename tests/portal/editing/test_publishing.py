"""Who sees a page in which state: only what passed its review, in its period, and nothing of what is worked on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.journal.models import Entry
from gongkai.portal.domain import pages, publishing
from gongkai.portal.domain.snapshot import digest_of_page
from gongkai.portal.domain.trace import PAGE
from gongkai.portal.errors import PeriodError, PlaceError, SlotsFullError
from gongkai.portal.models import Page, PageKind, PageStage
from gongkai.portal.searching import build_pages
from gongkai.records.errors import (
    EditedMeanwhileError,
    IncompleteError,
    NotAuthorisedError,
    PersonalDataError,
    StageError,
)
from gongkai.review.domain import passage
from gongkai.review.errors import ChangedMeanwhileError, SelfReviewError
from gongkai.review.models import Review

pytestmark = pytest.mark.django_db
KINDS = {
    PageKind.TOPIC: ("portal:topic", "portal:topics"),
    PageKind.COLUMN: ("portal:column", "portal:sitemap"),
    PageKind.INSTITUTION: ("portal:institution", "portal:institutions"),
}


@pytest.fixture
def in_state(city, today, write, approve, published):
    """One page of a kind in each state, its words unmistakable."""

    def made(state, kind):
        fields = {"kind": kind, "title": f"密语·{state}", "body": f"<p>密文·{state}</p>"}
        if state == "draft":
            return write(state, **fields)
        if state == "reviewing":
            page = write(state, **fields)
            publishing.submit(page=page, user=city.author, day=today)
            return page
        if state == "planned":
            return approve(write(state, **(fields | {"begins_on": today + timedelta(days=3)})))
        if state == "ended":
            page = published(state, **(fields | {"ends_on": today}))
            publishing.turn(day=today + timedelta(days=1))
            return page
        page = published(state, **fields)
        if state == "withdrawn":
            publishing.withdraw(page=page, user=city.head, day=today, reason="数据有误")
        return page

    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("state", "status"),
    [("draft", 404), ("reviewing", 404), ("planned", 404), ("published", 200), ("ended", 410), ("withdrawn", 410)],
)
def test_the_public_sees_a_page_by_its_state(client, in_state, kind, state, status):
    page = in_state(state, kind)
    one, above = KINDS[kind]
    answer = client.get(reverse(one, args=[page.slug]))
    assert answer.status_code == status
    everywhere = answer.content.decode() + "".join(
        client.get(reverse(name)).content.decode() for name in ("portal:home", "portal:sitemap", above)
    )
    assert ("密语" in everywhere, "密文" in everywhere) == (status == 200, status == 200)
    assert len(list(build_pages([page.pk]))) == (status == 200)
    if state == "withdrawn":
        assert "数据有误" in answer.content.decode()
    if state == "ended":
        assert "届满" in answer.content.decode()


def test_a_new_working_copy_leaves_what_is_public_as_it_is(client, city, today, published, approve):
    page = published(title="原标题")
    page = publishing.reopen(page=page, user=city.author, day=today)
    page = pages.revise(page=page, user=city.author, day=today, title="新标题", slug="other")
    address = reverse("portal:topic", args=["spring"])
    assert page.slug == "spring"
    assert "新标题" not in client.get(address).content.decode()
    page = approve(page)
    assert "原标题" in client.get(address).content.decode()
    publishing.publish(page=page, user=city.author, day=today)
    assert "新标题" in client.get(address).content.decode()
    assert [(one.number, one.occasion, one.title) for one in page.versions.all()] == [
        (1, "送审", "原标题"),
        (2, "发布", "原标题"),
        (3, "送审", "新标题"),
        (4, "发布", "新标题"),
    ]
    assert page.versions.last().digest == digest_of_page(Page.objects.get(pk=page.pk))


def test_what_is_worked_on_can_be_withdrawn_all_the_same(client, city, today, published):
    page = publishing.reopen(page=published(), user=city.author, day=today)
    page = publishing.withdraw(page=page, user=city.chief, day=today, reason="有误")
    assert page.stage == PageStage.DRAFT
    assert client.get(reverse("portal:topic", args=["spring"])).status_code == 410


def test_the_day_brings_a_planned_page_and_takes_it_away(client, city, today, write, approve):
    begin, end = today + timedelta(days=2), today + timedelta(days=4)
    page = approve(write(begins_on=begin, ends_on=end))
    with pytest.raises(PeriodError, match="不在其中"):
        publishing.publish(page=page, user=city.author, day=today)
    stages = []
    for days in (1, 2, 4, 5):
        publishing.turn(day=today + timedelta(days=days))
        stages.append(Page.objects.get(pk=page.pk).stage)
    assert stages == ["ready", "published", "published", "ended"]
    acts = [*Entry.objects.filter(subject=f"{PAGE}:{page.pk}").order_by("pk").values_list("act", flat=True)]
    assert [act for act in acts if act.startswith("portal.")] == [
        "portal.page_drafted",
        "portal.page_submitted",
        "portal.page_approved",
        "portal.page_published",
        "portal.page_ended",
    ]


def test_a_page_past_its_last_day_is_gone_before_the_worker_comes(client, city, today, published):
    page = published(ends_on=today)
    Page.objects.filter(pk=page.pk).update(ends_on=today - timedelta(days=1))
    page.versions.update(ends_on=today - timedelta(days=1))
    assert client.get(reverse("portal:topic", args=["spring"])).status_code == 410
    assert "专题spring" not in client.get(reverse("portal:topics")).content.decode()


def test_a_topic_stands_below_another_one_level_deep(client, city, today, write, published):
    above = published("farming")
    below = published("machines", parent=above)
    address = reverse("portal:subtopic", args=["farming", "machines"])
    assert client.get(address).status_code == 200
    assert client.get(reverse("portal:topic", args=["machines"])).status_code == 404
    assert address in client.get(reverse("portal:topic", args=["farming"])).content.decode()
    with pytest.raises(PlaceError, match="只分一层"):
        write("deeper", parent=below)
    with pytest.raises(PlaceError, match="只分一层"):
        write("column", parent=above, kind=PageKind.COLUMN)
    publishing.withdraw(page=above, user=city.head, day=today, reason="过时")
    assert client.get(address).status_code == 410
    assert list(build_pages([below.pk])) == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": ""}, {"title"}),
        ({"purpose": "", "responsible": ""}, {"purpose", "responsible"}),
        ({"begins_on": None}, {"begins_on"}),
        ({"kind": PageKind.NOTICE}, {"ends_on"}),
        ({"kind": PageKind.HIGHLIGHT}, {"ends_on", "records"}),
    ],
)
def test_an_application_says_what_for_how_long_and_who(write, fields, named):
    with pytest.raises(IncompleteError) as refused:
        write(**fields)
    assert set(refused.value.fields) == named


@pytest.mark.parametrize("slug", ["", "Spring", "春", "a--b", "-a", "a/b", "a b"])
def test_an_address_is_plain(write, slug):
    with pytest.raises(PlaceError):
        write(slug)


def test_an_address_is_never_given_twice(city, today, write, published):
    publishing.withdraw(page=published(), user=city.head, day=today, reason="过时")
    with pytest.raises(PlaceError, match="永不另作他用"):
        write("spring")


def test_the_first_page_has_six_places_and_one_notice(today, write, published, approve):
    shown = published("shown")
    later = today + timedelta(days=9)
    place = {"kind": PageKind.HIGHLIGHT, "shows": shown, "body": ""}
    for number in range(6):
        approve(write(f"slot-{number}", ends_on=today + timedelta(days=number), **place))
    seventh = write("seventh", ends_on=later, **place)
    with pytest.raises(SlotsFullError, match="至多有 6 条"):
        approve(seventh)
    assert approve(write("eighth", begins_on=today + timedelta(days=1), ends_on=later, **place)).stage == "ready"
    approve(write("notice", kind=PageKind.NOTICE, ends_on=later))
    with pytest.raises(SlotsFullError):
        approve(write("notice-2", kind=PageKind.NOTICE, ends_on=later))


def test_nobody_passes_his_own_page_or_one_that_changed(city, today, write):
    page = write()
    review = publishing.submit(page=page, user=city.author, day=today)
    with pytest.raises(SelfReviewError):
        passage.approve(review=review, user=city.author, day=today)
    Page.objects.filter(pk=page.pk).update(title="换了")
    with pytest.raises(ChangedMeanwhileError):
        passage.approve(review=review, user=city.secrecy, day=today)


def test_personal_data_holds_the_last_step_back(city, today, write):
    page = write(body="<p>联系人电话13800000000</p>")
    review = publishing.submit(page=page, user=city.author, day=today)
    for user in (city.secrecy, city.final):
        passage.approve(review=review, user=user, day=today)
    with pytest.raises(PersonalDataError, match="138"):
        passage.approve(review=review, user=city.chief, day=today)


def test_a_returned_page_is_a_draft_again(city, today, write):
    page = write()
    review = publishing.submit(page=page, user=city.author, day=today)
    with pytest.raises(StageError):
        pages.revise(page=page, user=city.author, day=today, title="改")
    passage.send_back(review=review, user=city.secrecy, day=today, opinion="补充")
    assert pages.revise(page=page, user=city.author, day=today, title="改").stage == PageStage.DRAFT
    assert Review.objects.get(pk=review.pk).state == "returned"


def test_strangers_do_nothing(city, today, write, published):
    page, shown = write("mine"), published("shown")
    for refused in (
        lambda: pages.revise(page=page, user=city.stranger, day=today, title="改"),
        lambda: publishing.submit(page=page, user=city.stranger, day=today),
        lambda: publishing.withdraw(page=shown, user=city.author, day=today, reason="甲"),
        lambda: publishing.reopen(page=shown, user=city.stranger, day=today),
        lambda: pages.draft(unit=city.bureau, user=city.stranger, day=today, kind="column", slug="a", title="甲"),
    ):
        with pytest.raises(NotAuthorisedError):
            refused()


def test_who_saves_over_another_is_told(city, today, write):
    page = write()
    edition = digest_of_page(page)
    pages.revise(page=page, user=city.author, day=today, edition=edition, title="甲改")
    with pytest.raises(EditedMeanwhileError):
        pages.revise(page=page, user=city.author, day=today, edition=edition, title="乙改")


def test_only_the_structure_of_a_text_is_kept(write):
    page = write(body='<p onclick="x()">甲<script>alert(1)</script><img src="https://e.example/a.png"></p>')
    assert page.body == "<p>甲</p>"
