"""What was handed in is found in every layout: whose it is, which attempt counts, and nobody is dropped or merged."""

import time
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from handed_in import EXERCISE, SLUG, answered, entry, folder_at, raw, zip_at, zipped

from analogies.grading import names
from analogies.grading.intake import GradingError, attempts, dates, find, found, layouts, read

NOON = "2026-11-20T12:00"
MOODLE = "{}_{}_assignsubmission_file_/" + f"{SLUG}.ipynb"


def keys(handed):
    return [one.student.key for one in handed]


def only(handed):
    assert len(handed) == 1, handed
    return handed[0]


def local(text):
    return datetime.fromisoformat(text).astimezone(UTC)


# --- layouts

@pytest.mark.parametrize("places", [
    ["anna.ipynb", "Bo.ipynb"],
    [f"anna/{SLUG}.ipynb", "Bo/other name.ipynb"],
    [f"anna/{SLUG}/{SLUG}.ipynb", f"Bo/{SLUG}/x.ipynb"],
    [f"submitted/anna/{SLUG}/{SLUG}.ipynb", f"submitted/Bo/{SLUG}/{SLUG}.ipynb", f"source/{SLUG}/{SLUG}.ipynb"],
    ["anna/mine/deep/x.ipynb", "Bo/x.IPYNB"],
])
def test_layouts_are_the_same_as_a_folder_in_a_zip_and_in_a_zip_of_that_folder(tmp_path, places):
    top = folder_at(tmp_path / "class", *places, ".hidden.ipynb", "anna/.ipynb_checkpoints/old.ipynb", "__MACOSX/anna/._x.ipynb")
    assert keys(find(top, SLUG)) == ["anna", "Bo"]
    files = [path.relative_to(tmp_path).as_posix() for path in sorted(top.rglob("*")) if path.is_file()]
    wrapped = zip_at(tmp_path / "class.zip", *((name, raw()) for name in files))
    bare = zip_at(tmp_path / "bare.zip", *((name.removeprefix("class/"), raw()) for name in files))
    for path in (wrapped, bare):
        handed = find(path, SLUG)
        assert keys(handed) == ["anna", "Bo"]
        assert (path == wrapped) == ("All notebooks lie in the folder class; the students were looked for in it." in handed.said)
        assert all(read(one, EXERCISE, SLUG).answers["q5"] == "Because of five." for one in handed)


def test_the_folder_submitted_may_be_given_itself(tmp_path):
    folder_at(tmp_path, f"submitted/anna/{SLUG}/x.ipynb")
    assert keys(find(tmp_path / "submitted", SLUG)) == keys(find(tmp_path, SLUG)) == ["anna"]


def test_a_notebook_alone_is_one_student(tmp_path):
    assert keys(find(folder_at(tmp_path, "anna.ipynb") / "anna.ipynb", SLUG)) == ["anna"]


def test_other_exercises_of_a_student_are_left_alone(tmp_path):
    folder_at(tmp_path, f"anna/{SLUG}/x.ipynb", "anna/02-venezuela-2019/x.ipynb", "Bo/02-venezuela-2019/x.ipynb")
    assert keys(find(tmp_path, SLUG)) == ["anna"]


def test_in_nbgraders_layout_only_the_exercises_own_folder_counts(tmp_path):
    folder_at(tmp_path, f"submitted/anna/{SLUG}/x.ipynb", "submitted/Bo/homework/x.ipynb", "submitted/Bo/x.ipynb")
    assert keys(find(tmp_path, SLUG)) == ["anna"]


def test_a_notebook_beside_nbgraders_folder_is_read_by_its_name_and_another_one_is_told(tmp_path):
    folder_at(tmp_path, f"submitted/anna/{SLUG}.ipynb", "submitted/Bo/x.ipynb")
    handed = find(tmp_path, SLUG)
    assert keys(handed) == ["anna"]
    assert handed.said == (f"Bo: No notebook lies in submitted/Bo/{SLUG}; found submitted/Bo/x.ipynb, which was left out.",)
    (tmp_path / f"submitted/anna/{SLUG}.ipynb").unlink()
    with pytest.raises(GradingError, match=f"No notebook lies in submitted/Bo/{SLUG}; found submitted/Bo/x.ipynb"):
        find(tmp_path, SLUG)


