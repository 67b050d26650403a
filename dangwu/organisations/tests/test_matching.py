import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.organisations.matching import Ambiguous, Found, OrganisationNames, Unknown, kind_of_name, same_organisations

FINANCE = OrganisationNames(
    [
        (1, "中共青禾市财政局党组", []),
        (2, "中共青禾市财政局机关委员会", ["机关党委"]),
        (3, "中共青禾市财政局机关纪律检查委员会", []),
        (10, "中共青禾市财政局办公室支部委员会", ["办公室支部"]),
        (11, "青禾市财政局预算一处党支部", []),
        (12, "青禾市财政局预算二处党支部", []),
        (13, "青禾市财政局离退休干部第一党支部", ["老干一支部"]),
        (14, "青禾市财政局离退休干部第二党支部", []),
        (15, "青禾市财政局投资评审中心联合党支部", []),
        (16, "青禾市财政局第十二党支部", []),
        (17, "青禾市财政局东城分局党支部", []),
    ]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("中共青禾市财政局办公室支部委员会", 10),
        ("办公室党支部", 10),
        ("办公室支部", 10),
        ("办公室", 10),
        ("　办公室 党支部 ", 10),
        ("财政局办公室党支部", 10),
        ("市财政局办公室", 10),
        ("局办公室党支部", 10),
        ("办公室党支部（机关党委办公室）", 10),
        ("预算一处党支部", 11),
        ("预算1处支部", 11),
        ("预算第二处", 12),
        ("离退休干部第一党支部", 13),
        ("离退休干部一支部", 13),
        ("离退休干部第1党支部", 13),
        ("离退休干部第１支部", 13),
        ("老干第一党支部", 13),
        ("投资评审中心党支部", 15),
        ("投资评审中心联合支部", 15),
        ("第12支部", 16),
        ("十二支部", 16),
        ("东城分局支部", 17),
        ("机关党委", 2),
        ("局直属机关党委", 2),
        ("机关纪委", 3),
        ("局党组", 1),
    ],
)
def test_a_name_is_recognised_however_it_is_written(text: str, key: int) -> None:
    assert FINANCE.find(text) == Found(key)


@pytest.mark.parametrize("text", ["离退休干部党支部", "离退休干部"])
def test_of_two_numbered_branches_none_is_taken_first(text: str) -> None:
    assert FINANCE.find(text) == Ambiguous((13, 14))


def test_namesakes_are_a_question_until_the_unit_is_named() -> None:
    names = OrganisationNames([("a", "市审计局第一党支部", []), ("b", "市统计局第一党支部", [])])
    assert names.find("第一党支部") == Ambiguous(("a", "b"))
    assert names.find("统计局一支部") == Found("b")


def test_two_of_exactly_one_name_stay_a_question() -> None:
    names = OrganisationNames([("a", "第一党支部", []), ("b", "第一党支部", [])])
    assert names.find("第一党支部") == Ambiguous(("a", "b"))


@pytest.mark.parametrize(
    "text", ["青禾市审计局办公室党支部", "白鹭市财政局办公室党支部", "办公室党总支", "预算三处", ""]
)
def test_another_unit_kind_or_number_is_another_organisation(text: str) -> None:
    assert isinstance(FINANCE.find(text), Unknown)


def test_an_unknown_name_comes_with_similar_ones() -> None:
    answer = FINANCE.find("投资评中心党支部")
    assert isinstance(answer, Unknown)
    assert FINANCE.name_of(answer.suggestions[0]) == "青禾市财政局投资评审中心联合党支部"


def test_a_single_numbered_branch_is_suggested_not_taken() -> None:
    names = OrganisationNames([(1, "规划处第一党支部", [])])
    assert names.find("规划处党支部") == Unknown((1,))


def test_of_a_plain_and_a_joint_branch_the_kind_decides() -> None:
    names = OrganisationNames([(1, "培训中心党支部", []), (2, "培训中心联合党支部", [])])
    assert names.find("培训中心支部") == Found(1)
    assert names.find("培训中心联合支部") == Found(2)
    assert names.find("培训中心") == Ambiguous((1, 2))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("办公室党支部第二党小组", "第二党小组"),
        ("办公室支部12小组", "第十二党小组"),
        ("办公室第2党小组", "第二党小组"),
        ("办公室党支部-宣传党小组", "宣传党小组"),
    ],
)
def test_a_group_leads_to_its_branch(text: str, group: str) -> None:
    assert FINANCE.find(text) == Found(10, group)


def test_a_group_that_is_known_itself_is_found_itself() -> None:
    names = OrganisationNames([(1, "办公室党支部", []), (2, "办公室党支部第二党小组", [])])
    assert names.find("办公室支部第2小组") == Found(2)
    assert names.find("办公室支部第3小组") == Found(1, "第三党小组")


def test_a_group_without_its_branch_is_unknown() -> None:
    assert FINANCE.find("第二党小组") == Unknown()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("办公室党支部", "branch"),
        ("中共青禾市财政局办公室支部委员会", "branch"),
        ("投资评审中心联合党支部", "joint_branch"),
        ("抗洪抢险临时党支部", "temporary_branch"),
        ("信息中心党总支", "general_branch"),
        ("中共青禾市水务局总支部委员会", "general_branch"),
        ("局机关党委", "committee"),
        ("中共青禾市财政局机关委员会", "committee"),
        ("中共青禾市财政局委员会", "committee"),
        ("机关纪委", "discipline_committee"),
        ("中共青禾市财政局机关纪律检查委员会", "discipline_committee"),
        ("局党组", "party_leadership_group"),
        ("市级机关工委", "working_committee"),
        ("中共青禾市市级机关工作委员会", "working_committee"),
        ("办公室党支部第一党小组", "group"),
        ("青禾市住房和建设委员会", None),
        ("办公室", None),
    ],
)
def test_the_ending_tells_the_kind(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_numbers_are_read_in_words_and_digits() -> None:
    words = ["一", "九", "十", "十一", "二十", "二十一", "九十九"]
    names = OrganisationNames([(number, f"第{number}党支部", []) for number in range(1, 120)])
    assert [names.find(f"第{word}支部") for word in words] == [Found(n) for n in (1, 9, 10, 11, 20, 21, 99)]


@given(st.text(max_size=30))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(FINANCE.find(text), Found | Unknown | Ambiguous)
    kind_of_name(text)


@given(
    st.sets(st.integers(1, 99), min_size=1, max_size=20), st.sampled_from(["第{}党支部", "预算{}处党支部", "第{}支部"])
)
def test_every_organisation_is_found_by_its_own_name(numbers: set[int], pattern: str) -> None:
    names = OrganisationNames([(number, pattern.format(number), []) for number in sorted(numbers)])
    assert all(names.find(names.name_of(number)) == Found(number) for number in numbers)


def test_without_a_list_the_fullest_writing_stands_for_all() -> None:
    full = "市财政局办公室党支部"
    assert same_organisations(["办公室", "办公室支部", full]) == dict.fromkeys(["办公室", "办公室支部", full], full)


def test_without_a_list_two_units_stay_two() -> None:
    texts = ["市审计局第一党支部", "市统计局第一党支部", "第一支部"]
    assert same_organisations(texts) == {text: text for text in texts}


def test_the_body_above_may_be_said_before_the_name() -> None:
    names = OrganisationNames(
        [(1, "中共云川市政务服务局人事处支部委员会", ["人事处党支部"]), (2, "机关党委办公室党支部", [])]
    )
    assert names.find("机关党委人事处党支部") == Found(1)
    assert names.find("机关党委办公室支部") == Found(2)
