"""A city, its competent department, a bureau and a town."""

from types import SimpleNamespace

import pytest

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.units.models import Kind


@pytest.fixture
def city(db):
    root = unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT)
    office = unit("HL-001", "海岚市人民政府办公室", root, Kind.OFFICE)
    bureau = unit("HL-010", "海岚市水利局", root)
    fishery = unit("HL-011", "海岚市海洋与渔业局", root)
    zone = unit("HL-100", "海岚经济开发区", root, Kind.ZONE)
    below = unit("HL-101", "开发区规划建设局", zone)
    tax = unit("HL-900", "海岚市税务局", root, Kind.VERTICAL)
    return SimpleNamespace(root=root, office=office, bureau=bureau, fishery=fishery, zone=zone, below=below, tax=tax)


@pytest.fixture
def competent(city, client):
    """Sign on the competent department of the whole city."""
    user = person("zhou", city.root, Role.COMPETENT, with_subtree=True)
    client.force_login(user)
    return user


@pytest.fixture
def zone_competent(city, client):
    """Sign on the competent department of the zone alone."""
    user = person("zheng", city.zone, Role.COMPETENT, with_subtree=True)
    client.force_login(user)
    return user
