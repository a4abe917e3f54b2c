"""From a .zip archive to a row for each of its members."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

from warehouse.landing.manifest import Row
from warehouse.landing.names import MEMBER, SIDECAR_SUFFIX, display_name, is_hidden, os_reason, sidecar_names, stamp, valid_time
from warehouse.landing.refusal import Refused
from warehouse.landing.walk import Walk
from warehouse.landing.zips import Member, list_members
from warehouse.limits import Limits, mebibytes

OPEN_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
"""Never waits for a pipe, never follows a link that took the place of a file."""


def expand(archive: Row, walk: Walk, limits: Limits) -> None:
    """Adds a row to `walk` for each member of an archive, or one for the archive that says why there are none."""
    try:
        members = _members(archive, limits)
    except Refused as refused:
        fingerprint = f"{archive.fingerprint} {refused.reason}" if refused.try_again else archive.fingerprint
        walk.rows.append(archive._replace(status=refused.status, status_reason=refused.reason, fingerprint=fingerprint))
        if refused.try_again:
            walk.unlisted.append(archive.source_uri + MEMBER)
        return
    names = _Names({m.name: m for m in members if m.name.endswith(SIDECAR_SUFFIX)}, set(), Counter())
    rows = [_row(archive, m, names, limits) for m in members if _is_offered(m, archive, walk) and m.name not in names.sidecars]
    rows += [
        _row(archive, m, names, limits)._replace(status="not_text", status_reason="metadata of a page that is not there")
        for name, m in names.sidecars.items()
        if name not in names.owned and _is_offered(m, archive, walk)
    ]
    if not rows:
        rows = [archive._replace(status="empty", status_reason="an archive without files")]
    walk.rows += _within(rows, limits)


@dataclass
class _Names:
    sidecars: dict[str, Member]
    owned: set[str]
    used: Counter[str]


def _members(archive: Row, limits: Limits) -> list[Member]:
    try:
        descriptor = os.open(archive.path, OPEN_FLAGS)
    except OSError as error:
        raise Refused("unreadable", os_reason(error), try_again=True) from error
    try:
        if stamp(os.fstat(descriptor)) != str(archive.fingerprint).partition(" ")[0]:
            raise Refused("unreadable", "changed while it was looked at", try_again=True)
        return list_members(descriptor, limits)
    except OSError as error:
        raise Refused("unreadable", os_reason(error), try_again=True) from error
    finally:
        os.close(descriptor)


def _is_offered(member: Member, archive: Row, walk: Walk) -> bool:
    if any(is_hidden(part.encode()) for part in member.name.split("/")):
        walk.ignored.add(archive.source_uri + MEMBER + quote(member.name))
        return False
    return True


def _row(archive: Row, member: Member, names: _Names, limits: Limits) -> Row:
    uri = archive.source_uri + MEMBER + quote(member.name)
    names.used[uri] += 1
    if names.used[uri] > 1:  # an archive may hold a name twice; "#" is percent-encoded in names, so this one is free
        uri += f"#{names.used[uri]}"
    refusal = member.refusal(limits)
    return archive._replace(
        source_uri=uri,
        member=member.locator,
        file_name=display_name(member.name.rstrip("/").rpartition("/")[2].encode()),
        size_bytes=member.size,
        modified_at=valid_time(member.modified),
        sidecar_member=_sidecar(member.name, names, limits),
        status=refusal.status if refusal else None,
        status_reason=refusal.reason if refusal else None,
    )


def _sidecar(name: str, names: _Names, limits: Limits) -> str | None:
    """Where the member's own sidecar is; empty if it has one that cannot be read."""
    for candidate in sidecar_names(name) if names.sidecars else ():
        sidecar = names.sidecars.get(candidate)
        if sidecar is not None:
            names.owned.add(candidate)
            return "" if sidecar.refusal(limits) or sidecar.size > limits.sidecar_bytes else sidecar.locator
    return None


def _within(rows: list[Row], limits: Limits) -> list[Row]:
    """Refuses the members beyond the total size that one archive may have."""
    total = 0
    kept = []
    for row in rows:
        if row.status is None:
            total += row.size_bytes or 0
            if total > limits.archive_bytes:
                reason = f"the archive unpacks to more than {mebibytes(limits.archive_bytes)}"
                row = row._replace(status="too_large", status_reason=reason)
        kept.append(row)
    return kept
