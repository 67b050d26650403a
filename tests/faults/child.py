"""`python -m tests.faults.child NAME`: does the tasks of a module here, in a process of its own with Django set up.

Every line it reads is a task: a function of the module and its arguments. It answers in lines; the last is “ended”.
"""

import os
import sys
from importlib import import_module

import django


def main(name: str) -> None:
    django.setup()
    tasks = import_module(f"tests.faults.{name}")
    for line in sys.stdin:
        task, *arguments = line.split()
        getattr(tasks, task)(*arguments)
        say("ended")


def say(*words: str) -> None:
    """One line at once: several processes and threads share the pipe."""
    os.write(sys.stdout.fileno(), f"{' '.join(words)}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
