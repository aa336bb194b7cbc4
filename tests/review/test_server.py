"""The server of the review page answers the page of this machine, and nobody else."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.review.conftest import Project, reviewing

pytestmark = pytest.mark.engines


def test_only_who_knows_the_address_decides(project: Project) -> None:
    with reviewing(project) as review:
        place = review.page.removeprefix(f"http://127.0.0.1:{review.port}")
        assert len(place) > 40

        def call(method: str, path: str, body: object = None, at: str = place, **headers: str) -> int:
            text = json.dumps(body).encode() if method == "POST" else None
            reply = review.call(
                method, at + path.removeprefix("/"), text, {"content-type": "application/json"} | headers
            )
            assert reply.headers["cache-control"] == "no-store"
            assert "script-src 'self'" in reply.headers["content-security-policy"]
            assert reply.status < 400 or reply.status == 409 or reply.media == "application/problem+json"
            return reply.status

        state = review.call("GET", f"{place}state").json
        draft = next(draft["id"] for paragraph in state["paragraphs"] for draft in paragraph["drafts"])
        reject = {"version": state["version"], "draft": draft, "reason": "known", "seconds": 1}

        for at in ("/", f"{place[:-2]}/", f"{place.lower()}", f"/x{place}"):
            refused = {
                "an action": call("POST", "/reject", reject, at),
                "words": call("POST", "/value", {}, at),
                "the state": call("GET", "/state", at=at),
                "a picture": call("GET", "/page/1.png", at=at),
                "the page": call("GET", "/", at=at),
            }
            assert set(refused.values()) == {401}, (at, refused)
        assert call("POST", "/reject", reject, **{"sec-fetch-site": "cross-site"}) == 403
        request = f"GET {place}state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        assert review.raw(request).status == 421
        assert call("GET", "/reject") == 405
        assert call("POST", "/state", {}) == 405
        form = {"cells": {"name": "a"}, "entries": [], "quotes": [[0, 5]]}
        claim = {"version": state["version"], "table": "namings", "form": form, "paragraph": 1, "seconds": 1}
        assert call("POST", "/miss", claim) == 200  # with faults
        assert call("POST", "/reject", {**reject, "draft": "../../etc"}) == 404
        absent = ("/page/9.png", "/page/0.png", "/assets/..%2f..%2fsite.css", "/x")
        assert [call("GET", path) for path in absent] == [404] * 4
        assert call("GET", f"/state?version={state['version']}") == 204
        gone = {"version": state["version"], "name": "funding/p1", "digest": "1", "reason": "known", "seconds": 1}
        assert call("POST", "/remove", gone) == 409
        assert project.rows("draft-decisions") == []

        assert call("POST", "/reject", {**reject, "version": "old"}) == 409
        assert [call("POST", "/reject", reject) for _ in "12"] == [200, 409]
        words = {"table": "funding", "column": "amount", "words": "US$ 2 million"}
        assert call("POST", "/value", words) == 200
        assert call("POST", "/value", {**words, "column": "x"}) == 404
        assert [row["verdict"] for row in project.rows("draft-decisions")] == ["rejected"]
        whole = review.call("GET", f"{place}state")
        assert "turned \ufffd round" in whole.text
        assert next(each for each in whole.json["paragraphs"] if each["number"] == 4)["drafts"][0]["boxes"][0][0] == 1
        assert review.call("GET", f"{place}page/1.png").body.startswith(b"\x89PNG")


@pytest.mark.skipif(os.name != "posix", reason="a shell script is the browser")
def test_the_address_among_the_arguments_of_a_browser_is_good_once(project: Project, tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}.part && mv {seen}.part {seen}\n')
    browser.chmod(0o700)
    with reviewing(project, drafts=False, browser=f"{browser} %s") as review:
        until = time.monotonic() + 30
        while not seen.exists() and time.monotonic() < until:
            time.sleep(0.05)
        given, own = seen.read_text(), f"http://127.0.0.1:{review.port}"
        assert given.startswith(f"{own}/")
        assert given != review.page
        first, second = (review.get(given.removeprefix(own)) for _ in range(2))
        assert (first.status, first.headers["location"], second.status) == (303, review.page.removeprefix(own), 401)
        assert review.get(review.page.removeprefix(own)).status == 200
