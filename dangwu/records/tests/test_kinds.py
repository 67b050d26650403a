from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.records.kinds import ActivityKinds, load_activity_kinds
from dangwu.rules.texts import RulebookError

KINDS = load_activity_kinds(Path(__file__).parents[3] / "rulebook" / "activities")


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("党员大会", ("general_assembly",)),
        ("支部大会", ("general_assembly",)),
        ("三会一课-党员大会", ("general_assembly",)),
        ("三会一课—党课", ("party_lecture",)),
        ("三会一课（支委会）", ("committee_meeting",)),
        ("三会一课：党小组会", ("group_meeting",)),
        ("2026年第一季度党员大会", ("general_assembly",)),
        ("办公室党支部3月份主题党日活动", ("theme_day",)),
        (" 主题 党日（参观展览）", ("theme_day",)),
        ("“主题党日＋”", ("theme_day",)),
        ("主题党日暨党课", ("theme_day", "party_lecture")),
        ("支部党员大会、主题党日", ("general_assembly", "theme_day")),
        ("组织生活会暨民主评议党员", ("organisational_life_meeting", "members_appraisal")),
        ("2025年度组织生活会和民主评议党员大会", ("organisational_life_meeting", "members_appraisal")),
        ("党员大会（讨论接收预备党员）", ("general_assembly", "admission_meeting")),
        ("主题党日（含党课）", ("theme_day", "party_lecture")),
        ("接收预备党员大会", ("admission_meeting", "general_assembly")),
        ("机关党员大会", ("organ_assembly",)),
        ("支部党员大会会议", ("general_assembly",)),
        ("组织生活会并开展民主评议党员工作", ("organisational_life_meeting", "members_appraisal")),
        ("支委（扩大）会议", ("committee_meeting",)),
        ("总支部委员会", ("party_committee_meeting",)),
        ("支委会（扩大）会议", ("committee_meeting",)),
        ("党组理论学习中心组集中学习", ("leaders_study",)),
        ("支部集中学习", ("collective_study",)),
        ("入列轮值", ("community_rotation",)),
        ("重温入党誓词和入党志愿书", ("oath_review",)),
    ],
)
def test_a_kind_is_known_by_the_words_of_clerks(words: str, kinds: tuple[str, ...]) -> None:
    assert KINDS.find(words) == kinds


@pytest.mark.parametrize(
    "words",
    [
        "",
        "三会一课",
        "团建聚餐",
        "/",
        "未召开党员大会",
        "取消主题党日",
        "主题党日（未开展）",
        "因疫情未按时召开党员大会",
        "党课（推迟）",
    ],
)
def test_what_names_no_kind_counts_as_none(words: str) -> None:
    assert KINDS.find(words) == ()


def test_what_another_kind_entails_is_told_apart() -> None:
    assert KINDS.entailed(KINDS.find("换届选举大会")) == ("general_assembly",)
    assert KINDS.entailed(KINDS.find("党员大会暨换届选举")) == ("general_assembly",)
    assert KINDS.entailed(KINDS.find("党员大会、主题党日")) == ()


@given(st.text(max_size=30))
def test_any_text_has_an_answer(words: str) -> None:
    assert set(KINDS.find(words)) <= set(KINDS.ids)


@given(st.sampled_from(KINDS.ids))
def test_a_kind_is_found_by_its_official_name(kind_id: str) -> None:
    assert KINDS.find(KINDS.name_of(kind_id))[0] == kind_id


def load(folder: Path, **files: str) -> ActivityKinds:
    for stem, content in files.items():
        (folder / f"{stem}.yaml").write_text(content, encoding="utf-8")
    return load_activity_kinds(folder)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("id: lecture\nname: 党课\nalias: [讲党课]", 3, "不认识的键“alias”"),
        ("id: lecture\nname: 党课\nname: 讲党课", 3, "“name”写了两次"),
        ("id: talk\nname: 党课", 1, "编号“talk”与文件名不一致"),
        ("id: lecture", 1, "缺少“name”"),
        ("id: lecture\nname: 党课\naliases: 讲党课", 3, "“aliases”应当是一列文字"),
        ("id: lecture\nname: 党课\naliases:\n- 讲党课\nalso: [meeting]", 5, "没有名为“meeting”的其他活动类型"),
        ("- 党课", 1, "应当是一个活动类型"),
        ("id: lecture\n\tname: [", 2, "不是有效的 YAML 文件"),
        ("", 1, "文件是空的"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, content: str, line: int, message: str) -> None:
    with pytest.raises(RulebookError) as refused:
        load(tmp_path, lecture=content)
    assert str(refused.value).startswith(f"{tmp_path.name}/lecture.yaml:{line}：")
    assert message in str(refused.value)


def test_one_name_for_two_kinds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"meeting\.yaml:3：“党课”已在 .*lecture\.yaml 中用过"):
        load(tmp_path, lecture="id: lecture\nname: 党课", meeting="id: meeting\nname: 会议\naliases: [党课]")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("expected: all", "“expected”里不能写“all”"),
        ("held_by: [branch, party]", "“held_by”里不能写“party”"),
        ("called_by: [书记]", "“called_by”应当是文字"),
    ],
)
def test_what_a_kind_says_of_itself_is_of_what_can_be_said(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(RulebookError, match=r"lecture\.yaml:3") as refused:
        load(tmp_path, lecture=f"id: lecture\nname: 党课\n{line}")
    assert message in str(refused.value)


def test_every_kind_says_who_holds_it_and_what_its_paper_is() -> None:
    assert [kind.id for kind in KINDS if not (kind.held_by and kind.called_by)] == []
    assert {kind.id for kind in KINDS if kind.is_confidential} == {"heart_to_heart_talk", "integrity_talk"}


def test_a_folder_without_kinds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="没有活动类型"):
        load(tmp_path)


def test_words_are_never_read_as_other_types(tmp_path: Path) -> None:
    kinds = load(tmp_path, vote="id: vote\nname: on\naliases: [no, '2026']")
    assert kinds.find("ON") == kinds.find("2026") == ("vote",)
