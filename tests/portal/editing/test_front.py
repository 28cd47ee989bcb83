"""What staff set on the first page, and the statutory column's fixed parts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.portal.domain import publishing
from gongkai.portal.models import PageKind
from gongkai.records.domain import publication
from gongkai.records.models import Record

pytestmark = pytest.mark.django_db


def test_the_first_page_shows_the_notice_and_leads_to_what_is_public(client, city, today, published, publish_record):
    record, topic = publish_record("节水办法"), published("farming", title="春耕")
    period = {"ends_on": today + timedelta(days=3), "body": ""}
    published("hours", kind=PageKind.NOTICE, title="窗口搬迁", summary="已迁至一楼", **period)
    published("one", kind=PageKind.HIGHLIGHT, title="看节水", records=[record.pk], **period)
    published("two", kind=PageKind.HIGHLIGHT, title="看春耕", shows=topic, **period)
    home = client.get(reverse("portal:home")).content.decode()
    for words in ("窗口搬迁", "看节水", "看春耕", reverse("portal:topic", args=["farming"])):
        assert words in home
    publication.withdraw(record=Record.objects.get(pk=record.pk), user=city.head, day=today, reason="有误")
    publishing.withdraw(page=topic, user=city.head, day=today, reason="过时")
    home = client.get(reverse("portal:home")).content.decode()
    assert "看节水" not in home
    assert "看春耕" not in home
    assert "窗口搬迁" in home


def test_the_first_page_takes_the_same_queries_however_much_is_set(today, published, publish_record, asked):
    record, topic = publish_record("节水办法"), published("farming")
    period = {"ends_on": today + timedelta(days=3), "body": ""}
    published("one", kind=PageKind.HIGHLIGHT, records=[record.pk], **period)
    published("two", kind=PageKind.HIGHLIGHT, shows=topic, **period)
    first = asked(reverse("portal:home"))
    for number in range(3):
        published(f"more-{number}", kind=PageKind.HIGHLIGHT, records=[record.pk], **period)
    # What staff set in up to three, the units, the words many look for, what is new and what explains; a visitor a
    # moment later pays for the last two.
    assert asked(reverse("portal:home")) == first <= 7


def test_the_four_parts_stand_in_their_order(client, city):
    words = client.get(reverse("portal:open")).content.decode()
    parts = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"]
    places = [words.index(f"<b>{part}</b>") for part in parts]
    assert places == sorted(places)


def test_the_guide_of_the_city_is_that_of_its_office_and_names_every_unit(client, city, asked):
    words = client.get(reverse("portal:guide")).content.decode()
    assert asked(reverse("portal:guide")) == 2
    assert words.index("HL-002办公室") < words.index("HL-016办公室")
    assert "请留电话" in words
    assert "未公布" in words  # the bureau without a guide
    assert "过期" not in words


def test_rules_of_disclosure_list_their_public_documents(client, city, today, published, publish_record):
    first, second = publish_record("公开审查办法"), publish_record("考核办法")
    published("rules", kind=PageKind.INSTITUTION, title="公开制度", records=[second.pk, first.pk])
    for address in (reverse("portal:institutions"), reverse("portal:institution", args=["rules"])):
        words = client.get(address).content.decode()
        assert words.index("考核办法") < words.index("公开审查办法")
    publication.withdraw(record=Record.objects.get(pk=first.pk), user=city.head, day=today, reason="有误")
    assert "公开审查办法" not in client.get(reverse("portal:institutions")).content.decode()


@pytest.mark.parametrize(
    ("name", "kind"), [("portal:institutions", PageKind.INSTITUTION), ("portal:topics", PageKind.TOPIC)]
)
def test_lists_of_pages_take_the_same_queries_however_long(published, publish_record, asked, name, kind):
    record = publish_record("甲")
    published("one", kind=kind, records=[record.pk])
    first = asked(reverse(name))
    for slug in ("two", "three"):
        published(slug, kind=kind, records=[record.pk])
    assert asked(reverse(name)) == first <= 3


def test_the_site_map_and_the_menu_lead_everywhere(client, published):
    published("farming", title="春耕")
    published("about", kind=PageKind.COLUMN, title="关于我们")
    words = client.get(reverse("portal:sitemap")).content.decode()
    names = ("guide", "institutions", "areas", "services", "topics")
    for address in [reverse(f"portal:{name}") for name in names] + ["/topics/farming/", "/pages/about/"]:
        assert f'href="{address}"' in words
        assert client.get(address).status_code == 200
