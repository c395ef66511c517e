"""Validates the documents in a folder: `*.resource.json`, `*.faulty.json` and `*.openapi.json`."""

import json
import pathlib
import sys

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator


def main(schema_path, folder):
    schema = json.loads(pathlib.Path(schema_path).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    resources = jsonschema.Draft202012Validator(schema)
    faults = []
    counts = {}

    def check(kind, problem_of):
        files = sorted(pathlib.Path(folder).glob(f"*.{kind}.json"))
        counts[kind] = len(files)
        for file in files:
            problem = problem_of(json.loads(file.read_text()))
            if problem:
                faults.append(f"{file.name}: {problem}")

    def first(errors):
        error = next(iter(errors), None)
        return error and f"{'/'.join(map(str, error.absolute_path))}: {error.message[:400]}"

    check("resource", lambda value: first(resources.iter_errors(value)))
    check("faulty", lambda value: "the schema accepts it" if resources.is_valid(value) else None)
    check("openapi", lambda value: first(OpenAPIV31SpecValidator(value).iter_errors()))
    for fault in faults:
        print(fault, file=sys.stderr)
    print("documents: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    empty = [kind for kind, count in counts.items() if count == 0]
    if empty:
        print(f"nothing to check: {', '.join(empty)}", file=sys.stderr)
    return 1 if faults or empty else 0


sys.exit(main(*sys.argv[1:]))
