"""The pages of the tree: as of a day, one unit, who reports."""

from datetime import date

import pytest
from django.urls import reverse

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.domain.guides import set_guide
from gongkai.units.models import Kind

REFORM = date(2025, 3, 1)
CONTACT = {
    "office": "公开办",
    "address": "滨海路 1 号",
    "hours": "工作日",
    "telephone": "0590-7654321",
    "actor": SYSTEM,
}


def names(response):
    return [row["node"].name for row in response.context["rows"]]


def test_the_tree_is_shown_as_of_the_day_asked_for(client, competent, city):
    structure.abolish(unit=city.fishery, day=REFORM, document="甲", actor=SYSTEM, successor=city.bureau)
    now = client.get(reverse("units:tree"))
    before = client.get(reverse("units:tree"), {"day": "2025-02-28"})
    assert set(names(before)) - set(names(now)) == {"海岚市海洋与渔业局"}


def test_a_day_that_is_none_says_so_and_shows_today(client, competent):
    for given in ("2025-13-01", "昨天", "2025-02-30"):
        response = client.get(reverse("units:tree"), {"day": given})
        assert response.context["problem"] == f"“{given}”不是有效日期，现按今天显示。日期写作 2024-12-31。"


def test_a_unit_is_found_by_its_former_name(client, competent, city):
    structure.rename(
        unit=city.bureau, name="海岚市水务局", short_name="水务局", day=REFORM, document="甲", actor=SYSTEM
    )
    response = client.get(reverse("units:tree"), {"text": "水利局"})
    assert [(row["node"].name, row["former"]) for row in response.context["rows"]] == [
        ("海岚市水务局", ("海岚市水利局",))
    ]
    assert "没有名称或代码相符的机构" in client.get(reverse("units:tree"), {"text": "不存在"}).content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_the_tree_takes_eight_queries_whatever_its_size(client, competent, city, more, django_assert_num_queries):
    for number in range(more):
        unit(f"HL-3{number}", f"第{number}街道", city.root, Kind.STREET)
    with django_assert_num_queries(8):
        client.get(reverse("units:tree"), {"day": "2024-01-01"})


def test_a_unit_tells_how_it_came_to_be(client, competent, city):
    structure.rename(
        unit=city.bureau, name="海岚市水务局", short_name="水务局", day=REFORM, document="甲", actor=SYSTEM
    )
    structure.merge(units=[city.fishery], into=city.bureau, day=date(2025, 5, 1), document="乙", actor=SYSTEM)
    structure.move(unit=city.bureau, parent=city.zone, day=date(2025, 6, 1), document="丙", actor=SYSTEM)
    response = client.get(reverse("units:detail", args=[city.bureau.pk]))
    assert [(step.label, step.words) for step in response.context["steps"]] == [
        ("设立", "设立海岚市水利局，隶属海岚市人民政府"),
        ("更名", "由海岚市水利局更名为海岚市水务局"),
        ("合并", "海岚市海洋与渔业局并入海岚市水务局，职能由后者承接"),
        ("调整隶属", "由隶属海岚市人民政府调整为隶属海岚经济开发区"),
    ]
    assert response.context["took_over"] == [city.fishery.pk]


def test_a_unit_that_ended_names_who_carries_it_on_and_can_no_longer_be_changed(client, competent, city):
    parts = [unit(f"HL-01{number}", f"第{number}分局", city.root, day=date(2025, 2, 1)) for number in (2, 3)]
    structure.split(unit=city.bureau, into=parts, day=REFORM, document="甲", actor=SYSTEM)
    structure.abolish(unit=city.fishery, day=REFORM, document="甲", actor=SYSTEM)
    ended = client.get(reverse("units:detail", args=[city.bureau.pk]))
    assert ended.context["carried_on"] == [part.pk for part in parts]
    assert ended.context["steps"][-1].words == "海岚市水利局分设为第2分局、第3分局，职能由后者分别承接"
    assert (ended.context["may_reform"], ended.context["may_write_guide"]) == (False, False)
    gone = client.get(reverse("units:detail", args=[city.fishery.pk]))
    assert gone.context["steps"][-1].words == "撤销海岚市海洋与渔业局，职能不再延续"
    with_successor = client.get(reverse("units:detail", args=[city.root.pk]))
    assert with_successor.context["steps"][0].words == "设立海岚市人民政府"


