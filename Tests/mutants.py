"""Mutation check: faults in planner, emitters and evaluator, one at a time, and a test that fails for each.

The faults are compiled into one copy of the project, and switched on by their numbers in TAMIS_MUTANT, so that there is
one build for all of them. A fault is killed when a stage of the tests fails, traps or does not end; the first test that
fails is noted. Faults that change nothing that can be seen stand with their reasons in Tests/Mutants/equivalent.txt.
Ends with 0 when at least 95 % of the others are killed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
COPY = ROOT / ".build" / "mutants"
PACKAGE = ROOT / "Tests" / "Mutants"

PARTS = {
    "Normalizer": [
        "Sources/TamisPlanner/Normalizer.swift",
        "Sources/TamisModel/Query/Query+Building.swift",
        "Sources/TamisModel/Query/Operator.swift",
        "Sources/TamisModel/Query/PatternPlace.swift",
    ],
    "type check and coercion": [
        "Sources/TamisPlanner/Coercion.swift",
        "Sources/TamisPlanner/FieldFacts.swift",
        "Sources/TamisPlanner/PatternReader.swift",
        "Sources/TamisPlanner/PlanningSession+Criteria.swift",
        "Sources/TamisPlanner/PlanningSession+Groups.swift",
        "Sources/TamisPlanner/PlanningSession+Lists.swift",
        "Sources/TamisPlanner/PlanningSession+Operands.swift",
        "Sources/TamisPlanner/PlanningSession+Order.swift",
        "Sources/TamisPlanner/PlanningSession+Page.swift",
        "Sources/TamisPlanner/PlanningSession+Regex.swift",
        "Sources/TamisPlanner/PlanningSession+Values.swift",
        "Sources/TamisPlanner/PlanningSession+Virtual.swift",
        "Sources/TamisModel/Values/BinaryRange.swift",
        "Sources/TamisModel/Values/DateLiteral.swift",
        "Sources/TamisModel/Values/DecimalText.swift",
    ],
    "SQL emitters": [
        "Sources/TamisSQL/StatementWriter*.swift",
        "Sources/TamisSQL/BindingSlot.swift",
        "Sources/TamisSQL/ColumnEncoding*.swift",
        "Sources/TamisSQL/Dialects/*.swift",
        "Sources/TamisSQL/FixedDecimal.swift",
        "Sources/TamisSQL/LinkLayout.swift",
        "Sources/TamisSQL/OrderedText.swift",
        "Sources/TamisSQL/PreparedRelation.swift",
        "Sources/TamisSQL/ScaledInteger.swift",
    ],
    "PredicateCompiler and evaluator": [
        "Sources/TamisMemory/PredicateCompiler.swift",
        "Sources/TamisMemory/PredicateProgram.swift",
        "Sources/TamisMemory/*Test.swift",
        "Sources/TamisMemory/CellOrder.swift",
        "Sources/TamisMemory/ElementFilter.swift",
        "Sources/TamisMemory/JSONContainment.swift",
        "Sources/TamisMemory/JSONEquality.swift",
        "Sources/TamisMemory/PatternMatcher.swift",
        "Sources/TamisMemory/RecordSelection.swift",
        "Sources/TamisMemory/RecordSetOrdering.swift",
        "Sources/TamisMemory/RelatedRecords.swift",
        "Sources/TamisMemory/ScaledDecimal.swift",
    ],
}

FEW = {"TAMIS_QUERIES": "500", "TAMIS_RESOURCES": "20"}

# A part's own tests, but for the slow ones.
UNITS = {
    "Normalizer": "TamisPlannerTests",
    "type check and coercion": "TamisPlannerTests|TamisModelTests",
    "SQL emitters": "TamisSQLTests|StatementGoldenTests",
    "PredicateCompiler and evaluator": "TamisMemoryTests[.](Record|JSON|PredicateTests|Cell|"
    "PatternMatcherTests/(table|letters))",
}

# What takes longer: whole systems' requests, random patterns, walks through pages. None measures time.
SYSTEMS = "TamisTests[.](Blnk|KeyChain|Metronome|DeclaredFilter|ValueQuery)"
REST = {
    "Normalizer": SYSTEMS,
    "type check and coercion": SYSTEMS,
    "SQL emitters": "TamisTests[.](CursorToken|CursorLaws|ValueCursor)",
    "PredicateCompiler and evaluator": "TamisMemoryTests.*/(agrees|longPatterns)|RegexMatcherTests|IncludedRecord|"
    "TamisTests[.](Blnk|ValueQuery)",
}

# In the order in which they are tried: quick ones first.
STAGES = {
    "all": [
        ("units", UNITS, {}),
        ("goldens", "TamisTests[.]CaseTests|FaithfulCaseTests|SQLExecutionTests|NestedRelationTests", {}),
        ("laws", "QueryLaws", FEW),
        ("the rest", REST, FEW),
    ],
    # What a project with an example or two would have: to see that faults survive it.
    "weak": [("one example", "StatementTests/wholeStatement", {})],
}

FAILED = re.compile(r"✘(?:\x1b\[0m)? Test (?:\"(.+?)\"|(\S+)) recorded an issue")
AT = re.compile(r" at (\w+)[.]swift:\d+")
SWITCH = re.compile(r"mutant\((\d+)\)")


def run(command, **options):
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **options
    )


# MARK: The copy


def files():
    found = []
    for part, patterns in PARTS.items():
        for pattern in patterns:
            names = sorted(ROOT.glob(pattern))
            if not names:
                sys.exit(f"no file is {pattern}")
            found += [(str(name.relative_to(ROOT)), part) for name in names]
    return dict(found)


def faults(names, skipped=None):
    """All faults, with those that are left out; writes the files with the others into the copy."""
    command = [str(PACKAGE / ".build" / "debug" / "Mutate"), "--project", str(ROOT)]
    if skipped is not None:
        command += ["--copy", str(COPY)]
        listed = COPY.parent / "mutants-without.txt"
        listed.write_text(" ".join(map(str, sorted(skipped))))
        command += ["--without", str(listed)]
    made = subprocess.run(command + names, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return numbered([json.loads(line) for line in made.stdout.splitlines()])


def numbered(mutants):
    """The same change may stand in a function twice: then the second has #2 in its place."""
    seen = collections.Counter()
    for mutant in mutants:
        mutant["change"] = " ".join(f"{mutant['original']} -> {mutant['replacement']}".split())
        seen[key(mutant)] += 1
        if seen[key(mutant)] > 1:
            mutant["place"] += f"#{seen[key(mutant)]}"
    return mutants