def test_a_folder_submitted_among_others_drops_none_of_them(tmp_path):
    folder_at(tmp_path, f"anna/{SLUG}.ipynb", "Bo.ipynb", f"submitted/{SLUG}.ipynb")
    assert keys(find(tmp_path, SLUG)) == ["anna", "Bo", "submitted"]
    folder_at(tmp_path, f"submitted/Cy/{SLUG}/x.ipynb")
    handed = find(tmp_path, SLUG)
    assert keys(handed) == ["anna", "Bo"]
    assert f"it was left out. Grade it by itself: analogies grade submitted --exercise {SLUG}." in handed.said[0]


def test_the_names_that_moodle_writes_give_name_and_number(tmp_path):
    places = [MOODLE.format("Ana García", 12345), "Bo Ek_12346_assignsubmission_file_x.ipynb",
              f"Chen Wei_12347_assignsubmission_file/{SLUG}.ipynb", f"Participant 12348_assignsubmission_file_/{SLUG}.ipynb",
              f"Participant_12349_assignsubmission_file_/{SLUG}.ipynb", f"Default team_assignsubmission_file/{SLUG}.ipynb",
              "Ana García_12345_assignsubmission_onlinetext_/onlinetext.html"]
    folder_at(tmp_path / "all", *places)
    zip_at(tmp_path / "all.zip", *((place, raw()) for place in places))
    for path in (tmp_path / "all", tmp_path / "all.zip"):
        students = [one.student for one in find(path, SLUG)]
        assert [(one.key, one.name, one.ids) for one in students] == [
            ("12345", "Ana García", {"moodle": "12345"}), ("12346", "Bo Ek", {"moodle": "12346"}),
            ("12347", "Chen Wei", {"moodle": "12347"}), ("Default team", "Default team", {}),
            ("12348", "Participant 12348", {"moodle": "12348"}), ("12349", "Participant 12349", {"moodle": "12349"})]


def test_a_student_cannot_write_another_ones_number_into_a_name_for_moodle(tmp_path):
    own = "Ana_1_assignsubmission_file_"
    path = zip_at(tmp_path / "all.zip", (f"{own}Bo_2_assignsubmission_file_x.ipynb", raw()),
                  ("Cy_3_assignsubmission_file_/Bo_2_assignsubmission_file_/x.ipynb", raw()))
    assert keys(find(path, SLUG)) == ["1", "3"]


@pytest.mark.parametrize("forged", ["bob_assignsubmission_file_.ipynb", f"bob_assignsubmission_file_/{SLUG}.ipynb", "bob_7_8_x.ipynb",
                                    f"submitted/bob/{SLUG}/{SLUG}.ipynb"])
@pytest.mark.parametrize("around", ["{}", "class/{}"])
def test_a_file_that_is_named_as_a_programs_stays_its_students(tmp_path, forged, around):
    names = [around.format(f"bob/{SLUG}.ipynb"), around.format(f"eve/{SLUG}.ipynb"), around.format(f"mallory/{forged}")]
    folder_at(tmp_path / "all", *names)
    zip_at(tmp_path / "all.zip", *((name, raw()) for name in names))
    for path in (tmp_path / "all", tmp_path / "all.zip"):
        handed = find(path, SLUG)
        assert [(one.student.key, one.student.ids) for one in handed] == [("bob", {}), ("eve", {}), ("mallory", {})]


def test_a_students_folder_that_is_the_whole_batch_is_not_read_as_moodles(tmp_path):
    assert keys(find(folder_at(tmp_path, "mallory/bob_assignsubmission_file_.ipynb"), SLUG)) == ["mallory"]


@pytest.mark.parametrize("others", [(), (f"bob_12345_900_{SLUG}.ipynb", f"eve_12346_902_{SLUG}.ipynb")])
def test_a_name_of_moodles_in_a_file_for_canvas_takes_nobodys_number(tmp_path, others):
    names = [*others, f"mallory_4711_901_12345_assignsubmission_file_{SLUG}.ipynb"]
    students = {one.student.key: one.student for one in find(zip_at(tmp_path / "all.zip", *((name, raw()) for name in names)), SLUG)}
    assert set(students) == ({"12345", "12346", "4711"} if others else {"4711"})
    assert (students["4711"].name, students["4711"].ids) == ("mallory", {"canvas": "4711"})


