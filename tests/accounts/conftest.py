"""A city with a zone, its competent departments, an administrator and officers."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.units.models import Kind


@pytest.fixture(autouse=True)
def no_attempts_remembered():
    """What allauth counts per address lies in the cache, not in the database that each test gets anew."""
    cache.clear()


@pytest.fixture
def city(db):
    root = unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT)
    zone = unit("HL-100", "海岚经济开发区", root, Kind.ZONE)
    return SimpleNamespace(
        root=root,
        zone=zone,
        below=unit("HL-101", "开发区规划建设局", zone),
        bureau=unit("HL-010", "海岚市水利局", root),
    )


@pytest.fixture
def staff(city):
    return SimpleNamespace(
        ops=person("ops", city.root, Role.ADMINISTRATOR, name="管一平", with_subtree=True),
        zhou=person("zhou", city.root, Role.COMPETENT, name="周政宁", with_subtree=True),
        zheng=person("zheng", city.zone, Role.COMPETENT, name="郑开发", with_subtree=True),
        lin=person("lin", city.below, Role.HANDLER, name="林一诺"),
        he=person("he", city.bureau, Role.OFFICE_HEAD, name="何主任"),
        shen=person("shen", city.root, Role.AUDITOR, name="沈审计", with_subtree=True),
    )
