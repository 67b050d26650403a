"""Log lines without personal values."""

import logging
import traceback
from types import TracebackType


class ImpersonalFormatter(logging.Formatter):
    """Tells where an error arose and of what type it is, but not its message: that may quote a person's row."""

    def formatException(  # noqa: N802, the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        error = ei[1]
        return "" if error is None else "".join(self._places(error)).rstrip()

    def _places(self, error: BaseException) -> list[str]:
        earlier = error.__cause__ or error.__context__
        before = [*self._places(earlier), "then\n"] if earlier else []
        return [*before, *traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
