"""Deeds about people in the words of people."""

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    "member.register": "登记入册",
    "member.describe": "修改基本情况",
    "member.reveal": "查看完整号码",
    "member.admission": "登记发展情况",
    "member.advance": "变更党籍",
    "member.transfer": "转接组织关系",
    "member.leave": "转出",
    "member.settle": "变更人员状况",
    "member.correct": "更正历史记录",
    "member.correct_transfer": "更正组织关系转接",
    "member.join_group": "编入小组",
    "member.leave_group": "退出小组",
    "member.link_account": "关联账号",
    "member.unlink_account": "解除账号关联",
    "member.own_copy": "下载本人全部记录",
    "member.export": "导出名册",
    "member.reconcile": "与全国系统核对",
    "member.export_differences": "导出核对差异",
    "post.take": "登记任职",
    "post.leave": "登记卸任",
    "deed.take_back": "撤回刚办理的事项",
    "correction.ask": "提出更正",
    "correction.accept": "采纳更正",
    "correction.decline": "不采纳更正",
}
"""Every deed about one person; a test holds that none is missing."""
