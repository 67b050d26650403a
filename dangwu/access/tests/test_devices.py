import pytest

from dangwu.access.devices import device_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (WINDOWS, "谷歌内核浏览器，Windows"),
        (f"{WINDOWS} Edg/120.0", "Edge 浏览器，Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0", "微信，苹果手机"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_told_in_words_that_people_know(told: str, words: str) -> None:
    assert device_of(told) == words
