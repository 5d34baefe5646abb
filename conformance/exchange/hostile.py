"""Texts made to break a reader, for every format that is imported: refused in bounded time and memory, never a panic."""

import os
import resource
import subprocess
import sys
import time

from common import FSX, WORK, conclude, each, fsx

MEMORY_BYTES = 3 << 29
SECONDS = 30
DEEP = 100_000
LONG = 100_000_000


def formats():
    """The formats of `import`, as the refusal of an unknown one lists them."""
    _, _, err = fsx("import", "-", "--from", "no-such-format", text="")
    listed = " ".join(err.split("one of ")[1].split())
    return [word.strip() for word in listed.replace(" or ", ", ").split(",") if word.strip()]


def texts():
    """Name and bytes of each text."""
    yield "empty", b""
    yield "spaces", b" \n" * 1000
    for name, piece in [("text", b"word "), ("numbers", b"1 "), ("zeros", b"\0"), ("lines", b"a\n"), ("json", b'{"a":1},')]:
        yield f"100 MB of {name}", piece * (LONG // len(piece))
    # just within what is read
    most = 16 << 20
    yield "16 MiB of empty lists", b"[" + b"[]," * ((most - 8) // 3) + b"1]"
    yield "16 MiB of YAML lists", b"- \n" * ((most - 8) // 3)
    yield "16 MiB of YAML fields", b"".join(b"k%d: 1\n" % i for i in range(1_200_000))
    yield "16 MiB in one name", b'{"' + b"a" * (most - 16) + b'":1}'
    yield "16 MiB of commas", b"," * most
    for name, opening in [("[", b"["), ("{", b'{"a":'), ("- ", b"- "), ("{ of YAML", b"{a: "), ("[ of YAML", b"x: [")]:
        yield f"{DEEP} deep {name}", opening * DEEP
    yield "deep by indent", b"".join(b" " * i + b"a:\n" for i in range(5000))
    yield "UTF-16", '{"FileSystems": []}'.encode("utf-16")
    yield "Latin-1", "Resources: größe\n".encode("latin-1")
    yield "aliases", laughs()
    yield "alias of itself", b"Resources: &a\n  b: *a\n"
    yield "10 MB scalar", b"Resources: " + b"x" * 10_000_000 + b"\n"
    yield "10 MB block scalar", b"Resources: |\n" + b"  line\n" * 1_400_000
    yield "twice", b'{"FileSystems": [], "FileSystems": []}'
    yield "twice in YAML", b"Resources: {}\nResources: {}\n"
    yield "huge numbers", b'{"FileSystems": [{"FileSystemType": "LUSTRE", "StorageCapacity": 1' + b"0" * 400 + b"}]}"
    yield "huge exponent", b'{"FileSystems": [{"FileSystemType": "LUSTRE", "StorageCapacity": 1e999999999}]}'
    yield "huge claim", CLAIM % (b"9" * 400)
    yield "truncated", b'{"FileSystems": [{"FileSystemType": "LUSTRE", "Stor'
    yield "truncated YAML", b'Resources:\n  A:\n    Type: "AWS::FSx::File'


CLAIM = b"""kind: PersistentVolumeClaim
metadata: {name: a}
spec: {storageClassName: s, resources: {requests: {storage: %sGi}}}
"""


def laughs():
    """Aliases of aliases, which stand for 9 to the 20th."""
    lines = [b"a0: &a0 [lol]"]
    lines += [b"a%d: &a%d [%s]" % (i, i, b", ".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 20)]
    return b"\n".join(lines) + b"\nResources: *a19\n"


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def check(form, name, path):
    """Faults of one call, with its seconds and the most memory it took, in MiB."""
    begun = time.monotonic()
    with path.open("rb") as text:
        process = subprocess.Popen(
            [FSX, "import", "-", "--from", form], stdin=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=limit,
        )
        try:
            _, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return [f"{form}, {name}: still running after {SECONDS} s"], SECONDS
    seconds = time.monotonic() - begun
    err = err.decode(errors="replace")
    faults = []
    if "panicked" in err or process.returncode not in (1, 2):
        faults.append(f"status {process.returncode}: {err[:300]}")
    elif not err.startswith("error"):
        faults.append(f"no line of error: {err[:300]!r}")
    elif len(err) > 100_000:
        faults.append(f"{len(err)} bytes of errors")
    return [f"{form}, {name}: {fault}" for fault in faults], seconds


def main():
    folder = WORK / "hostile"
    folder.mkdir(parents=True, exist_ok=True)
    named = []
    for i, (name, text) in enumerate(texts()):
        path = folder / f"{i}"
        path.write_bytes(text)
        named.append((name, path))
    calls = [(form, *it) for form in formats() for it in named]
    results = each(lambda call: check(*call), calls)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    slowest = max(range(len(calls)), key=lambda i: results[i][1])
    for _, path in named:
        path.unlink()
    print(f"hostile texts: most memory {peak} MiB, slowest {results[slowest][1]:.1f} s ({', '.join(calls[slowest][:2])})")
    conclude("hostile texts", len(calls), [fault for faults, _ in results for fault in faults])


if __name__ == "__main__":
    main()
