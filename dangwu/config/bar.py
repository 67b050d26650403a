"""Progress on the last line of a terminal."""

import sys
from typing import Self

import click


class Bar:
    """Shows step and per cent on the error stream; silent where nobody looks."""

    def __enter__(self) -> Self:
        self.shown = sys.stderr.isatty()
        return self

    def __call__(self, step: str, percent: int) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{percent:3}% {step}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\x1b[K", nl=False, err=True)
