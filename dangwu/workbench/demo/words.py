"""Lists of Chinese words, written as one reads them."""


def words(text: str) -> tuple[str, ...]:
    """The words between blanks."""
    return tuple(text.split())
