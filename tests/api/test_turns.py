"""How many whole sets are sent at once, and when a turn is free again."""

import gc

import pytest

from gongkai.api.errors import BusyError
from gongkai.api.operations import datasets
from gongkai.api.turns import Turns

pytestmark = pytest.mark.django_db
SET = "/api/v1/datasets/records.csv"


@pytest.fixture(autouse=True)
def turns(monkeypatch):
    monkeypatch.setattr(datasets, "turns", Turns(1))


def test_whoever_finds_no_turn_is_told_when_to_come_again(client, publish):
    publish()
    first = client.get(SET)
    second = client.get(SET)
    assert second.status_code == 429
    assert second["Retry-After"] == "60"
    assert second["Cache-Control"] == "no-store"
    assert second.json()["error"]["code"] == "busy"
    assert b"".join(first.streaming_content).startswith(b"\xef\xbb\xbf")
    assert client.get(SET).status_code == 200


def test_whoever_has_the_set_already_needs_no_turn(client, publish):
    publish()
    sending = client.get(SET)
    assert client.get(SET, headers={"if-none-match": sending["ETag"]}).status_code == 304


def test_asking_for_the_head_alone_gives_the_turn_back(client, publish):
    publish()
    assert [client.head(SET).status_code for _ in range(3)] == [200] * 3


def test_a_turn_is_given_back_once_however_the_sending_ends():
    turns = Turns(1)
    begun = turns.taken(iter([b"1", b"2"]))
    assert next(begun) == b"1"
    begun.close()
    begun.close()
    dropped = turns.taken(iter([b"1"]))
    with pytest.raises(BusyError):
        turns.taken(iter([]))
    del dropped
    gc.collect()
    turns.taken(iter([b"1"]))
