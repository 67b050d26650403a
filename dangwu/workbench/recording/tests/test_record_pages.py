"""The page opens filled in, says what the rule says, and what it sends becomes a record once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import change
from dangwu.members.models import Affiliation
from dangwu.organisations.models import Organisation
from dangwu.records.models import Absence, Activity, AgendaItem, Draft, Participation, Resolution
from dangwu.records.services.drafts import forget_old_drafts
from dangwu.records.told import Away
from dangwu.workbench.recording.fields import paragraphs
from dangwu.workbench.recording.tests.conftest import Typed, undone
from tests.cast import PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def url(office: Organisation, kind: str = "general_assembly") -> str:
    return reverse("record", args=[office.pk, kind])


def kept() -> list[Activity]:
    return list(Activity.objects.unscoped("a test").exclude(ledger="x").order_by("pk"))


def test_it_opens_with_everybody_present_and_what_is_likely(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(
        url(office),
        typed(
            held_on="2026-04-10",
            late_reason="当时出差",
            chair="严明",
            agenda_text=["换届准备"],
            agenda_open=["0"],
            agenda_outcome=["再议"],
            agenda_from=[""],
        ),
    )
    form = page.get(url(office)).context["form"]
    assert [one.name for one in form.called][:3] == ["钟正", "严明", "文清"]
    assert (form.initial["place"], form.initial["chair"].name) == ("三楼会议室", "严明")
    assert form.initial["agenda"][0]["text"] == "换届准备"
    assert "应到 <strong>8</strong>，实到 <strong>8</strong>" in page.get(url(office)).content.decode()


def test_it_says_at_once_what_the_rule_says(place: Bureau, page: Client, office: Organisation, typed: Typed) -> None:
    away = [str(place.people[name].pk) for name in ("谷雨", "冬青", "夏至", "秋分", "白露")]
    said = page.post(url(office), typed(absent=away), HTTP_HX_REQUEST="true").content.decode()
    assert "应到 <strong>8</strong>，实到 <strong>3</strong>" in said
    assert "至少要到 4 人才能进行表决" in said
    assert "《中国共产党支部工作条例（试行）》第11条" in said
    assert kept() == []


def test_what_is_sent_becomes_a_record(place: Bureau, page: Client, office: Organisation, typed: Typed) -> None:
    person = place.people["谷雨"].pk
    sent = typed(
        absent=[person],
        **{f"absent_{person}": "出差"},
        vote_text=[""],
        votes_text=["通过工作计划"],
        votes_for=[""],
        votes_against=["1"],
        votes_abstained=[""],
        agenda_text=["工作计划", ""],
        agenda_outcome=["通过", ""],
        agenda_from=["", ""],
        minutes="一、学习。\r\n\r\n\r\n\r\n二、\xa0讨论。\x0b三、散会。",
    )
    response = page.post(url(office), sent)
    (held,) = kept()
    assert response["Location"] == reverse("activity", args=[held.pk])
    assert (held.state, held.expected, held.present, held.minutes) == (
        "concluded",
        8,
        7,
        "一、学习。\n\n二、 讨论。\n三、散会。",
    )
    assert [(row.name, row.reason) for row in Absence.objects.of(activity=held)] == [("谷雨", "出差")]
    assert [(row.text, row.in_favour, row.against) for row in Resolution.objects.of(activity=held)] == [
        ("通过工作计划", 6, 1)
    ]
    assert [row.outcome for row in AgendaItem.objects.of(activity=held)] == ["通过"]


def test_sent_twice_it_has_one_effect(page: Client, office: Organisation, typed: Typed) -> None:
    sent = typed()
    assert page.post(url(office), sent)["Location"] == page.post(url(office), sent)["Location"]
    assert len(kept()) == 1


def test_what_was_typed_is_there_again_with_its_key(page: Client, office: Organisation, typed: Typed) -> None:
    sent = typed(topic="写到一半", minutes="第一段。\n第二段。")
    said = page.post(url(office), sent, HTTP_HX_REQUEST="true").content.decode()
    assert "已自动保存 10:30" in said
    assert "您 5月12日 10:30 填过这条记录" in page.get(url(office)).content.decode()
    form = page.get(url(office) + f"?draft={sent['idempotency_key']}").context["form"]
    assert (form.initial["topic"], str(form["idempotency_key"].value())) == ("写到一半", sent["idempotency_key"])
    page.post(url(office), sent)
    assert "填过这条记录" not in page.get(url(office)).content.decode()
    page.post(url(office), sent, HTTP_HX_REQUEST="true")
    assert "填过这条记录" not in page.get(url(office)).content.decode()


def test_two_forms_that_are_open_at_once_have_a_draft_each(page: Client, office: Organisation, typed: Typed) -> None:
    sent = [typed(topic=topic) for topic in ("上午的会", "下午的会")]
    for each in sent:
        page.post(url(office), each, HTTP_HX_REQUEST="true")
    page.post(url(office), sent[0])
    ((address, _),) = page.get(url(office)).context["offers"]
    assert page.get(address).context["form"].initial["topic"] == "下午的会"


def test_a_draft_that_is_not_wanted_goes(page: Client, office: Organisation, typed: Typed) -> None:
    sent = typed()
    page.post(url(office), sent, HTTP_HX_REQUEST="true")
    page.post(url(office), {"drop": sent["idempotency_key"]})
    assert "填过这条记录" not in page.get(url(office)).content.decode()


def test_more_lines_are_had_without_a_script(page: Client, office: Organisation, typed: Typed) -> None:
    sent = typed(more="agenda", agenda_text=["甲", "乙"], agenda_outcome=["", ""], agenda_from=["", ""])
    response = page.post(url(office), sent)
    assert response.status_code == 200
    assert response.content.decode().count('name="agenda_text"') == 3
    assert 'value="乙"' in response.content.decode()
    assert kept() == []


def test_a_meeting_without_its_quorum_is_asked_about_once(
    place: Bureau, page: Client, office: Organisation, typed: Typed
) -> None:
    away = [str(place.people[name].pk) for name in ("谷雨", "冬青", "夏至", "秋分", "白露")]
    asked = page.post(url(office), typed(absent=away))
    assert asked.status_code == 422
    assert "至少要到 4 人" in asked.content.decode()
    assert kept() == []
    page.post(url(office), typed(absent=away, seen=asked.context["said"].asked))
    assert [held.present for held in kept()] == [3]


def test_the_same_meeting_again_is_asked_about(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed())
    asked = page.post(url(office), typed(topic="讨论今年工作"))
    assert "是不是同一次活动" in asked.content.decode()
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"held_on": "2026-05-20"}, "还没有到"),
        ({"held_on": "昨天"}, "请写成 2026-09-30 的样子"),
        ({"held_on": "2026-04-01"}, "请写明补记的原因"),
        ({"topic": ""}, "请写明主题，或者至少一项议题"),
        ({"absent": ["999999"]}, "名单已经变了"),
        ({"votes_text": ["甲"], "votes_for": ["九"], "votes_against": [""], "votes_abstained": [""]}, "不是数字"),
        ({"votes_text": ["甲"], "votes_for": ["9"], "votes_against": [""], "votes_abstained": [""]}, "合计 9 票"),
        (
            {"votes_text": [""], "votes_for": ["9"], "votes_against": [""], "votes_abstained": [""]},
            "没有写表决的是什么",
        ),
        ({"agenda_text": [""], "agenda_outcome": ["通过"], "agenda_from": [""]}, "请补上议题"),
        ({"agenda_text": ["甲"], "agenda_outcome": [""], "agenda_from": ["77"]}, "已经不在了"),
        ({"besides": ["leaders_study"]}, "leaders_study"),
        ({"partners_text": ["没有这个支部"], "partners_key": [""]}, "没有找到"),
        ({"idempotency_key": "x"}, ""),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(
    page: Client, office: Organisation, typed: Typed, told: dict[str, Any], words: str
) -> None:
    response = page.post(
        url(office, "theme_day" if "partners_text" in told else "general_assembly"), typed(minutes="写了很多", **told)
    )
    assert response.status_code in {400, 422}
    assert words in response.content.decode()
    assert response.status_code == 400 or "写了很多" in response.content.decode()
    assert kept() == []


def test_a_group_meets_with_its_own_members(page: Client, office: Organisation, typed: Typed) -> None:
    address = url(office, "group_meeting") + "?group=第二党小组"
    assert {one.name for one in page.get(address).context["form"].called} == {"文清", "白露", "冬青", "谷雨"}
    page.post(address, typed())
    assert [(held.group, held.expected) for held in kept()] == [("第二党小组", 4)]


def test_those_who_went_to_the_community_are_named(
    place: Bureau, page: Client, office: Organisation, typed: Typed
) -> None:
    sent = typed(
        took_part=[place.people["谷雨"].pk], others="社区老周、李姐", topic="", days="2", confirmed_by="南街社区"
    )
    page.post(url(office, "community_rotation"), sent)
    (held,) = kept()
    names = [row.name for row in Participation.objects.of(activity=held)]
    assert (names, held.present, str(held.days), held.confirmed_by) == (
        ["谷雨", "社区老周", "李姐"],
        3,
        "2.0",
        "南街社区",
    )


def test_two_who_write_at_once_see_both_texts(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(then="minute", minutes="原文"))
    (held,) = kept()
    address = reverse("activity-minutes", args=[held.pk])
    seen = page.get(address).context["form"]["version"].value()
    agenda = {"agenda_text": ["甲"], "agenda_from": [""]}
    page.post(address, typed(then="minute", minutes="别人写的", agenda_outcome=["缓议"], version=seen, **agenda))
    mine = typed(then="minute", minutes="我写的", agenda_outcome=["通过"], version=seen, **agenda)
    conflict = page.post(address, mine)
    assert conflict.status_code == 409
    assert all(text in conflict.content.decode() for text in ("别人写的", "我写的", "缓议", "通过"))
    again = conflict.context["form"]["version"].value()
    page.post(address, typed(then="minute", minutes="两边合起来", version=again))
    held.refresh_from_db()
    assert held.minutes == "两边合起来"


def test_a_correction_keeps_what_was_and_says_why(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed())
    (held,) = kept()
    address = reverse("activity-correct", args=[held.pk])
    seen = page.get(address).context["form"]["version"].value()
    page.post(address, typed(topic="讨论全年工作", reason="主题写漏了", version=seen))
    shown = page.get(reverse("activity", args=[held.pk])).content.decode()
    assert "讨论全年工作" in shown
    assert "理由：主题写漏了" in shown


def test_once_more_takes_over_all_but_what_came_of_it(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(agenda_text=["甲"], agenda_outcome=["通过"], agenda_from=[""], minutes="记录"))
    (held,) = kept()
    form = page.get(url(office) + f"?like={held.pk}").context["form"]
    assert (form.initial["topic"], form.initial["minutes"]) == ("讨论年度工作", "")
    assert form.initial["agenda"] == [{"text": "甲", "outcome": "", "from": "", "open": ""}]


def test_minutes_that_repeat_others_are_asked_about(page: Client, office: Organisation, typed: Typed) -> None:
    sentences = ("围绕窗口单位排队时间长的问题逐条查找原因", "提出把预约号源提前一周放出", "由综合科牵头制作办事指南")
    text = "，".join(
        (
            *sentences,
            "并在大厅安排两名志愿者引导老年人",
            "下月底前由支部书记向服务对象代表反馈改进情况",
            "收集到的意见建立清单逐项销号",
        )
    )
    page.post(url(office, "theme_day"), typed(minutes=text))
    asked = page.post(url(office, "theme_day"), typed(held_on="2026-05-12", minutes=text))
    assert "% 相同" in asked.content.decode()
    page.post(url(office, "theme_day"), typed(held_on="2026-05-12", minutes=text, seen=asked.context["said"].asked))
    assert len(kept()) == 2


def test_a_new_day_brings_its_own_names(place: Bureau, page: Client, office: Organisation, typed: Typed) -> None:
    with doing(Deed("test", CommandLine("test"))):
        row = Affiliation.objects.of(person=place.people["冬青"]).get()
        change(row, on=date(2026, 5, 12), organisation=place.standings[PERSONNEL].organisation, group=None)
    moved = {"HX-Request": "true", "HX-Trigger-Name": "held_on"}
    said = [page.post(url(office), typed(held_on=day), headers=moved) for day in ("2026-05-11", "2026-05-12")]
    assert ["冬青" in each.content.decode() for each in said] == [True, False]


TEXTS = ["一、学习。\r\n\r\n\r\n　　二、\xa0讨论 a&b=c%20+😀；𠮷。\r\n ", "会" * 99_999 + "完"]


@pytest.mark.parametrize("minutes", TEXTS)
def test_what_was_concluded_and_is_taken_back_can_be_gone_on_with(
    place: Bureau, page: Client, office: Organisation, typed: Typed, minutes: str
) -> None:
    away = place.people["谷雨"].pk
    rows = {"agenda_text": ["甲"], "agenda_outcome": ["乙\r\n丙"], "agenda_from": [""], "absent": [away]}
    sent = typed(minutes=minutes, **rows | {f"absent_{away}": "出差"})
    form = undone(page, url(office), sent)
    assert kept() == []
    assert form.initial["minutes"] == minutes
    assert (form.initial["agenda"][0]["outcome"], form.initial["absent"]) == ("乙\r\n丙", (Away(away, "出差"),))
    page.post(url(office), sent | {"idempotency_key": str(form["idempotency_key"].value())})
    assert [held.minutes for held in kept()] == [paragraphs(minutes)]


def test_what_waited_and_was_concluded_is_again_what_waited(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(then="minute", minutes="开头"))
    (held,) = kept()
    address = reverse("activity-minutes", args=[held.pk])
    seen = page.get(address).context["form"]["version"].value()
    form = undone(page, address, typed(minutes="开头和结尾", version=seen))
    assert [(each.state, each.minutes) for each in kept()] == [("minuted", "开头")]
    assert form.initial["minutes"] == "开头和结尾"
    values = {name: form[name].value() for name in ("version", "idempotency_key")}
    assert page.post(address, typed(minutes="开头和结尾", **values)).status_code == 302
    assert [(each.state, each.minutes) for each in kept()] == [("concluded", "开头和结尾")]


def test_a_correction_that_is_taken_back_can_be_gone_on_with(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(minutes="原来的"))
    (held,) = kept()
    address = reverse("activity-correct", args=[held.pk])
    seen = page.get(address).context["form"]["version"].value()
    form = undone(page, address, typed(minutes="更正的", reason="记错了人名", version=seen))
    assert [each.minutes for each in kept()] == ["原来的"]
    assert (form.initial["minutes"], form.initial["reason"]) == ("更正的", "记错了人名")


def test_what_was_sent_is_no_draft_and_goes_when_it_cannot_be_undone(
    page: Client, office: Organisation, typed: Typed
) -> None:
    page.post(url(office), typed())
    assert page.get(url(office)).context["offers"] == []
    page.post(url(office), typed(topic="另一次", held_on="2026-05-10"), HTTP_HX_REQUEST="true")
    assert forget_old_drafts(timezone.now() + timedelta(seconds=31)) == 1
    assert [topic in Draft.objects.get().typed for topic in ("topic=%E5%8F%A6", "topic=%E8%AE%A8")] == [True, False]


@pytest.mark.parametrize("told", [{"absent": ["9" * 40]}, {"agenda_from": ["9" * 40]}, {"partners_key": ["9" * 40]}])
def test_keys_that_nobody_has_do_no_harm(
    page: Client, office: Organisation, typed: Typed, told: dict[str, Any]
) -> None:
    rows = {"agenda_text": ["甲"], "agenda_outcome": [""], "partners_text": ["某支部"]}
    assert page.post(url(office, "theme_day"), typed(**rows | told)).status_code in {302, 422}
    assert page.get(url(office) + "?like=" + "9" * 40).status_code == 200
