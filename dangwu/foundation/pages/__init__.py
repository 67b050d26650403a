"""The parts of which every page is built: shell, lists, forms, charts. README.md beside this file shows how."""
