"""The columns of a roster, and under which heads they stand; of several heads for one, the first is preferred."""

from dataclasses import replace
from datetime import date

from dangwu.foundation.sheets.codes import code_table
from dangwu.foundation.sheets.identity import looks_like_identity
from dangwu.foundation.sheets.shapes import Field, Severity, Sheet, Surroundings
from dangwu.members.cells import (
    Parse,
    coded,
    dates_on,
    identity_parser,
    looks_coded,
    looks_like_organisation,
    looks_like_phone,
    parse_employment,
    parse_identity,
    parse_long_text,
    parse_money,
    parse_name,
    parse_phone,
    parse_text,
)
from dangwu.members.guides import GUIDES

_NOTHING_AROUND = Surroundings((), since_1904=False)
_IGNORED = (
    "序号 编号 党员编号 工号 年龄 党龄 工龄 申请入党时间 申请入党日期 入党申请时间 入党申请日期 "
    "递交入党申请书时间 确定积极分子时间 确定入党积极分子时间 列为积极分子时间 列为发展对象时间 确定发展对象时间 "
    "确定为发展对象时间 参加工作时间 工作时间 任现职时间 任职时间 入党介绍人 介绍人 培养联系人 转入时间 转出时间 "
    "转入党支部 转出党支部 转入时间 退休时间 出生地 户籍地址 户籍所在地 户口所在地 毕业院校 毕业院校及专业 "
    "毕业时间 所学专业 工作单位 单位 部门 所在单位 所在部门 照片 审核人 填表人 紧急联系人 紧急联系人电话 应交党费 "
    "月应交党费 党费标准 交纳比例 缴费比例"
)


def _column(name: str, label: str, heads: str, parse: Parse = parse_text) -> Field:
    return Field(name, label, tuple(heads.split()), parse)


def _date_column(name: str, label: str, heads: str, on: date) -> Field:
    within = dates_on(name, label, on)
    return Field(name, label, tuple(heads.split()), within(_NOTHING_AROUND), within=within)


def roster_sheet(on: date) -> Sheet:
    """The roster as it is read on a day."""
    return Sheet(
        title="党员名册",
        needs=("name",),
        fields=tuple(map(_guided, (*_PERSON, *_MEMBERSHIP, *_REST, *_dates(on)))),
        ignored=tuple(_IGNORED.split()),
    )


def _guided(field: Field) -> Field:
    """The field as a blank form tells of it."""
    return replace(field, guide=GUIDES[field.name])


def _dates(on: date) -> tuple[Field, ...]:
    return (
        _date_column("birth_date", "出生日期", "出生年月日 出生年月 出生时间 出生 生日 公历生日 出生日", on),
        _date_column(
            "joined_on",
            "入党日期",
            "入党时间 入党年月 入党年月日 加入党组织日期 加入党组织时间 加入中国共产党时间 加入中国共产党日期 "
            "何时入党 入党 加入中共组织的时间 加入中共组织时间 接收预备党员时间 接收为预备党员时间 "
            "接收预备党员日期 成为预备党员时间 吸收为预备党员时间 批准入党时间 批准为预备党员时间 参加党组织时间",
            on,
        ),
        _date_column(
            "confirmed_on",
            "转正日期",
            "转正时间 转正年月 转正年月日 转为正式党员时间 转为正式党员日期 成为正式党员时间 预备党员转正时间 "
            "预备党员转正日期 转正 何时转正 批准转正时间 按期转正时间",
            on,
        ),
    )


