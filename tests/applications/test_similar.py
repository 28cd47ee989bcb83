"""Who asks again is found whatever the blanks, and who only shares a name is not."""

from dataclasses import replace
from datetime import date

import pytest

from applications.conftest import TODAY, ZHANG
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain import secrecy
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Request
from gongkai.applications.queries import similar
from gongkai.applications.queries.register import Wanted, listed
from gongkai.indexing import building
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db

FEB5 = date(2024, 2, 5)
ASKED = Request(title="2023年河道采砂许可台账", description="滨海河段")
OTHER = Identity(name="李海", proof="id_card", proof_number="350500198001011234")


def kinds(found):
    return [(one.kind, one.application.number) for one in found]


# 名称 / 再次申请的内容 / 结果
TEXTS = [
    ("一字不差", ASKED, "double"),
    ("只差空格、标点和全角", Request(title="２０２３年 河道采砂许可台账", description="（滨海河段）"), "double"),
    ("换了说法", Request(title="2023年河道采砂许可的台账", description="滨海河段"), "repeat"),
    ("另一件事", Request(title="2023年部门预算"), None),
]


@pytest.mark.parametrize(("name", "request_", "kind"), TEXTS)
def test_the_same_applicant_asking_again_is_found(receive, bureau, name, request_, kind):
    first = receive(FEB5, request=ASKED)
    found = similar.to_request(units=[bureau.pk], applicants=[ZHANG], request=request_)
    assert kinds(found) == ([] if kind is None else [(kind, first.number)])


def test_after_an_answer_the_same_text_is_a_repeat_not_a_double(receive, enter, bureau):
    first = enter(receive(FEB5, request=ASKED), "answer", date(2024, 2, 20), outcome="A1")
    again = receive(date(2024, 3, 4), request=ASKED)
    assert kinds(similar.to_application(again)) == [("repeat", first.number)]
    assert similar.to_application(first) == []


def test_others_who_ask_for_the_same_are_a_hint_to_publish(receive, bureau):
    first = receive(FEB5, request=ASKED)
    found = similar.to_request(units=[bureau.pk], applicants=[OTHER], request=ASKED)
    assert kinds(found) == [("shared", first.number)]


def test_a_namesake_with_another_number_is_not_the_same_person(receive, bureau):
    receive(FEB5, request=ASKED)
    namesake = replace(ZHANG, proof_number="350500197001011234")
    assert kinds(similar.to_request(units=[bureau.pk], applicants=[namesake], request=ASKED))[0][0] == "shared"


def test_another_agency_is_asked_for_the_first_time(receive, other_bureau):
    receive(FEB5, request=ASKED)
    assert similar.to_request(units=[other_bureau.pk], applicants=[ZHANG], request=ASKED) == []


def test_a_case_about_state_secrets_is_compared_with_nothing(receive, staff):
    first = receive(FEB5, request=ASKED)
    second = receive(FEB5, request=ASKED)
    secrecy.mark_secret(application=first, user=staff.handler, today=TODAY)
    assert similar.to_application(second) == []


def test_the_register_finds_what_was_asked_for_and_nobody_elses(receive, staff, stranger, enter):
    mine = receive(FEB5, request=ASKED)
    hidden = secrecy.mark_secret(application=receive(FEB5, request=ASKED), user=staff.handler, today=TODAY)
    building.rebuild()

    def found(user, text):
        scope, known = scope_of(user, TODAY), tree.as_of(TODAY)
        return list(listed(scope, known, Wanted(text=text)))

    assert found(staff.handler, "河道采砂") == [mine]
    assert found(staff.handler, hidden.number) == [hidden]
    assert found(staff.handler, "张晓岚") == [hidden, mine]
    for user in (stranger, staff.supervisor):
        assert found(user, "河道采砂") == []
