"""What recipients do: open, click, object. A mark in its user agent tells each hit from all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared.tracking.mail.tokens import NOBODY
from shared.tracking.privacy.opt_outs import of_person, of_recipient
from tests.simulation.hours import pause
from tests.simulation.primitives import State
from tests.simulation.process import Gone

if TYPE_CHECKING:
    from tests.simulation.senders import Mail
    from tests.simulation.world import World

_AGENTS = ("Mozilla/5.0 (Windows NT 10.0) Firefox/128.0", "Microsoft Outlook 16.0 ms-office", "curl/8.0")


def read_mail(world: World, mail: Mail, urls: dict[str, Any]) -> None:
    """One recipient's hours with a mail; everybody's, where all share one."""
    world.reading_now += 1
    try:
        _read(world, mail, urls)
    finally:
        world.reading_now -= 1


def _read(world: World, mail: Mail, urls: dict[str, Any]) -> None:
    scheduler, draw = State.scheduler, world.draw
    hits = draw.randint(0, 80 if mail.mode == "counting" else 12)
    for _ in range(hits):
        pause(draw, world.reading)
        if world.outside.climate.is_calm:  # the weather is over, and nobody new comes
            return
        link = draw.choice((None, None, *urls["links"].values()))
        hit(world, link or urls["pixel_url"])
        if draw.random() < 0.5:  # one burst of several
            for again in range(draw.randint(1, 6)):
                scheduler.sleep(draw.random() * 0.05 * again)
                hit(world, link or urls["pixel_url"])
        if draw.random() < 0.02 and mail.mode != "counting" and urls["notice_url"]:
            object_by_link(world, mail, urls, draw.random() < 0.7)


def hit(world: World, url: str) -> None:
    """Fetch the pixel, or follow a link."""
    world.hits += 1
    path = urlsplit(url).path
    place, token = path.split("/")[1:3]
    agent = f"{world.draw.choice(_AGENTS)} x{world.hits}"
    headers = {
        "user-agent": agent,
        "x-forwarded-for": f"10.0.{world.hits % 200}.{world.draw.randrange(1, 250)}",
    }
    name = "track_open" if place == "o" else "track_click"
    try:
        answer = world.call(name, headers=headers, token=token)
    except Gone:
        return
    if answer.status_code == 404:
        world.damaged(name)


def object_by_link(world: World, mail: Mail, urls: dict[str, Any], objects: bool) -> None:
    """Object by the link in the mail; or try to withdraw that by it, which nobody can."""
    token = urlsplit(urls["notice_url"]).path.split("/")[-1]
    choice = "object" if objects else "withdraw"
    signer = world.signer()
    assert signer is not None
    of = signer.read_objection(token)
    whose = of_person(of.person) if of.person != NOBODY else of_recipient(of.message, of.recipient)
    if objects:
        world.objecting(whose, objects, began=True)
    try:
        answer = world.call("objection_choose", form=f"choice={choice}", token=token)
    except Gone:
        return
    if answer.status_code == 404:
        world.damaged("objection_choose")
    if answer.status_code == 200 and objects:
        world.objecting(whose, objects, began=False)
    if answer.status_code == 200 and not objects:
        world.blame("objection_choose withdraws by a link alone")
