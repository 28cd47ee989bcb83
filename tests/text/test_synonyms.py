from gongkai.text.normalise import fold, is_chinese
from gongkai.text.synonyms import alternatives, groups, without_fillers


def test_there_are_enough_groups_and_each_says_something():
    assert len(groups()) >= 120
    assert all(len(group) > 1 for group in groups())


def test_a_word_belongs_to_one_group_only():
    words = [word for group in groups() for word in group]
    assert len(set(words)) == len(words)


def test_words_are_written_as_queries_are_compared():
    assert [word for group in groups() for word in group if fold(word) != word] == []
    assert [
        word
        for group in groups()
        for word in group
        if not (is_chinese(word) or word[:5].isdigit() or word[0].isdigit())
    ] == []


def test_the_longest_word_is_taken():
    assert alternatives("住房公积金") == (("住房公积金", "公积金", "房积金"),)
    assert alternatives("河道清淤") == (("河道清淤",),)


def test_a_question_is_left_with_what_it_is_about():
    assert without_fillers("请问低保怎么办理？") == "低保"
    assert without_fillers("怎么办") == ""
    assert [stretch[0] for stretch in alternatives("请问低保怎么申请")] == ["低保", "申请"]
