"""The server of the review page answers the page of this machine, and nobody else."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.review.conftest import Project, reviewing

pytestmark = pytest.mark.engines


def test_only_the_page_with_its_token_decides(project: Project) -> None:
    with reviewing(project) as review:
        own = f"http://127.0.0.1:{review.port}"
        entered = review.get(review.page.removeprefix(own))
        cookie, *attributes = entered.headers["set-cookie"].split("; ")
        place = entered.headers["location"]
        assert entered.status == 303
        assert len(place) > 30
        # Browsers send a cookie to all ports of a host, so it must be of a path that no other server can name.
        assert {"HttpOnly", "SameSite=strict", f"Path={place}"} <= set(attributes)

        def call(method: str, path: str, body: object = None, **headers: str) -> int:
            sent = {"cookie": cookie, "origin": own, "content-type": "application/json"} | headers
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            reply = review.call(method, place + path.removeprefix("/"), text if method == "POST" else None, sent)
            assert reply.headers["cache-control"] == "no-store"
            assert "script-src 'self'" in reply.headers["content-security-policy"]
            assert reply.status < 400 or reply.status == 409 or reply.media == "application/problem+json"
            return reply.status

        state = review.call("GET", f"{place}state", headers={"cookie": cookie}).json
        draft = next(draft["id"] for paragraph in state["paragraphs"] for draft in paragraph["drafts"])
        reject = {"version": state["version"], "draft": draft, "reason": "known", "seconds": 1, "key": "k1"}

        refused = {
            "no token": call("POST", "/reject", reject, cookie=""),
            "another token": call("POST", "/reject", reject, cookie=cookie[:-1]),
            "no token for the state": call("GET", "/state", cookie=""),
            "no token for a picture": call("GET", "/page/1.png", cookie=""),
            "no token for the page": call("GET", "/?token=x", cookie=""),
        }
        assert set(refused.values()) == {401}, refused
        assert call("POST", "/reject", reject, origin="https://evil.example") == 403
        assert call("POST", "/reject", reject, origin=f"http://127.0.0.1:{review.port + 1}") == 403
        assert call("POST", "/reject", reject, origin="") == 403
        assert call("POST", "/reject", reject, **{"sec-fetch-site": "cross-site"}) == 403
        assert (
            review.raw(
                f"GET {place}state HTTP/1.1\r\nHost: evil.example\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
            ).status
            == 421
        )
        assert call("POST", "/reject", reject, **{"content-type": "text/plain"}) == 415
        assert call("GET", "/reject") == 405
        assert call("POST", "/state", {}) == 405
        assert call("POST", "/reject", b"x" * 70_000) == 413
        wrong: list[dict[str, object]] = [{"more": 1}, {"draft": ["a"]}, {"draft": "\ud800"}, {"seconds": "1"}]
        wrong += [{"seconds": True}, {"seconds": float("nan")}, {"key": ""}]
        for body in (b"{", b"[]", *({**reject, **values} for values in wrong)):
            assert call("POST", "/reject", body) == 400, body
        claim = {"version": state["version"], "table": "namings", "cells": {"name": "a"}, "entries": []}
        claim |= {"quotes": [[0, 5]], "paragraph": 1, "seconds": 1, "key": "m"}
        assert call("POST", "/miss", claim) == 200  # with faults
        for cells in ({"name": 5}, {"name": ["a"]}, {"name": None}, {"id": "n1", "name": "a"}):
            assert call("POST", "/miss", claim | {"cells": cells}) == 400, cells
        for quotes in ([[0, 5.5]], [["0", "5"]]):
            assert call("POST", "/miss", claim | {"quotes": quotes}) == 400, quotes
        assert call("POST", "/reject", {**reject, "draft": "../../etc"}) == 404
        assert [call("GET", path) for path in ("/page/9.png", "/page/0.png", "/assets/..%2f..%2fsite.css", "/x")] == [
            404
        ] * 4
        assert call("GET", f"/state?version={state['version']}") == 204
        gone = {
            "version": state["version"],
            "row": "funding/p1",
            "digest": "1",
            "reason": "known",
            "seconds": 1,
            "key": "g",
        }
        assert [call("POST", "/remove", body) for body in (gone, {**gone, "digest": 1})] == [409, 400]
        assert project.rows("draft-decisions") == []

        assert call("POST", "/reject", {**reject, "version": "old"}) == 409
        assert [call("POST", "/reject", reject) for _ in "12"] == [200, 200]  # the second after a lost answer
        assert call("POST", "/reject", {**reject, "key": "k2"}) == 409
        words = {"table": "funding", "column": "amount", "words": "US$ 2 million"}
        assert call("POST", "/value", words, cookie="") == 401
        assert call("POST", "/value", words) == 200
        assert call("POST", "/value", {**words, "column": "x"}) == 404
        assert [row["verdict"] for row in project.rows("draft-decisions")] == ["rejected"]
        again = review.call("GET", f"{place}state", headers={"cookie": cookie}).json["version"]
        reveal = json.dumps({"version": again, "paragraph": 4, "key": "k3"}).encode()
        revealed = review.call(
            "POST", f"{place}reveal", reveal, {"cookie": cookie, "origin": own, "content-type": "application/json"}
        )
        assert "turned \ufffd round" in revealed.text
        assert revealed.json["paragraphs"][0]["drafts"][0]["boxes"][0][0] == 1
        assert review.call("GET", f"{place}page/1.png", headers={"cookie": cookie}).body.startswith(b"\x89PNG")


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
        assert given.startswith(f"{own}/?token=")
        assert given != review.page
        assert [review.get(given.removeprefix(own)).status for _ in range(2)] == [303, 401]
        assert review.get("/?token=").status == 401
        assert review.get(review.page.removeprefix(own)).status == 303
