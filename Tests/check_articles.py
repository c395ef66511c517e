"""Executes the articles: requests in ```text blocks, Swift in ```swift blocks. Any other block is a fault."""

import os
import pathlib
import re
import subprocess
import sys

REQUEST = re.compile(r"> (\S+) (\S+)(?: (.*))?$")
FENCE = re.compile(r"```(.*)$")


def run(command):
    return subprocess.run(command, capture_output=True, text=True)


def answer(tamis, fixtures, style, resource, query):
    """What one request gives: what was said of it, its statement after FROM, its bindings, and its records; or what
    is wrong. A style is a query dialect, with `/faithful` after it for that policy."""
    dialect, _, policy = style.partition("/")
    request = ["--resource", resource, "--dialect", dialect, "--policy", policy or "strict"]
    compiled = run([tamis, "compile", *request, "--sql", "postgresql", "--", query])
    if compiled.returncode:
        return [f"  {line}".rstrip() for line in compiled.stderr.splitlines()]
    statement, *bindings = compiled.stdout.splitlines()
    rest = re.split(r" FROM (?:\"[^\"]*\"\.?)+ ", statement, maxsplit=1)[1]
    lines = [f"  {line}".rstrip() for line in compiled.stderr.splitlines()]
    lines += [f"  {part}" for part in re.split(r" (?=ORDER BY)", rest, maxsplit=1)]
    values = [re.sub(r"^\d+ +[a-z ]+?  +", "", line) for line in bindings]
    lines.append("  bindings: " + " · ".join(values))
    records = fixtures / f"{resource.replace('/', '-')}.records.ndjson"
    if records.exists():
        ids = {}
        for engine in ("memory", "sqlite"):
            selected = run([tamis, "select", *request, "--records", str(records), "--engine", engine,
                            "--format", "ids", "--", query])
            ids[engine] = " ".join(selected.stdout.split()) or selected.stderr.strip() or "none"
        lines.append("  records: " + ids["memory"])
        if ids["memory"] != ids["sqlite"]:
            lines.append("  but on SQLite: " + ids["sqlite"])
    return lines


def blocks(lines):
    """Each fenced block: its language, the place of its first line, and its lines."""
    start = None
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence and start is None:
            start, language = number + 1, fence[1]
        elif fence:
            yield language, start, lines[start:number]
            start = None
    if start is not None:
        yield "unclosed", start, []


def swift_source(name, bodies):
    """One function of all the article's blocks, and their imports before it."""
    lines = [line for body in bodies for line in body]
    imports = sorted({line for line in lines if line.startswith("import ")})
    code = [line for line in lines if not line.startswith("import ")]
    return "\n".join([*imports, f"func article{name}() throws {{", *code, "}", ""])


def main(tamis, root, client):
    root, client = pathlib.Path(root), pathlib.Path(client)
    recording = os.environ.get("TAMIS_RECORD") == "1"
    faults, calls, expected, examples = [], [], [], 0
    for article in sorted((root / "Sources/Tamis/Tamis.docc").glob("*.md")):
        lines, changed, bodies = article.read_text().splitlines(), [], []
        for language, start, body in blocks(lines):
            place = f"{article.name}:{start}"
            request = REQUEST.match(body[0]) if body else None
            if language == "swift":
                bodies.append(body)
                expected += [line.split("  // ", 1)[1] for line in body
                             if line.lstrip().startswith("print(") and "  // " in line]
                faults += [f"{place}: a print without its output" for line in body
                           if line.lstrip().startswith("print(") and "  // " not in line]
            elif language == "text" and request:
                examples += 1
                now = answer(tamis, root / "Tests/TamisTests/Fixtures", request[1], request[2], request[3] or "")
                if now != body[1:]:
                    faults.append("\n".join([f"{place}: {body[0]}", *now]))
                    changed.append((start + 1, start + len(body), now))
            else:
                faults.append(f"{place}: neither Swift nor a request")
        if bodies:
            calls.append(f"try article{article.stem}()")
            (client / f"{article.stem}.swift").write_text(swift_source(article.stem, bodies))
        if recording:
            for first, last, now in reversed(changed):
                lines[first:last] = now
            article.write_text("\n".join(lines) + "\n")
    (client / "main.swift").write_text("\n".join(calls) + "\n")
    (client / "expected").write_text("".join(f"{line}\n" for line in expected))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"articles: {examples} requests, {len(expected)} printed lines")
    return 1 if faults or not examples or not expected else 0


sys.exit(main(*sys.argv[1:]))
