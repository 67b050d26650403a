"""Every part of the pages on a few pages that only tests see: urls, views, and invented people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import ClassVar

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from dangwu.foundation.objections import ConflictError
from dangwu.foundation.pages.charts import Chart, Series
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Day, Text, Toggle
from dangwu.foundation.pages.finding import Finder, Found, PickField, answers, asked, wants_answers
from dangwu.foundation.pages.forms import ConfirmForm, ReasonField, SafeForm
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import (
    Datum,
    DefinitionList,
    EmptyState,
    Event,
    Link,
    Progress,
    StatTile,
    StatTiles,
    Tab,
    Tabs,
    Tag,
    Timeline,
)
from dangwu.foundation.pages.shell import AsOf, Crumb, NavItem, tell
from dangwu.foundation.pages.trees import Branch, Tree, TreeNode

TODAY = date(2026, 11, 23)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("一鸣", "雨桐", "建国", "思远", "晓燕", "文博")
KINDS = [("full", "正式党员"), ("probationary", "预备党员")]


@dataclass(frozen=True)
class Guest:
    number: int
    name: str
    kind: str
    joined: date | None
    hours: int
    phone: str = ""

    @property
    def standing(self) -> Tag:
        return Tag("逾期", "overdue") if self.number % 7 == 0 else Tag("正常", "good")


GUESTS = [
    Guest(
        number=number,
        name=SURNAMES[number % 10] + GIVEN[number % 6],
        kind="probationary" if number % 9 == 0 else "full",
        joined=date(2001, 7, 1) + timedelta(days=61 * number) if number % 11 else None,
        hours=number % 40,
        phone="+86 139" if number == 1 else "",
    )
    for number in range(1, 131)
]


class Guests(Listing):
    title = "党员名册"
    noun = "名党员"
    columns = (
        Column("name", "姓名", sort=("name",), link=lambda _: "/object/", note=lambda guest: f"第 {guest.number} 号"),
        Column("kind", "类别", value=lambda guest: dict(KINDS)[guest.kind], sort=("kind",)),
        Column("joined", "入党日期", sort=("joined",)),
        Column("hours", "本年学时", sort=("hours",), number=True),
        Column("standing", "情况"),
        Column("phone", "电话", only_exported=True),
    )
    filters = (
        Text("q", "姓名", "name", help="姓名中的字"),
        Choice("kind", "类别", "kind", KINDS),
        Day("since", "入党不早于", lambda rows, day: [row for row in rows if row.joined and row.joined >= day]),
        Toggle("late", "只看逾期", lambda rows, _: [row for row in rows if row.number % 7 == 0]),
    )
    default_sort = "name"
    empty = EmptyState("还没有党员", "导入名册，或者逐个登记。", Link("导入名册", "/import/"))


@dataclass
class Account:
    key: str = "account:17"
    name: str = "林知夏"


@dataclass
class Row:
    version: int = 3


def found(text: str) -> list[Found]:
    return [
        Found(guest.name, f"/object/?guest={guest.number}", f"第 {guest.number} 号", str(guest.number))
        for guest in GUESTS
        if text in guest.name
    ]


class RenameForm(SafeForm):
    layout: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "名称": ("name", "short_name"),
        "生效": ("on", "kinds", "kind", "told", "chair", "reason"),
    }

    name = forms.CharField(label="名称", help_text="写全称，例如“中共某某局机关第一支部委员会”。")
    short_name = forms.CharField(label="简称", required=False)
    on = forms.DateField(label="生效日期")
    kinds = forms.MultipleChoiceField(
        label="承担工作", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    kind = forms.ChoiceField(label="类别", choices=KINDS, widget=forms.RadioSelect)
    told = forms.BooleanField(label="已通知党员", required=False)
    chair = PickField(label="主持人", url="/search/", find=found, required=False)
    reason = ReasonField()


View = Callable[[HttpRequest], HttpResponseBase]
NAVIGATION = [
    NavItem("核对", "/", "home"),
    NavItem("党员", "/list/", "list", count=130),
    NavItem("党组织", "", "", [NavItem("组织树", "/object/", "object"), NavItem("更名", "/form/", "form")]),
]


def signed_in(view: View) -> View:
    @login_not_required
    @wraps(view)
    def as_account(request: HttpRequest) -> HttpResponseBase:
        request.actor = Account()  # type: ignore[attr-defined] # as the sign-in does
        return view(request)

    return as_account


def around(key: str) -> dict[str, object]:
    return {"navigation": NAVIGATION, "here": key, "crumbs": [Crumb("党务", "/"), Crumb("这一页")]}


TREE = [
    TreeNode(
        "1",
        "机关党委",
        "/object/",
        "312 名党员",
        children=[
            TreeNode("11", "第一党支部", "/object/", here=True),
            TreeNode("12", "第二党总支", "/object/", more_url="/branch/"),
        ],
        open=True,
    ),
    TreeNode("2", "下属单位党委", "/object/", more_url="/branch/"),
]


@login_not_required
def branch(request: HttpRequest) -> HttpResponse:
    assert "HX-Request" in request.headers, "without a script a page would be shown"
    return HttpResponse(
        str(Branch([TreeNode("21", "离退休党支部", "/object/"), TreeNode("22", "青年党支部", "/object/")]))
    )


@signed_in
def search(request: HttpRequest) -> HttpResponseBase:
    if wants_answers(request):
        return answers(found(asked(request)), request)
    return guests(request)


@signed_in
def guests(request: HttpRequest) -> HttpResponseBase:
    rows = [] if "none" in request.GET else GUESTS
    context = {"as_of": AsOf.of(request.GET, today=TODAY), "actions": [Link("登记党员", "/form/", main=True)]}
    return Guests(rows, request.GET).answer(request, context=around("list") | context)


@signed_in
def rename(request: HttpRequest) -> HttpResponseBase:
    form = RenameForm(request.POST or None, initial={"name": "第一党支部", "on": TODAY}, of=Row())
    if form.carried_out(rename_or_object):
        tell(request, "已更名。", undo="/undo/")
        return HttpResponseRedirect("/list/")
    context = {"heading": "更名", "form": form, "submit": "更名", "cancel": "/object/"}
    return render(request, "foundation/form_page.html", around("form") | context, status=form.status)


def rename_or_object(**given: object) -> None:
    if given["name"] == "抢先":
        raise ConflictError(yours=given, theirs={**given, "name": "第二党支部", "kind": "full", "version": 4})


@signed_in
def confirm(request: HttpRequest) -> HttpResponseBase:
    context = {
        "heading": "撤销第三党支部？",
        "consequences": ["支部撤销后不再有应办事项。", "12 名党员须先转出，不能留在已撤销的支部。"],
        "form": ConfirmForm(),
        "submit": "撤销这个支部",
        "cancel": "/object/",
    }
    return render(request, "foundation/confirm.html", around("object") | context)


@signed_in
def thing(request: HttpRequest) -> HttpResponse:
    parts = {
        "tiles": StatTiles(
            [StatTile("党员", 312, "/list/"), StatTile("预备党员", 14, "/list/?kind=probationary", "3 人待转正")]
        ),
        "timeline": Timeline(
            [
                Event(date(2027, 1, 1), "届满", kind="换届", text="须在届满前完成换届。", ahead=True),
                Event(date(2024, 3, 1), "更名为“机关第一党支部”", url="/list/", kind="更名"),
                Event(date(2019, 7, 1), "成立", kind="设立"),
            ]
        ),
        "held": DefinitionList(
            [
                Datum("姓名", "林知夏", "用于党员名册。", "/form/"),
                Datum("公民身份号码", "990101********001X", "用于识别重名党员。", "/form/", "/form/"),
                Datum("转正日期", None, "用于计算党龄。", "/form/"),
            ],
            title="基本信息",
        ),
        "chart": Chart(
            key="held",
            title="每月开展组织生活",
            kind="stacked",
            labels=["1月", "2月", "3月", "4月"],
            series=[Series("党员大会", [1, 0, 1, None]), Series("主题党日", [1, 1, 1, 2])],
            unit="次",
            urls=["/list/"] * 4,
        ),
        "tree": Tree("党组织", TREE, finder=Finder("/search/", "查找党组织", "find-organisation", "名称或拼音首字母")),
        "choice": Tree("调入的党支部", TREE, pick="branch", picked="11"),
        "progress": Progress("正在读取名册", 40),
        "empty": EmptyState("还没有活动", "第一次活动之后，这里会列出来。", Link("登记活动", "/form/")),
    }
    tabs = Tabs("党支部", [Tab("概况", "/object/", here=True), Tab("党员", "/list/", count=12)])
    return render(
        request, "kitchen/object.html", around("object") | parts | {"heading": "机关第一党支部", "tabs": tabs}
    )


urlpatterns = [
    path("", guests, name="home"),
    path("rules/", guests, name="rules"),
    path("appearance/", guests, name="appearance"),
    path("list/", guests),
    path("form/", rename),
    path("confirm/", confirm),
    path("object/", thing),
    path("branch/", branch),
    path("search/", search, name="search"),
    path("mine/", guests, name="mine"),
    path("sign-out/", guests, name="sign-out"),
]
