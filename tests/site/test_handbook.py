"""The operator's handbook names every setting and every check."""

import re
from pathlib import Path

from gongkai.site import conf

ROOT = Path(__file__).parents[2]
OPS = ROOT / "docs" / "ops"


def test_every_setting_is_in_the_handbook():
    """The table is the output of ``python -m gongkai.site.conf``."""
    assert conf.table() in (OPS / "platform.md").read_text(encoding="utf-8")


def test_every_check_is_in_the_handbook():
    code = (ROOT / "src" / "gongkai" / "site" / "checks.py").read_text(encoding="utf-8")
    page = (OPS / "check.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (gongkai\.\w+) ", page, re.MULTILINE) == sorted(set(re.findall(r'id="(\S+?)"', code)))
