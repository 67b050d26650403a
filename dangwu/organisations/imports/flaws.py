"""What may be wrong with a row of a list of organisations beside the registered tree, in the words of people."""

from dangwu.foundation.sheets.shapes import Flaw, Severity

ERROR, DOUBT, WARNING = Severity.ERROR, Severity.DOUBT, Severity.WARNING


def strange(head: str) -> Flaw:
    """The list knows nothing of what stands there."""
    message = f"表中没有一行能与“{head}”已登记的党组织对得上，可能是别的单位的表"
    return Flaw("list.strange", DOUBT, message, "确定要导入到这里的，选择“按表中所写”；选错地方的，放弃这次导入")


def not_below(name: str, head: str) -> Flaw:
    """A leadership group is brought in below a committee."""
    message = f"“{name}”是党组，领导本单位，不在“{head}”之下"
    return Flaw("kind.not_below", ERROR, message, "请由上级导入，或者请系统管理员建立；或者不导入这一行")


def twice(name: str, first: int) -> Flaw:
    """Two rows mean one organisation."""
    return Flaw("organisation.twice", ERROR, f"“{name}”与第 {first} 行指的是同一个党组织", "请只保留一行")


def ambiguous(text: str) -> Flaw:
    """Several are meant as well as one."""
    remedy = "请选择是哪一个；都不是的，选择新建"
    return Flaw("organisation.ambiguous", DOUBT, f"“{text}”可能是已登记的几个党组织中的一个", remedy)


def elsewhere(name: str, registered: str, told: str) -> Flaw:
    """It stands somewhere else than the list says."""
    message = f"“{name}”登记在“{registered}”之下，表中的上级组织是“{told}”"
    remedy = (
        "确需调整的，请在该党组织的页面办理“调整隶属关系”；按表中所写的，只更新其他内容；是另一个同名党组织的，选择新建"
    )
    return Flaw("parent.differs", DOUBT, message, remedy)


def unknown_parent(text: str, *, is_registered: bool) -> Flaw:
    """What the list puts above is nowhere."""
    message = f"表中和已登记的党组织中都没有“{text}”"
    remedy = "请选择对应的上级组织，或者在表中补上这个党组织"
    if is_registered:
        return Flaw("parent.unknown", DOUBT, message, f"{remedy}；按表中所写的，不调整隶属关系")
    return Flaw("parent.unknown", ERROR, message, remedy)


def ambiguous_parent(text: str) -> Flaw:
    """Several may stand above."""
    message = f"上级组织“{text}”可能是几个党组织中的一个"
    return Flaw("parent.ambiguous", ERROR, message, "请选择是哪一个，或者写出全称")


def no_parent(name: str) -> Flaw:
    """Nobody said what stands above, and it cannot stand alone."""
    return Flaw("parent.missing", ERROR, f"没有写明“{name}”的上级组织", "请填写上级组织的名称")


def assumed_parent(name: str, above: str) -> Flaw:
    """Nobody said what stands above; one may."""
    message = f"没有写明“{name}”的上级组织，可能是“{above}”"
    return Flaw("parent.assumed", DOUBT, message, "确实如此的，选择“按表中所写”；不是的，请填写上级组织")


def another_highest(name: str) -> Flaw:
    """It would stand beside the highest there is."""
    message = f"没有写明“{name}”的上级组织，将作为最高一级建立"
    return Flaw("parent.highest", DOUBT, message, "确实如此的，选择“按表中所写”；不是的，请填写上级组织")


def highest_here(text: str) -> Flaw:
    """What stands above the highest is not kept here."""
    message = f"上级组织“{text}”不在本系统，导入后作为最高一级"
    return Flaw("parent.outside", WARNING, message, "不需要处理；以后可以再建立上级组织")


def circle(name: str) -> Flaw:
    """Going up from it one comes back to it."""
    message = f"从“{name}”逐级向上，又回到它自己"
    return Flaw("parent.circle", ERROR, message, "请核对这几个党组织的上级组织")


def no_group() -> Flaw:
    """Groups are kept inside a branch."""
    message = "党小组不是一级党组织，不能从党组织表导入"
    return Flaw("kind.group", ERROR, message, "请在所属党支部的页面设立，或者在名册的“党小组”一栏填写")


def other_kind(registered: str, told: str) -> Flaw:
    """It is of another kind than the list says."""
    message = f"登记的类别是“{registered}”，表中是“{told}”"
    remedy = "确需改设的，请在该党组织的页面办理“改设”；按表中所写的，只更新其他内容"
    return Flaw("kind.differs", DOUBT, message, remedy)


def dissolves(day: object) -> Flaw:
    """It is said to have ended."""
    message = f"表中写明已在 {day} 撤销，系统中没有登记撤销"
    remedy = "请在该党组织的页面办理“撤销”；按表中所写的，只更新其他内容"
    return Flaw("dissolved_on.open", DOUBT, message, remedy)


def never_stood(day: object, since: object) -> Flaw:
    """It ended before it could stand here."""
    message = f"已在 {day} 撤销，而上级组织自 {since} 起才登记，无法登记在它之下"
    return Flaw("dissolved_on.too_early", ERROR, message, "请不导入这一行，或者先更正上级组织的起始日期")


def outlives(name: str, day: object) -> Flaw:
    """It would stand under what has ended."""
    message = f"上级组织“{name}”已在 {day} 撤销，这个党组织没有写明撤销日期"
    return Flaw("parent.dissolved", ERROR, message, "请改写现在的上级组织，或者填写撤销日期")


def later(name: str) -> Flaw:
    """What comes later is registered already."""
    message = f"“{name}”在导入所写的日期之后已有变动登记，不能从更早的日期导入"
    return Flaw("organisation.later", ERROR, message, "请把生效日期改在那之后")


def unfit(label: str, told: str) -> Flaw:
    """A value that cannot be kept."""
    return Flaw("value.unfit", ERROR, f"{label}“{told}”太长或者超出范围，无法登记", "请核对后改短")


def namesake(name: str) -> Flaw:
    """Another would be called the same at the same place."""
    return Flaw("organisation.namesake", ERROR, f"同一上级之下已有“{name}”", "请换一个名称，或者不选择新建")
