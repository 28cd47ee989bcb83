"""The 办事 directory: complete entries, files of them, and what the public sees."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from builders.pages import count_queries
from gongkai.indexing.models import Dirty
from gongkai.journal.models import Entry
from gongkai.portal.domain import reading, services
from gongkai.portal.errors import PlaceError, ServiceFileError
from gongkai.portal.models import Service, ServiceImport, ServiceStage
from gongkai.portal.searching import build_services
from gongkai.records.domain import items
from gongkai.records.errors import IncompleteError, NotAuthorisedError, StageError
from gongkai.tables.written import written
from portal.editing.conftest import SERVICE

pytestmark = pytest.mark.django_db
ROW = tuple(SERVICE.values())


def table(*rows, header=reading.HEADER, form="csv"):
    return written(form, "办事指南", "办事指南", header, rows).data


@pytest.fixture
def read(city, today):
    def taken(data, name="a.csv", user=None):
        return reading.read_file(unit=city.bureau, data=data, name=name, user=user or city.author, day=today)

    return taken


def test_an_entry_shows_every_element_and_the_way_out(client, city, listed):
    one = listed()
    words = client.get(reverse("portal:service", args=[one.pk])).content.decode()
    labels = (
        "设定依据",
        "申请条件",
        "办理材料",
        "办理流程",
        "办理时限",
        "收费",
        "办理地点和时间",
        "咨询电话",
        "实施机构",
    )
    for expected in (*labels, "申请书<br>论证报告", "水利局", 'href="https://zwfw.example.cn/1"'):
        assert expected in words
    assert "<form" not in words.partition("<main")[2]


def test_the_public_sees_an_entry_by_its_state(client, city, today, listed):
    draft = services.write(user=city.author, day=today, unit=city.bureau, **SERVICE)
    address = reverse("portal:service", args=[draft.pk])
    assert client.get(address).status_code == 404
    assert "取水许可" not in client.get(reverse("portal:services")).content.decode()
    assert list(build_services([draft.pk])) == []
    services.list_waiting(user=city.head, day=today, services=[draft])
    assert client.get(address).status_code == 200
    found = next(iter(build_services([draft.pk])))
    assert (found.kind, found.title, found.numbers) == ("service", "取水许可", ("HL0160001",))
    assert "public" in found.access
    assert Dirty.objects.filter(key=f"portal.service:{draft.pk}").exists()
    services.withdraw(service=draft, user=city.head, day=today, reason="事项取消")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "事项取消" in answer.content.decode()
    assert list(build_services([draft.pk])) == []
    with pytest.raises(StageError):
        services.withdraw(service=draft, user=city.head, day=today, reason="事项取消")


@pytest.mark.parametrize("missing", services.ELEMENTS)
def test_an_entry_without_an_element_is_refused(city, today, missing):
    with pytest.raises(IncompleteError) as refused:
        services.write(user=city.author, day=today, unit=city.bureau, **(SERVICE | {missing: " "}))
    assert set(refused.value.fields) == {missing}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a", "//a", "data:text/html,x"])
def test_a_link_leads_to_the_web_alone(city, today, link):
    with pytest.raises(IncompleteError):
        services.write(user=city.author, day=today, unit=city.bureau, **(SERVICE | {"link": link}))


def test_the_head_alone_changes_what_is_public(city, today, listed):
    one = listed()
    with pytest.raises(NotAuthorisedError):
        services.write(user=city.author, day=today, unit=city.bureau, service=one, fee="100 元")
    assert services.write(user=city.head, day=today, unit=city.bureau, service=one, fee="100 元").fee == "100 元"
    for refused in (
        lambda: services.write(user=city.stranger, day=today, unit=city.bureau, **(SERVICE | {"code": "B"})),
        lambda: services.withdraw(service=one, user=city.stranger, day=today, reason="甲"),
    ):
        with pytest.raises(NotAuthorisedError):
            refused()
    with pytest.raises(PlaceError):
        services.write(user=city.author, day=today, unit=city.bureau, **SERVICE)


def test_an_entry_and_the_lists_of_items_lead_to_each_other(client, city, today, listed):
    fields = {"kind": "permit", "name": "取水许可", "begins_on": today, "basis": "岚政〔2024〕1号"}
    items.put_on(unit=city.bureau, code="HL0160001", user=city.author, day=today, **fields)
    one = listed()
    words = client.get(reverse("portal:service", args=[one.pk])).content.decode()
    assert "行政许可事项清单" in words
    address = reverse("portal:service", args=[one.pk])
    assert address in client.get(reverse("portal:unit_items", args=["HL-016"])).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_is_read_and_its_bad_rows_go_back(read, form):
    bad = ("B", "缺材料的事项", "=1+1", *ROW[3:4], "", *ROW[5:])
    entry = read(table(ROW, bad, ROW, form=form), f"事项.{form}")
    assert (entry.added, entry.changed, entry.refused) == (1, 0, 2)
    one = Service.objects.get()
    assert {name: getattr(one, name) for name in SERVICE} == SERVICE
    assert one.stage == ServiceStage.DRAFT
    assert "缺少办理材料" in entry.errors
    assert "重复" in entry.errors
    mended = entry.errors.replace(",符合水资源规划,,", ",符合水资源规划,申请表,")
    again = read(mended.encode("utf-8-sig"))
    assert (again.added, again.changed, again.refused) == (1, 1, 0)
    assert Service.objects.get(code="B").basis == "=1+1"


def test_a_file_brings_what_is_known_up_to_date_and_leaves_what_is_public_to_the_head(city, read, listed):
    one = listed()
    changed = (*ROW[:7], "100 元", *ROW[8:])
    assert read(table(changed)).refused == 1
    assert read(table(changed), user=city.head).changed == 1
    one.refresh_from_db()
    assert (one.fee, one.stage) == ("100 元", ServiceStage.LISTED)
    assert Entry.objects.filter(act="portal.services_imported").count() == 2


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"\0\1\2", "a.csv"),
        ("甲,乙\n1,2\n".encode(), "a.csv"),
        (b"PK\3\4nonsense", "a.xlsx"),
        (b"x" * (reading.MAX_BYTES + 1), "a.csv"),
        (b'"' + b"a" * 100, "a.csv"),
    ],
)
def test_what_is_no_list_is_refused_whole(read, data, name):
    try:
        entry = read(data, name)
    except ServiceFileError:
        pass
    else:
        assert (entry.added, entry.refused) == (0, 0)
    assert not Service.objects.exists()


def test_too_many_rows_are_refused_whole(read, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 1)
    with pytest.raises(ServiceFileError, match="分成几份"):
        read(table(ROW, ("B", *ROW[1:])))
    assert not Service.objects.exists()


def test_the_directory_is_narrowed(client, listed):
    listed()
    listed(code="B", name="河道采砂许可")
    address = reverse("portal:services")
    assert "河道采砂" not in client.get(address, {"q": "取水"}).content.decode()
    assert "取水许可" in client.get(address, {"unit": "HL-016"}).content.decode()
    assert "取水许可" not in client.get(address, {"unit": "HL-004"}).content.decode()
    for hostile in ("x" * 10_000, "\0%_", "'\"<script>", "100%"):
        assert client.get(address, {"q": hostile, "page": hostile}).status_code == 200


def test_lists_take_the_same_queries_however_long(signed_on, city, listed, asked):
    one = listed()
    first = [asked(reverse("portal:services")), asked(reverse("portal:service", args=[one.pk]))]
    client = signed_on(city.head)
    office = count_queries(client, reverse("editing:services"))
    for code in ("B", "C"):
        listed(code=code)
    assert [asked(reverse("portal:services")), asked(reverse("portal:service", args=[one.pk]))] == first
    assert max(first) <= 4
    assert count_queries(client, reverse("editing:services")) == office


def test_the_screens_take_an_entry_from_file_to_public(signed_on, city):
    client = signed_on(city.author)
    assert client.get(reverse("editing:service-template")).content[:2] == b"PK"
    bad = ("B", "无材料", *ROW[2:4], "", *ROW[5:])
    file = SimpleUploadedFile("a.csv", table(ROW, bad))
    data = {"import": "1", "unit": city.bureau.pk, "file": file}
    answer = client.post(reverse("editing:service-new"), data, follow=True)
    entry = ServiceImport.objects.get()
    assert reverse("editing:service-errors", args=[entry.pk]) in answer.content.decode()
    back = client.get(reverse("editing:service-errors", args=[entry.pk]))
    assert "缺少办理材料" in io.BytesIO(back.content).read().decode("utf-8-sig")
    one = Service.objects.get()
    client.post(reverse("editing:service-list", args=[one.pk]))
    assert Service.objects.get().stage == ServiceStage.DRAFT
    client = signed_on(city.head)
    client.post(reverse("editing:services"))
    assert Service.objects.get().stage == ServiceStage.LISTED
    half = client.post(reverse("editing:service", args=[one.pk]), SERVICE | {"materials": ""})
    assert half.status_code == 422
    assert client.post(reverse("editing:service-withdraw", args=[one.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("editing:service-withdraw", args=[one.pk]), {"reason": "事项取消"})
    assert Service.objects.get().stage == ServiceStage.WITHDRAWN
    stranger = signed_on(city.stranger)
    for name in ("service", "service-list", "service-withdraw"):
        assert stranger.post(reverse(f"editing:{name}", args=[one.pk])).status_code == 404
    assert stranger.get(reverse("editing:service-errors", args=[entry.pk])).status_code == 404
