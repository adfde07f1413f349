"""A lesson and an exercise as small as they can be, in a folder of their own: what the tests of the build use."""

from pathlib import Path

from analogies.authoring import notebook
from analogies.check.outcome import judge, needs
from analogies.check.question import Question

LESSON = """---
analogies:
  title: "A small lesson"
  slug: 01-small
  minutes: {teach: 10, exercise: 5}
  readings: []
  objectives: [Count to two, Draw a line]
  data: []
---

# A small lesson

This cell opens the kit.

```python
import analogies as an
import os
os.listdir(), an.__name__
```

A widget.

```python tags=["nbval-ignore-output"]
import ipywidgets
ipywidgets.IntText(value=3)
```

A picture.

```python
import matplotlib.pyplot as plt
_ = plt.plot([1, 2])
plt.show()
```

<!-- lessons -->
"""

EXERCISE = """---
analogies:
  title: "A small exercise"
  slug: 01-small
  data: []
---

# A small exercise

```python
print("given")
```

Put two into `q1`.

```python question="q1"
q1 = None
### BEGIN SOLUTION
q1 = 2
### END SOLUTION
```

Check it.

```python check="q1"
4.0 if q1 == 2 else 0.0
```

Say why, in a sentence.

<!-- #region question="q2" -->
<!-- BEGIN SOLUTION -->
Because one and one are two.
<!-- END SOLUTION -->
<!-- #endregion -->
"""

QUESTIONS = (
    Question("q1", 4, mark=lambda values: judge(needs(values["q1"] == 2, "It is two.", 4))),
    Question("q2", 3, kind="written"),
)


README = "Above\n<!-- lessons:begin -->\n<!-- lessons:end -->\nBelow\n"


def quiet(sentence: str) -> None:
    """A report that nobody reads."""


def build(root: Path, slugs: list[str] | None = None, **more) -> list[Path]:
    """Build the small kit with its own questions."""
    return notebook.build(slugs, root=root, questions=lambda slug: QUESTIONS, **{"report": quiet, **more})


def write(root: Path, name: str, text: str) -> Path:
    """Write lesson.md or exercise.md; gives its path."""
    path = root / "lessons" / "01-small" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def small_kit(root: Path) -> Path:
    """The whole small kit, not built."""
    write(root, "lesson.md", LESSON)
    write(root, "exercise.md", EXERCISE)
    (root / "README.md").write_text(README, encoding="utf-8")
    (root / "constraints.txt").write_text("pandas==3.0.0\nrich==14.0\n", encoding="utf-8")
    return root


def line_of(text: str, part: str) -> int:
    """The line on which this part of a text begins."""
    return text[: text.index(part)].count("\n") + 1
