"""Before an answer goes out, and before a case is put away, its faults are mended and its doubts explained."""

from datetime import date

import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import archiving, closing, papers
from gongkai.applications.domain.projection import course_of
from gongkai.applications.errors import IncompleteError, NotAuthorisedError, NotReadyError, StruckError
from gongkai.applications.models import PaperKind
from gongkai.applications.queries.checks import findings
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db
D = date.fromisoformat
SENT = {"mode": "posted", "mail": "1234567890123"}


@pytest.fixture
def ready(receive, enter, staff):
    """Answer an application whose receipt is proved; what is lacking is said by the fields of the answer."""

    def made(*, proved=True, **answer):
        application = receive(D("2024-02-05"))
        if proved:
            facts = {"kind": PaperKind.FORM, "data": b"form", "name": "form.txt"}
            papers.add(application=application, user=staff.handler, today=TODAY, **facts)
        return enter(
            application, "answer", D("2024-02-28"), **{"outcome": "A2", "number": "甲〔2024〕1号"} | SENT | answer
        )

    return made


def demand(application, staff, **facts):
    return closing.demand_ready(application=application, user=staff.handler, today=TODAY, **facts)


def notes(application):
    found = application.events.filter(kind="note")
    return [(event.payload["text"], event.payload["rules"]) for event in found]


def test_a_case_without_faults_passes_and_leaves_nothing(ready, staff):
    application = ready()
    assert demand(application, staff) == []
    assert notes(application) == []


def test_an_error_blocks_whatever_is_explained_and_says_what_to_do(ready, staff):
    application = ready(number="")
    with pytest.raises(NotReadyError) as refused:
        demand(application, staff, note="忘了")
    assert list(refused.value.fields) == ["F7a"]
    assert str(refused.value) == "案卷核对发现须改正的问题：F7a 2024-02-28 的答复没有登记文号。补登答复书文号。"


def test_a_warning_asks_for_a_note_that_is_kept_with_its_codes(ready, staff):
    application = ready(proved=False, mail="")
    with pytest.raises(NotReadyError, match="须说明的问题") as refused:
        demand(application, staff, note=" ")
    assert list(refused.value.fields) == ["F1a", "F10a"]
    found = demand(application, staff, note="纸质件在档案室")
    assert [one.rule for one in found] == ["F1a", "F10a"]
    assert notes(application) == [("核对说明：纸质件在档案室", ["F1a", "F10a"])]
    assert Entry.objects.order_by("pk").last().detail == {"rules": ["F1a", "F10a"]}
    assert demand(application, staff) == []


def test_what_the_act_itself_settles_is_left_out(ready, staff):
    assert demand(ready(mail=""), staff, beside=["F10a"]) == []


def test_a_case_from_a_paper_register_is_not_blocked_but_its_faults_are_on_record(ready, staff):
    application = ready(number="")
    application.is_imported = True
    application.save(update_fields=["is_imported"])
    assert [one.rule for one in demand(application, staff)] == ["F7a"]
    assert notes(application) == [("核对说明：登记簿导入的案件", ["F7a"])]
    assert closing.reason_to_hold(application) == ""


def test_a_hint_blocks_nothing(ready, staff):
    ready()
    again = ready(number="甲〔2024〕2号")
    assert "F11a" in [one.rule for one in findings(again, course_of(again, TODAY))]
    assert demand(again, staff) == []
    assert notes(again) == []


def test_an_officer_explains_what_was_found_as_an_act_of_its_own(ready, staff, stranger):
    application = ready(proved=False)
    facts = {"application": application, "today": TODAY}
    with pytest.raises(NotAuthorisedError):
        closing.explain(user=stranger, note="原件在档案室", **facts)
    with pytest.raises(IncompleteError):
        closing.explain(user=staff.handler, note=" ", **facts)
    explained = closing.explain(user=staff.handler, note="原件在档案室", **facts)
    assert [one.rule for one in explained] == ["F1a"]
    with pytest.raises(NotReadyError, match="没有需要说明的核对发现"):
        closing.explain(user=staff.handler, note="再说明", **facts)


def test_an_error_is_not_explained_away(ready, staff):
    application = ready(number="")
    with pytest.raises(NotReadyError, match="须改正的，请改正后再核对"):
        closing.explain(application=application, user=staff.handler, today=TODAY, note="忘了")


def test_a_volume_stays_open_until_its_case_is_mended_and_explained(ready, staff):
    application = ready(proved=False, number="")
    with pytest.raises(StruckError, match="须改正的问题（F7a），核对发现须说明的问题（F1a）"):
        archiving.close(case=application, user=staff.handler, today=TODAY)
    application = ready(proved=False, number="甲〔2024〕3号")
    closing.explain(application=application, user=staff.handler, today=TODAY, note="原件在档案室")
    assert archiving.close(case=application, user=staff.handler, today=TODAY).closed_on == TODAY
