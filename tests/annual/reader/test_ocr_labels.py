"""Captions that were misread by a character or two."""

from __future__ import annotations

import pytest

from gongkai.annual.reader.ocr_labels import distance, mended


@pytest.mark.parametrize(
    ("read", "caption"),
    [
        ("行政处昼", "行政处罚"),
        ("2.其他法律行政法规苦止公开", "2.其他法律行政法规禁止公开"),
        ("35.属于三类内部事务信息", "5.属于三类内部事务信息"),
        ("行政处罚", "行政处罚"),
        ("(七)总计", "(七)总计"),
        ("总评", "总评"),
        ("ABCDE", "ABCDE"),
        ("其他主动公开文件", "其他主动公开文件"),
        ("完全不同的一行文字", "完全不同的一行文字"),
        ("一行文字" * 20, "一行文字" * 20),
        ("本年新公作数量", "本年新公作数量"),
    ],
)
def test_a_text_becomes_a_caption_only_where_it_can_be_no_other(read, caption):
    assert mended(read) == caption


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "", 0), ("甲", "乙", 1), ("甲乙", "乙", 1), ("乙", "甲乙丙", 2), ("规章", "规章", 0)],
)
def test_the_distance_counts_single_changes(one, other, steps):
    assert distance(one, other) == steps
