"""What the gallery makes up is what the API could answer, and its scenes can be told apart."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from shared.api.problem import ProblemAnswer
from tests.browser.gallery.answering import SAMPLE, kinds_of, made_of
from tests.browser.gallery.copies import COPIES
from tests.browser.gallery.pages import PAGES
from tests.browser.gallery.pane import PANE
from tests.browser.gallery.recording import MADE, RECORDED, told
from tests.browser.gallery.scenes import PageScene, PaneScene, Silence

SCENES: list[PaneScene | PageScene] = [*PANE, *COPIES, *PAGES]
PICTURES = 60  # fewer, and some state is seen by nobody


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_every_made_up_answer_is_one_that_the_api_could_give(scene: PaneScene | PageScene) -> None:
    for operation, answer in scene.answers.items():
        kinds: list[Any] = kinds_of(operation)
        if isinstance(answer, Silence):
            continue
        made = made_of(answer, SAMPLE)
        if made is None:
            assert None in kinds, operation
            continue
        text = msgspec.json.encode(made)
        if isinstance(made, ProblemAnswer):
            kinds = [ProblemAnswer]
        assert any(_is(text, kind) for kind in kinds if kind is not None), operation


def test_every_scene_has_a_name_of_its_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES) > PICTURES


def _is(text: bytes, kind: Any) -> bool:
    """Whether `text` is a `kind`, with nothing that the kind does not know."""
    try:
        decoded = msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return False
    return bool(msgspec.json.decode(msgspec.json.encode(decoded)) == msgspec.json.decode(text))


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[pytest.mark.slow] if one == "hundred-thousand" else []) for one in MADE]
)
def test_what_the_gallery_shows_of_a_mail_is_what_the_app_says_of_it(name: str) -> None:
    recorded = msgspec.json.decode(RECORDED.read_bytes())
    assert told(name) == recorded[name], "record it anew: python -m tests.browser.gallery.recording"


def test_nothing_is_recorded_that_is_not_made() -> None:
    assert list(msgspec.json.decode(RECORDED.read_bytes())) == list(MADE)
