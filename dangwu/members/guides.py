"""What a blank roster tells of each column."""

from collections.abc import Mapping

from dangwu.foundation.sheets.codes import code_table
from dangwu.foundation.sheets.shapes import Content, Guide
from dangwu.members.personal import AFFILIATION, CIRCUMSTANCES, MEMBERSHIP, PERSON, POST

_TO_THE_MONTH = "写到日；只知道年月的，写到月"


def _chosen(table: str, how: str, kept_for: str, *, required: bool = False) -> Guide:
    choices = code_table(table).choices
    return Guide(how, choices[0], required, choices=choices, kept_for=kept_for)


GUIDES: Mapping[str, Guide] = {
    "name": Guide("写全名，与身份证一致", "王芳", required=True, kept_for=PERSON["name"].purpose),
    "gender": _chosen("gender", "不写的，按身份证号码推定", PERSON["gender"].purpose),
    "ethnicity": _chosen("ethnicity", "写规范名称", PERSON["ethnicity"].purpose),
    "identity_number": Guide(
        "18 位，按文本填写；末位是 X 的写大写", content=Content.DIGITS, kept_for=PERSON["identity"].purpose
    ),
    "phone": Guide(
        "手机号码，或者“区号-号码”；有几个的，用顿号隔开",
        "13900000000",
        content=Content.DIGITS,
        kept_for=PERSON["phone"].purpose,
    ),
    "education": _chosen("education", "写最高学历", PERSON["education"].purpose),
    "degree": Guide("写最高学位", "法学学士", kept_for=PERSON["degree"].purpose),
    "native_place": Guide("写到县", "山东济宁", kept_for=PERSON["native_place"].purpose),
    "home_address": Guide("可以不写", kept_for="只在核对表格时使用。"),
    "member_kind": _chosen("member_kind", "正式党员或者预备党员", MEMBERSHIP["kind"].purpose, required=True),
    "organisation": Guide(
        "写党支部名称，与组织名册一致", "办公室党支部", required=True, kept_for=AFFILIATION["organisation_id"].purpose
    ),
    "group": Guide("没有划分党小组的不写", "第一党小组", kept_for=AFFILIATION["group_id"].purpose),
    "post": Guide("没有党内职务的不写", "组织委员", kept_for=POST["kind"].purpose),
    "employment_kind": _chosen("employment_kind", "在职、离退休或者其他", CIRCUMSTANCES["employment"].purpose),
    "unit_post": Guide("写单位内的职务", "一级主任科员", kept_for=PERSON["unit_post"].purpose),
    "remarks": Guide("需要说明的情况"),
    "dues_base": Guide(
        "每月工资收入中计算党费的部分，单位：元",
        "6000",
        content=Content.AMOUNT,
        kept_for=MEMBERSHIP["dues_base"].purpose,
    ),
    "dues_paid": Guide(
        "每月实际交纳的数额，单位：元", "90", content=Content.AMOUNT, kept_for=MEMBERSHIP["dues_paid"].purpose
    ),
    "birth_date": Guide(_TO_THE_MONTH, "1985-03-12", content=Content.DATE, kept_for=PERSON["birth"].purpose),
    "joined_on": Guide(
        f"成为预备党员的日期。{_TO_THE_MONTH}",
        "2009-07-01",
        content=Content.DATE,
        kept_for=MEMBERSHIP["joined_on"].purpose,
    ),
    "confirmed_on": Guide(
        f"转为正式党员的日期；预备党员不写。{_TO_THE_MONTH}",
        "2010-07-01",
        content=Content.DATE,
        kept_for=MEMBERSHIP["confirmed_on"].purpose,
    ),
}
