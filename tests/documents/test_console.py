"""Blocks of consoles are read, run and compared as `console` says; what is otherwise is found."""

from pathlib import Path

import pytest

from tests.documents.console import Step, blocks, fences, fits, run

PAGE = """# A page

```console
$ echo one   # a remark
one
$ echo two \\
    three
$ false  # exit code 1
```

    $ echo not fenced

1. In a list:

   ```console
   $ cd sub
   $ ls
   file
   …
   ```

````text
```console
$ echo within another
```
````

```python
print("no console")
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_page_is_read_as_it_is_written(page: Path) -> None:
    first, second = blocks(page)
    assert first.steps == [
        Step("echo one   # a remark", "one", 4),
        Step("echo two \\\n    three", None, 6),
        Step("false  # exit code 1", None, 8),
    ]
    assert [step.code for step in first.steps] == [0, 0, 1]
    assert second.steps == [Step("cd sub", None, 16), Step("ls", "file\n…", 17)]
    assert [block.language for block in fences(page)] == ["console", "console", "text", "python"]


@pytest.mark.parametrize("text", ["```console\n$ echo\n", "```console\nno command\n```\n"])
def test_a_block_that_is_none_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"page\.md:\d: "):
        [block.steps for block in blocks(tmp_path / "page.md")]


@pytest.mark.parametrize(
    ("expected", "printed", "is_fit"),
    [
        ("one\ntwo", "one  \ntwo\n\n", True), ("one\n…\nthree", "one\n\ntwo\nthree", True), ("…\nlast", "last", True),
        ("1 of … rows", "1 of 12 rows", True), ("red", "\x1b[31mred\x1b[0m", True),
        ("one", "one\ntwo", False), ("one\n…\nthree", "one\ntwo", False), ("1 of … rows", "1 of 12\nrows", False),
        ("a.c", "abc", False), ("one", "", False),
    ],
)  # fmt: skip
def test_what_fits(expected: str, printed: str, is_fit: bool) -> None:
    assert fits(expected, printed) == is_fit


def test_steps_share_a_shell(page: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "file").touch()
    steps = [step for block in blocks(page) for step in block.steps]
    assert (
        run([Step("export NAME=set", None, 1), Step("echo $NAME $GIVEN", "set too", 2)], tmp_path, {"GIVEN": "too"})
        == []
    )
    assert run(steps, tmp_path) == []


def test_what_is_otherwise_is_said_with_file_and_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ printf 'a 1\\nb\\n'\na …\nc\n$ exit 3\n$ true\n```\n", "utf-8")
    differs, ended, unreached = run(blocks(page)[0].steps, tmp_path)
    assert str(differs).startswith(f"{page}:2: $ printf")
    assert [line for line in str(differs).splitlines() if line[0] in "+-"][2:] == ["-c", "+b"]
    assert "did not end" in ended.message
    assert "was not reached" in unreached.message
