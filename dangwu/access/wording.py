"""Deeds about accounts in the words of people."""

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    "account.open": "开通",
    "account.rename": "改名",
    "account.disable": "停用",
    "account.enable": "启用",
    "account.reset": "开具重置口令",
    "account.resume": "恢复登录",
    "account.set_password": "用口令设置密码",
    "account.change_password": "修改密码",
    "account.lift_second_factor": "解除第二重验证",
    "account.end_sessions": "结束全部登录",
    "account.end_session": "结束一处登录",
    "account.signed_in": "登录",
    "account.signed_out": "退出",
    "account.sign_in_failed": "登录失败",
    "account.paused": "暂停登录",
    "account.second_factor_added": "添加第二重验证",
    "account.second_factor_removed": "删除第二重验证",
    "account.bind": "绑定单位身份",
    "account.connect": "本人绑定单位身份",
    "account.unbind": "解除绑定单位身份",
    "account.refuse_sign_on": "拒绝单位身份登录",
    "account.renew_feed": "生成日历订阅地址",
    "account.end_feed": "停用日历订阅",
    "account.export": "导出账号列表",
    "appointment.open": "任用",
    "appointment.end": "结束任用",
    "appointment.delegate": "委托",
    "appointment.end_delegation": "收回委托",
    "appointment.export": "导出任用列表",
    "administrator.first_codes": "开具管理员口令",
    "administrator.propose": "提出增设管理员",
    "administrator.propose_end": "提出免去管理员",
    "administrator.agree": "同意管理员变动",
    "administrator.withdraw": "撤回管理员变动",
    "administrator.begin": "管理员就任",
}
"""Every deed of this module; a test holds that none is missing."""

NEVER_SHOWN = frozenset({"account.signed_in", "account.signed_out"})
"""What the page of an account leaves to the audit: when somebody comes and goes is not for those who keep accounts."""