def key(mutant):
    return mutant["file"], mutant["place"], mutant["change"]


def copy_project(names):
    """The files that git has, in a folder of their own; what has not changed keeps its time."""
    COPY.mkdir(parents=True, exist_ok=True)
    listed = [name for name in run(["git", "ls-files"], cwd=ROOT).stdout.splitlines() if (ROOT / name).is_file()]
    for name in listed:
        target = COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if name == "Package.swift":
            tolerant(target)
        elif name not in names and not same(ROOT / name, target):
            shutil.copy2(ROOT / name, target)
    for folder in ["Sources", "Tests"]:
        for old in (COPY / folder).rglob("*.swift"):
            if str(old.relative_to(COPY)) not in listed and old.name != "Mutation.swift":
                old.unlink()


def same(left, right):
    return right.is_file() and left.read_bytes() == right.read_bytes()


def tolerant(target):
    """A fault may give a warning."""
    text = (ROOT / "Package.swift").read_text().replace(".treatAllWarnings(as: .error),", "")
    if not target.is_file() or target.read_text() != text:
        target.write_text(text)


def build():
    """The faults whose text does not compile, by their numbers; none when all is well."""
    done = run(["swift", "build", "--build-tests"], cwd=COPY)
    if done.returncode == 0:
        return set()
    places = set(re.findall(r"^(/\S+?\.swift):(\d+):\d+: error", done.stdout, re.M))
    found = set()
    for path, line in places:
        lines = pathlib.Path(path).read_text().splitlines()
        numbers, width = [], 0
        while not numbers and width < 4:
            window = lines[max(0, int(line) - 1 - width) : int(line) + width]
            numbers = SWITCH.findall("\n".join(window))
            width += 1
        found.update(int(number) for number in numbers)
    if not found:
        sys.exit("the copy does not build:\n" + done.stdout[-4000:])
    return found