def test_who_wants_the_key_of_another_does_not_get_it_and_finding_ends():
    moodle, folder, again = (found.Owner(system, "bob") for system in ("moodle", "folder", "third"))
    for owners in ([moodle, folder], [folder, moodle]):
        given = {owner: student.key for owner, student in found._students(dict.fromkeys(owners)).items()}
        assert given[moodle] == "bob" and given[folder].startswith("bob~")
    given = found._students(dict.fromkeys([moodle, again, found.Owner("folder", given[folder])]))
    assert len({student.key for student in given.values()}) == 3


def test_a_number_that_is_a_folders_name_stays_the_number_of_whom_moodle_names(tmp_path):
    path = zip_at(tmp_path / "all.zip", (MOODLE.format("Ana", 1), raw()), (MOODLE.format("Bo", 2), raw()), ("1/x.ipynb", raw()))
    given = {one.student.name: one.student.key for one in find(path, SLUG)}
    assert given["Ana"] == "1" and given["Bo"] == "2" and given["1"].startswith("1~")


def test_the_names_that_canvas_writes_give_name_number_and_lateness(tmp_path):
    places = [f"garcaana_4711_98765_{SLUG}.ipynb", f"ekbo_LATE_4712_98766_{SLUG}-1.ipynb", "李伟_4713_98767_12_x.ipynb",
              f"anon_Ab1cD_98768_{SLUG}.ipynb", "LATE_anon_9xYz1_98769_5_6.ipynb", "writer_4714_text.html"]
    folder_at(tmp_path / "all", *places)
    zip_at(tmp_path / "all.zip", *((place, raw()) for place in places))
    for path in (tmp_path / "all", tmp_path / "all.zip"):
        found_here = {one.student.key: one for one in find(path, SLUG)}
        assert {key: (one.student.name, one.student.ids, one.late) for key, one in found_here.items()} == {
            "4711": ("garcaana", {"canvas": "4711"}, False), "4712": ("ekbo", {"canvas": "4712"}, True),
            "4713": ("李伟", {"canvas": "4713"}, False), "anon_Ab1cD": ("anon_Ab1cD", {}, False),
            "anon_9xYz1": ("anon_9xYz1", {}, True), "4714": ("writer", {"canvas": "4714"}, False)}
        assert found_here["4712"].oddities == ("Canvas marks it as late.",)
        assert "No notebook was handed in; found text.html." in found_here["4714"].oddities


def test_a_student_cannot_take_another_ones_number_by_a_name_in_canvas(tmp_path):
    path = zip_at(tmp_path / "all.zip", ("victim_5_100_x.ipynb", raw()), ("thief_5_6_101_x.ipynb", raw()))
    handed = find(path, SLUG)
    assert len(set(keys(handed))) == 2 and all("The number is also that of" in one.oddities[-1] for one in handed)


def test_one_file_with_numbers_in_its_name_is_not_taken_for_canvas(tmp_path):
    assert keys(find(folder_at(tmp_path, "plot_1_2_x.ipynb", "anna.ipynb", "Bo.ipynb"), SLUG)) == ["anna", "Bo", "plot_1_2_x"]


def test_a_newer_notebook_that_cannot_be_read_gives_way_to_the_one_before_it(tmp_path):
    path = zip_at(tmp_path / "all.zip", (f"ana/{SLUG}.ipynb", raw()), (f"ana/{SLUG} (1).ipynb", b'{"cells": ['), ("bo/z.ipynb", raw()))
    ana, _ = find(path, SLUG)
    assert ana.member == f"ana/{SLUG}.ipynb" and ana.attempt == 1 and read(ana, EXERCISE, SLUG).answers
    assert any("(1).ipynb (attempt 2) is no complete notebook" in said and "the attempt before it counts" in said for said in ana.oddities)
    path = zip_at(tmp_path / "torn.zip", (f"ana/{SLUG}.ipynb", b"{"), (f"ana/{SLUG} (1).ipynb", b'{"cells": ['), ("bo/z.ipynb", raw()))
    assert find(path, SLUG)[0].attempt == 2, "where none can be read, the last one says why"


