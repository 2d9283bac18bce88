"""Writes archives/*.tar: the same samples as GNU tar, bsdtar and Python's tarfile pack them, and some that must be refused.

    BSDTAR=/usr/bin/bsdtar python3 make_archives.py

Needs GNU tar and bsdtar (Debian package libarchive-tools).
"""

import io
import os
import struct
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

PLACE = Path(__file__).parent / "archives"
BSDTAR = os.environ.get("BSDTAR", "bsdtar")
# Names that fit into a header's 100 bytes, into ustar's 255, into neither, and one that is not ASCII.
KEYS = [
    "cat/0001", "cat/" + "l" * 90 + "/" + "m" * 80, "dog/" + "n" * 240, "dog/caf\u00e9", "dog/0002",
]


def png(number: int) -> bytes:
    """A grey picture of one pixel."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes([0, 40 * number]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def files(keys=KEYS) -> dict[str, bytes]:
    found = {}
    for key in keys:
        found[f"{key}.png"] = png(KEYS.index(key))
        found[f"{key}.cls"] = str(int(key.startswith("dog"))).encode()
    return found


def trimmed(content: bytes) -> bytes:
    """Without the blocks that fill up a record, which make up most of a small archive."""
    end = len(content.rstrip(b"\0"))
    return content[:(end + 511) // 512 * 512] + bytes(1024)


def keep(name: str, content: bytes):
    (PLACE / f"{name}.tar").write_bytes(trimmed(content))


def pack(name: str, program: str, options: list[str], keys=KEYS):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files(keys).items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        done = subprocess.run(
            [program, *options, "-cf", "-", "."], cwd=folder, stdout=subprocess.PIPE, check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
    keep(name, done.stdout)


def python(name: str, archive_format: int, keys=KEYS):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=archive_format) as archive:
        for path, content in files(keys).items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    keep(name, stream.getvalue())


def one(name: str, kind: bytes = tarfile.REGTYPE, headers=None, size: int = 4, **changes):
    """An archive of one file that must be refused."""
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=tarfile.PAX_FORMAT, pax_headers=changes.pop("all", None)
    ) as archive:
        member = tarfile.TarInfo(changes.pop("path", "a.png"))
        member.type, member.size, member.linkname = kind, size, changes.pop("link", "")
        member.pax_headers = headers or {}
        archive.addfile(member, io.BytesIO(b"1234"[:size]))
    keep(name, stream.getvalue())


PLACE.mkdir(exist_ok=True)
SHORT, MIDDLE = KEYS[:1] + KEYS[4:], KEYS[:2] + KEYS[3:]
pack("gnu-gnu", "tar", ["--format=gnu", "--sort=name"])
pack("gnu-pax", "tar", ["--format=pax", "--sort=name"])
pack("gnu-ustar", "tar", ["--format=ustar", "--sort=name"], MIDDLE)
pack("gnu-v7", "tar", ["--format=v7", "--sort=name"], SHORT)
pack("bsd-pax", BSDTAR, ["--format=pax"])
pack("bsd-ustar", BSDTAR, ["--format=ustar"], MIDDLE)
pack("bsd-gnutar", BSDTAR, ["--format=gnutar"])
python("python-gnu", tarfile.GNU_FORMAT)
python("python-pax", tarfile.PAX_FORMAT)
python("python-ustar", tarfile.USTAR_FORMAT, MIDDLE)

one("refused-symbolic-link", tarfile.SYMTYPE, size=0, link="/etc/passwd")
one("refused-hard-link", tarfile.LNKTYPE, size=0, link="b.png")
one("refused-device", tarfile.CHRTYPE, size=0)
one("refused-path", path="../../a.png")
one("refused-absolute-path", path="/etc/a.png")
one("refused-sparse-pax", headers={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"})
one("refused-global-path", all={"path": "all.png"})
with tempfile.TemporaryDirectory() as folder:
    with open(Path(folder, "a.png"), "wb") as sparse:
        sparse.truncate(1 << 20)
        sparse.seek(1 << 19)
        sparse.write(b"x" * 512)
    for archive_format in ("gnu", "pax"):
        done = subprocess.run(
            ["tar", "-S", "-b1", f"--format={archive_format}", "-cf", "-", "a.png"], cwd=folder,
            stdout=subprocess.PIPE, check=True)
        (PLACE / f"refused-sparse-{archive_format}-tar.tar").write_bytes(done.stdout)
