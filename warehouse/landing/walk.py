"""Walks folders and looks at files, without opening any."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from warehouse.landing.manifest import Row
from warehouse.landing.names import (
    SIDECAR_SUFFIX,
    display_name,
    file_uri,
    is_hidden,
    os_reason,
    sidecar_names,
    stamp,
    valid_time,
)
from warehouse.limits import Limits

_SUFFIX = SIDECAR_SUFFIX.encode()
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe, never opened"),
    (stat.S_ISSOCK, "a socket, never opened"),
    (stat.S_ISCHR, "a device, never opened"),
    (stat.S_ISBLK, "a device, never opened"),
    (stat.S_ISDIR, "a link to a folder, not followed"),
)
Sidecar = tuple[bytes, os.stat_result]


class Walk:
    """Collects a row for each file. Archives wait apart, since the ledger says whether they have to be opened.

    `rows`: what has to be read or was refused at sight. `archives`: .zip files by source_uri. `ignored`: source_uris of hidden files and folders.
    `unlisted`: starts of the source_uris about which nothing can be said now."""

    def __init__(self, limits: Limits, roots: tuple[bytes, ...]) -> None:
        self.rows: list[Row] = []
        self.archives: dict[str, Row] = {}
        self.ignored: set[str] = set()
        self.unlisted: list[str] = []
        self._limits = limits
        self._roots = roots

    def named_file(self, path: bytes, uri: str) -> None:
        """A file that the user named; `path` is what its links lead to."""
        name = os.path.basename(path)
        if name.endswith(_SUFFIX):
            self.refuse(uri, path, "not_text", "metadata of a page, no page")
            return
        folder = os.path.dirname(path)
        beside = (os.path.join(folder, os.fsencode(n)) for n in sidecar_names(os.fsdecode(name)))
        try:
            info = os.lstat(path)
        except OSError as error:
            self.refuse(uri, path, "unreadable", os_reason(error))
            return
        self._file(uri, path, info, next((s for s in map(_sidecar, beside) if s), None))

    def folder(self, path: bytes, uri: str) -> None:
        """Everything below a folder. Without recursion, so that no depth breaks it."""
        pending = [(path, uri)]
        while pending:
            current, current_uri = pending.pop()
            try:
                with os.scandir(current) as listing:
                    entries = list(listing)
            except FileNotFoundError:
                continue
            except OSError as error:
                self.refuse(current_uri, current, "unreadable", f"a folder that cannot be listed: {error.strerror}")
                self.unlisted.append(current_uri + "/")
                continue
            pending += self._entries(entries, current_uri.rstrip("/") + "/")

    def refuse(self, uri: str, path: bytes, status: str, reason: str, name: bytes | None = None) -> None:
        """A row for what is not going to be opened. The reason is its fingerprint: another reason is a change."""
        shown = display_name(os.path.basename(path) if name is None else name)
        self.rows.append(Row(uri, path, None, shown, None, None, reason, None, None, status, reason))

    def _entries(self, entries: list[os.DirEntry[bytes]], prefix: str) -> list[tuple[bytes, str]]:
        """Adds the files of one folder and gives the folders in it."""
        sidecars = {e.name: e for e in entries if e.name.endswith(_SUFFIX) and not is_hidden(e.name) and e.is_file(follow_symlinks=False)}
        owned: set[bytes] = set()
        folders = []
        for entry in entries:
            if is_hidden(entry.name):
                self.ignored.add(prefix + _quoted(entry.name))
            elif entry.name in sidecars:
                continue
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, prefix + _quoted(entry.name)))
            else:
                self._entry(entry, prefix + _quoted(entry.name), _own(entry.name, sidecars, owned) if sidecars else None)
        for name in sidecars.keys() - owned:
            self.refuse(prefix + _quoted(name), sidecars[name].path, "not_text", "metadata of a page that is not there")
        return folders

    def _entry(self, entry: os.DirEntry[bytes], uri: str, sidecar: Sidecar | None) -> None:
        path = entry.path
        try:
            info = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(info.st_mode):
                path = os.path.realpath(path)
                info = os.stat(entry.path)
                if not any(path == root or path.startswith(root.rstrip(b"/") + b"/") for root in self._roots):
                    self.refuse(uri, entry.path, "unreadable", "a link out of the folder, not followed")
                    return
        except FileNotFoundError:
            # gone since the folder was listed, if it is no link to nothing
            if entry.is_symlink():
                self.refuse(uri, entry.path, "unreadable", "a link to nothing")
            return
        except OSError as error:
            self.refuse(uri, entry.path, "unreadable", os_reason(error))
            return
        self._file(uri, path, info, sidecar, entry.name)

    def _file(self, uri: str, path: bytes, info: os.stat_result, sidecar: Sidecar | None, name: bytes | None = None) -> None:
        if not stat.S_ISREG(info.st_mode):
            kind = next((what for test, what in _KINDS if test(info.st_mode)), "not a regular file, never opened")
            self.refuse(uri, path, "unreadable", kind, name)
            return
        name = os.path.basename(path) if name is None else name
        fingerprint = stamp(info)
        if sidecar:
            fingerprint += f" +{stamp(sidecar[1])}"
        suffix = name[-4:].lower()
        is_archive = suffix == b".zip"
        if is_archive or suffix.endswith(b".gz") or info.st_size > self._limits.file_bytes:
            fingerprint += " " + self._limits.token()
        modified = valid_time(info.st_mtime_ns // 1000)
        beside = sidecar[0] if sidecar else None
        row = Row(uri, path, None, display_name(name), info.st_size, modified, fingerprint, beside, None, None, None)
        if is_archive:
            self.archives[uri] = row
        else:
            self.rows.append(row)


def _quoted(name: bytes) -> str:
    return file_uri(name)[len("file://") :]


def _own(name: bytes, sidecars: dict[bytes, os.DirEntry[bytes]], owned: set[bytes]) -> Sidecar | None:
    """The sidecar that belongs to a file, which is then spoken for."""
    for candidate in sidecar_names(os.fsdecode(name)):
        entry = sidecars.get(os.fsencode(candidate))
        if entry is not None:
            owned.add(entry.name)
            return _sidecar(entry.path)
    return None


def _sidecar(path: bytes) -> Sidecar | None:
    try:
        info = os.lstat(path)
    except OSError:
        return None
    return (path, info) if stat.S_ISREG(info.st_mode) else None
