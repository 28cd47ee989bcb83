"""The page of a record."""

import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from gongkai.files.domain import shelf, store
from gongkai.records.models import Category, IndexAlias, Stage, Validity, Version
from portal.conftest import DAY

pytestmark = pytest.mark.django_db


def page(client, record):
    response = client.get(reverse("portal:record", args=[record.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_head_says_what_the_catalogue_says(client, make):
    words = page(client, make("关于供水的通知", document_number="岚水〔2024〕1号", subject="水利、水务", genre="通知"))
    for part in ("HL06010-2001-2024-00001", "岚水〔2024〕1号", "水利局", "2024-06-03", "水利、水务", "有效"):
        assert part in words


def test_the_page_carries_the_labels_of_government_sites(client, make):
    record = make("关于“供水”的通知", keywords="供水", summary="概述")
    words = page(client, record)
    labels = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', words))
    assert labels["SiteName"] == "海岚市政府信息公开"
    assert labels["SiteDomain"] == "www.example.gov.cn"
    assert labels["SiteIDCode"] == "3505820001"
    assert labels["ColumnName"] == "政策文件"
    assert labels["ColumnType"] == "信息公开"
    assert labels["ArticleTitle"] == "关于“供水”的通知"
    assert labels["PubDate"] == "2024-06-03 00:00"
    assert labels["ContentSource"] == "海岚市水利局"
    assert labels["Keywords"] == "供水"
    assert labels["Description"] == "概述"
    assert labels["Url"] == f"https://www.example.gov.cn/records/{record.pk}/"
    for mark in ("闽ICP备00000000号", "闽公网安备 35058200000000号", "3505820001", "海岚市人民政府办公室"):
        assert mark in words


def test_a_hostile_title_stays_text_in_the_page_and_in_its_data(client, make):
    words = page(client, make("</script><script>alert(1)</script>", body="<p>甲<script>x</script></p>"))
    assert "<script>" not in words
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', words, re.DOTALL)[1])
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["datePublished"] == "2024-06-03"


@pytest.mark.parametrize(
    ("validity", "banner", "said"),
    [
        (Validity.IN_FORCE, "banner", "现行有效，有效期至 2029年6月3日"),
        (Validity.MODIFIED, "banner warn", "已于 2024年6月10日 修改"),
        (Validity.REPEALED, "banner stop", "已于 2024年6月10日 废止，不再作为办事依据"),
        (Validity.EXPIRED, "banner stop", "已于 2024年6月10日 失效，不再作为办事依据"),
    ],
)
def test_a_normative_document_says_whether_it_holds(client, make, validity, banner, said):
    new = make("关于供水的新办法", category=Category.NORMATIVE)
    old = make(
        category=Category.NORMATIVE,
        validity=validity,
        validity_since=None if validity == Validity.IN_FORCE else date(2024, 6, 10),
        expires_on=date(2029, 6, 3),
        superseded_by=None if validity == Validity.IN_FORCE else new,
    )
    words = page(client, old)
    assert f'class="{banner}"' in words
    assert said in words
    assert ("关于供水的新办法" in words) == (validity != Validity.IN_FORCE)


@pytest.mark.parametrize(
    ("category", "expires", "said"),
    [
        (Category.NORMATIVE, None, "本文件现行有效（未载明有效期）。"),
        (Category.NORMATIVE, date(2029, 6, 3), "本文件现行有效，有效期至 2029年6月3日。"),
        (Category.RULES, None, "本文件现行有效。"),
    ],
)
def test_a_document_in_force_says_until_when_or_that_it_does_not_say(client, make, category, expires, said):
    assert said in page(client, make(category=category, expires_on=expires))


def test_what_bears_no_number_and_cannot_hold_says_neither(client, make):
    words = page(client, make("供水办法解读", category=Category.INTERPRETATION))
    assert "<dt>文号</dt>" not in words
    assert "<dt>有效性</dt>" not in words
    assert words.count("HL06010-2001-2024-00001") == 2, "in the head and in the data for machines"
    document = page(client, make("关于供水的通知", document_number="岚水〔2024〕1号"))
    assert "<dt>文号</dt><dd>岚水〔2024〕1号</dd>" in document
    assert "<dt>有效性</dt>" in document


def test_a_successor_that_is_not_published_is_not_named(client, make):
    draft = make("尚未公布的新办法", stage=Stage.DRAFT, published_on=None, index_number=None)
    old = make(
        category=Category.NORMATIVE,
        validity=Validity.REPEALED,
        validity_since=DAY,
        superseded_by=draft,
        interprets=draft,
    )
    assert "尚未公布的新办法" not in page(client, old)


def test_a_document_and_its_interpretation_lead_to_each_other(client, make):
    document = make("供水办法", category=Category.NORMATIVE)
    about = make("供水办法解读", category=Category.INTERPRETATION, interprets=document)
    make("未发布的解读", category=Category.INTERPRETATION, interprets=document, stage=Stage.DRAFT, index_number=None)
    assert reverse("portal:record", args=[about.pk]) in page(client, document)
    assert "未发布的解读" not in page(client, document)
    assert reverse("portal:record", args=[document.pk]) in page(client, about)


def test_a_corrected_record_says_when_and_keeps_what_it_said_before(client, make):
    record = make()
    for number, occasion in ((1, "送审"), (2, "发布"), (3, "送审"), (4, "发布")):
        Version.objects.create(
            record=record, number=number, occasion=occasion, snapshot={"body": "从前的错字"}, digest="0"
        )
    words = page(client, record)
    assert "第 2 次公开" in words
    assert "从前的错字" not in words


def test_a_corrected_record_says_what_was_corrected(client, make):
    record = make()
    said = {"title": "旧题", "body": "从前的错字", "document_number": "", "expires_on": None, "attachments": []}
    steps = [
        ("发布", said),
        ("送审", said | {"title": "送审时的题"}),
        ("发布", said | {"title": "新题", "attachments": [{"name": "表.xls", "digest": "1"}]}),
        (
            "发布",
            said | {"title": "新题", "attachments": [{"name": "表.xls", "digest": "2"}], "expires_on": "2029-01-01"},
        ),
        (
            "发布",
            said | {"title": "新题", "attachments": [{"name": "表.xls", "digest": "2"}], "expires_on": "2029-01-01"},
        ),
    ]
    for number, (occasion, snapshot) in enumerate(steps, start=1):
        Version.objects.create(record=record, number=number, occasion=occasion, snapshot=snapshot, digest="0")
    words = page(client, record)
    lines = re.findall(r"</time> ([^<]*)</li>", words)
    assert lines == ["首次公开", "更正了标题、附件", "更正了有效期、附件", "重新公开，文本没有变化"]
    for hidden in ("旧题", "从前的错字", "送审时的题"):
        assert hidden not in words


def test_former_numbers_lead_to_the_record_for_ever(client, make):
    record = make()
    IndexAlias.objects.create(number="HL-旧/2019-0001", record=record, document="岚政〔2020〕1号")
    for number in (record.index_number, "HL-旧/2019-0001"):
        response = client.get(reverse("portal:number", args=[number]))
        assert response.status_code == 301
        assert response["Location"] == reverse("portal:record", args=[record.pk])
    assert client.get(reverse("portal:number", args=["HL-none"])).status_code == 404


@pytest.mark.parametrize("stored", ["岚财规〔2015〕1号", "岚财规[2015]1号"])
def test_a_document_number_leads_to_its_record_in_any_bracket(client, make, stored):
    record = make(document_number=stored)
    for asked in (
        "岚财规〔2015〕1号",
        "岚财规[2015]1号",
        "岚财规（2015）1号",
        "岚财规 (2015) 1 号",
        "岚财规【2015】1号",
    ):
        response = client.get(reverse("portal:number", args=[asked]))
        assert (response.status_code, response["Location"]) == (302, reverse("portal:record", args=[record.pk])), asked
    assert client.get(reverse("portal:number", args=["岚财规〔2015〕2号"])).status_code == 404
    make("同号的另一件", document_number="岚财规〔2015〕1号")
    response = client.get(reverse("portal:number", args=["岚财规[2015]1号"]))
    assert response["Location"].startswith("/search/?q=")


def test_what_was_taken_down_answers_with_the_reason_and_nothing_else(client, make):
    record = make("陈水生行政处罚决定", stage=Stage.WITHDRAWN, withdrawn_reason="涉及个人隐私，撤下更正")
    IndexAlias.objects.create(number="HL-旧", record=record, document="甲")
    response = client.get(reverse("portal:record", args=[record.pk]))
    words = response.content.decode()
    assert response.status_code == 410
    assert "涉及个人隐私，撤下更正" in words
    assert "2024年6月3日" in words
    assert "陈水生" not in words
    assert "正文。" not in words
    assert client.get(reverse("portal:number", args=["HL-旧"]))["Location"] == reverse(
        "portal:record", args=[record.pk]
    )


def test_the_code_is_a_drawing_of_the_permanent_address(client, make):
    record = make()
    response = client.get(reverse("portal:code", args=[record.pk]))
    assert response["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(response.content).tag.endswith("svg")
    assert response.content != client.get(reverse("portal:code", args=[make().pk])).content


def test_the_address_is_shown_whole_even_where_none_was_set(client, make, settings):
    record = make()
    path = reverse("portal:record", args=[record.pk])
    assert f"<span data-address>https://www.example.gov.cn{path}</span>" in page(client, record)
    settings.SITE = settings.SITE | {"address": ""}
    asked = client.get(path, headers={"Host": "testserver"}).content.decode()
    assert f"<span data-address>http://testserver{path}</span>" in asked
    assert f'<link rel="canonical" href="http://testserver{path}">' in asked


def test_without_a_script_no_button_to_share_is_shown(client, make):
    words = page(client, make())
    for button in ("复制链接", "分享", "打印"):
        assert re.search(f"<button [^>]*hidden>{button}</button>", words), button


def test_an_unchanged_page_is_not_sent_again(client, make):
    record = make()
    path = reverse("portal:record", args=[record.pk])
    first = client.get(path)
    assert client.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    record.title = "更正后的标题"
    record.save()
    assert client.get(path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_a_record_takes_a_bounded_number_of_queries(client, make, kept, django_assert_max_num_queries):
    document = make("供水办法", category=Category.NORMATIVE)
    for number in range(5):
        make(f"解读{number}", category=Category.INTERPRETATION, interprets=document)
    with django_assert_max_num_queries(8):
        page(client, document)


def test_a_file_that_need_not_be_sent_is_not_read(client, make, kept):
    blob = store.keep(data="供水价格表".encode(), name="表.txt")
    file = make().attachments.create(blob=blob, name="价格表.txt", position=1)
    address = reverse("portal:attachment", args=[file.record_id, file.pk])
    shelf.sweep()
    lying = shelf.place_of(blob.digest)
    lying.unlink()
    head = client.head(address)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(blob.size))
    again = client.get(address, headers={"If-None-Match": head["ETag"]})
    assert (again.status_code, again["ETag"], again["Cache-Control"]) == (304, head["ETag"], "public, no-cache")
    shelf.sweep()
    assert client.get(address).content.decode() == "供水价格表"


def test_a_file_that_is_not_put_up_yet_is_said_to_come_in_a_moment(client, make, kept):
    blob = store.keep(data="供水价格表".encode(), name="表.txt")
    file = make().attachments.create(blob=blob, name="价格表.txt", position=1)
    address = reverse("portal:attachment", args=[file.record_id, file.pk])
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "文件暂时取不到" in answer.content.decode()
    shelf.sweep()
    assert client.get(address).content.decode() == "供水价格表", "and what was said meanwhile is not kept"


def test_bytes_that_changed_among_the_published_files_are_not_given_out(client, make):
    blob = store.keep(data="供水价格表".encode(), name="表.txt")
    file = make().attachments.create(blob=blob, name="价格表.txt", position=1)
    shelf.sweep()
    shelf.place_of(blob.digest).write_bytes(b"other")
    with pytest.raises(ValueError, match="与其摘要不符"):
        client.get(reverse("portal:attachment", args=[file.record_id, file.pk]))