def prepare(count):
    """The faults that are tried, all there are, and those that do not compile. Without a count, the listed ones."""
    parts = files()
    subprocess.run(["swift", "build", "-q", "--package-path", str(PACKAGE)], check=True)
    copy_project(parts)
    everything = faults(list(parts))
    chosen = {mutant["number"] for mutant in (spread(everything, count) if count is not None else listed(everything))}
    left_out = {mutant["number"] for mutant in everything} - chosen
    broken = read_broken(everything)
    while True:
        faults(list(parts), left_out | broken)
        found = build()
        if not found:
            break
        broken |= found
        write_broken(everything, broken)
        print(f"{len(found)} faults do not compile", flush=True)
    shutil.copy2(next((COPY / ".build").glob("*/debug/tamisPackageTests.xctest")), COPY / "tests")
    tried = [mutant | {"part": parts[mutant["file"]]} for mutant in everything
             if mutant["number"] in chosen - broken]
    return tried, everything, [mutant for mutant in everything if mutant["number"] in chosen & broken]


def read_broken(everything):
    """Those of the run before, so that they are not built again."""
    listed = COPY.parent / "mutants-broken.json"
    if not listed.is_file():
        return set()
    known = {tuple(place) for place in json.loads(listed.read_text())}
    return {mutant["number"] for mutant in everything if key(mutant) in known}


def write_broken(everything, broken):
    known = [key(mutant) for mutant in everything if mutant["number"] in broken]
    (COPY.parent / "mutants-broken.json").write_text(json.dumps(known))


def listed(mutants):
    """Those of Tests/Mutants/tried.txt, whose lines are `file | place | original -> replacement`: a list, so that a
    line of the library that is written anew does not put others in the place of all that come after it."""
    lines = [line for line in (PACKAGE / "tried.txt").read_text().splitlines() if line and not line.startswith("#")]
    wanted = {tuple(part.strip() for part in line.split(" | ", 2)) for line in lines}
    found = [mutant for mutant in mutants if key(mutant) in wanted]
    if len(found) < len(wanted):
        print(f"{len(wanted) - len(found)} listed faults are no more: their lines have changed", flush=True)
    # A list of what has been would pass, and say nothing of what is.
    if len(found) < 0.95 * len(wanted):
        sys.exit("too few of tried.txt are left: it needs faults of the new lines")
    return found