def test_a_unit_abolished_for_a_successor_says_whose_functions_went_where(client, competent, city):
    structure.abolish(unit=city.fishery, day=REFORM, document="甲", actor=SYSTEM, successor=city.bureau)
    response = client.get(reverse("units:detail", args=[city.fishery.pk]))
    assert response.context["steps"][-1].words == "撤销海岚市海洋与渔业局，职能由海岚市水利局承接"


def test_a_guide_older_than_the_last_reform_warns(client, competent, city):
    set_guide(unit=city.bureau, day=date(2025, 2, 1), **CONTACT)
    address = reverse("units:detail", args=[city.bureau.pk])
    assert client.get(address).context["state"].is_stale is False
    structure.rename(unit=city.bureau, name="水务局", short_name="水务局", day=REFORM, document="甲", actor=SYSTEM)
    assert "指南应当及时更新（条例第十二条）" in client.get(address).content.decode()


def test_officers_are_shown_to_those_who_watch_over_the_unit(client, city):
    person("lin", city.bureau, Role.HANDLER, name="林一诺")
    head = person("he", city.bureau, Role.OFFICE_HEAD, name="何主任")
    outsider = person("wu", city.zone, Role.OFFICE_HEAD, name="吴外人")
    address = reverse("units:detail", args=[city.bureau.pk])
    client.force_login(head)
    assert "林一诺" in client.get(address).content.decode()
    client.force_login(outsider)
    assert "林一诺" not in client.get(address).content.decode()


def test_who_has_no_role_sees_nothing(client, city):
    client.force_login(person("xin", city.bureau, Role.HANDLER, trained=False))
    for name in ("tree", "reporters", "reporters-csv", "establish"):
        assert client.get(reverse(f"units:{name}")).status_code == 403
    assert client.get(reverse("units:detail", args=[city.bureau.pk])).status_code == 403


def test_the_list_of_reporters_reads_like_the_sixth_part_of_a_report(client, competent, city):
    structure.rename(unit=city.zone, name="海岚高新区", short_name="高新区", day=REFORM, document="甲", actor=SYSTEM)
    structure.merge(units=[city.fishery], into=city.bureau, day=REFORM, document="乙", actor=SYSTEM)
    unit("HL-050", "海岚市医疗保障局", city.root, day=REFORM)
    response = client.get(reverse("units:reporters"), {"year": "2025"})
    found = response.context["list"]
    assert found.sentence == (
        "2025 年政府信息公开责任单位共 6 个；海岚市医疗保障局等 1 个为首次编制年度报告；"
        "海岚市水利局等 1 个为重新组建单位；海岚高新区等 1 个更换单位名称。"
    )
    assert [(line.name, line.former_name) for line in found.in_state("更名")] == [("海岚高新区", "海岚经济开发区")]
    assert [line.name for line in found.vertical] == ["海岚市税务局"]
    assert [(one.name, one.successors) for one in found.ended] == [("海岚市海洋与渔业局", ("海岚市水利局",))]
    assert "海岚市海洋与渔业局</a>，3月1日撤销，职能由海岚市水利局承接" in response.content.decode()


def test_the_list_of_reporters_is_given_for_spreadsheets(client, competent, city):
    unit("HL-051", "=1+1局", city.zone)
    response = client.get(reverse("units:reporters-csv"), {"year": "2024"})
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "机构代码,机构名称,类型,上级机构,本年情况,原名称"
    assert "HL-051,'=1+1局,部门,海岚经济开发区,未变动," in rows
    assert rows[-1] == "HL-900,海岚市税务局,垂直管理单位,海岚市人民政府,由上级编报,"


@pytest.mark.parametrize("year", ["2007", "3000", "去年"])
def test_a_year_without_reports_is_not_found(client, competent, year):
    assert client.get(reverse("units:reporters"), {"year": year}).status_code == 404


def test_a_year_before_any_unit_has_an_empty_list(client, competent):
    response = client.get(reverse("units:reporters"), {"year": "2008"})
    assert "当年末没有机构" in response.content.decode()
    assert client.get(reverse("units:reporters")).context["list"].year == date.today().year - 1  # noqa: DTZ011 -- either side
