from dangwu.foundation.portions import portions


def test_every_value_is_in_one_portion_in_its_order() -> None:
    assert list(portions(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(portions(range(4), 2)) == [[0, 1], [2, 3]]
    assert list(portions([])) == []
