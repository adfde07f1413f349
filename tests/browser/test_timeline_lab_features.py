"""The timeline explorer in JupyterLab: the same features, by the same hands, as in a page without a kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra: test)")
from test_timeline_page import (  # noqa: E402, F401  each of these runs here with the explorer below
    test_an_own_event_and_a_remark_by_keyboard_alone,
    test_another_event_becomes_day_0_from_its_detail,
    test_arrow_keys_reach_every_event_and_say_which,
    test_as_of_by_keyboard_alone_and_a_wrong_date_is_answered,
    test_as_of_hides_what_was_not_public_and_says_so,
    test_buttons_keys_wheel_and_drag_move_the_window,
    test_day_0_by_keyboard_alone,
    test_day_0_by_mouse_compares_the_cases_at_the_same_distance,
    test_detail_by_keyboard_opens_with_enter_and_closes_with_escape,
    test_detail_by_mouse_gives_date_actors_sources_and_dispute,
    test_filters_by_keyboard_alone,
    test_filters_by_mouse_narrow_what_is_shown,
    test_home_end_and_the_arrows_up_and_down_move_within_and_across_lanes,
    test_lanes_can_be_cases_and_actors,
    test_own_events_are_added_edited_and_deleted_by_mouse,
    test_a_period_is_typed_and_a_wrong_one_is_answered,
    test_pictures_and_table_leave_the_page,
    test_targets_are_at_least_24_pixels_and_focus_is_seen,
    test_the_reading_order_can_be_by_time,
    test_the_toolbar_is_one_tab_stop_and_its_buttons_open_by_keyboard,
)
from timeline_lab import LabExplorer  # noqa: E402
from visit import Visit  # noqa: E402


@pytest.fixture(scope="module")
def notebook(browser, lab_server) -> Iterator[LabExplorer]:
    """One notebook for all tests; no two of them share a timeline."""
    visit = Visit(browser, lab_server)
    yield LabExplorer(visit)
    visit.close()


@pytest.fixture
def explorer(notebook: LabExplorer) -> Iterator[LabExplorer]:
    yield notebook.again()
    assert notebook.complaints() == []
    assert notebook.visit.strangers == []
