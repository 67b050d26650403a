from dangwu.config.cli import main

main(prog_name="dangwu")
