"""Settings come from the environment, then from key files, then from their defaults."""

import stat

import pytest

from gongkai.site import conf


def test_the_environment_wins(tmp_path):
    (tmp_path / "secret_key").write_text("from-file")
    environ = {"GONGKAI_HOME": str(tmp_path), "GONGKAI_SECRET_KEY": "from-environment"}
    assert conf.value("GONGKAI_SECRET_KEY", environ) == "from-environment"


def test_a_key_may_lie_in_its_file(tmp_path):
    (tmp_path / "secret_key").write_text("from-file\n")
    assert conf.value("GONGKAI_SECRET_KEY", {"GONGKAI_HOME": str(tmp_path)}) == "from-file"


def test_what_has_a_default_needs_no_value(tmp_path):
    assert conf.value("GONGKAI_HTTPS", {"GONGKAI_HOME": str(tmp_path)}) == "yes"


def test_without_a_secret_nothing_starts(tmp_path):
    with pytest.raises(conf.MissingSettingError, match=r"缺少设置 GONGKAI_SECRET_KEY.*gongkai init"):
        conf.value("GONGKAI_SECRET_KEY", {"GONGKAI_HOME": str(tmp_path)})


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_key_is_no_key(tmp_path, empty):
    (tmp_path / "field_keys").write_text("\n")
    environ = {"GONGKAI_HOME": str(tmp_path), "GONGKAI_SECRET_KEY": empty}
    for name in ("GONGKAI_SECRET_KEY", "GONGKAI_FIELD_KEYS"):
        with pytest.raises(conf.MissingSettingError, match=name):
            conf.value(name, environ)


def test_a_list_has_no_empty_items(tmp_path):
    environ = {"GONGKAI_HOME": str(tmp_path), "GONGKAI_ALLOWED_HOSTS": "a.example, ,b.example,"}
    assert conf.listed("GONGKAI_ALLOWED_HOSTS", environ) == ["a.example", "b.example"]


def test_keys_are_created_once_and_for_the_owner_alone(tmp_path):
    environ = {"GONGKAI_HOME": str(tmp_path / "data")}
    created = conf.create_keys(environ)
    assert [path.name for path in created] == ["secret_key", "field_keys"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in created} == {0o600}
    before = [path.read_text() for path in created]
    assert conf.create_keys(environ) == []
    assert [path.read_text() for path in created] == before
    assert len(conf.value("GONGKAI_FIELD_KEYS", environ)) == 64


def test_a_key_given_in_the_environment_gets_no_file(tmp_path):
    environ = {"GONGKAI_HOME": str(tmp_path), "GONGKAI_SECRET_KEY": "given"}
    assert [path.name for path in conf.create_keys(environ)] == ["field_keys"]
