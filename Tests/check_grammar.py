"""Lets a parser of others read the grammars, and judge the sentences that the tests have written.

    check_grammar.py GRAMMARS SENTENCES
"""

import pathlib
import sys
import time

from abnf.parser import ParseError, Rule

SECONDS = 60  # for the sentences of one dialect; the rest is not judged, which is said


def load(folder, files):
    """A class of rules of its own, because the package keeps the rules of each class."""
    rules = type("Rules", (Rule,), {})
    for file in files:
        rules.load_grammar((folder / file).read_text())
    return rules


def accepts(rule, text):
    try:
        rule.parse_all(text)
        return True
    except ParseError:
        return False


def judge(folder, file, faults):
    head, *lines = file.read_text().splitlines()
    start, *files = head.split()
    rule = load(folder, files)(start)
    counts = {"+": 0, "-": 0}
    begin = time.monotonic()
    for line in lines:
        if time.monotonic() - begin > SECONDS:
            break
        text = bytes.fromhex(line[1:]).decode("latin-1")
        counts[line[0]] += 1
        if accepts(rule, text) != (line[0] == "+"):
            faults.append(f"{file.stem}: {text!r} is {'no' if line[0] == '+' else 'a'} sentence for the package abnf")
    left = len(lines) - sum(counts.values())
    print(f"grammar {file.stem}: {counts['+']} sentences, {counts['-']} others" + (f", {left} not judged" if left else ""))
    if min(counts.values()) < 20:
        faults.append(f"{file.stem}: hardly anything was judged")


def check_pictures(folder, faults):
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    import draw

    expected = dict(draw.pictures())
    for file in sorted(set(expected) | set((folder / "diagrams").glob("*.svg"))):
        if not file.exists() or file.read_text() != expected.get(file):
            faults.append(f"{file.name} is not the picture of its grammar: run Tests/check-grammar --draw")
    print(f"diagrams: {len(expected)}")


def main(folder, sentences):
    folder = pathlib.Path(folder).resolve()
    faults = []
    check_pictures(folder, faults)
    files = sorted(pathlib.Path(sentences).glob("*.txt"))
    for file in files:
        judge(folder, file, faults)
    if len(files) < 6:
        faults.append("sentences of six dialects were expected")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