def test_a_student_who_handed_in_no_notebook_has_a_row_that_says_so(tmp_path):
    path = zip_at(tmp_path / "all.zip", ("Ana_1_assignsubmission_file_/essay.pdf", b"%PDF"), (MOODLE.format("Bo", 2), raw()))
    ana, bo = find(path, SLUG)
    assert ana.oddities == ("No notebook was handed in; found essay.pdf.",) and bo.oddities == ()
    assert read(ana, EXERCISE, SLUG).unread == ana.oddities[0], "one line says it"


def test_a_folder_that_is_nobodys_is_told_with_the_batch(tmp_path):
    folder_at(tmp_path, "anna.ipynb")
    folder_at(tmp_path, "pictures/one.png", data=b"")
    assert find(tmp_path, SLUG).said == ("pictures: No notebook was handed in; found one.png.",)


# --- zips that students hand in

def test_a_zip_of_a_students_own_is_opened_once(tmp_path):
    inner = zipped((f"work/{SLUG}.ipynb", raw()), ("work/data.csv", b"1"), ("more.zip", zipped(("x.ipynb", raw()))))
    folder_at(tmp_path / "f", "anna/work.zip", "Bo.zip", data=inner)
    zip_at(tmp_path / "all.zip", ("Ana_1_assignsubmission_file_/work.zip", inner), ("Bo_2_assignsubmission_file_/x.zip", b"no zip"))
    for path in (tmp_path / "f", tmp_path / "all.zip"):
        first, second = find(path, SLUG)
        assert first.member.endswith(f"work/{SLUG}.ipynb") and len(read(first, EXERCISE, SLUG).answers) == 6
    assert second.oddities == ("Bo_2_assignsubmission_file_/x.zip is no zip, or one that was cut off; it was left out.",)
    assert read(second, EXERCISE, SLUG).unread


def test_a_zip_in_a_students_zip_stays_closed(tmp_path):
    inner = zipped(("more.zip", zipped(("x.ipynb", raw()))))
    handed = only(find(zip_at(tmp_path / "all.zip", ("Ana_1_assignsubmission_file_/work.zip", inner)), SLUG))
    assert "holds no notebook, but a further zip, which was not opened." in handed.oddities[0]


def test_a_zip_beside_a_notebook_stays_closed_and_is_told(tmp_path):
    folder_at(tmp_path, "anna/x.ipynb", "anna/data.zip")
    assert only(find(tmp_path, SLUG)).oddities == ("anna/data.zip was not opened, because a notebook lies beside it.",)


def test_the_download_of_a_class_that_lies_beside_is_not_taken_for_a_student(tmp_path):
    folder_at(tmp_path, "anna.ipynb")
    zip_at(tmp_path / "moodle.zip", (MOODLE.format("Ana", 1), raw()))
    handed = find(tmp_path, SLUG)
    assert keys(handed) == ["anna"] and "moodle.zip is a download of a whole class; grade it by itself" in handed.said[0]


# --- attempts and times

def stamped(tmp_path, *times):
    """One student with a notebook of each time."""
    for number, when in enumerate(times):
        folder_at(tmp_path, f"anna/{SLUG}{f'-{number}' if number else ''}.ipynb", when=when)
    return tmp_path


DAYS = ("2026-11-18T10:00", "2026-11-19T10:00", "2026-11-21T10:00")


@pytest.mark.parametrize("attempt, deadline, number, late", [
    ("last", None, 3, False), ("last", NOON, 2, False), ("last", "2026-11-01T00:00", 3, True), ("first", NOON, 1, False),
    (3, NOON, 3, True), (2, None, 2, False), (9, NOON, 3, True),
])
def test_the_attempt_that_counts(tmp_path, attempt, deadline, number, late):
    one = only(find(stamped(tmp_path, *DAYS), SLUG, deadline=deadline and datetime.fromisoformat(deadline), attempt=attempt))
    assert (one.attempt, one.late, one.when) == (number, late, local(DAYS[number - 1]))
    assert any("2 other notebooks were passed over" in said for said in one.oddities)
    assert (attempt == 9) == ("There is no attempt 9; the last one, 3, was taken." in one.oddities)
    assert late == any(said.startswith(f"Late: {DAYS[2].replace('T', ' ')}") for said in one.oddities)


