"""What people are told about what the records of activities keep of them."""

from collections.abc import Mapping

from dangwu.foundation.personal import Personal

_BRANCH = "《中国共产党支部工作条例（试行）》"
_KEPT = "随组织生活记录保存"


def _told(purpose: str) -> Personal:
    return Personal(purpose=purpose, basis=_BRANCH, retention=_KEPT)


ACTIVITY: Mapping[str, Personal] = {
    "chair": _told("记录会议由谁主持。"),
    "recorder": _told("记录会议由谁记录。"),
    "lecturer": _told("记录党课由谁讲。"),
}
PARTICIPATION: Mapping[str, Personal] = {
    "person_id": _told("说明是谁参加。"),
    "name": _told("记录谁参加了组织生活。"),
}
ABSENCE: Mapping[str, Personal] = {
    "person_id": _told("说明是谁没有参加。"),
    "name": _told("计算实到人数，判断会议是否有效。"),
    "reason": _told("区分请假和无故不参加。"),
}
