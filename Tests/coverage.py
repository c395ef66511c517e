"""Reads what llvm-cov counted (lcov), names the lines that no test ran, and fails below 95 % of the library.

    coverage.py LEFT < LCOV

LEFT says of functions why lines of theirs are left: `Tamis…/File.swift function(of:) | reason`, one a line.
"""

import bisect
import collections
import pathlib
import sys

NEEDED = 95.0
LIBRARY = """TamisModel TamisJSON TamisSyntax TamisRegex TamisPlanner TamisPrinting TamisSQL TamisMemory TamisReport Tamis
    TamisResources TamisCatalog TamisCrypto TamisHummingbird""".split()

Gap = collections.namedtuple("Gap", "file function first last lines")


class File:
    def __init__(self, path):
        self.path = pathlib.PurePath(path)
        self.counts = {}  # by line
        self.starts = {}  # of functions

    @property
    def name(self):
        """From the target's folder on."""
        parts = self.path.parts
        return "/".join(parts[parts.index("Sources") + 1:])

    @property
    def target(self):
        return self.name.split("/")[0]

    def function(self, line):
        """The one that begins last before the line. What stands inside of it, a closure, is called by its name."""
        starts = sorted(self.starts)
        place = bisect.bisect_right(starts, line)
        return self.starts[starts[place - 1]] if place else "?"

    def gaps(self):
        """Lines without a count beside each other, with nothing between them that has one."""
        run = []
        for line in sorted(self.counts):
            if self.counts[line] == 0 and (not run or self.function(line) == self.function(run[0])):
                run.append(line)
                continue
            if run:
                yield Gap(self, self.function(run[0]), run[0], run[-1], len(run))
            run = [line] if self.counts[line] == 0 else []
        if run:
            yield Gap(self, self.function(run[0]), run[0], run[-1], len(run))


def read(lines):
    files = []
    for line in lines:
        key, _, value = line.rstrip("\n").partition(":")
        if key == "SF":
            files.append(File(value))
        elif key == "FN":
            start, name = value.split(",", 1)
            files[-1].starts[int(start)] = name.split(" in ")[-1]
        elif key == "DA":
            number, count = value.split(",")[:2]
            files[-1].counts[int(number)] = int(count)
    return files


def reasons(path):
    """By file and function."""
    found = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            place, reason = line.split(" | ", 1)
            file, function = place.split(" ", 1)
            found[file, function.strip()] = reason.strip()
    return found


def row(name, files):
    counts = [count for file in files for count in file.counts.values()]
    if not counts:
        print(f"{name:18} in a build with its trait alone")
        return 0.0
    covered = sum(count > 0 for count in counts)
    share = 100 * covered / len(counts)
    print(f"{name:18} {len(counts):7} {covered:8} {share:7.2f} %")
    return share


def table(files):
    """The share of the library."""
    targets = collections.defaultdict(list)
    for file in files:
        targets[file.target].append(file)
    print(f"{'target':18} {'lines':>7} {'covered':>8} {'share':>9}")
    for name in LIBRARY:
        row(name, targets[name])
    share = row("the library", [file for name in LIBRARY for file in targets[name]])
    print("\nbeside it: the tool, and what tests are made of")
    for name in sorted(set(targets) - set(LIBRARY)):
        row(name, targets[name])
    return share


def main(left):
    files = read(sys.stdin)
    known = reasons(pathlib.Path(left))
    share = table(files)
    gaps = sorted((gap for file in files if file.target in LIBRARY for gap in file.gaps()),
                  key=lambda gap: (gap.file.name, gap.first))
    print(f"\n{sum(gap.lines for gap in gaps)} lines are left:")
    for gap in gaps:
        reason = known.get((gap.file.name, gap.function), "not tested")
        place = f"{gap.first}" if gap.first == gap.last else f"{gap.first}-{gap.last}"
        print(f"  {gap.file.name}:{place} {gap.function}: {reason}")
    for place in sorted(set(known) - {(gap.file.name, gap.function) for gap in gaps}):
        print(f"no line is left of {' '.join(place)}: take it out of {left}")
    without = sum(gap.lines for gap in gaps if (gap.file.name, gap.function) not in known)
    print(f"{without} of them without a reason")
    if share < NEEDED:
        raise SystemExit(f"{share:.2f} % of the library's lines: {NEEDED} % are needed")


if __name__ == "__main__":
    main(*sys.argv[1:])
