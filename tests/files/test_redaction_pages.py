"""The redaction desk as a room mounts it: who sees what, what it answers, what it never hands out."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.http import urlencode
from django_tasks_db.models import DBTaskResult

from builders import desk, hiding
from builders.city import person, unit
from builders.pages import count_queries
from gongkai.accounts.models import Role
from gongkai.files import tasks
from gongkai.files.domain import store
from gongkai.files.models import Redaction
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.views import redaction as views
from gongkai.files.views.redaction import Redactable
from gongkai.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("builders.desk")]
SUBJECT = "room.file:1"


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET = tmp_path, ""
    bureau = unit("HL-010", "海岚市住房和城乡建设局")
    file = Redactable(
        original=store.keep(data=hiding.letter(), name="答复.pdf"),
        subject=SUBJECT,
        unit=bureau,
        title="答复材料",
        back="/office/",
    )
    desk.FILES[1] = file
    yield file
    desk.FILES.clear()


@pytest.fixture
def officer(client, file):
    client.force_login(person("lin", file.unit, Role.HANDLER, name="林一诺"))
    return client


def address(name="", *arguments):
    return reverse(f"room:redaction{'-' if name else ''}{name}", args=(1, *arguments))


def searched(client, word, **more):
    return client.post(address("search"), {"wanted": word, **more}).json()


def boxes_for(client, *words, reason="N4-privacy"):
    hits = [hit for word in words for hit in searched(client, word)["hits"]]
    return [{**box, "reason": reason, "note": ""} for hit in hits for box in hit["boxes"]]


def post(client, boxes, **fields):
    given = boxes if isinstance(boxes, str) else json.dumps(boxes)
    return client.post(address(), {"boxes": given, "style": "black", "name": "", **fields})


def test_an_officer_finds_a_word_covers_it_and_gets_the_copy(officer):
    page = officer.get(address())
    assert page.status_code == 200
    sent = json.loads(re.search(r'redaction-data" type="application/json">(.*?)</script>', page.content.decode())[1])
    assert sent["sizes"] == [[400.0, 300.0]] * 2
    boxes = boxes_for(officer, hiding.SECRET, hiding.NUMBER)
    assert len(boxes) == 2
    checked = officer.post(address("check"), {"boxes": json.dumps(boxes)}).json()
    assert [one["text"] for one in checked["under"]] == [hiding.SECRET, hiding.NUMBER]
    assert checked["remaining"] == []
    response = post(officer, boxes, name="答复（区分处理）")
    order = Redaction.objects.get()
    assert response.url == address("made", order.pk)
    waiting = officer.get(address("progress", order.pk)).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert officer.get(address("copy", order.pk)).status_code == 404
    task = DBTaskResult.objects.get()
    assert (task.queue_name, task.args_kwargs["args"]) == ("render", [order.pk])
    tasks.make_copy.func(order.pk)
    shown = officer.get(address("made", order.pk)).content.decode()
    assert "hx-trigger" not in shown
    assert "第十五条（个人隐私） 2 个" in shown
    copy = officer.get(address("copy", order.pk))
    assert hiding.where(copy.content, [hiding.SECRET, hiding.NUMBER]) == set()
    assert "attachment" in copy["Content-Disposition"]
    assert urlencode({"": "答复（区分处理）.pdf"})[1:] in copy["Content-Disposition"]
    assert copy["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_refusal_is_shown_with_the_way_back_to_the_boxes(officer, file):
    data = hiding.typeset(f"申请人{hiding.SECRET}", f"{hiding.SECRET}的申请")
    again = store.keep(data=data, name="又.pdf")
    desk.FILES[1] = Redactable(again, SUBJECT, file.unit, "又", "/office/")
    post(officer, boxes_for(officer, hiding.SECRET)[:1])
    order = Redaction.objects.get()
    tasks.make_copy.func(order.pk)
    shown = officer.get(address("made", order.pk)).content.decode()
    assert "见第 2 页" in shown
    assert officer.get(address("copy", order.pk)).status_code == 404
    back = officer.get(f"{address()}?from={order.pk}").content.decode()
    assert json.dumps(order.boxes[0]["x0"]) in back
    # The boxes of one file are not laid on another of the same subject.
    desk.FILES[1] = file
    assert '"boxes": []' in officer.get(f"{address()}?from={order.pk}").content.decode()


@pytest.mark.parametrize("given", ["x", "1e9", "9" * 40, "-1", ""])
def test_a_strange_earlier_number_is_no_boxes(officer, given):
    assert '"boxes": []' in officer.get(f"{address()}?from={given}").content.decode()


@pytest.mark.parametrize(
    ("boxes", "fields", "words"),
    [
        ("", {}, "没有收到遮盖框"),
        ("[", {}, "没有收到遮盖框"),
        ("{}", {}, "没有收到遮盖框"),
        ("[1]", {}, "没有收到遮盖框"),
        ("[]", {}, "没有遮盖框"),
        ('[{"page": 1}]', {}, "不完整"),
        ('[{"page": 1, "x0": NaN, "y0": 0, "x1": 1, "y1": 1, "reason": "N5"}]', {}, "超出页面边缘"),
        ('[{"page": 1, "x0": 0, "y0": 0, "x1": 1, "y1": 1, "reason": "甲"}]', {}, "不在条例所列之内"),
        ('[{"page": 1, "x0": 0, "y0": 0, "x1": 1, "y1": 1, "reason": "N5"}]', {"style": "pink"}, "样式"),
    ],
)
def test_what_cannot_be_taken_is_answered_on_the_page(officer, boxes, fields, words):
    response = post(officer, boxes, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Redaction.objects.exists()
    assert officer.post(address("check"), {"boxes": boxes}).status_code == 422 or fields


def test_characters_that_a_data_base_refuses_are_left_out(officer):
    (box,) = boxes_for(officer, hiding.SECRET)
    post(officer, [{**box, "note": "姓\0名\n"}], name="答\0复")
    order = Redaction.objects.get()
    assert (order.name, order.marked[0].note) == ("答 复", "姓名")


def test_what_was_typed_is_kept_where_it_is_refused(officer):
    boxes = boxes_for(officer, hiding.SECRET)
    shown = post(officer, boxes, name="甲" * 81, style="white", may_remain="yes").content.decode()
    assert "甲" * 81 in shown
    assert re.search(r'value="white" checked', shown)
    assert str(boxes[0]["x0"]) in shown


def test_the_search_goes_on_where_time_ran_out(officer, file, monkeypatch):
    pages = [f"第{n}页" for n in range(6)]
    pages[1], pages[2], pages[4] = "申请人欧阳", "慕容某", hiding.SECRET
    long = store.keep(data=hiding.typeset(*pages), name="长.pdf")
    desk.FILES[1] = Redactable(long, SUBJECT, file.unit, "长", "/office/")
    whole = searched(officer, hiding.SECRET)
    assert whole["next"] is None
    monkeypatch.setattr(views, "_SECONDS", 0)
    hits, start = [], 1
    while start:
        answer = searched(officer, hiding.SECRET, **{"from": start})
        hits += answer["hits"]
        assert answer["next"] is None or answer["next"] > start
        start = answer["next"]
    assert [[box["page"] for box in hit["boxes"]] for hit in hits] == [[2, 3], [5]]
    assert [hit["boxes"] for hit in hits] == [hit["boxes"] for hit in whole["hits"]]


@pytest.mark.parametrize("start", ["", "x", "0", "-3", "99999999999"])
def test_a_strange_page_to_begin_from_is_the_first(officer, start):
    assert len(searched(officer, hiding.SECRET, **{"from": start})["hits"]) == 1


def test_pages_are_pictures_of_moderate_size(officer):
    picture = officer.get(address("page", 1))
    assert picture["Content-Type"] == "image/jpeg"
    assert "private" in picture["Cache-Control"]
    assert len(picture.content) < 300_000
    assert officer.get(address("page", 3)).status_code == 404
    assert officer.get(address("page", 0)).status_code == 404


@pytest.mark.parametrize("name", ["通知.txt"])
def test_a_file_that_cannot_be_redacted_says_so(officer, file, name):
    text = store.keep(data="通知\n".encode(), name=name)
    desk.FILES[1] = Redactable(text, SUBJECT, file.unit, "通知", "/office/")
    page = officer.get(address())
    assert page.status_code == 422
    assert "打印为 PDF" in page.content.decode()
    for answer in (
        officer.get(address("page", 1)),
        officer.post(address("search"), {"wanted": "通知"}),
        post(officer, [Box(1, Rect(0, 0, 1, 1), "N5").to_json()]),
    ):
        assert answer.status_code == 422


def test_a_lost_original_is_told(officer, file):
    file.original.path.unlink()
    assert "从备份恢复" in officer.get(address()).content.decode()


def everything(client, order):
    """Ask every address of the desk."""
    box = json.dumps([Box(1, Rect(0, 0, 1, 1), "N5").to_json()])
    return {
        "desk": client.get(address()).status_code,
        "order": client.post(address(), {"boxes": box, "style": "black"}).status_code,
        "page": client.get(address("page", 1)).status_code,
        "search": client.post(address("search"), {"wanted": "甲"}).status_code,
        "check": client.post(address("check"), {"boxes": box}).status_code,
        "made": client.get(address("made", order)).status_code,
        "progress": client.get(address("progress", order)).status_code,
        "copy": client.get(address("copy", order)).status_code,
    }


READING = {"made": 200, "progress": 200, "copy": 200}


@pytest.mark.parametrize(
    ("role", "elsewhere", "answers"),
    [
        (Role.OFFICE_HEAD, False, READING),
        (Role.HANDLER, True, {}),
        (Role.OFFICE_HEAD, True, {}),
        (None, False, {}),
    ],
)
def test_the_room_says_who_may_do_what(officer, client, file, role, elsewhere, answers):
    post(officer, boxes_for(officer, hiding.SECRET))
    order = Redaction.objects.get()
    tasks.make_copy.func(order.pk)
    entries = Entry.objects.count()
    where = unit("HL-020", "海岚市民政局") if elsewhere else file.unit
    client.force_login(person("other", where, *filter(None, [role])))
    assert everything(client, order.pk) == dict.fromkeys(everything(client, order.pk), 404) | answers
    assert Redaction.objects.count() == 1
    assert Entry.objects.filter(act__startswith="files.").count() == 2
    assert entries <= Entry.objects.count()


def test_nobody_comes_in_without_signing_on(client):
    assert set(everything(client, 1).values()) == {302}


def test_a_copy_of_another_file_is_not_reached_by_this_ones_address(officer, file):
    other = Redactable(file.original, "room.file:2", file.unit, "另一份", "/office/")
    desk.FILES[2] = other
    post(officer, boxes_for(officer, hiding.SECRET))
    made = Redaction.objects.get()
    tasks.make_copy.func(made.pk)
    assert officer.get(reverse("room:redaction-copy", args=(2, made.pk))).status_code == 404
    assert officer.get(reverse("room:redaction-made", args=(2, made.pk))).status_code == 404


def test_the_original_is_in_no_answer(officer, file):
    post(officer, boxes_for(officer, hiding.SECRET))
    order = Redaction.objects.get()
    tasks.make_copy.func(order.pk)
    original = store.read(file.original)
    for each in (address(), address("made", order.pk), address("copy", order.pk), address("page", 1)):
        assert original[200:600] not in officer.get(each).content


def test_the_desk_asks_as_much_with_three_redactions_as_with_one(officer):
    boxes = boxes_for(officer, hiding.SECRET)
    post(officer, boxes)
    one = count_queries(officer, address())
    for _ in range(2):
        post(officer, boxes)
    assert count_queries(officer, address()) == one
