#!/usr/bin/env python3
"""Fetches one file of a wheel without the rest of it, which may be hundreds of megabytes.

    wheel-member.py REQUIREMENT MEMBER FILE    such as nvidia-nccl-cu13==2.28.9 nvidia/nccl/include/nccl.h nccl.h

pip says where the wheel is, by its own settings; the server must answer requests for parts of a file.
"""

import io
import json
import os
import subprocess
import sys
import urllib.request
import zipfile


class RemoteFile(io.RawIOBase):
    """A file on a server, of which only the bytes that are read are fetched."""

    def __init__(self, address: str):
        self.address, self.place = address, 0
        with self.request("bytes=0-0") as answer:
            if answer.status != 206:
                raise OSError(f"{address} is not sent in parts")
            self.size = int(answer.headers["Content-Range"].rpartition("/")[2])

    def request(self, part: str):
        return urllib.request.urlopen(urllib.request.Request(self.address, headers={"Range": part}), timeout=60)

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=os.SEEK_SET):
        self.place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.size}[whence]
        return self.place

    def tell(self):
        return self.place

    def readinto(self, buffer):
        end = min(self.place + len(buffer), self.size)
        if end <= self.place:
            return 0
        with self.request(f"bytes={self.place}-{end - 1}") as answer:
            content = answer.read()
        buffer[: len(content)] = content
        self.place += len(content)
        return len(content)


def address(requirement: str) -> str:
    options = ["--dry-run", "--ignore-installed", "--no-deps", "--only-binary", ":all:", "--report", "-"]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *options, requirement]
    report = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return report["install"][0]["download_info"]["url"]


def main():
    requirement, member, file = sys.argv[1:]
    try:
        remote = io.BufferedReader(RemoteFile(address(requirement)), 1 << 16)
        content = zipfile.ZipFile(remote).read(member)
    except (OSError, KeyError, ValueError, subprocess.CalledProcessError, zipfile.BadZipFile) as error:
        sys.exit(f"{member} of {requirement} could not be fetched: {error}")
    with open(file, "wb") as place:
        place.write(content)


main()
