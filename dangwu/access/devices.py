"""What a browser says of itself, in words that people know."""

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("QIHU", "360 浏览器"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "谷歌内核浏览器"),
    ("Safari", "Safari 浏览器"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux（含统信、麒麟）"),
)
"""The first sign that is found counts: most browsers claim to be others too."""


def device_of(user_agent: str) -> str:
    """The browser and the system, as far as they are known."""
    told = [next((words for sign, words in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return "，".join(filter(None, told)) or "未知设备"
