"""A copy is asked about, however its dates and names were changed; what is alike because every meeting is, is not."""

import pytest

from dangwu.records.likeness import Core, bands_of, core_of, likeness, most_alike

NAMES = ("钟正", "严明", "文清", "方圆", "江河")
KIND = ("general_assembly",)

STUDY = """2026年3月5日下午，办公室党支部召开党员大会，会议由钟正主持，应到党员8人，实到7人。
会议传达学习了上级关于深化作风建设的通知。钟正领学了通知的重点段落，并结合窗口服务中的三件投诉谈了认识：
一是首问责任没有落到具体岗位，群众在两个窗口之间来回跑；二是材料清单贴得太高，老年人看不清；三是午间值班只排到周四。
严明提出把材料清单改成大字版并放到取号机旁边，文清建议午间值班按月轮换，由两个科室共同承担。
会议决定从下周起试行，四月底由支委会检查一次，检查情况向全体党员通报。"""
CHANGED = (
    STUDY.replace("2026年3月5日", "二〇二六年六月十二日")
    .replace("办公室", "人事处")
    .replace("钟正", "方圆")
    .replace("严明", "江河")
    .replace("8人", "12人")
    .replace("7人", "十一人")
    .replace("四月底", "九月底")
)
ANEW = """2026年6月12日下午，人事处党支部召开党员大会，会议由方圆主持，应到党员12人，实到11人。
会议传达学习了上级关于深化作风建设的通知。方圆围绕干部档案审核谈了自己的体会：去年有四份档案因为缺少学历认证被退回，
根子在于收件时没有当面核对。江河讲了外调材料逾期的经过，承认自己没有及时催办，愿意在月底以前补齐全部回执。
会议决定收件实行双人核对，逾期超过五个工作日的由支部书记约谈，年底前把近三年的档案重新过一遍。"""
ROUTINE = """2026年{month}月10日，办公室党支部召开党员大会，会议由钟正主持，应到党员8人，实到{present}人。
会议传达学习了有关文件精神，与会党员结合工作实际作了发言，一致同意支部工作安排。会议结束。"""


def core(text: str) -> Core:
    return core_of(text, KIND, NAMES)


@pytest.mark.parametrize(("text", "least"), [(STUDY, 0.99), (CHANGED, 0.9)], ids=["copied", "dates and names changed"])
def test_a_copy_is_asked_about_with_the_passages_in_common(text: str, least: float) -> None:
    (found,) = most_alike(core(text), [(7, core(STUDY))])
    assert found.activity == 7
    assert found.share >= least
    assert any("材料清单改成大字版并放到取号机旁边" in passage for passage in found.common)
    assert all(passage in text for passage in found.common)


def test_the_same_topic_written_anew_is_not() -> None:
    assert most_alike(core(ANEW), [(7, core(STUDY))]) == []
    assert likeness(core(ANEW), core(STUDY), 7).share < 0.3


@pytest.mark.parametrize("month", [4, 5, 11])
def test_two_short_routine_minutes_are_not(month: int) -> None:
    routine, other = ROUTINE.format(month=3, present=8), ROUTINE.format(month=month, present=6)
    assert most_alike(core(routine), [(7, core(other))]) == []
    assert bands_of(core(routine)) == []


def test_what_a_form_says_in_advance_does_not_make_two_texts_alike() -> None:
    form = "会议时间：{day}。会议地点：会议室。主持人：钟正。记录人：文清。会议议程：{agenda}。会议记录：{said}。散会。"
    first = form.format(day="2026年3月5日", agenda="一、学习", said=STUDY.splitlines()[2])
    second = form.format(day="2026年4月5日", agenda="一、学习", said=ANEW.splitlines()[2] + ANEW.splitlines()[3])
    assert most_alike(core(second), [(7, core(first))]) == []


def test_half_a_copy_is_told_by_its_share() -> None:
    half = "\n".join([*STUDY.splitlines()[2:4], *ANEW.splitlines()[2:]])
    assert 0.3 < likeness(core(half), core(STUDY), 7).share < 0.7


def test_copies_share_a_band_and_others_do_not() -> None:
    assert set(bands_of(core(STUDY))) & set(bands_of(core(CHANGED)))
    assert not set(bands_of(core(STUDY))) & set(bands_of(core(ANEW)))


def test_bands_mean_the_same_for_ever() -> None:
    # kept in the database: whoever changes how they are made rebuilds them all
    assert sum(bands_of(core(STUDY))) == KEPT


KEPT = -3874468615525755027
