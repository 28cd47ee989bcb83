from datetime import date

import pytest

from gongkai.law.clock import KINDS, Event, parse_date, parse_event
from gongkai.law.clock.events import outcome_codes
from gongkai.law.errors import InputError

D = date.fromisoformat


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_without_parameters(kind):
    assert parse_event(f"{kind}:2024-02-05") == Event(kind, D("2024-02-05"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("correction_notice:2024-02-05:period_days=15", Event("correction_notice", D("2024-02-05"), period_days=15)),
        ("correction_answer:2024-02-05:justified=是", Event("correction_answer", D("2024-02-05"), justified=True)),
        (
            "extension:2024-02-05:days=10,approver=王主任,notified=2024-02-06",
            Event("extension", D("2024-02-05"), days=10, approver="王主任", notified=D("2024-02-06")),
        ),
        ("extension:2024-02-05:notified=yes", Event("extension", D("2024-02-05"))),
        ("extension:2024-02-05:notified=no", Event("extension", D("2024-02-05"), notified=False)),
        ("third_party_opinion:2024-02-05:consent=不同意", Event("third_party_opinion", D("2024-02-05"), consent=False)),
        ("co_maker_sent:2024-02-05:party=某局", Event("co_maker_sent", D("2024-02-05"), party="某局")),
        (
            "reasonable_period:2024-02-05:until=2024-06-28",
            Event("reasonable_period", D("2024-02-05"), until=D("2024-06-28")),
        ),
        ("fee_notice:2024-02-05:amount=380,", Event("fee_notice", D("2024-02-05"), amount=380)),
        (
            "answer:2024-02-05:mode=posted,outcome=N4",
            Event("answer", D("2024-02-05"), mode="posted", outcome="N4"),
        ),
    ],
)
def test_an_event_is_read_with_its_parameters(text, expected):
    assert parse_event(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "reply:2024-02-05",
        "answer",
        "answer:",
        "answer:2024-2-5",
        "answer:20240205",
        "answer:2024-W06-1",
        "answer:2024-02-30",
        "answer:2024-02-05:colour=red",
        "answer:2024-02-05:mode",
        "answer:2024-02-05:mode=pigeon",
        "answer:2024-02-05:outcome=Z9",
        "answer:2024-02-05:mode=direct,mode=posted",
        "extension:2024-02-05:days=ten",
        "extension:2024-02-05:days=0",
        "extension:2024-02-05:days=-1",
        "extension:2024-02-05:days=１",
        "extension:2024-02-05:notified=soon",
        "third_party_opinion:2024-02-05:consent=perhaps",
        "reasonable_period:2024-02-05:until=June",
        "withdrawal:2024-02-05:mode=direct",
    ],
)
def test_what_is_no_event_is_refused(text):
    with pytest.raises(InputError):
        parse_event(text)


def test_a_date_is_written_in_one_way_only():
    assert parse_date("2024-02-05") == D("2024-02-05")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        parse_date("2024/02/05")


def test_every_outcome_of_the_catalogue_can_be_entered():
    assert {"A1", "A2", "P", "N1", "N8", "U1", "U3", "D5", "O1", "O2", "O3"} <= outcome_codes()


def test_an_extension_takes_effect_when_it_is_told():
    assert Event("extension", D("2024-02-05"), notified=D("2024-02-07")).effective == D("2024-02-07")
    assert Event("answer", D("2024-02-05")).effective == D("2024-02-05")
