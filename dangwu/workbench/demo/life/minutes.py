"""What stands in minutes: paragraphs put together by chance, so that no two are alike but those that were copied."""

from collections.abc import Sequence
from random import Random

_OPENINGS = (
    "{chair}主持会议，介绍了本次会议的安排，并对上次会议议定事项的落实情况作了说明。",
    "会议由{chair}主持。首先通报了近期支部工作，随后进入议题。",
    "{chair}首先带领大家回顾了上一阶段的工作，对本次议题作了说明。",
)
_LEARNT = (
    "会议传达学习了有关文件，重点就其中与本部门职责有关的条款逐条作了讲解，并与去年的要求作了比较。",
    "大家集体学习了原文。学习中停下来讨论了两处：一是怎样把要求落到窗口，二是怎样避免只留痕不落实。",
    "会议采取领学加讨论的方式，先学原文，再对照本岗位找差距，列出了三条需要马上改的事项。",
)
_SAID = (
    "{name}谈到，近期来办事的群众反映材料重复提交，建议把两张表合成一张，下月试行。",
    "{name}认为，年轻同志多，业务讲得多、谈心谈得少，建议每月留出半天专门交流。",
    "{name}提出，下沉社区时发现独居老人缴费不便，可以由党员先锋岗上门代办。",
    "{name}说，巡查中看到的问题要当场记、当周改，不能攒到年底一起销号。",
    "{name}结合自己经办的一件投诉谈了体会，检讨当时解释不够耐心，表示已同当事人当面说清。",
    "{name}建议与结对支部共用培训资源，把对方的技术骨干请来讲一课。",
    "{name}汇报了帮带新同志的情况，三个月来已能独立值班。",
    "{name}提醒大家注意节假日值守纪律，值班表要提前一周公布。",
)
_CLOSINGS = (
    "{chair}小结：议定的事项由各小组认领，下次会议逐项说明进度。",
    "会议议定：以上意见由组织委员整理后公示，办结一件销号一件。",
    "{chair}强调，工作要往实里做，能当场解决的不留到会后。",
)
OUTCOMES = (
    "讨论后一致同意，由组织委员牵头落实",
    "听取了情况，明确了分工和时限",
    "交流了体会，提出两条改进建议",
    "同意方案，按意见修改后执行",
    "已传达到每名党员，因事未到的由小组长补课",
)


def minutes(chair: str, speakers: Sequence[str], dice: Random) -> str:
    """Minutes of four to seven paragraphs."""
    said = dice.sample(_SAID, min(len(speakers), dice.randint(2, 4)))
    paragraphs = [
        dice.choice(_OPENINGS).format(chair=chair),
        dice.choice(_LEARNT),
        *(line.format(name=name) for line, name in zip(said, dice.sample(list(speakers), len(said)), strict=True)),
        dice.choice(_CLOSINGS).format(chair=chair),
    ]
    return "\n".join(paragraphs)
