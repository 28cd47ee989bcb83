"""The handbooks name every setting, check and role, and show the pictures that the tool makes."""

import re
import tomllib
from pathlib import Path

from gongkai.accounts.models import Role
from gongkai.site import conf

ROOT = Path(__file__).parents[2]
OPS = ROOT / "docs" / "ops"


def test_every_setting_is_in_the_handbook():
    """The table is the output of ``python -m gongkai.site.conf``."""
    assert conf.table() in (OPS / "platform.md").read_text(encoding="utf-8")


def test_every_check_is_in_the_handbook():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "gongkai" / "site").glob("checks*.py"))
    page = (OPS / "check.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (gongkai\.\w+) ", page, re.MULTILINE) == sorted(set(re.findall(r'id="(\S+?)"', code)))


def test_every_role_has_its_place_in_the_handbook():
    page = (ROOT / "docs" / "office" / "handbook" / "index.md").read_text(encoding="utf-8")
    table = "\n".join(re.findall(r"^\| .* \|$", page, re.MULTILINE))
    assert [role.label for role in Role if role.label not in table] == []


def test_pictures_are_those_of_the_list_and_all_of_them_are_shown():
    listed = tomllib.loads((ROOT / "tools" / "handbook_shots.toml").read_text(encoding="utf-8"))["shots"]
    names = [shot["name"] for shot in listed]
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("README*.md")]
    shown = {name for page in pages for name in re.findall(r"handbook/([\w-]+)\.png", page.read_text(encoding="utf-8"))}
    made = {path.stem: path.stat().st_size for path in (ROOT / "docs" / "assets" / "handbook").glob("*.png")}
    assert len(names) == len(set(names))
    assert set(names) == set(made) == shown
    assert sum(made.values()) < 6_000_000
