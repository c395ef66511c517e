"""Has PostgreSQL's own parser read statements. In each may stand: the identifiers of its resource, parameters, and
what the emitter owns, listed below. A value that had become text would be seen as a constant, a name or another node."""

import json
import re
import sys

import pglast
from pglast import ast
from pglast.visitors import Visitor

OWNED = {
    "constant": {"array", "boolean", "number", "object", "string", "null", "[]", "!", 0, 1, True, False,
                 2, 3},  # as many elements as the laws ask for
    "function": {"count", "jsonb_array_elements", "jsonb_build_array", "jsonb_typeof", "lower", "pg_catalog.like_escape",
                 "strpos", "trim_scale"},
    "type": {"pg_catalog.bool", "pg_catalog.int8", "pg_catalog.numeric", "jsonb", "text"},
    "collation": {"C"},
    "node": {"A_Const", "A_Expr", "Alias", "BoolExpr", "Boolean", "CaseExpr", "CaseWhen", "CollateClause",
             "ColumnRef", "FuncCall", "Integer", "JoinExpr", "NullTest", "ParamRef", "RangeFunction", "RangeVar", "RawStmt",
             "ResTarget", "RowExpr", "SelectStmt", "SortBy", "String", "SubLink", "TypeCast", "TypeName"},
}
# What the emitter calls a row or an element inside a statement.
ALIAS = re.compile(r"_[a-z][0-9]*|value")


class Reader(Visitor):
    """Collects what stands in a statement, by kind."""

    def __init__(self):
        super().__init__()
        self.found = {kind: set() for kind in [*OWNED, "name", "parameter"]}

    def visit(self, ancestors, node):
        self.found["node"].add(type(node).__name__)
        if isinstance(node, ast.ColumnRef):
            self.found["name"] |= {part.sval for part in node.fields}
        elif isinstance(node, ast.RangeVar):
            self.found["name"] |= {part for part in (node.schemaname, node.relname) if part}
        elif isinstance(node, ast.Alias):
            self.found["name"].add(node.aliasname)
            self.found["name"] |= {part.sval for part in node.colnames or ()}
        elif isinstance(node, ast.ResTarget) and node.name:
            self.found["name"].add(node.name)
        elif isinstance(node, ast.ParamRef):
            self.found["parameter"].add(node.number)
        elif isinstance(node, ast.A_Const):
            self.found["constant"].add(constant(node))
        elif isinstance(node, ast.FuncCall):
            self.found["function"].add(dotted(node.funcname))
        elif isinstance(node, ast.TypeName):
            self.found["type"].add(dotted(node.names))
        elif isinstance(node, ast.CollateClause):
            self.found["collation"].add(dotted(node.collname))


def dotted(parts):
    return ".".join(part.sval for part in parts)


def constant(node):
    if node.isnull:
        return None
    return getattr(node.val, "sval", getattr(node.val, "ival", getattr(node.val, "boolval", repr(node.val))))


def faults(text, names, keys):
    """What stands in a statement and may not; empty when all is well."""
    try:
        statements = pglast.parse_sql(text)
    except pglast.parser.ParseError as error:
        return [f"PostgreSQL does not read it: {error}"]
    if len(statements) != 1:
        return [f"{len(statements)} statements"]
    reader = Reader()
    reader(statements)
    found = reader.found
    wrong = [f"{kind} {item!r}" for kind, owned in OWNED.items()
             for item in found[kind] - owned - (keys if kind == "constant" else set())]
    wrong += [f"name {name!r}" for name in found["name"] - names if not ALIAS.fullmatch(name)]
    if found["parameter"] != set(range(1, len(found["parameter"]) + 1)):
        wrong.append(f"parameters {sorted(found['parameter'])}")
    return wrong


def check_the_check(text, names, keys):
    """A statement with a value in its text has to be found, wherever the value stands."""
    for tampered in (text.replace("$1", "'USD'", 1), text.replace("$1", "17", 1), text + "; DROP TABLE x",
                     text.replace("$1", "$1 OR pg_sleep(1) IS NULL", 1), text.replace("$1", '"stranger"', 1)):
        if not faults(tampered, names, keys):
            return [f"not seen as tampered: {tampered}"]
    return []


def main(path):
    wrong, count, tampered = [], 0, 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if entry["dialect"] != "postgresql":
                continue
            text, names, keys = entry["text"], set(entry["names"]), set(entry["keys"])
            wrong += [f"{fault} in {text}" for fault in faults(text, names, keys)]
            if count % 100 == 0 and "$1" in text:
                tampered += 5
                wrong += check_the_check(text, names, keys)
            count += 1
    for fault in wrong[:20]:
        print(fault, file=sys.stderr)
    print(f"statements: {count} read by the parser of PostgreSQL {pglast.get_postgresql_version()[0]}, "
          f"{len(wrong)} with anything but identifiers, parameters and the emitter's own; "
          f"{tampered} tampered ones found")
    return 1 if wrong or count < 1000 or not tampered else 0


sys.exit(main(sys.argv[1]))
