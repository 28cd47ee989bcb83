"""Answers kept for a moment."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from gongkai.windows import remembered as memory
from gongkai.windows.kept import Kept
from gongkai.windows.remembered import forget, remembered


@pytest.fixture
def clock():
    return [100.0]


@pytest.fixture
def kept(clock, settings):
    settings.PUBLIC_SECONDS = 3.0
    return Kept(lambda: clock[0])


def answer(content="甲", status=200, **headers):
    return HttpResponse(content, status=status, headers={"Cache-Control": "public, no-cache"} | headers)


def test_an_answer_is_given_again_until_its_moment_is_over(kept, clock):
    kept.put("/a", answer("甲", ETag='"1"'))
    again = kept.get("/a")
    assert again.content.decode() == "甲"
    assert again["ETag"] == '"1"'
    clock[0] += 2.9
    assert kept.get("/a") is not None
    clock[0] += 0.2
    assert kept.get("/a") is None


def test_each_address_has_its_own_answer(kept):
    kept.put("/a?page=1", answer("一"))
    assert kept.get("/a?page=2") is None


def test_what_is_for_one_person_is_never_kept(kept):
    with_cookie = answer()
    with_cookie.set_cookie("csrftoken", "x")
    for number, response in enumerate(
        (
            with_cookie,
            HttpResponse("甲"),
            HttpResponse("甲", headers={"Cache-Control": "no-store"}),
            HttpResponse("甲", headers={"Cache-Control": "private"}),
            answer(status=500),
            answer(status=302),
            answer("长" * 100_000),
            StreamingHttpResponse([b"a"], headers={"Cache-Control": "public"}),
        )
    ):
        kept.put(f"/{number}", response)
        assert kept.get(f"/{number}") is None


def test_what_is_not_there_is_kept_like_the_rest(kept):
    kept.put("/gone", answer(status=410))
    assert kept.get("/gone").status_code == 410


def test_the_oldest_answers_make_room(kept):
    for number in range(300):
        kept.put(f"/{number}", answer())
    assert kept.get("/0") is None
    assert kept.get("/299") is not None


def test_values_are_remembered_for_a_moment_and_forgotten_when_told(settings, monkeypatch):
    settings.PUBLIC_SECONDS = 3.0
    made = []
    now = [0.0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: now[0])

    @remembered
    def value(name):
        made.append(name)
        return f"{name}{len(made)}"

    assert value("甲") == value("甲") == "甲1"
    assert value("乙") == "乙2"
    now[0] = 3.1
    assert value("甲") == "甲3"
    forget()
    assert value("甲") == "甲4"


def test_nothing_is_remembered_where_the_moment_is_nought(settings):
    settings.PUBLIC_SECONDS = 0
    made = []

    @remembered
    def value():
        made.append(1)
        return len(made)

    assert (value(), value()) == (1, 2)
