"""The roster, and the list of what people ask to be corrected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.urls import reverse

from dangwu.foundation.pages.addresses import address
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Day, Filter, Text, Toggle
from dangwu.foundation.pages.finding import Found, PickField
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Tag
from dangwu.foundation.pages.selects import Pair, select
from dangwu.foundation.pages.words import label_of
from dangwu.members.ages import age_on, party_standing, years_before
from dangwu.members.correctable import title_of, wanted_words
from dangwu.members.models import Affiliation, Circumstances, Membership, Post
from dangwu.members.queries import called
from dangwu.members.roster import Rows, circumstance_of, holding, membership_of, place_of

Kind = Membership.Kind
ON_THE_WAY = (Kind.APPLICANT, Kind.ACTIVIST, Kind.CANDIDATE)
YOUNG = 40  # years: below this, somebody belongs to the study group of the young
SCHOOLING = ("研究生", "大学", "大专", "中专", "高中", "初中", "小学")
WHO = (
    ("", "党员"),
    (Kind.FULL, "正式党员"),
    (Kind.PROBATIONARY, "预备党员"),
    ("developing", "入党申请人、积极分子和发展对象"),
    *((kind, kind.label) for kind in ON_THE_WAY),
    ("gone", "已离开的人员"),
    ("everybody", "在册的全部人员"),
)


# --- what a row says


def branch_of(row: Affiliation) -> str:
    return place.called if (place := place_of(row)) else ""


def posts_of(row: Affiliation) -> str:
    """The posts of somebody; where one is elsewhere than in his own branch, it says where."""
    held: list[Post] = row.person.held_posts  # type: ignore[attr-defined] # fetched with the row
    return "、".join(
        label_of(Post.Kind, post.kind)
        if post.organisation_id == row.organisation_id
        else f"{post.where}{label_of(Post.Kind, post.kind)}"  # type: ignore[attr-defined] # fetched with the row
        for post in sorted(held, key=lambda post: Post.Kind.values.index(post.kind))
    )


TONES = {Circumstances.Whereabouts.OUT_OF_TOUCH: "overdue", Circumstances.Whereabouts.MOBILE: "soon"}


def whereabouts_of(row: Affiliation) -> Tag | str:
    held = circumstance_of(row)
    if not held or not held.whereabouts:
        return ""
    return Tag(
        label_of(Circumstances.Whereabouts, held.whereabouts),
        TONES.get(Circumstances.Whereabouts(held.whereabouts), "hint"),
    )


def _of_membership(told: Callable[[Membership], object]) -> Callable[[Affiliation], object]:
    return lambda row: told(held) if (held := membership_of(row)) else ""


def _of_circumstances(told: Callable[[Circumstances], object]) -> Callable[[Affiliation], object]:
    return lambda row: told(held) if (held := circumstance_of(row)) else ""


def _of_person(name: str) -> Callable[[Affiliation], object]:
    return lambda row: getattr(row.person, name)


def _masked(name: str) -> Callable[[Affiliation], object]:
    return lambda row: held.masked if (held := getattr(row.person, name)) else ""


# --- filters


class Who(Choice):
    """Whom the roster shows; members of the Party where nothing else is asked for. The view chooses the rows."""

    def field(self, offered: Sequence[Pair]) -> forms.Field:
        return select(self.title, offered)


@dataclass(frozen=True, slots=True)
class Years(Filter):
    """A number of years."""

    def field(self, offered: Sequence[Pair]) -> forms.Field:  # noqa: ARG002 - any number
        widget = forms.NumberInput({"class": "form-control", "min": 0, "max": 120})
        return forms.IntegerField(label=self.title, required=False, min_value=0, max_value=120, widget=widget)

    def told(self, value: object, offered: Sequence[Pair]) -> str:  # noqa: ARG002 - any number
        return f"{self.title}：{value} 岁"


@dataclass(frozen=True, slots=True)
class Place(Filter):
    """An organisation with all below it, found by typing. What is offered says where to find, and its name."""

    find: Callable[[str], Sequence[Found]] = lambda _: ()

    def field(self, offered: Sequence[Pair]) -> forms.Field:
        field = PickField(label=self.title, required=False, find=self.find, url=dict(offered).get("url", ""))
        field.widget.attrs |= {"class": "form-control", "placeholder": "名称或者拼音首字母", "autocomplete": "off"}
        return field

    def told(self, value: object, offered: Sequence[Pair]) -> str:  # noqa: ARG002 - one organisation
        return f"{dict(offered).get('name') or self.title}（含下级）"


def _as_asked(rows: Rows, _: object) -> Rows:
    """The view has chosen already."""
    return rows


def _called(rows: Rows, text: str) -> Rows:
    return rows.filter(called(text, "person__"))


def _han(rows: Rows, wanted: str) -> Rows:
    han = Q(person__ethnicity__in=("汉", "汉族"))
    return rows.filter(han) if wanted == "han" else rows.exclude(han | Q(person__ethnicity=""))


def _offered(choices: Any) -> list[Pair]:  # noqa: ANN401 - the choices of a column
    return [(str(key), str(label)) for key, label in choices]


class Roster(Listing):
    """Who belongs where, as of the day that a subclass made by `roster_as_of` has."""

    title, noun = "党员名册", "人"
    on: date
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "name",
            "姓名",
            value=lambda row: row.person.name,
            sort=("person__pinyin",),
            link=lambda row: address("member", row.person_id),
        ),
        Column("branch", "党组织", value=branch_of, sort=("place__path",), note=lambda row: row.group or "", width=24),
        Column("group", "党小组", value=lambda row: row.group or "", only_exported=True),
        Column(
            "kind",
            "类别",
            value=_of_membership(lambda held: label_of(Membership.Kind, held.kind)),
            sort=("membership__kind",),
        ),
        Column("posts", "党内职务", value=posts_of, width=24),
        Column(
            "employment",
            "在职情况",
            value=_of_circumstances(lambda held: label_of(Circumstances.Employment, held.employment)),
        ),
        Column("whereabouts", "流动情况", value=whereabouts_of),
        Column("gender", "性别", value=_of_person("gender"), only_exported=True),
        Column("ethnicity", "民族", value=_of_person("ethnicity"), only_exported=True),
        Column("birth", "出生日期", value=_of_person("birth"), only_exported=True),
        Column("education", "学历", value=_of_person("education"), only_exported=True),
        Column("degree", "学位", value=_of_person("degree"), only_exported=True),
        Column("unit_post", "行政职务", value=_of_person("unit_post"), only_exported=True, width=24),
        Column("category", "人员身份", value=_of_circumstances(lambda held: held.category), only_exported=True),
        Column("joined_on", "入党日期", value=_of_membership(lambda held: held.joined_on), only_exported=True),
        Column("confirmed_on", "转正日期", value=_of_membership(lambda held: held.confirmed_on), only_exported=True),
        Column("identity", "公民身份号码（部分隐去）", value=_masked("identity"), only_exported=True, width=24),
        Column("phone", "手机号码（部分隐去）", value=_masked("phone"), only_exported=True, width=18),
    )
    filters: ClassVar[tuple[Filter, ...]] = (
        Text("q", "搜索", by=_called, help="姓名、拼音首字母、号码末四位"),
        Place("organisation", "党组织", by=_as_asked),
        Who("kind", "人员类别", by=_as_asked, offered=WHO),
        Choice("employment", "在职情况", "circumstance__employment", _offered(Circumstances.Employment.choices)),
    )
    default_sort = "name"
    asks_itself = frozenset({"q", "organisation", "kind"})  # filters that ask nothing of what is read with a row
    empty = EmptyState("这里还没有党员", "换一天看看；或者逐个登记。")


MORE = ("whereabouts", "category", "gender", "ethnicity", "education", "post", "since", "until", "from", "to", "young")
"""The filters that are shown when somebody asks for more."""


def roster_as_of(on: date, find: Callable[[str], Sequence[Found]], *, in_detail: bool) -> type[Roster]:
    """The roster as of a day: ages and party standing are those of that day."""

    class RosterThen(Roster):
        columns = (
            *Roster.columns[:4],
            _standing_column(on),
            *Roster.columns[4:7],
            _age_column(on),
            *Roster.columns[7:],
        )
        filters = (*_found_by(find), *(_more(on) if in_detail else ()))

    RosterThen.on = on
    return RosterThen


def _found_by(find: Callable[[str], Sequence[Found]]) -> list[Filter]:
    place = Place("organisation", "党组织", by=_as_asked, find=find)
    return [place if isinstance(each, Place) else each for each in Roster.filters]


def _standing_column(on: date) -> Column:
    return Column(
        "standing",
        "党龄（年）",
        value=lambda row: party_standing(held, on) if (held := membership_of(row)) else None,
        sort=("membership__confirmed_on",),
        number=True,
    )


def _age_column(on: date) -> Column:
    return Column("age", "年龄", value=lambda row: age_on(row.person.birth, on), sort=("person__birth",), number=True)


def _more(on: date) -> tuple[Filter, ...]:
    def at_least(rows: Rows, years: int) -> Rows:
        return rows.filter(person__birth__lte=str(years_before(on, years))).exclude(person__birth="")

    def younger(rows: Rows, years: int) -> Rows:
        return rows.filter(person__birth__gt=str(years_before(on, years)))

    return (
        Choice("whereabouts", "流动情况", "circumstance__whereabouts", _offered(Circumstances.Whereabouts.choices)),
        Text("category", "人员身份", "circumstance__category__icontains", help="例如 公务员"),
        Choice("gender", "性别", "person__gender", [("男", "男"), ("女", "女")]),
        Choice("ethnicity", "民族", _han, [("han", "汉族"), ("other", "少数民族")]),
        Choice("education", "学历", "person__education__icontains", [(word, word) for word in SCHOOLING]),
        Choice(
            "post",
            "党内职务",
            lambda rows, kind: holding(rows, kind, on),
            [("any", "任一职务"), *_offered(Post.Kind.choices)],
        ),
        Day("since", "入党不早于", "membership__joined_on__gte"),
        Day("until", "入党不晚于", "membership__joined_on__lte"),
        Years("from", "年龄不小于", at_least),
        Years("to", "年龄不大于", lambda rows, years: younger(rows, years + 1)),
        Toggle("young", f"只看 {YOUNG} 岁以下", lambda rows, _: younger(rows, YOUNG)),
    )


# --- requests


class Requests(Listing):
    """What people ask to be corrected."""

    title, noun = "更正申请", "件"
    columns = (
        Column(
            "person",
            "姓名",
            value=lambda request: request.person.name,
            sort=("person__pinyin",),
            link=lambda request: reverse("correction-answer", args=[request.pk]),
        ),
        Column("title", "更正项目", value=title_of),
        Column("wanted", "应当为", value=wanted_words),
        Column("note", "说明"),
        Column("asked_on", "提出日期", sort=("asked_on",)),
    )
    default_sort = "asked_on"
    empty = EmptyState(
        "没有待办理的更正申请", "党员在“我的”页面提出更正后，会列在这里。", Link("党员名册", "/members/")
    )
