"""What the audit's verbs are called."""

from collections.abc import Mapping

VERB_WORDS: Mapping[str, str] = {
    "account.bind": "绑定统一身份登录",
    "account.change_password": "修改密码",
    "account.connect": "自行绑定统一身份登录",
    "account.disable": "停用账号",
    "account.enable": "恢复账号",
    "account.end_session": "结束一处登录",
    "account.end_sessions": "结束全部登录",
    "account.export": "导出账号名单",
    "account.lift_second_factor": "解除第二重验证",
    "account.open": "开通账号",
    "account.paused": "登录失败过多，暂停登录",
    "account.refuse_sign_on": "拒绝统一身份登录",
    "account.rename": "修改账号姓名",
    "account.reset": "发出重设密码口令",
    "account.resume": "解除暂停登录",
    "account.second_factor_added": "添加第二重验证",
    "account.second_factor_removed": "移除第二重验证",
    "account.set_password": "用口令设置密码",
    "account.sign_in_failed": "登录失败",
    "account.signed_in": "登录",
    "account.signed_out": "退出",
    "account.unbind": "解除统一身份登录",
    "administrator.agree": "同意管理员变动",
    "administrator.begin": "管理员开通账号",
    "administrator.first_codes": "生成首批管理员口令",
    "administrator.propose": "提出增设管理员",
    "administrator.propose_end": "提出免去管理员",
    "administrator.withdraw": "撤回管理员变动",
    "appointment.delegate": "委托代办",
    "appointment.end": "结束任用",
    "appointment.end_delegation": "收回委托",
    "appointment.export": "导出任用名单",
    "appointment.open": "任用",
    "audit.checkpoint": "签审计校验点",
    "audit.export": "导出审计日志",
    "audit.list": "导出审计记录列表",
    "audit.review": "核验审计日志",
    "backup.restore": "恢复备份",
    "backup.take": "备份",
    "check.conclude": "完成核对",
    "check.discard": "删除核对",
    "check.open": "开始核对",
    "check.store": "保存核对内容",
    "check.take_back": "撤回中断的核对",
    "correction.accept": "采纳更正申请",
    "correction.ask": "提出更正申请",
    "correction.decline": "不采纳更正申请",
    "deed.take_back": "撤回刚办理的事项",
    "demo.fill": "写入演示数据",
    "group.change": "调整小组",
    "group.disband": "撤销小组",
    "group.form": "设立小组",
    "import.open": "读取要导入的工作簿",
    "import.undo": "撤销导入",
    "import.write": "导入工作簿",
    "keys.add": "新增密钥",
    "keys.reseal": "更换密钥，重新加密",
    "keys.retire": "停用密钥",
    "member.advance": "发展党员、转正",
    "member.correct": "更正党员记录",
    "member.correct_transfer": "更正组织关系转接",
    "member.describe": "登记党员基本情况",
    "member.export": "导出党员名册",
    "member.join_group": "编入小组",
    "member.leave": "党籍终止",
    "member.leave_group": "调出小组",
    "member.link_account": "关联账号",
    "member.own_copy": "下载本人信息",
    "member.register": "登记人员",
    "member.reveal": "查看完整证件号码",
    "member.settle": "登记人员状况",
    "member.transfer": "转接组织关系",
    "member.unlink_account": "解除关联账号",
    "organisation.change_kind": "改设党组织",
    "organisation.describe": "登记党组织基本情况",
    "organisation.dissolve": "撤销党组织",
    "organisation.found": "建立党组织",
    "organisation.merge": "合并党组织",
    "organisation.move": "调整隶属关系",
    "organisation.rename": "党组织更名",
    "organisation.split": "分设党组织",
    "post.leave": "免去党内职务",
    "post.take": "任党内职务",
    "term.correct": "更正届期",
    "term.open": "登记换届",
    "unit.edit": "修改单位信息",
    "unit.register": "登记单位",
}
"""Every action of the product as people read it."""

KIND_WORDS: Mapping[str, str] = {
    "account.": "账号和登录",
    "administrator.": "管理员",
    "appointment.": "任用",
    "audit.": "审计",
    "backup.": "备份",
    "check.": "核对",
    "correction.": "更正申请",
    "deed.": "撤回",
    "demo.": "演示数据",
    "group.": "小组",
    "import.": "导入",
    "keys.": "密钥",
    "member.": "党员",
    "organisation.": "党组织",
    "post.": "党内职务",
    "term.": "届期",
    "unit.": "单位",
}
"""What the verbs of one kind are about."""


def verb_words(verb: str) -> str:
    """A verb as people read it; one that the program has given up is told as such."""
    return VERB_WORDS.get(verb, "旧版本的事项")


def offered_verbs() -> list[tuple[str, str]]:
    """What a search offers: each kind as a whole, and below it its verbs."""
    offered = []
    for kind, title in KIND_WORDS.items():
        offered.append((kind, f"{title}（全部）"))
        offered += [(verb, f"　{words}") for verb, words in VERB_WORDS.items() if verb.startswith(kind)]
    return offered
