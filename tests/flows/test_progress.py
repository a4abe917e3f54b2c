from __future__ import annotations

import io

from flows import progress
from flows.progress import Lines


def test_lines_tell_pages_speed_and_time_left(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    clock = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    stream = io.StringIO()
    with Lines(stream) as lines:
        lines.say("transform")
        lines.expect(400)
        clock[0] += 10
        lines.advance(100)
        clock[0] += 1
        lines.advance(100)  # too soon after the last line
        clock[0] += 9
        lines.advance(200)
    assert stream.getvalue().splitlines() == [
        "[   0.0 s] transform",
        "[  10.0 s] 100 of 400 pages, 10 pages/s, 30 s left",
        "[  20.0 s] 400 of 400 pages, 20 pages/s, 0 s left",
    ]


def test_lines_say_the_end_even_if_it_comes_at_once() -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.expect(3)
    lines.advance(3)
    assert "3 of 3 pages" in stream.getvalue()


def test_nothing_but_text_is_written_where_there_is_no_terminal(capsys) -> None:  # type: ignore[no-untyped-def]
    with progress.for_terminal() as shown:
        shown.say("discover")
    assert isinstance(shown, Lines)
    assert "\x1b" not in capsys.readouterr().err
