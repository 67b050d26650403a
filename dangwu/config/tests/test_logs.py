import logging

import pytest

from dangwu.config.logs import ImpersonalFormatter


def line_for(error: Exception) -> str:
    with pytest.raises(type(error)) as caught:
        raise error
    record = logging.LogRecord(
        "dangwu", logging.ERROR, __file__, 1, "import failed", (), (caught.type, caught.value, caught.tb)
    )
    return ImpersonalFormatter("{message}", style="{").format(record)


def test_a_logged_error_does_not_quote_the_row_that_caused_it() -> None:
    line = line_for(ValueError("张三 990101194910010015"))
    assert "张三" not in line
    assert "9901" not in line


def test_a_logged_error_tells_its_type_and_place() -> None:
    line = line_for(ValueError("张三"))
    assert line.endswith("ValueError")
    assert "test_logs.py" in line


def test_the_cause_of_an_error_is_told_before_it() -> None:
    error = RuntimeError("张三")
    error.__cause__ = KeyError("李四")
    line = line_for(error)
    assert line.index("KeyError") < line.index("RuntimeError")
    assert "李四" not in line
