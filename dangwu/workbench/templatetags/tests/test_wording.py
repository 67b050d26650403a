import pytest

from dangwu.workbench.templatetags.wording import clause, head_of, place, short_title


@pytest.mark.parametrize(
    ("article", "told"), [("11", "第11条"), ("21/22", "第21/22条"), ("?", "条款待核"), ("", "条款待核")]
)
def test_an_article_is_told_by_its_number(article: str, told: str) -> None:
    assert place(article) == told


def test_a_clause_names_document_and_article() -> None:
    assert clause("支部工作条例", "11") == "《支部工作条例》第11条"


@pytest.mark.parametrize(
    ("title", "short"),
    [("中国共产党支部工作条例", "支部工作条例"), ("中国共产党章程", "中国共产党章程"), ("党费规定", "党费规定")],
)
def test_titles_lose_the_words_with_which_most_begin(title: str, short: str) -> None:
    assert short_title(title) == short


def test_a_column_without_a_head_has_none() -> None:
    assert head_of({("a.csv", "A"): "姓名"}, "a.csv", "B") == ""
