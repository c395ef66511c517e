"""Counts the instructions of growing requests, and fits the exponent of their growth."""

import concurrent.futures
import math
import os
import re
import subprocess
import sys
import tempfile

SIZES = [10, 100, 1_000, 10_000]
HIGHEST = 1.1


def instructions(program, *arguments):
    """Of one process, by callgrind. The same program and input give the same count, whatever else is running."""
    with tempfile.NamedTemporaryFile() as out:
        run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", program,
                              *arguments], capture_output=True, text=True, check=False,
                             env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"})
    count = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not count:
        raise SystemExit(f"{arguments}: exit {run.returncode}\n{run.stderr[-2000:]}")
    return int(count[1])


def exponent(sizes, counts):
    """The slope of the line through the logarithms, by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(count) for count in counts]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def main(program, *chosen):
    families = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    families = [family for family in families if not chosen or family in chosen]
    pool = concurrent.futures.ThreadPoolExecutor(2)
    jobs = {(family, size): pool.submit(instructions, program, family, str(size))
            for family in families for size in SIZES}
    # What a process costs that reads nothing is no part of the growth.
    start_up = instructions(program, "start-up")
    slow = []
    print(f"{'family':18}{'exponent':>9}{'at last':>9}" + "".join(f"{size:>14,}" for size in SIZES))
    for family in families:
        counts = [max(1, jobs[family, size].result() - start_up) for size in SIZES]
        # The last decade alone shows what the first ones' constant parts may hide.
        fit, last = exponent(SIZES, counts), exponent(SIZES[-2:], counts[-2:])
        print(f"{family:18}{fit:>9.2f}{last:>9.2f}" + "".join(f"{count:>14,}" for count in counts), flush=True)
        if max(fit, last) > HIGHEST:
            slow.append(family)
    print(f"complexity: {len(families)} families, {len(slow)} above {HIGHEST}" + (f": {slow}" if slow else ""))
    return 1 if slow or not families else 0


sys.exit(main(*sys.argv[1:]))
