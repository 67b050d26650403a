"""Days as people write them."""

from datetime import date


def told_day(day: date) -> str:
    """“2026年5月9日”."""
    return f"{day.year}年{day.month}月{day.day}日"