def spread(mutants, count):
    """So many of them, the same ones each time, from everywhere."""
    if not count or count >= len(mutants):
        return mutants
    return [mutants[index * len(mutants) // count] for index in range(count)]


# MARK: Trying


def test(number, part, stage, limit):
    """None when the stage passes, otherwise what failed. Ends at the first failure, or after `limit` seconds of
    the processor's time: the machine may be busy with other things."""
    name, names, settings = stage
    command = ["prlimit", f"--cpu={limit}", COPY / "tests", "--quiet", "--disable-xctest"]
    command += ["--testing-library", "swift-testing", "--filter", names[part] if isinstance(names, dict) else names]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("TAMIS_")}
    environment |= settings | {"TAMIS_MUTANT": str(number), "SWIFT_BACKTRACE": "enable=no"}
    process = subprocess.Popen(
        command, cwd=COPY, env=environment, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
        errors="replace",
    )
    stopped = threading.Event()
    timer = threading.Timer(limit * 10, lambda: (stopped.set(), process.kill()))
    timer.start()
    failed = first_failure(process.stdout)
    if failed:
        process.kill()
    process.stdout.close()
    code = process.wait()
    timer.cancel()
    if failed:
        return failed
    if stopped.is_set() or code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "does not end"
    if code in (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        raise InterruptedError(f"fault {number}: somebody ended its tests")
    return f"a trap ({signal.Signals(-code).name})" if code < 0 else "fails" if code else None


def first_failure(lines):
    for line in lines:
        found = FAILED.search(line)
        if found:
            place = AT.search(line)
            name = (found[1] or found[2]).removesuffix("(_:)")
            return f"{place[1]}: {name}" if place else name
    return None


def judge(mutant, stages, limits):
    for stage in stages:
        failed = test(mutant["number"], mutant["part"], stage, limits[stage[0], mutant["part"]])
        if failed:
            return mutant | {"stage": stage[0], "failed": failed}
    return mutant | {"stage": None, "failed": None}


def baseline(stages):
    """The most processor time that a stage of a part may take: more than three times what it needs."""
    limits = {}
    for stage in stages:
        for part in PARTS:
            if isinstance(stage[1], str) and limits.get((stage[0], list(PARTS)[0])):
                limits[stage[0], part] = limits[stage[0], list(PARTS)[0]]
            else:
                limits[stage[0], part] = 3 + int(3 * measured(part, stage))
    return limits


def measured(part, stage):
    """How much processor time a stage needs when nothing is wrong, and that it passes then."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = test(0, part, stage, 600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if failed:
        sys.exit(f"without a fault, {stage[0]} fail: {failed}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    whose = f" of {part}" if isinstance(stage[1], dict) else ""
    print(f"without a fault: {stage[0]}{whose} pass in {seconds:.1f} s of processor time", flush=True)
    return seconds


def try_all(mutants, stages, limits, jobs, report):
    ends = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool, report.open("a") as lines:
        tasks = [pool.submit(judge, mutant, stages, limits) for mutant in mutants]
        for task in concurrent.futures.as_completed(tasks):
            end = task.result()
            ends.append(end)
            lines.write(json.dumps(end) + "\n")
            lines.flush()
            if not end["stage"]:
                print(f"survives: {' | '.join(key(end))} (line {end['line']})", flush=True)
    return ends


def earlier(report, survivors_too):
    """The ends of a run before, for those that are not tried again."""
    if not report.is_file():
        return {}
    ends = [json.loads(line) for line in report.read_text().splitlines()]
    return {key(end): end for end in ends if end["stage"] or survivors_too}


# MARK: Telling


def equivalents():
    """Why a fault changes nothing: `file | place | original -> replacement | reason`."""
    reasons = {}
    for line in (PACKAGE / "equivalent.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            file, place, change, reason = (part.strip() for part in line.split(" | ", 3))
            reasons[file, place, change] = reason
    return reasons


def summary(ends, stages):
    reasons = equivalents()
    rows = collections.defaultdict(collections.Counter)
    survivors = []
    for end in sorted(ends, key=lambda end: (end["file"], end["line"])):
        outcome = end["stage"] or ("change nothing" if key(end) in reasons else "survive")
        for row in [(end["part"], end["file"]), (end["part"], "all"), ("all", "all")]:
            rows[row].update(["faults", outcome, "killed" if end["stage"] else "not killed"])
        if outcome == "survive":
            survivors.append(end)
    columns = ["faults", "killed"] + [stage[0] for stage in stages] + ["change nothing", "survive"]
    print("| File | " + " | ".join(columns) + " |\n|---|" + "---:|" * len(columns))
    parts = list(PARTS) + ["all"]
    for part, file in sorted(rows, key=lambda row: (parts.index(row[0]), row[1] == "all", row[1])):
        name = f"**{part}**" if file == "all" else pathlib.Path(file).name
        print(f"| {name} | " + " | ".join(str(rows[part, file][column]) for column in columns) + " |")
    for end in survivors:
        print(f"survivor: {end['file']}:{end['line']} {' | '.join(key(end)[1:])}")
    counted = rows["all", "all"]["faults"] - rows["all", "all"]["change nothing"]
    share = 100 * rows["all", "all"]["killed"] / max(1, counted)
    print(f"{rows['all', 'all']['killed']} of {counted} faults killed ({share:.1f} %), "
          f"{rows['all', 'all']['change nothing']} more change nothing")
    return 0 if ends and share >= 95 else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int,
                        help="so many faults, from everywhere, instead of those that are listed; all when 0")
    parser.add_argument("--tests", choices=STAGES, default="all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--again", choices=["all", "survivors", "none"], default="all",
                        help="of a run before, what is tried again")
    parser.add_argument("--quick", action="store_true", help="without the last stage, which is the longest")
    parser.add_argument("--part", help="only the part whose name has this")
    options = parser.parse_args()
    report = COPY.parent / f"mutants-{options.tests}.jsonl"
    if options.again == "all":
        report.unlink(missing_ok=True)
    mutants, everything, broken = prepare(options.count)
    print(f"{len(everything)} faults are known, {len(mutants)} of them tried; {len(broken)} more of those chosen do "
          "not compile", flush=True)
    mutants = [mutant for mutant in mutants if not options.part or options.part in mutant["part"]]
    known = earlier(report, options.again == "none")
    stages = STAGES[options.tests][: -1 if options.quick else None]
    ends = [known[key(mutant)] for mutant in mutants if key(mutant) in known]
    rest = [mutant for mutant in mutants if key(mutant) not in known]
    random.Random(0).shuffle(rest)
    if rest:
        ends += try_all(rest, stages, baseline(stages), options.jobs, report)
    sys.exit(summary(ends, stages))


main()
