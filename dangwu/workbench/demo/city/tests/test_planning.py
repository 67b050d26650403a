"""A city has as many units and members as it shall, down to the last branch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.workbench.demo.city.planning import DepartmentPlan, plan_department, wishes


def plans(units: int | None = None, members: int | None = None, seed: int = 1) -> list[DepartmentPlan]:
    return [plan_department(number, wish, seed) for number, wish in enumerate(wishes(units, members))]


def test_the_demonstration_has_twelve_departments() -> None:
    departments = plans()
    assert len(departments) == 12
    assert departments[0].members == 5_000
    assert all(41 <= department.members <= 455 for department in departments[1:])


@settings(max_examples=40, deadline=None)
@given(units=st.integers(1, 120), spare=st.integers(0, 3_000), seed=st.integers(0, 10**6))
def test_everybody_is_in_a_branch_of_at_least_three(units: int, spare: int, seed: int) -> None:
    departments = plans(units, units * 3 + spare, seed)
    every = [unit for department in departments for unit in (department.organ, *department.others)]
    sizes = [branch.size for unit in every for branch in unit.branches]
    assert (len(every), sum(sizes)) == (units, units * 3 + spare)
    assert min(sizes) >= 3


def test_sites_of_a_unit_are_called_differently() -> None:
    for department in plans(60, 6_000):
        for unit in (department.organ, *department.others):
            assert len({branch.site for branch in unit.branches}) == len(unit.branches)


def test_few_branches_have_more_than_fifty_members() -> None:
    sizes = [b.size for d in plans(1_154, 51_000) for unit in (d.organ, *d.others) for b in unit.branches]
    assert sum(size > 50 for size in sizes) < len(sizes) / 100


@pytest.mark.parametrize(
    ("units", "members", "told"),
    [(10, 29, "党员总数请不少于 30 名"), (20, 2_000_001, "请减少后重试"), (10**6, None, "请减少后重试")],
)
def test_a_city_that_cannot_be_is_refused(units: int, members: int | None, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        wishes(units, members)
