"""The checks read the letters of a case, and an answer goes out only where they find nothing to be mended."""

from datetime import date

import pytest

from gongkai.applications.domain import letters_sending, papers
from gongkai.applications.domain.projection import course_of
from gongkai.applications.errors import NotReadyError
from gongkai.applications.models import Application, Letter, LetterState, PaperKind
from gongkai.applications.queries.checks import findings

pytestmark = pytest.mark.django_db
D = date.fromisoformat
DAY = D("2024-02-28")


def rules_of(application):
    return {finding.rule for finding in findings(application, course_of(application, DAY))}


def post(letter, staff, **facts):
    posting = letters_sending.Posting("ems", "EX123456789CN")
    facts = {"user": staff.handler, "today": DAY, "mode": "posted", "posting": posting} | facts
    return letters_sending.send(letter=letter, day=DAY, **facts)


@pytest.mark.parametrize(("kind", "outcome"), [("refused", "N5"), ("needs_creation", "U2")])
def test_a_letter_written_here_has_none_of_the_faults_of_letters(receive, sent, kind, outcome):
    application = receive(D("2024-02-05"))
    sent(application, kind, DAY, parts=[{"outcome": outcome}])
    assert rules_of(application) == {"F1a"}


def test_an_answer_that_would_give_personal_data_away_stays_here(receive, sealed, staff):
    application = receive(D("2024-02-05"))
    facts = {"application": application, "user": staff.handler, "today": DAY}
    papers.add(kind=PaperKind.RELEASED, data="联系人 13800000000".encode(), name="名单.txt", **facts)
    letter = sealed(application, "granted", DAY, parts=[{"outcome": "A2"}])
    with pytest.raises(NotReadyError, match="含手机号码"):
        post(letter, staff)
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.state, letter.event) == (LetterState.SEALED, None)
    assert not application.events.filter(kind="answer").exists()


def test_a_note_given_with_the_letter_explains_what_is_doubtful(receive, sealed, staff):
    application = receive(D("2024-02-05"))
    post(sealed(application, "needs_creation", DAY, parts=[{"outcome": "U2"}]), staff, note="原件在档案室")
    assert application.events.get(kind="note", payload__has_key="rules").payload["rules"] == ["F1a"]


def test_a_notice_of_a_fee_asks_for_this_application_alone(receive, sent):
    for _ in range(30):
        receive(D("2024-02-20"))
    application = receive(D("2024-02-20"))
    letter = sent(application, "fee_notice", DAY)
    assert letter.fields["amount"] == "200"
    event = application.events.get(kind="fee_notice")
    assert {key: event.payload[key] for key in ("amount", "schedule", "count")} == {
        "amount": 200,
        "schedule": "items",
        "count": 31,
    }
    assert not {"F6a", "F6b", "F6c"} & rules_of(Application.objects.get(pk=application.pk))
