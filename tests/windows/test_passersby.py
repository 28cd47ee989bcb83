from gongkai.windows.passersby import Passersby

DAY = 86_400


def more(count):
    return (count or 0) + 1


def test_of_each_name_what_was_made_of_it_is_remembered():
    known = Passersby(10)
    assert [known.meet(name, 0, more) for name in ("甲", "乙", "甲")] == [1, 1, 2]
    known.clear()
    assert known.meet("甲", 0, more) == 1


def test_no_name_is_kept_and_another_day_knows_nobody():
    known = Passersby(10)
    known.meet("198.51.100.7", DAY - 1, more)
    assert "198.51.100" not in str(known.__dict__)
    assert known.meet("198.51.100.7", DAY, more) == 1


def test_the_one_met_longest_ago_is_forgotten_first():
    known = Passersby(2)
    for name in ("甲", "乙", "甲", "丙"):
        known.meet(name, 0, more)
    assert [known.meet(name, 0, more) for name in ("甲", "乙")] == [3, 1]
