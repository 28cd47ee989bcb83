"""What is looked for often."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from gongkai.indexing import building
from gongkai.intake import limits
from gongkai.portal.domain import asked_words
from gongkai.portal.models import AskedWords

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(make):
    for number in range(4):
        make(f"农村供水通知{number}")
    make("陈水生来信答复")
    building.rebuild()
    limits.counter.clear()


def ask(client, words, times=1, **more):
    for number in range(times):
        assert client.get("/search/", {"q": words, "x": number} | more).status_code == 200


def hot(client):
    return "大家在找" in client.get("/").content.decode()


def test_what_many_look_for_is_offered_on_the_first_page_and_in_the_search(client):
    ask(client, "供水", 9)
    assert not hot(client)
    ask(client, "供水")
    for path in ("/", "/search/"):
        assert 'href="/search/?q=%E4%BE%9B%E6%B0%B4">供水</a>' in client.get(path).content.decode()


def test_what_may_tell_of_one_person_is_never_counted(client):
    ask(client, "陈水生", 12)  # In fewer documents than words that are everybody's.
    ask(client, "350582199001011234", 12)
    ask(client, "供水" * 20, 12)
    assert not AskedWords.objects.exists()


def test_only_the_first_page_of_a_plain_search_counts(client):
    ask(client, "供水", page=2)
    ask(client, "供水", year=2024)
    assert not AskedWords.objects.exists()


def test_one_address_alone_makes_nothing_hot_for_long(client):
    ask(client, "供水", 60)
    assert AskedWords.objects.count() == asked_words.ASKED.address


def test_an_answer_is_given_though_nothing_can_be_counted(client, monkeypatch):
    def fails(**_):
        raise DatabaseError

    monkeypatch.setattr(AskedWords.objects, "create", fails)
    assert "找到 4 条" in client.get("/search/?q=供水").content.decode()


def test_after_a_month_it_is_forgotten():
    today = date(2024, 6, 3)
    for days in (0, 30, 31, 400):
        AskedWords.objects.create(words="供水", day=today - timedelta(days=days))
    assert asked_words.forget(day=today) == 2
    assert AskedWords.objects.count() == 2