def test_all_attempts_are_given_in_order(tmp_path):
    assert [one.attempt for one in find(stamped(tmp_path, *DAYS), SLUG, attempt="all")] == [1, 2, 3]


def test_what_was_passed_over_is_named_with_its_number_and_time(tmp_path):
    said = only(find(stamped(tmp_path, *DAYS), SLUG, deadline=datetime.fromisoformat(NOON))).oddities
    assert said == (f"2 other notebooks were passed over: {SLUG}.ipynb (attempt 1, 2026-11-18 10:00), "
                    f"{SLUG}-2.ipynb (attempt 3, 2026-11-21 10:00, late).",)


@pytest.mark.parametrize("attempt", ["latest", 0, -1, True, 1.5, None])
def test_a_choice_of_attempt_that_does_not_exist_is_refused(tmp_path, attempt):
    with pytest.raises(GradingError, match="attempt: expected"):
        find(stamped(tmp_path, *DAYS), SLUG, attempt=attempt)


def test_the_last_upload_to_canvas_counts_by_its_number_and_one_in_time_before_a_late_one(tmp_path):
    path = zip_at(tmp_path / "all.zip", (f"ana_1_900_{SLUG}-1.ipynb", raw()), (f"ana_1_1000_{SLUG}.ipynb", raw()),
                  (f"bo_2_10_{SLUG}.ipynb", raw()), (f"bo_LATE_2_11_{SLUG}-1.ipynb", raw()))
    ana, bo = find(path, SLUG, deadline=datetime(2000, 1, 1))
    assert (ana.member, ana.when, ana.late) == (f"ana_1_1000_{SLUG}.ipynb", None, False)
    assert (bo.member, bo.late) == (f"bo_2_10_{SLUG}.ipynb", False)


def test_nbgraders_timestamp_is_the_time_and_has_a_zone(tmp_path):
    folder_at(tmp_path, f"submitted/anna/{SLUG}/x.ipynb")
    stamp = tmp_path / f"submitted/anna/{SLUG}/timestamp.txt"
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for text, when in (("2026-11-20 12:00:00.000000 UTC", noon), ("2026-11-20 12:00:00", noon), ("2026-11-20 14:00:00 +0200", noon),
                       ("2026-11-20T13:00:00+01:00", noon), ("2026-11-20 07:00:00 America/New_York\n", noon)):
        stamp.write_text(text)
        assert only(find(tmp_path, SLUG)).when == when, text
    late = only(find(tmp_path, SLUG, deadline=datetime(2026, 11, 20, 13, tzinfo=timezone(timedelta(hours=3)))))
    assert late.late and "by timestamp.txt; the deadline was" in late.oddities[0]


@pytest.mark.parametrize("own", ["eve/sub", "eve", f"eve/{SLUG}", f"submitted/eve/{SLUG}/sub", "Eve_1_assignsubmission_file_",
                                 f"Eve_1_assignsubmission_file_/{SLUG}"])
