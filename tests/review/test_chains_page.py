"""Chains are set on screen: by administrators for all, by the competent department for its units."""

import pytest
from django.urls import reverse

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.models import Entry
from gongkai.records.domain.trace import KIND
from gongkai.review.domain.chains import FULL, TOWN, arrange, chain_for
from gongkai.review.errors import ForeignChainError
from gongkai.review.models import Chain
from gongkai.review.planning import typed

pytestmark = pytest.mark.django_db
PAGE = reverse("review:chains")


@pytest.fixture
def city():
    root = unit("HL-000", "市政府")
    return {"root": root, "town": unit("HL-101", "澜江镇", root), "other": unit("HL-102", "石屿镇", root)}


def filled(**changed):
    return {"kind": KIND, "unit": "", "name": "三审三校", "steps": typed(FULL)} | changed


def test_an_administrator_sets_the_preset_and_a_unit_its_own(client, city):
    client.force_login(person("guanli", city["root"], Role.ADMINISTRATOR, with_subtree=True))
    assert "还没有审核流程" in client.get(PAGE).content.decode()
    assert client.post(PAGE, filled()).status_code == 302
    assert client.post(PAGE, filled(unit=city["town"].pk, name="镇街流程", steps=typed(TOWN))).status_code == 302
    assert chain_for(kind=KIND, unit=city["other"]).steps.first().title == "初审"
    assert [step.title for step in chain_for(kind=KIND, unit=city["town"]).steps.all()] == [
        "保密审查",
        "党委宣传委员审批",
    ]
    page = client.get(PAGE, {"from": "town"}).content.decode()
    assert "党委宣传委员审批 终审 2" in page
    assert Entry.objects.filter(act="review.chain_set").count() == 2


def test_a_chain_set_again_replaces_the_one_before(client, city):
    client.force_login(person("guanli", city["root"], Role.ADMINISTRATOR, with_subtree=True))
    for name in ("甲", "乙"):
        client.post(PAGE, filled(unit=city["town"].pk, name=name))
    assert Chain.objects.get(unit=city["town"], is_active=True).name == "乙"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("审 初审 初审 2", "流程缺少保密审查"),
        ("审 初审 初审 2\n保密审查 保密审查 保密审查 2", "流程必须以审批或签发结束"),
        ("审 初审 初审", "第 1 行应有四项"),
    ],
)
def test_a_weak_chain_is_refused_with_what_was_typed(client, city, steps, words):
    client.force_login(person("guanli", city["root"], Role.ADMINISTRATOR, with_subtree=True))
    answer = client.post(PAGE, filled(steps=steps))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert steps.splitlines()[0] in answer.content.decode()
    assert not Chain.objects.exists()


def test_the_competent_department_sets_chains_of_its_own_units_alone(client, city):
    client.force_login(person("zhuguan", city["town"], Role.COMPETENT))
    assert client.post(PAGE, filled()).status_code == 422
    assert client.post(PAGE, filled(unit=city["other"].pk)).status_code == 422
    assert client.post(PAGE, filled(unit=city["town"].pk)).status_code == 302
    assert [chain.unit for chain in Chain.objects.all()] == [city["town"]]


def test_the_verb_itself_refuses_whoever_is_not_over_the_unit(city):
    handler, today = person("lin", city["town"], Role.HANDLER), city["town"].established_on
    for where in (None, city["town"]):
        with pytest.raises(ForeignChainError, match="您不能设定这一流程"):
            arrange(by=handler, today=today, name="甲", kind=KIND, steps=FULL, unit=where)
    assert not Chain.objects.exists()


def test_others_do_not_reach_the_page(client, city):
    client.force_login(person("lin", city["town"], Role.HANDLER))
    assert client.get(PAGE).status_code == 403
