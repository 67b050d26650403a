"""What people are told about what the records of activities keep of them."""

from collections.abc import Mapping

from dangwu.foundation.personal import Personal, Sensitivity, Shown

_BRANCH = "《中国共产党支部工作条例（试行）》"
_KEPT = "随组织生活记录保存"


def _told(purpose: str) -> Personal:
    return Personal(purpose=purpose, basis=_BRANCH, retention=_KEPT)


ACTIVITY: Mapping[str, Personal] = {
    "chair": _told("记录会议由谁主持。"),
    "recorder": _told("记录会议由谁记录。"),
    "lecturer": _told("记录党课由谁讲。"),
    "minutes": _told("记录会议的过程，其中可能提到个人。"),
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
PART: Mapping[str, Personal] = {
    "person_id": _told("说明是谁主持、记录、主讲或者列席。"),
    "name": _told("记录谁主持、记录、主讲或者列席。"),
}
AGENDA_ITEM: Mapping[str, Personal] = {
    "text": _told("记录讨论了什么，其中可能提到个人。"),
    "outcome": _told("记录讨论的结果，其中可能提到个人。"),
}
RESOLUTION: Mapping[str, Personal] = {
    "text": _told("记录表决通过了什么，其中可能提到个人。"),
}
ATTACHMENT: Mapping[str, Personal] = {
    "name": _told("标明附件是什么，文件名称中可能提到个人。"),
}
TALK: Mapping[str, Personal] = {
    "talker_id": _told("说明是谁谈的话。只有谈话双方和支部书记能看到。"),
    "partner_id": _told("说明同谁谈了话。只有谈话双方和支部书记能看到。"),
    "content": Personal(
        purpose="记录谈话的内容，供谈话双方和支部书记查看。",
        basis=_BRANCH,
        retention=_KEPT,
        sensitivity=Sensitivity.SENSITIVE,
        shown=Shown.NEVER,
    ),
}