def test_a_timestamp_of_the_students_own_is_no_evidence(tmp_path, own):
    folder_at(tmp_path, f"{own}/{SLUG}.ipynb", when="2026-11-25T12:00")
    (tmp_path / own / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    real = tmp_path / f"submitted/eve/{SLUG}/timestamp.txt"
    if own.startswith("submitted"):
        real.write_text("2026-11-25 12:00:00 UTC")
    one = only(find(tmp_path, SLUG, deadline=datetime.fromisoformat(NOON)))
    assert one.late if not own.startswith("Eve") else one.when is None
    assert ("was not taken for the time" in " ".join(one.oddities)) != own.startswith("Eve")


def test_the_times_inside_a_students_zip_are_no_evidence(tmp_path):
    inner = zipped((entry(f"{SLUG}.ipynb", (2020, 1, 1, 0, 0, 0)), raw()), ("timestamp.txt", b"2020-01-01 00:00:00 UTC"),
                   (f"{SLUG}/timestamp.txt", b"2020-01-01 00:00:00 UTC"))
    folder_at(tmp_path / "f", "ana/work.zip", data=inner, when="2026-11-25T12:00")
    zip_at(tmp_path / "class.zip", (entry("ana/work.zip", (2026, 11, 25, 12, 0, 0)), inner))
    for path in (tmp_path / "f", tmp_path / "class.zip"):
        one = only(find(path, SLUG, deadline=datetime.fromisoformat(NOON)))
        assert one.late and one.when == local("2026-11-25T12:00")


def test_times_without_a_zone_are_local_but_nbgraders_are_utc(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        stamp = folder_at(tmp_path / "submitted", f"anna/{SLUG}/x.ipynb") / f"anna/{SLUG}/timestamp.txt"
        stamp.write_text("2026-11-20 12:00:00 UTC")
        path = zip_at(tmp_path / "class.zip", (entry("ana/x.ipynb", (2026, 11, 20, 12, 0, 0)), raw()))
        assert only(find(tmp_path / "submitted", SLUG)).when == datetime(2026, 11, 20, 12, tzinfo=UTC)
        assert only(find(path, SLUG)).when == datetime(2026, 11, 20, 3, tzinfo=UTC)
        late = only(find(tmp_path / "submitted", SLUG, deadline=datetime(2026, 11, 20, 20)))
        assert late.oddities == ("Late: 2026-11-20 21:00 by timestamp.txt; the deadline was 2026-11-20 20:00.",)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text, said", [("2026-11-20 12:00:00 XYT", "names a time zone that is not known here (XYT); UTC was assumed"),
                                        ("soon", "holds no time that can be read"), ("\0" * 500, "holds no time"),
                                        ("x" * 2000, "larger than"), ("2026-11-20 12:00:00 ../../etc", "not known here")])
def test_a_timestamp_that_cannot_be_read_is_told(tmp_path, text, said):
    folder_at(tmp_path, f"submitted/anna/{SLUG}/x.ipynb")
    (tmp_path / f"submitted/anna/{SLUG}/timestamp.txt").write_text(text)
    assert said in only(find(tmp_path, SLUG)).oddities[0]


def test_a_time_without_a_zone_is_told_where_the_zone_could_change_the_verdict(tmp_path):
    path = zip_at(tmp_path / "class.zip", (entry("ana/x.ipynb", (2026, 11, 20, 12, 0, 0)), raw()))
    near = only(find(path, SLUG, deadline=datetime(2026, 11, 20, 13)))
    assert near.when == local(NOON) and "has no time zone; it was taken as the local time here" in near.oddities[0]
    assert only(find(path, SLUG, deadline=datetime(2026, 12, 20))).oddities == ()


def test_a_zip_that_knows_the_time_in_utc_is_believed(tmp_path):
    info = entry("ana/x.ipynb", (2026, 11, 20, 23, 0, 0))
    info.extra = b"UT\5\0\1" + int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()).to_bytes(4, "little")
    one = only(find(zip_at(tmp_path / "class.zip", (info, raw())), SLUG, deadline=datetime(2026, 11, 20, 13, tzinfo=UTC)))
    assert one.when == datetime(2026, 11, 20, 12, tzinfo=UTC) and one.oddities == ()


def test_moodles_zip_has_the_time_of_the_download_and_makes_nobody_late(tmp_path):
    path = zip_at(tmp_path / "all.zip", *((MOODLE.format(name, number), raw()) for number, name in enumerate("ABC", start=1)))
    found = find(path, SLUG, deadline=datetime(2026, 1, 1))
    assert [(one.when, one.late, one.oddities) for one in found] == [(None, False, ())] * 3
    assert found.said == ("Nothing says when the 3 notebooks were handed in, so they were not compared with the deadline.",)
    assert find(path, SLUG)[0].oddities == ()


