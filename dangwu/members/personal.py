"""What people are told about each column that is kept of them: why, on what ground, how long."""

from collections.abc import Mapping

from dangwu.foundation.personal import Personal, Sensitivity, Shown

_ROSTER = "《中国共产党党员教育管理工作条例》"
_ADMISSION = "《中国共产党发展党员工作细则》"
_BRANCH = "《中国共产党支部工作条例（试行）》"
_DUES = "《关于中国共产党党费收缴、使用和管理的规定》"
_LAW = "《中华人民共和国个人信息保护法》"
_WHILE_MEMBER = "党籍存续期间；组织关系转出后随沿革留存，用于还原当时的名册"
_WHILE_HERE = "组织关系在本党组织期间"


def _told(purpose: str, basis: str = _ROSTER, retention: str = _WHILE_MEMBER) -> Personal:
    return Personal(purpose=purpose, basis=basis, retention=retention)


def _sealed(purpose: str, retention: str) -> Personal:
    return Personal(
        purpose=purpose,
        basis=f"{_ROSTER}{_LAW}",
        retention=retention,
        sensitivity=Sensitivity.SENSITIVE,
        shown=Shown.MASKED,
    )


PERSON: Mapping[str, Personal] = {
    "account_id": _told("知道您用哪个账号登录，让您看到自己的记录。", _LAW, "账号停用之前"),
    "name": _told("编制党员名册，通知和记录组织生活。"),
    "pinyin": _told("按拼音查找姓名，由姓名生成。"),
    "initials": _told("按拼音首字母查找姓名，由姓名生成。"),
    "gender": _told("党员统计。"),
    "ethnicity": _told("党员统计。"),
    "birth": _told("党员统计，区分同名的人，判断是否编入青年理论学习小组。"),
    "native_place": _told("党员名册中的登记项目。"),
    "education": _told("党员统计。"),
    "degree": _told("党员统计。"),
    "working_since": _told("党员名册中的登记项目。"),
    "unit_post": _told("判断党组织书记是否由本单位党员负责人担任，落实双重组织生活。", _BRANCH),
    "identity": _sealed("准确认定是哪一个人，避免同名混淆、重复登记。", _WHILE_MEMBER),
    "phone": _sealed("通知党内活动，联系流动党员。", _WHILE_HERE),
}
MEMBERSHIP: Mapping[str, Personal] = {
    "person_id": _told("说明这条党籍记录是谁的。"),
    "kind": _told("确定党内权利，计算应到人数和表决人数。", _ADMISSION),
    "ending": _told("说明党籍为何终止。", _ROSTER),
    "joined_on": _told("计算党龄。", _ADMISSION),
    "confirmed_on": _told("确定预备期是否届满，何时有表决权。", _ADMISSION),
    "dues_base": _told("核算应交党费。", _DUES),
    "dues_paid": _told("核对党费是否按标准交纳。", _DUES),
    "valid_from": _told("记录何时起为现在的人员类别。", _ADMISSION),
    "valid_until": _told("记录到何时为止。", _ADMISSION),
}
AFFILIATION: Mapping[str, Personal] = {
    "person_id": _told("说明这条组织关系是谁的。"),
    "organisation_id": _told("确定参加哪个党支部的组织生活。"),
    "group_id": _told("确定编入哪个小组。", _BRANCH),
    "valid_from": _told("记录组织关系何时转入。"),
    "valid_until": _told("记录组织关系何时转出。"),
}
_WHILE_ADMITTED = "发展过程结束、有关材料归入本人档案以前"
ADMISSION: Mapping[str, Personal] = {
    "person_id": _told("说明这份发展情况是谁的。", _ADMISSION, _WHILE_ADMITTED),
    **{
        name: _told(purpose, _ADMISSION, _WHILE_ADMITTED)
        for name, purpose in (
            ("applied", "确定何时提出申请，应在何时以前派人谈话。"),
            ("talked", "核对是否按期谈话。"),
            ("activist_since", "确定从何时起培养教育考察，何时考察满期。"),
            ("contacts", "说明由谁培养联系。"),
            ("candidate_since", "确定何时列为发展对象。"),
            ("introducers", "说明由谁介绍入党。"),
            ("reviewed", "核对是否经过政治审查。"),
            ("trained", "核对是否经过短期集中培训。"),
            ("pre_reviewed", "确定应在何时以前提交支部大会讨论。"),
            ("accepted", "确定何时成为预备党员，预备期从何时算起。"),
            ("approved", "核对是否按期审批。"),
            ("sworn", "核对是否进行入党宣誓。"),
        )
    },
}
GROUP_PLACE = {name: AFFILIATION[name] for name in ("person_id", "group_id", "valid_from", "valid_until")}
CIRCUMSTANCES: Mapping[str, Personal] = {
    "person_id": _told("说明这条记录是谁的。"),
    "employment": _told("区分在职党员和离退休党员，对两者的要求不同。"),
    "whereabouts": _told("管理流动党员，联系失联党员，掌握出国（境）党员情况。"),
    "category": _told("党员统计。"),
    "infirm": _told("年老体弱或者长期患病的党员，参加组织生活可以从实际出发。", _BRANCH),
    "valid_from": _told("记录何时起。"),
    "valid_until": _told("记录到何时为止。"),
}
POST: Mapping[str, Personal] = {
    "person_id": _told("说明这项党内职务由谁担任。", _BRANCH),
    "organisation_id": _told("说明在哪个党组织任职。", _BRANCH),
    "kind": _told("确定职责，按期换届，开通相应的办理权限。", _BRANCH),
    "group_id": _told("说明是哪个小组的组长。", _BRANCH),
    "full_time": _told("核对专职党务工作人员的配备。", "《中国共产党党和国家机关基层组织工作条例》"),
    "valid_from": _told("记录何时任职，届期从何时算起。", _BRANCH),
    "valid_until": _told("记录何时卸任，权限随之终止。", _BRANCH),
}
CORRECTION_REQUEST: Mapping[str, Personal] = {
    "person_id": _told("说明这项申请是谁的。", _LAW),
    "wanted": _told("办理您提出的更正。", _LAW),
    "sealed": _sealed("办理您提出的更正。", _WHILE_MEMBER),
    "note": _told("办理您提出的更正。", _LAW),
    "asked_by_id": _told("记录是谁提出的。", _LAW),
    "answer": _told("告诉您办理结果。", _LAW),
}
AMENDMENT: Mapping[str, Personal] = {
    "person_id": _told("说明更正的是谁的记录。", _LAW),
    "what": _told("让您知道哪一条记录更正过。", _LAW),
    "told": _told("让您知道由什么改成了什么。", _LAW),
    "reason": _told("让您知道为什么更正。", _LAW),
}
KEPT_BY_THE_SYSTEM = frozenset({"unit_id", "version"})
