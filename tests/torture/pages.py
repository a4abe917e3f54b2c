"""A folder of small pages that changes at random: stories that several pages share in several versions, teasers, people of one surname, sidecars,
other languages, duplicates, archives, and files that are no pages."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from random import Random

SENTENCES = (
    "President Ann Bell of Chile pledged $40 million in aid to Peru on Tuesday.",
    "Peru accused Chile of a cyberattack on its power grid on 11 March 2024.",
    "President Bell said that Norway would not join the talks.",
    "Foreign Minister Eve Bell of Peru and Foreign Minister Max Lund of Norway agreed to share data on fishing fleets.",
    "Norway and Iceland signed an agreement on mackerel quotas last week.",
    "Iceland expelled two Russian diplomats over damage to an undersea cable.",
    "Japan will provide 200 million yen to Kenya by the end of 2026, Minister Lund said.",
    "Kenya denied that its forces had attacked a convoy in Somalia in May 2023.",
    "The harbour stayed quiet, and the pilots looked at the tide before breakfast.",
)
TITLES = ("Chile and Peru look for a way", "Norway weighs talks", "Quotas divide the north", "Kenya denies attack", "A pilot looks back")
GERMAN = "Hafen wird umgebaut\n\nDer Umbau des alten Hafens beginnt im April und soll bis zum Sommer dauern, teilte die Stadt am Dienstag mit.\n"
NO_PAGES = (b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0", b"\0" * 300, b"\xff\xfe\x00\xd8a\0")
NAMES = tuple(f"{folder}{name}" for folder in ("", "a/", "b/") for name in ("one.txt", "two.txt", "three.txt", "four.md"))
CHANGES = ("write", "write", "write", "rename", "copy", "delete", "sidecar", "archive")


class Folder:
    """The files below `path`, changed by `change`."""

    def __init__(self, path: Path, random: Random) -> None:
        self.path = path
        self.random = random
        for name in ("", "a", "b"):
            (path / name).mkdir(parents=True, exist_ok=True)

    def files(self) -> list[Path]:
        return sorted(path for path in self.path.rglob("*") if path.is_file() and not path.name.endswith(".meta.json"))

    def change(self, times: int) -> None:
        """Adds, changes, renames, copies and deletes files and sidecars; at least one file stays."""
        for _ in range(times):
            self.do(self.random.choice(CHANGES))

    def do(self, what: str) -> None:
        """One of CHANGES, to a random file; with few files left one more is written."""
        files = self.files()
        target = self.path / self.random.choice(NAMES)
        if what == "write" or len(files) < 3:
            target.write_bytes(self._page())
        elif what == "rename":
            self.random.choice(files).replace(target)
        elif what == "copy":
            target.write_bytes(self.random.choice(files).read_bytes())
        elif what == "delete":
            self.random.choice(files).unlink()
        elif what == "sidecar":
            self._sidecar(self.random.choice(files))
        else:
            self._archive()

    def _page(self) -> bytes:
        kind = self.random.random()
        if kind < 0.06:
            return self.random.choice(NO_PAGES)
        if kind < 0.12:
            return GERMAN.encode()
        if kind < 0.35:
            return "\n".join(["Morning briefing\n", *(self._teaser() for _ in range(self.random.randint(1, 4)))]).encode()
        return self._article().encode(self.random.choice(("utf-8", "utf-8", "utf-16")))

    def _article(self) -> str:
        """The first sentences of one of few stories: so pages share stories in shorter and longer versions."""
        title, start = self._story()
        said = [SENTENCES[(start + i) % len(SENTENCES)] for i in range(self.random.randint(1, 5))]
        return f"{title}\n\n" + "\n\n".join(said) + "\n"

    def _teaser(self) -> str:
        title, start = self._story()
        return f"News\n{title}\n\n{title}\n\n{SENTENCES[start]}"

    def _story(self) -> tuple[str, int]:
        number = self.random.randrange(8)
        return TITLES[number % len(TITLES)], number

    def _sidecar(self, page: Path) -> None:
        sidecar = page.with_name(page.name + ".meta.json")
        if sidecar.exists() and self.random.random() < 0.4:
            sidecar.unlink()
        else:
            sidecar.write_text(json.dumps({"published_on": f"2024-0{self.random.randint(1, 9)}-11", "url": "https://news.example/1"}))

    def _archive(self) -> None:
        if self.random.random() < 0.5:
            (self.path / "b" / "page.txt.gz").write_bytes(gzip.compress(self._page()))
            return
        with zipfile.ZipFile(self.path / "pages.zip", "w") as archive:
            for number in range(self.random.randint(1, 3)):
                archive.writestr(f"in/{number}.txt", self._page())