def test_an_old_moodles_zip_has_the_times_of_handing_in(tmp_path):
    early, late = entry(MOODLE.format("A", 1), (2026, 11, 18, 0, 0, 0)), entry(MOODLE.format("B", 2), (2026, 11, 30, 0, 0, 0))
    path = zip_at(tmp_path / "all.zip", (early, raw()), (late, raw()))
    assert [one.late for one in find(path, SLUG, deadline=datetime(2026, 11, 20))] == [False, True]


def test_the_notebook_of_this_exercise_is_chosen_by_name_or_by_what_it_says(tmp_path):
    other = raw(answered()).replace(SLUG.encode(), b"02-venezuela-2019")
    folder_at(tmp_path, "anna/scratch.ipynb", f"anna/{SLUG} (1).ipynb")
    folder_at(tmp_path, "Bo/a.ipynb")
    folder_at(tmp_path, "Bo/b.ipynb", data=other, when="2027-01-01")
    assert [one.path.name for one in find(tmp_path, SLUG)] == [f"{SLUG} (1).ipynb", "a.ipynb"]


def test_every_notebook_that_is_not_graded_is_named(tmp_path):
    folder_at(tmp_path, f"anna/{SLUG}.ipynb", "anna/scratch.ipynb", "anna.ipynb")
    said = " ".join(only(find(tmp_path, SLUG)).oddities)
    assert "scratch.ipynb was left out, because another notebook is that of the exercise." in said
    assert "1 other notebook was passed over" in said


def test_of_two_files_of_one_moodle_submission_the_one_outside_of_folders_counts(tmp_path):
    home = "Ana_1_assignsubmission_file_"
    path = zip_at(tmp_path / "all.zip", (f"{home}/{SLUG}.ipynb", raw()), (f"{home}/old/{SLUG}.ipynb", raw()))
    assert only(find(path, SLUG)).member == f"{home}/{SLUG}.ipynb"


@pytest.mark.parametrize("name, is_it, number", [
    (f"{SLUG}.ipynb", True, 0), (f"{SLUG}-1.ipynb", True, 1), (f"{SLUG} (2).ipynb", True, 2), (f"{SLUG}-Copy3.ipynb", True, 3),
    (f"{SLUG.upper()}.ipynb.txt", True, 0), (f"{SLUG}b.ipynb", False, 0), ("03-syria.ipynb", False, 0),
])
def test_copies_of_the_exercises_name_are_known(name, is_it, number):
    assert layouts.is_named(name, SLUG) is is_it
    assert not is_it or layouts.copy_number(name.removeprefix(SLUG)) == number


@pytest.mark.parametrize("filler", ["-", "1", "-1", "(", "copy", " copy 1", "_1"])
@pytest.mark.parametrize("times", [200, 20_000])
def test_a_long_name_takes_no_time(tmp_path, filler, times):
    began = time.process_time()
    name = f"{SLUG}{filler * times}!.ipynb"
    assert not layouts.is_named(name, SLUG) and layouts.copy_number(name) == 0
    inner = zipped((name[:60_000], raw()), ("x.ipynb", raw()))
    for place in ("ana/work.zip", "Ana_1_assignsubmission_file_/work.zip", "ana_1_2_work.zip"):
        zip_at(tmp_path / "all.zip", (place, inner), (f"bo/{name}"[:60_000], raw()), (f"{name}"[:60_000], raw()))
        assert find(tmp_path / "all.zip", SLUG)
    assert time.process_time() - began < 5


def test_a_name_that_a_browser_lengthened_is_read_and_told(tmp_path):
    assert "does not end with .ipynb; it was read all the same" in only(
        find(folder_at(tmp_path, "anna.ipynb.txt"), SLUG)).oddities[0]


# --- names

NAMES = ["أحمد", "Анна Каренина", "李伟", "Zoe\u0301", "👩‍🎓 Kim", "O'Brien, Pat", "J.R.R. T.", "-rf", "=1+1", "(x)", "Ana (2)", "ana", "Ana"]


