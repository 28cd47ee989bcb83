"""The screens on which a page comes about: who sees what, the preview, the application, the way through review."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from builders.pages import count_queries
from gongkai.portal.domain import publishing
from gongkai.portal.models import Page, PageKind, PageStage
from gongkai.portal.queries import published as shown
from gongkai.review.domain import passage
from gongkai.review.domain.chains import chain_for
from gongkai.review.models import Review
from gongkai.review.planning import read, typed

pytestmark = pytest.mark.django_db


def data(city, today, **fields):
    ordinary = {"kind": "topic", "unit": city.bureau.pk, "slug": "farming", "title": "春耕", "summary": "简介"}
    ordinary |= {"body": "第一段\n第二段", "purpose": "便民", "responsible": "甲", "begins_on": today.isoformat()}
    return ordinary | fields


def test_a_topic_goes_from_the_form_through_review_to_the_public(signed_on, client, city, today, publish_record):
    record = publish_record("节水办法", document_number="岚水〔2024〕3号")
    signed_on(city.author)
    answer = client.post(reverse("editing:page-new"), data(city, today, records="岚水〔2024〕3号\n"))
    page = Page.objects.get()
    assert answer.headers["Location"] == reverse("editing:page", args=[page.pk])
    assert (page.body, page.records) == ("<p>第一段</p><p>第二段</p>", [record.pk])
    client.post(reverse("editing:page-submit", args=[page.pk]))
    review = Review.objects.get(key=page.pk, kind="portal.page")
    for user in (city.secrecy, city.final, city.chief):
        signed_on(user)
        boxes = dict.fromkeys(
            ("no_state_secret", "no_work_secret", "no_security_risk", "no_third_party", "personal_data_removed"), "on"
        )
        client.post(reverse("review:detail", args=[review.pk]), {"decision": "approve", "opinion": "同意开设"} | boxes)
    signed_on(city.author)
    paper = client.get(reverse("editing:page-application", args=[page.pk])).content.decode()
    for words in ("专题专栏开设及首页信息发布申请表", "便民", "主管部门审批意见", "同意开设", "chief", "节水办法"):
        assert words in paper
    client.post(reverse("editing:page-publish", args=[page.pk]))
    assert Page.objects.get().stage == PageStage.PUBLISHED
    words = Client().get("/topics/farming/").content.decode()
    assert "第二段" in words
    assert "节水办法" in words
    client.post(reverse("editing:page-reopen", args=[page.pk]))
    assert "公众现在看到的是第 2 版" in client.get(reverse("editing:page", args=[page.pk])).content.decode()
    Page.objects.update(purpose="别的目的")
    assert "便民" in client.get(reverse("editing:page-application", args=[page.pk])).content.decode()
    signed_on(city.head)
    assert client.post(reverse("editing:page-withdraw", args=[page.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("editing:page-withdraw", args=[page.pk]), {"reason": "过时"})
    assert Client().get("/topics/farming/").status_code == 410


def test_the_preview_is_the_public_page_and_never_kept(signed_on, city, today, write, approve):
    page = write(body="<h2>一</h2><p>甲</p>", summary="看一看")
    client = signed_on(city.author)
    answer = client.get(reverse("editing:page-preview", args=[page.pk]))
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    publishing.publish(page=approve(page), user=city.author, day=today)
    public = Client().get(reverse("portal:topic", args=["spring"]))
    assert answer.content == public.content


def test_the_preview_of_the_first_page_shows_the_slot_among_the_others(signed_on, city, today, write, published):
    ends_on = today + timedelta(days=3)
    target = published("target", title="专题甲")
    published("old", kind=PageKind.HIGHLIGHT, title="已在首页", shows=target, ends_on=ends_on)
    page = write("new", kind=PageKind.HIGHLIGHT, title="要上首页", shows=target, ends_on=ends_on)
    words = signed_on(city.author).get(reverse("editing:page-preview", args=[page.pk])).content.decode()
    assert words.index("要上首页") < words.index("已在首页")
    assert "要上首页" not in Client().get("/").content.decode()


def test_earlier_versions_can_be_looked_at(signed_on, city, today, write, published):
    page = published(body="<p>旧文</p>")
    publishing.reopen(page=page, user=city.author, day=today)
    Page.objects.filter(pk=page.pk).update(body="<p>新文</p>")
    client, address = signed_on(city.author), reverse("editing:page-preview", args=[page.pk])
    assert "新文" in client.get(address).content.decode()
    assert "旧文" in client.get(address, {"version": "2"}).content.decode()
    for wrong in ("9", "x", "-1", "9" * 40):
        assert client.get(address, {"version": wrong}).status_code == 404


def test_nobody_else_sees_a_draft(signed_on, city, write):
    page = write()
    names = ("page", "page-edit", "page-preview", "page-application", "page-submit", "page-withdraw")
    stranger = signed_on(city.stranger)
    for name in names:
        send = stranger.post if name in {"page-submit", "page-withdraw"} else stranger.get
        assert send(reverse(f"editing:{name}", args=[page.pk])).status_code == 404
    for name in names:
        answer = Client().get(reverse(f"editing:{name}", args=[page.pk]))
        assert answer.status_code == 302
        assert "/account/login/" in answer.headers["Location"]


def test_the_public_service_knows_no_address_of_the_office():
    for path in ("/office/portal/pages/1/preview/", "/office/portal/services/"):
        with pytest.raises(Resolver404):
            resolve(path, urlconf="gongkai.site.urls_portal")


def test_a_half_filled_form_comes_back_with_what_is_missing(signed_on, city, today, write):
    client = signed_on(city.author)
    answer = client.post(reverse("editing:page-new"), data(city, today, purpose="", title="春耕专题"))
    assert answer.status_code == 422
    for words in ("须写明目的", "春耕专题", "第一段"):
        assert words in answer.content.decode()
    answer = client.post(reverse("editing:page-new"), data(city, today, records="没有的号"))
    assert "没有已公开的信息" in answer.content.decode()
    page = write()
    form = client.get(reverse("editing:page-edit", args=[page.pk])).context["form"]
    Page.objects.filter(pk=page.pk).update(title="他人改过")
    typed_in = data(city, today, slug="spring", edition=form.initial["edition"])
    address = reverse("editing:page-edit", args=[page.pk])
    answer = client.post(address, typed_in)
    assert answer.status_code == 422
    assert "已被他人保存" in answer.content.decode()
    again = typed_in | {"edition": answer.context["form"].data["edition"]}
    assert client.post(address, again).status_code == 302
    assert Page.objects.get(pk=page.pk).title == "春耕"


def test_a_page_of_another_unit_cannot_be_written(signed_on, city, today):
    client = signed_on(city.author)
    answer = client.post(reverse("editing:page-new"), data(city, today, unit=city.school.pk))
    assert answer.status_code == 422
    assert not Page.objects.exists()
    assert signed_on(city.secrecy).get(reverse("editing:page-new")).status_code == 302


def test_what_came_back_is_to_be_done(signed_on, city, today, write):
    page = write()
    review = publishing.submit(page=page, user=city.author, day=today)
    passage.send_back(review=review, user=city.secrecy, day=today, opinion="补充")
    assert "页面待修改" in signed_on(city.author).get("/office/").content.decode()


def test_the_list_takes_the_same_queries_however_long(signed_on, city, write, published):
    client = signed_on(city.author)
    write("one")
    first = count_queries(client, reverse("editing:pages"))
    parent = published("two")
    published("three", parent=parent)
    assert count_queries(client, reverse("editing:pages")) == first
    listed = client.get(reverse("editing:pages"), {"kind": "topic", "stage": "draft"}).context["page"].object_list
    assert [page.slug for page in listed] == ["one"]


def test_the_preset_chain_can_be_typed_again(city):
    steps = chain_for(kind="portal.page", unit=city.bureau).steps.all()
    assert [step.title for step in read(typed(steps))] == ["保密审查", "单位审核", "主管部门审批"]


def test_every_kind_has_its_address():
    addresses = {kind: shown.address_of(kind, "a") for kind in PageKind}
    assert addresses == {
        "topic": "/topics/a/",
        "column": "/pages/a/",
        "institution": "/open/rules/a/",
        "notice": "",
        "highlight": "",
    }