_PERSON = (
    _column("name", "姓名", "党员姓名 党员 姓名全称 党员名字 名字 党员名称", parse_name),
    replace(
        _column(
            "gender",
            "性别",
            "男女 党员性别 性别代码",
            coded("gender", "性别", Severity.ERROR, lambda code: code.word),
        ),
        looks_like=looks_coded("gender"),
        show=code_table("gender").name_of,
    ),
    replace(
        _column(
            "ethnicity",
            "民族",
            "族别 民族成份 民族成分",
            coded("ethnicity", "民族", Severity.WARNING, lambda code: code.name),
        ),
        looks_like=looks_coded("ethnicity"),
    ),
    replace(
        _column(
            "identity_number",
            "公民身份号码",
            "身份证号码 身份证号 身份证 公民身份证号码 公民身份证号 居民身份证号码 居民身份证号 身份号码 "
            "身份证件号码 身份证件号 证件号码 证件号 二代身份证号 18位身份证号",
            parse_identity,
        ),
        looks_like=looks_like_identity,
        within=identity_parser,
    ),
    replace(
        _column(
            "phone",
            "联系电话",
            "手机号码 手机号 手机 移动电话 电话 电话号码 联系方式 本人电话 联系手机 联系电话号码 固定电话 办公电话",
            parse_phone,
        ),
        looks_like=looks_like_phone,
    ),
    _column(
        "education",
        "学历",
        "最高学历 文化程度 学历情况 学历层次 学历学位 全日制学历 教育程度",
        coded("education", "学历", Severity.WARNING, lambda code: code.name),
    ),
    _column("degree", "学位", "最高学位 学位情况"),
    _column("native_place", "籍贯", "祖籍 籍贯地"),
    _column(
        "home_address",
        "家庭住址",
        "家庭地址 现居住地 现住址 住址 居住地址 居住地 常住地址 家庭详细住址 现家庭住址 通讯地址",
    ),
)
_MEMBERSHIP = (
    replace(
        _column(
            "member_kind",
            "人员类别",
            "党员类别 党员类型 人员类型 党员身份 党员种类 党籍状态 正式预备 正式/预备 是否正式党员 党员性质 党籍 "
            "类别 党员状态 政治面貌",
            coded("member_kind", "人员类别", Severity.ERROR, lambda code: code.word),
        ),
        looks_like=looks_coded("member_kind"),
        show=code_table("member_kind").name_of,
    ),
    replace(
        _column(
            "organisation",
            "所在党支部",
            "党支部名称 党支部 所在支部 所属党支部 所属支部 支部名称 支部 所在党支部名称 所属党支部名称 "
            "党员所在党支部 所在党组织 所属党组织 党组织名称 党组织 所在党组织名称 所属党组织名称 "
            "组织关系所在党支部 组织关系所在支部 组织关系所在党组织 组织关系所在地 党支部全称 所在基层党组织 "
            "党员所在支部 隶属党支部 隶属支部",
            parse_text,
        ),
        looks_like=looks_like_organisation,
        heads_blocks=True,
    ),
    _column(
        "group",
        "党小组",
        "所在党小组 所属党小组 所在小组 党小组名称 小组 所属小组",
        parse_text,
    ),
    _column(
        "post",
        "党内职务",
        "党内任职 党内职务名称 支部职务 支部任职 党组织职务 党务职务 党支部职务 现任党内职务 党内情况职务 "
        "组织内职务 担任党内职务",
    ),
)
_REST = (
    replace(
        _column(
            "employment_kind",
            "在职情况",
            "在职状态 在职离退休 在职/离退休 在职或离退休 在职退休 在职/退休 离退休情况 人员状态 人员身份 "
            "个人身份 工作状态 岗位状态 身份 现任职状态",
            parse_employment,
        ),
        looks_like=looks_coded("employment_kind"),
        show=code_table("employment_kind").name_of,
    ),
    _column(
        "unit_post",
        "行政职务",
        "单位及职务 工作单位及职务 单位职务 现任职务 职务 工作单位及岗位 工作岗位 岗位 职务职级 单位及岗位 "
        "行政职务职级 现任行政职务 单位、职务 部门及职务 部门职务 职务/职级 现工作单位及职务 所在处室及职务",
    ),
    _column("remarks", "备注", "说明 备注说明 其他说明 备考", parse_long_text),
    _column(
        "dues_base",
        "党费计算基数",
        "党费基数 党费缴纳基数 党费交纳基数 缴纳基数 交纳基数 缴费基数 交费基数 计算基数 月党费基数 党费核算基数",
        parse_money,
    ),
    _column(
        "dues_paid",
        "每月交纳党费",
        "每月缴纳党费 月交纳党费 月缴纳党费 月交党费 月缴党费 每月实交党费 每月实缴党费 月实交党费 月实缴党费 "
        "实交党费 实缴党费 每月党费 月党费 交纳党费 缴纳党费 党费 党费金额",
        parse_money,
    ),
)
