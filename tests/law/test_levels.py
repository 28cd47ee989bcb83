import pytest

from gongkai.law.levels import RULE_MAKERS, Level, level_of
from gongkai.law.parameters import read


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("国务院办公厅", "national"),
        ("国家税务总局", "national"),
        ("商务部", "national"),
        ("福建省人民政府", "province"),
        ("福建省", "province"),
        ("内蒙古自治区人民政府", "province"),
        ("上海市人民政府", "province"),
        ("重庆市", "province"),
        ("泉州市人民政府", "prefecture"),
        ("泉州市", "prefecture"),
        ("福建省泉州市人民政府", "prefecture"),
        ("淮安市", "prefecture"),
        ("东莞市人民政府", "prefecture"),
        ("延边朝鲜族自治州人民政府", "prefecture"),
        ("大理州人民政府", "prefecture"),
        ("海南州", "prefecture"),
        ("锡林郭勒盟行政公署", "prefecture"),
        ("阿里地区行署", "prefecture"),
        ("晋江市人民政府", "county"),
        ("晋江市", "county"),
        ("福建省晋江市", "county"),
        ("大理市", "county"),
        ("平潭县", "county"),
        ("沭阳县人民政府", "county"),
        ("淮安市洪泽区", "county"),
        ("上海市浦东新区人民政府", "county"),
        ("清远市清新区", "county"),
        ("商丘市梁园区人民政府", "county"),
        ("阳泉市郊区人民政府", "county"),
        ("神农架林区人民政府", "county"),
        ("恭城瑶族自治县", "county"),
        ("科尔沁左翼中旗", "county"),
        ("晋江市东石镇人民政府", "town"),
        ("东 石 镇", "town"),
        ("惠女乡人民政府", "town"),
        ("鲤城区海滨街道办事处", "town"),
        ("青阳街道办", "town"),
        ("鄂温克苏木", "town"),
        ("晋江市经济和信息化局", "department"),
        ("福建省财政厅", "department"),
        ("泉州市发展和改革委员会", "department"),
        ("泉州市发改委", "department"),
        ("晋江市人民政府办公室", "department"),
        ("东石镇人民政府办公室", "department"),
        ("晋江市政府办", "department"),
        ("晋江市公安局交通警察大队", "department"),
        ("国家税务总局晋江市税务局", "department"),
        ("泉州市住房公积金管理中心", "department"),
    ],
)
def test_the_name_tells_the_level(name, level):
    assert level_of(name) == level


@pytest.mark.parametrize(
    "name",
    [
        "平潭综合实验区",
        "平潭综合实验区管委会",
        "泉州经济技术开发区管理委员会",
        "河北雄安新区",
        "苏州工业园区",
        "上海市人民政府办公厅",
        "泉州市人民政府办公室",
        "泉州市政府办",
        "平潭综合实验区管委会政府办",
        "平潭综合实验区管理委员会办公室",
        "新疆生产建设兵团",
        "香港特别行政区",
        "中共晋江市委员会",
        "晋江市委",
        "磁灶镇大埔村村民委员会",
        "某某市",
        "杭州",
        "新乡",
        "景德镇",
        "国家新设的某某局",
        "泉州师范学院",
        "本级政府",
        "",
    ],
)
def test_what_the_name_leaves_open_is_unknown(name):
    assert level_of(name) is None


def test_a_setting_wins_over_the_name():
    assert level_of("平潭综合实验区", overrides={"平潭综合实验区": "prefecture"}) == Level.PREFECTURE
    assert level_of("平潭县", overrides={"平潭综合实验区": "prefecture"}) == Level.COUNTY


def test_rules_are_made_at_three_levels():
    assert {str(level) for level in RULE_MAKERS} == {"national", "province", "prefecture"}


def test_every_listed_name_has_the_level_of_its_list():
    expected = {"provinces": Level.PROVINCE, "prefectures": Level.PREFECTURE, "county_cities": Level.COUNTY}
    for key, level in expected.items():
        for name in read("levels")[key].split():
            assert (name, level_of(name)) == (name, level)
            assert (name, level_of(f"{name}人民政府")) == (name, level)


def test_no_city_is_listed_at_two_levels():
    names = [name for key in ("provinces", "prefectures", "county_cities") for name in read("levels")[key].split()]
    assert len(names) == len(set(names))
