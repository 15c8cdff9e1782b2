#!/usr/bin/env python3
"""Make files part of the program: an assembler file with their bytes and a C
table that names them.

embed.py OUT.S OUT.c DEPFILE LOCALES_DIR WEB_DIST
The UI's files come with gzip and brotli forms where those are smaller."""
import gzip
import hashlib
import os
import shutil
import subprocess
import sys

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
    ".ico": "image/x-icon", ".woff2": "font/woff2", ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}
PACKED = (".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt")


def brotli(data):
    if not shutil.which("brotli"):
        return b""
    return subprocess.run(["brotli", "-q", "11", "-c"], input=data, capture_output=True, check=True).stdout


class Bytes:
    """The .S file: each blob once, under a name."""

    def __init__(self, folder):
        self.folder, self.lines, self.names = folder, ["\t.section .rodata"], []

    def add(self, data):
        name = "embedded_%d" % len(self.names)
        path = os.path.join(self.folder, name + ".bin")
        with open(path, "wb") as f:
            f.write(data)
        self.lines += ["\t.balign 16", "\t.global " + name, name + ":", '\t.incbin "%s"' % path, "\t.byte 0"]
        self.names.append(name)
        return name


def assets(dist, blobs, sources):
    rows = []
    for folder, _, files in sorted(os.walk(dist)):
        if "/." in folder:
            continue
        for file in sorted(files):
            path = os.path.join(folder, file)
            sources.append(path)
            data = open(path, "rb").read()
            end = os.path.splitext(file)[1]
            forms = [data, b"", b""]
            if end in PACKED:
                forms[1], forms[2] = gzip.compress(data, 9, mtime=0), brotli(data)
            forms = [f if i == 0 or len(f) < len(data) else b"" for i, f in enumerate(forms)]
            names = [blobs.add(f) if f or i == 0 else "NULL" for i, f in enumerate(forms)]
            rows.append('\t{ "/%s", "%s", "\\"%s\\"", %s, %s, %s, %d, %d, %d },' % (
                os.path.relpath(path, dist), TYPES.get(end, "application/octet-stream"),
                hashlib.sha256(data).hexdigest()[:16], *names, *map(len, forms)))
    return rows


def main():
    out_s, out_c, depfile, locales, dist = sys.argv[1:]
    folder = os.path.dirname(os.path.abspath(out_s)) + "/embedded"
    os.makedirs(folder, exist_ok=True)
    blobs, sources = Bytes(folder), []
    langs = []
    for lang in ("it", "en"):
        path = os.path.join(locales, lang, "server.json")
        sources.append(path)
        langs.append(blobs.add(open(path, "rb").read()))
    rows = assets(dist, blobs, sources) if os.path.isdir(dist) else []
    with open(out_s, "w") as f:
        f.write("\n".join(blobs.lines) + '\n\t.section .note.GNU-stack,"",@progbits\n')
    with open(out_c, "w") as f:
        f.write('#include "cli/serve.h"\n\n')
        f.writelines("extern const unsigned char %s[];\n" % n for n in blobs.names)
        f.write("\nconst char *const locale_texts[LANG_COUNT] = { (const char *)%s, (const char *)%s };\n\n" % tuple(langs))
        f.write("const struct asset assets[] = {\n" + "\n".join(rows) + "\n\t{ 0 },\n};\n")
    with open(depfile, "w") as f:
        f.write("%s %s: %s\n" % (out_s, out_c, " ".join(sources)))


main()
