"""From the text of a lesson or an exercise to an executed notebook: the one way notebooks are made.

The format of a source
======================
``lessons/NN-slug/lesson.md`` and ``lessons/NN-slug/exercise.md`` are jupytext Markdown, UTF-8, with a
YAML front matter under the one key ``analogies``:

lesson.md: ``title``, ``slug`` (the folder's name), ``minutes`` ({teach, exercise}), ``readings`` (names of
    files in readings/ without .md, may be empty), ``objectives`` (list), ``data`` (names of cases, series
    or tables used); optional ``form: guide`` for a page that is not a lesson of nine parts (00-start-here).
exercise.md: ``title``, ``slug``, ``data``.

Cells
-----
* Text is Markdown. Two blank lines, a code fence or a region end a Markdown cell.
* A ``python`` fence is a code cell. Code that is shown and not run has the fence ``python .noeval``.
* A cell's metadata stand on its fence line; three keys exist: ``tags=["nbval-ignore-output"]``,
  ``question="q2"``, ``check="q2"``. A widget's cell carries the tag: its live view is not compared.
* A code answer: fence ``python question="q2"``; starter lines (``q2 = None``) first, then the answer
  between the lines ``### BEGIN SOLUTION`` and ``### END SOLUTION``. One answer cell for each question,
  which sets every variable in ``Question.answers``.
* Its check: fence ``python check="q2"``, after the answer, with ``ex.check("q2", q2)`` as its last line.
* A written answer: a region, alone in its cell, prompt above it::

      <!-- #region question="q5" -->
      <!-- BEGIN SOLUTION -->
      Model answer, paragraphs, no headings.
      <!-- END SOLUTION -->
      <!-- #endregion -->

* Points, kinds and checks are never written here: they come from ``analogies.check.questions``.
* In lesson.md nothing is taken out, so it has no ``question=`` and no ``check=``: a quick check is a
  plain cell that ends in ``ex.check("like-with-like", None)``.

nbgrader's roles (schema 3): the answer cell has grade_id ``q2``, its check ``check-q2``, a written answer
``q5``; every other code cell of an exercise is read-only with grade_id ``given-1``, ``given-2`` ...
"""
