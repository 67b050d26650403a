"""A figure is one file; what is wrong with one is told with its place, and then none is used."""

from pathlib import Path

import pytest

from dangwu.insights.figures import Figures, load_figures
from dangwu.insights.standing import declared_figures
from dangwu.records.standing import activity_kinds
from dangwu.rules.texts import RulebookError

FIGURE = {
    "id": "lectures",
    "title": "党课",
    "group": "组织生活",
    "place": "10",
    "measure": "activities",
    "unit": "次",
    "sentence": "讲授党课 {value}",
    "kinds": "[party_lecture]",
}


def read(folder: Path, **changed: str | None) -> Figures:
    """The figures of a folder with one more file."""
    told = {key: value for key, value in {**FIGURE, **changed}.items() if value is not None}
    text = "".join(f"{key}: {value}\n" for key, value in told.items())
    (folder / f"{told.get('id', 'lectures')}.yaml").write_text(text, encoding="utf-8")
    return load_figures(folder, activity_kinds())


def test_a_new_figure_is_one_file(tmp_path: Path) -> None:
    figure = read(tmp_path).get("lectures")
    assert figure
    assert (figure.title, figure.kinds, figure.confidential) == ("党课", frozenset({"party_lecture"}), False)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": None}, "缺少“title”"),
        ({"colour": "red"}, "不认识的键“colour”"),
        ({"measure": "points"}, "“measure”里不能写“points”"),
        ({"unit": "分"}, "“unit”里不能写“分”"),
        ({"kinds": "[tea_party]"}, "没有名为“tea_party”的活动类型"),
        ({"kinds": None}, "要写明“kinds”"),
        ({"kinds": "party_lecture"}, "应当是一列文字"),
        ({"sentence": "讲授党课"}, "应当有一处 {value}"),
        ({"sentence": "讲授党课 {value} {value}"}, "应当有一处 {value}"),
        ({"place": "先"}, "应当是整数"),
        ({"members": "[full]"}, "用不到“members”"),
        ({"measure": "members"}, "要写明“members”"),
        ({"unit": "'%'"}, "占比的单位是 %"),
        ({"kinds": "[integrity_talk]", "measure": "people"}, "不公开的活动只能数次数"),
        ({"kinds": "[integrity_talk, party_lecture]"}, "不能与其他活动合在一起数"),
    ],
)
def test_an_error_is_told_with_its_file_and_line(tmp_path: Path, changed: dict[str, str | None], says: str) -> None:
    with pytest.raises(RulebookError, match=says.replace("{", r"\{").replace("}", r"\}")) as error:
        read(tmp_path, **changed)
    assert all(trouble.line for trouble in error.value.troubles)
    assert str(error.value).startswith(f"{tmp_path.name}/lectures.yaml:")


def test_the_order_is_told_once_and_headings_stay_together(tmp_path: Path) -> None:
    read(tmp_path)
    with pytest.raises(RulebookError, match="次序 10 已在"):
        read(tmp_path, id="others")
    read(tmp_path, id="others", place="20", group="理论武装")
    with pytest.raises(RulebookError, match="没有排在一起"):
        read(tmp_path, id="again", place="30")


def test_an_empty_folder_is_no_set_of_figures(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="这里没有数字"):
        load_figures(tmp_path, activity_kinds())


def test_the_rulebook_declares_some_thirty_figures_under_five_headings() -> None:
    figures = declared_figures()
    assert len(list(figures)) >= 30
    assert [title for title, _ in figures.groups] == [
        *("理论武装", "组织生活", "服务群众", "作风建设", "组织建设"),
    ]
