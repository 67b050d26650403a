"""`dangwu demo-workbooks` writes the files and says so in Chinese."""

from pathlib import Path

from click.testing import CliRunner

from dangwu.config.cli import main


def run(*arguments: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(main, ["demo-workbooks", *arguments])
    return outcome.exit_code, outcome.output


def test_writes_both_sets_and_lists_them(tmp_path: Path) -> None:
    code, output = run(str(tmp_path), "--branches", "3", "--members", "20", "--seed", "5")
    assert code == 0
    assert "共生成 7 个文件" in output
    assert (tmp_path / "messy" / "answers.json").is_file()


def test_too_few_members_are_refused_with_the_least_number(tmp_path: Path) -> None:
    code, output = run(str(tmp_path), "--members", "5")
    assert code == 2
    assert "党员总数请不少于 27 名" in output


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    code, output = run(str(tmp_path / "占用"))
    assert code == 2
    assert "占用" in output


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "clean").write_text("", encoding="utf-8")
    code, output = run(str(tmp_path))
    assert code == 1
    assert "请换一个有写入权限的目录" in output
