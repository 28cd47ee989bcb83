from __future__ import annotations

import pytest

from gongkai.cli.files import Chosen, choose


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in (
        "b.html",
        "a.docx",
        "下级/c.pdf",
        ".hidden",
        "~$a.docx",
        ".git/d.html",
        "Thumbs.db",
        "下级/[2024]年报.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_itself_in_the_order_given_and_once(folder):
    assert choose(["b.html", "a.docx", "b.html"]) == Chosen(("b.html", "a.docx"), ())


def test_a_folder_means_every_file_below_it_but_hidden_ones_and_locks(folder):
    below = tuple(str(folder / name) for name in ("a.docx", "b.html", "下级/[2024]年报.txt", "下级/c.pdf"))
    assert choose([str(folder)]) == Chosen(below, ())


def test_a_pattern_is_expanded_and_reaches_below_with_two_stars(folder):
    assert choose(["*.docx"]).files == ("a.docx",)
    assert choose(["**/*.pdf"]).files == ("下级/c.pdf",)
    assert choose(["下*"]).files == ("下级/[2024]年报.txt", "下级/c.pdf")


def test_a_file_whose_name_looks_like_a_pattern_is_itself(folder):
    assert choose(["下级/[2024]年报.txt"]) == Chosen(("下级/[2024]年报.txt",), ())


def test_what_means_no_file_is_named(folder):
    (folder / "空").mkdir()
    assert choose(["*.ofd", "空", "a.docx"]) == Chosen(("a.docx",), ("*.ofd", "空"))


def test_a_missing_file_is_kept_so_that_reading_it_says_so(folder):
    assert choose(["missing.docx"]) == Chosen(("missing.docx",), ())