@pytest.mark.parametrize("form", ["{}.ipynb", "{}/x.ipynb", f"submitted/{{}}/{SLUG}/x.ipynb"])
def test_names_in_any_script_come_through_and_are_one_student_each(tmp_path, form):
    top = folder_at(tmp_path / "class", *map(form.format, NAMES))
    path = zip_at(tmp_path / "class.zip", *((form.format(name), raw()) for name in NAMES))
    wanted = {unicodedata.normalize("NFC", name) for name in NAMES}
    assert set(keys(find(top, SLUG))) == set(keys(find(path, SLUG))) == wanted
    assert all(read(one, EXERCISE, SLUG).answers for one in find(path, SLUG))


def test_names_in_any_script_come_through_from_moodle(tmp_path):
    path = zip_at(tmp_path / "all.zip", *((MOODLE.format(name, number), raw()) for number, name in enumerate(NAMES)))
    assert {one.student.name for one in find(path, SLUG)} == {unicodedata.normalize("NFC", name) for name in NAMES}


def test_two_students_whose_names_look_the_same_are_not_merged(tmp_path):
    forms = [unicodedata.normalize(form, "José") for form in ("NFC", "NFD")]
    path = zip_at(tmp_path / "class.zip", *((f"{name}/x.ipynb", raw(answered(q5=name))) for name in forms))
    handed = find(path, SLUG)
    assert len(set(keys(handed))) == 2 and "José" in keys(handed)
    assert {read(one, EXERCISE, SLUG).answers["q5"] for one in handed} == set(forms)
    assert all("The name looks like that of José" in one.oddities[0] for one in handed)


def test_a_counter_or_case_in_a_name_is_another_student_and_is_told(tmp_path):
    handed = find(folder_at(tmp_path, "Ana.ipynb", "Ana (2).ipynb", "ANA.ipynb"), SLUG)
    assert sorted(keys(handed)) == ["ANA", "Ana", "Ana (2)"]
    assert all("they were taken for different students." in one.oddities[0] for one in handed)


def test_two_students_of_one_name_are_told_apart_by_their_numbers(tmp_path):
    path = zip_at(tmp_path / "all.zip", (MOODLE.format("Ana", 1), raw()), (MOODLE.format("Ana", 2), raw()))
    assert [(one.student.key, one.student.name) for one in find(path, SLUG)] == [("1", "Ana (1)"), ("2", "Ana (2)")]


def test_nothing_in_a_name_acts_on_the_terminal(tmp_path):
    bad = "A\x1b[2J\u202eb\u2028c\u200f"
    path = zip_at(tmp_path / "all.zip", (MOODLE.format(bad, 1), raw()), (f"{bad}/{bad}.ipynb", b"no"))
    for one in find(path, SLUG):
        shown = " ".join([one.student.key, one.student.name, one.file, one.member, *one.oddities, read(one, EXERCISE, SLUG).unread])
        assert not {"\x1b", "\u202e", "\u2028", "\u200f"} & set(shown) and "A" in shown
    assert names.shown("\ud800x\n" + "y" * 500) == "�x�" + "y" * 116 + "…"
    assert names.key("") == "(no name)" and names.key("y" * 90) != names.key("y" * 91)


def test_the_name_of_a_file_does_not_act_on_the_terminal(tmp_path):
    path = folder_at(tmp_path, "A\x1b[2J\x07\x9b\u202eb.ipynb") / "A\x1b[2J\x07\x9b\u202eb.ipynb"
    one = only(find(tmp_path, SLUG))
    assert one.path == path and one.file == "A�[2J��b.ipynb"


# --- what is nothing

def test_a_place_without_notebooks_is_told_so(tmp_path):
    with pytest.raises(GradingError, match="was not found"):
        find(tmp_path / "none", SLUG)
    with pytest.raises(GradingError, match="no notebook found; expected STUDENT.ipynb"):
        find(tmp_path, SLUG)
    (tmp_path / "file").touch()
    with pytest.raises(GradingError, match="is no zip, or one that was cut off; expected a folder"):
        find(tmp_path / "file", SLUG)


def test_parts_that_are_tested_through_find():
    assert found.Found().said == () and attempts.ANY_ZONE > timedelta(hours=24)
    assert dates.written(datetime.max.replace(tzinfo=UTC)).startswith("9999-12-31")
