import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.kernel.tree_path import TreePath, above, line_of

numbers = st.one_of(st.sampled_from([0, 1, 9998, 9999]), st.integers(0, 9999))
roots = numbers.filter(lambda number: number < 9999)


@st.composite
def paths(draw: st.DrawFn) -> TreePath:
    path = TreePath(f"{draw(roots):04}")
    for number in draw(st.lists(numbers, max_size=4)):
        path = path.child(number)
    return path


def test_a_path_names_every_node_from_the_root() -> None:
    path = TreePath("0001").child(2).child(13)
    assert str(path) == "000100020013"
    assert path.depth == 3
    assert path.parent == TreePath("00010002")
    assert TreePath("0001").parent is None


@pytest.mark.parametrize(
    ("text", "end"), [("0001", "0002"), ("00010009", "00010010"), ("00019999", "0002"), ("000199999999", "0002")]
)
def test_a_subtree_ends_at_the_next_sibling(text: str, end: str) -> None:
    assert TreePath(text).bounds == (text, end)


@pytest.mark.parametrize("text", ["", "001", "00010", "0001/0002", "abcd", "０００１", "9999", "99990001"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是层级编号"):
        TreePath(text)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_has_four_digits(number: int) -> None:
    with pytest.raises(ValueError, match="0 至 9999"):
        TreePath("0001").child(number)


@given(paths(), paths())
def test_the_range_holds_the_subtree_and_nothing_else(path: TreePath, other: TreePath) -> None:
    start, end = path.bounds
    assert (start <= other.text < end) == path.contains(other)


@given(paths(), st.lists(numbers, max_size=3))
def test_whatever_hangs_below_is_in_the_range(path: TreePath, below: list[int]) -> None:
    node = path
    for number in below:
        node = node.child(number)
    start, end = path.bounds
    assert start <= node.text < end
    assert path.contains(node)


@given(paths(), numbers)
def test_the_parent_of_a_child_is_the_node(path: TreePath, number: int) -> None:
    assert path.child(number).parent == path
    assert not path.child(number).contains(path)


@given(paths())
def test_the_line_of_a_node_leads_from_the_root_to_it(path: TreePath) -> None:
    line = line_of(path.text)
    assert (len(line), line[-1]) == (path.depth, path.text)
    assert [above(step) for step in line] == ["", *line[:-1]]
    assert line_of("") == []
