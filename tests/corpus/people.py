"""Invented people and meetings; identity numbers are of a region that is assigned to nobody."""

from datetime import date, timedelta
from random import Random
from typing import Any

from dangwu.foundation.sheets.identity import check_digit

ON = date(2026, 11, 23)
NAMES = (
    *(
        "王芳",
        "李强",
        "赵敏",
        "孙丽",
        "周建国",
        "吴晓峰",
        "郑海燕",
        "冯志远",
        "欧阳娜娜",
        "司马相如",
        "阿依古丽·买买提",
    ),
    *(
        "巴特尔",
        "𠮷野",
        "𡈽小明",
        "𪚥龙",
        "𫝹兰",
        "𬎆玲",
        "㛃晴",
        "𮧴安",
        "𰻞面",
        "𱍐青",
        "𲎯平",
        "古丽巴哈尔·艾合麦提江·吐尔逊",
    ),
)
BRANCHES = ("办公室党支部", "第一党支部", "离退休干部党支部", "业务二处党支部")
_FIRST_BIRTH = date(1950, 1, 1).toordinal()
_LAST_BIRTH = date(1999, 12, 31).toordinal()


def people(number: int, dice: Random) -> list[dict[str, Any]]:
    """Members in the order of their branches; all truths are as exact as can be."""
    names = dice.sample(NAMES, number)
    return [_person(name, BRANCHES[place * len(BRANCHES) // number], place, dice) for place, name in enumerate(names)]


def _person(name: str, branch: str, place: int, dice: Random) -> dict[str, Any]:
    born = date.fromordinal(dice.randint(_FIRST_BIRTH, _LAST_BIRTH))
    joined = born + timedelta(days=dice.randint(19, 26) * 366)
    gender = dice.choice(["male", "female"])
    kind = "full" if joined < date(2025, 6, 1) else "probationary"
    return {
        "name": name,
        "gender": gender,
        "ethnicity": dice.choice(["汉族", "满族", "维吾尔族"]),
        "birth_date": born,
        "identity_number": identity_number(born, gender, place),
        "phone": f"1390000{place:04}",
        "education": dice.choice(["大学本科", "大学专科", "研究生"]),
        "native_place": dice.choice(["山东济宁", "吉林延边"]),
        "member_kind": kind,
        "organisation": branch,
        "group": f"第{'一二'[place % 2]}党小组",
        "post": "书记" if not place else None,
        "joined_on": joined,
        "confirmed_on": joined + timedelta(days=366) if kind == "full" else None,
        "employment_kind": dice.choice(["in_service", "retired", "other"]),
        "unit_post": dice.choice(["科长", "一级主任科员"]),
        "remarks": None,
    }


def identity_number(born: date, gender: str, place: int) -> str:
    """A number with a right check digit that does not end in 000."""
    seventeen = f"990101{born:%Y%m%d}{place:02}{1 if gender == 'male' else 2}"
    return seventeen + check_digit(seventeen)
