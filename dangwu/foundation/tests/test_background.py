"""What the queue keeps of a failed task names nobody."""

from traceback import format_exception

import pytest

from dangwu.foundation.background import FailedInBackgroundError, impersonal

SOMEBODY = "钟正"


@impersonal
def fail(name: str) -> None:
    raise ValueError(f"名册中没有{name}")


@impersonal
def succeed(name: str) -> str:
    return name


def test_a_failed_task_tells_the_kind_of_its_error_and_no_value() -> None:
    with pytest.raises(FailedInBackgroundError) as failure:
        fail(SOMEBODY)
    assert str(failure.value) == "ValueError"
    assert SOMEBODY not in "".join(format_exception(failure.value))


def test_what_succeeds_is_left_alone() -> None:
    assert succeed(SOMEBODY) == SOMEBODY
