"""A rubric says what it expects; a faulty one says every fault; exemplars sit at their stated levels."""

from __future__ import annotations

import copy

import pytest
import yaml

from analogies import kit
from analogies.check import catalogue
from analogies.check.rubric import RubricError, read_rubrics

GOOD = {
    "q5": {
        "title": "Limits",
        "criteria": [
            {"id": "evidence", "title": "Evidence", "asks": "Does each statement have a source?",
             "levels": [{"points": 0, "words": "None."}, {"points": 1.5, "words": "Some."}, {"points": 3, "words": "Each."}]},
            {"id": "limits", "title": "Limits", "asks": "Are limits named?",
             "levels": [{"points": 0, "words": "No."}, {"points": 1, "words": "Yes."}]},
        ],
        "exemplars": {
            "weak": {"mark": 1.5, "levels": {"evidence": 1, "limits": 0}, "text": "One.\n\nTwo.", "why": {"evidence": "a", "limits": "b"}},
            "strong": {"mark": 4, "levels": {"evidence": 2, "limits": 1}, "text": "Three.", "why": {"evidence": "c", "limits": "d"}},
        },
    }
}


def written(tmp_path, data):
    path = tmp_path / "rubric.yml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data), encoding="utf-8")
    return path


def faults(tmp_path, data) -> list[str]:
    with pytest.raises(RubricError) as caught:
        read_rubrics(written(tmp_path, data))
    assert str(caught.value).count("rubric.yml: ") == len(caught.value.faults)
    return caught.value.faults


def test_a_rubric_knows_its_points_and_marks_levels(tmp_path):
    rubric = read_rubrics(written(tmp_path, GOOD))["q5"]
    assert rubric.points == 4 and [criterion.points for criterion in rubric.criteria] == [3, 1]
    assert rubric.mark({"evidence": 1, "limits": 1}) == 2.5
    assert rubric.mark(rubric.weak.levels) == rubric.weak.mark == 1.5
    assert rubric.strong.text == "Three." and rubric.strong.why["limits"] == "d"


def changed(*path, to):
    """GOOD with the value at this path replaced, or taken out where `to` is ...."""
    data = copy.deepcopy(GOOD)
    place = data["q5"]
    for step in path[:-1]:
        place = place[step]
    if to is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return data


@pytest.mark.parametrize(("data", "words"), [
    (changed("title", to=...), "q5: missing title"),
    (changed("titel", to="x"), "q5: unknown titel; known are"),
    (changed("title", to=3), "q5.title: expected words, found 3"),
    (changed("criteria", to=[]), "q5.criteria: expected a list of at least one"),
    (changed("criteria", 0, "id", to="Evi dence"), "q5.criteria[0].id: expected lower-case"),
    (changed("criteria", 1, "id", to="evidence"), "an id occurs twice: evidence, evidence"),
    (changed("criteria", 0, "levels", to=[{"points": 0, "words": "a"}]), "at least two levels"),
    (changed("criteria", 0, "levels", 1, "points", to="many"), "q5.criteria[0].levels[1].points: expected a number, found 'many'"),
    (changed("criteria", 0, "levels", 1, "points", to=True), "expected a number, found True"),
    (changed("criteria", 0, "levels", 0, "points", to=1), "must start at 0 and rise, found 1, 1.5, 3"),
    (changed("criteria", 0, "levels", 2, "points", to=1), "must start at 0 and rise, found 0, 1.5, 1"),
    (changed("criteria", 0, "levels", 2, "points", to=1.5), "must start at 0 and rise, found 0, 1.5, 1.5"),
    (changed("criteria", 0, "levels", 1, "words", to=" "), "levels[1].words: expected words"),
    (changed("criteria", 0, to="evidence"), "q5.criteria[0]: expected the keys asks, id, levels, title, found 'evidence'"),
    (changed("exemplars", "weak", to=...), "q5.exemplars: missing weak"),
    (changed("exemplars", "weak", "levels", "limits", to=...), "q5.exemplars.weak.levels: missing limits"),
    (changed("exemplars", "weak", "levels", "style", to=1), "q5.exemplars.weak.levels: unknown style"),
    (changed("exemplars", "weak", "levels", "limits", to=2), "limits: expected a level from 0 to 1, found 2"),
    (changed("exemplars", "weak", "levels", "limits", to=True), "expected a level from 0 to 1, found True"),
    (changed("exemplars", "weak", "mark", to=2), "q5.exemplars.weak.mark: the stated mark is 2, but its levels earn 1.5"),
    (changed("exemplars", "strong", "why", "limits", to=""), "q5.exemplars.strong.why.limits: expected words"),
    (changed("exemplars", "weak", to=GOOD["q5"]["exemplars"]["strong"]), "weak (4) must earn less than strong (4)"),
    ("", "expected one key for each written question"), ("- a", "expected one key"), ("q5: 3", "q5: expected the keys"),
    ("q5: [", "this is not YAML"), ("a: b: c", "line 1: this is not YAML"),
])
def test_a_fault_is_named_with_its_place(tmp_path, data, words):
    assert any(words in fault for fault in faults(tmp_path, data)), faults(tmp_path, data)


def test_all_faults_are_named_at_once(tmp_path):
    data = changed("criteria", 0, "id", to="A")
    data["q5"]["criteria"][1]["levels"][0]["points"] = 2
    data["q6"] = {}
    assert len(faults(tmp_path, data)) >= 3


def test_a_file_in_another_encoding_says_so(tmp_path):
    path = tmp_path / "rubric.yml"
    path.write_bytes("q5: ¶7".encode("utf-16"))
    with pytest.raises(RubricError, match="UTF-8"):
        read_rubrics(path)


def test_yaml_that_would_make_an_object_is_refused(tmp_path):
    assert "not YAML" in faults(tmp_path, "q5: !!python/object/apply:os.system ['true']")[0]


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_the_rubrics_of_the_kit_are_worth_what_their_questions_are_worth(slug):
    written_questions = {q.id: q.points for q in catalogue.questions(slug).values() if q.kind == "written"}
    path = kit.root() / "lessons" / slug / "rubric.yml"
    rubrics = read_rubrics(path) if path.exists() else {}
    assert {name: rubric.points for name, rubric in rubrics.items()} == written_questions
    for rubric in rubrics.values():
        for exemplar in (rubric.weak, rubric.strong):
            assert exemplar.mark == rubric.mark(exemplar.levels)
        assert rubric.weak.mark < rubric.strong.mark
