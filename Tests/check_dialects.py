"""Has an independent parser (sqlglot) read the statements of the dialects that no parser of their engines reads here.
Each has to be one SELECT with as many placeholders as bindings, and may hold the names of its resource, the keys of its
paths, and what the emitter owns. A value that had become text would be seen as a literal, a name or another node."""

import collections
import json
import multiprocessing
import re
import sys

import sqlglot
from sqlglot import exp, tokens

# Groups are nested as deep as requests may.
sys.setrecursionlimit(100_000)

# Ours to sqlglot's.
DIALECTS = {"sqlite": "sqlite", "mariadb": "mysql", "mysql": "mysql", "duckdb": "duckdb", "clickhouse": "clickhouse",
            "spark": "spark", "trino": "trino"}
# What the emitter calls rows, elements, items of arrays and values inside a statement.
ALIAS = re.compile(r"_[a-z][0-9]*|value|type|key|[nset]|bgw")
# Words of the emitter's own expressions, which stand in literals. Paths are checked by their keys.
LETTERS = {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
           *"abcdefghijklmnopqrstuvwxyz"}
KINDS = {"text", "integer", "real", "true", "false", "null", "object", "array", "STRING", "INTEGER", "UNSIGNED INTEGER",
         "DOUBLE", "DECIMAL", "BOOLEAN", "ARRAY", "OBJECT", "NULL", "VARCHAR", "UBIGINT", "BIGINT", "HUGEINT",
         "UHUGEINT", "String", "Int64", "UInt64", "Double", "Bool", "Array", "Object", "Null", "VOID", '"', "0", "t",
         "[", "{", "n", "OBJECT%", "string", "variant", "bigint", "boolean", "array<variant>"}
OTHERS = {"", "!", "1", "2", "3", ".", "-", "[", "]", "[]", '["', '"]', "$", "$[*]", "-*", "-%", "UTC", "g", "1970-01-01", "1970-01-01 00:00:00",
          "second", "day", "-123456789f", "0000000000t", "^[A-Z]+", "1000000", "6", "20", "9223372036854775807",
          "2147483647", "[-+]*", "*[0-9]*", "*[^0-9.]*", "1000", "26", "16", "65534", "65535", "65533"}
OWNED = LETTERS | KINDS | OTHERS


def literals(tree):
    return {node.this for node in tree.find_all(exp.Literal) if not is_of_type(node)}


def steps(tree):
    """Of the paths that it takes apart, and of what stands where a path may: `meta -> 17` is one to it."""
    found = {node.this for node in tree.find_all(exp.JSONPathKey, exp.JSONPathSubscript)}
    return {str(step) for step in found if not isinstance(step, exp.JSONPathWildcard)}


def is_of_type(node):
    """The digits of `DECIMAL(9, 2)` and `toDecimal256({p1:String}, 2)`."""
    parent = node.parent
    return not node.is_string and (isinstance(parent, exp.DataTypeParam) or (
        isinstance(parent, exp.Anonymous) and parent.name.lower() == "todecimal256") or "decimal" in parent.key)


def names(tree):
    found = {node.this for node in tree.find_all(exp.Identifier)}
    return {name for name in found if isinstance(name, str)}


def placeholders(text, dialect):
    """As the dialect's own tokens are: a question mark inside a name is none."""
    found = sqlglot.tokenize(text, read=dialect)
    kinds = [token.token_type for token in found]
    if dialect == "clickhouse":
        return len({m for m in re.findall(r"\{(p[0-9]+):", without_quoted(text))})
    if dialect == "spark":
        return len(set(re.findall(r":(p[0-9]+)", without_quoted(text))))
    if dialect == "duckdb":
        return len(set(re.findall(r"\$([0-9]+)", without_quoted(text))))
    if dialect == "sqlite":
        numbers, last = set(), 0
        for explicit in re.findall(r"\?([0-9]*)", without_quoted(text)):
            number = int(explicit) if explicit else last + 1
            last = max(last, number)
            numbers.add(number)
        return len(numbers)
    return kinds.count(tokens.TokenType.PLACEHOLDER)


QUOTED = re.compile(r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|\'(?:[^\']|\'\')*\'')

NUMBERED = re.compile(rf"({QUOTED.pattern})|\?[0-9]+")


def without_quoted(text):
    return QUOTED.sub("x", text)


def faults(entry):
    """What stands in a statement and may not; empty when all is well."""
    dialect, text = DIALECTS[entry["dialect"]], entry["text"]
    try:
        # It does not know SQLite's numbered placeholders.
        known = NUMBERED.sub(lambda match: match[1] or "?", text) if dialect == "sqlite" else text
        trees = sqlglot.parse(known, read=dialect)
    except sqlglot.errors.SqlglotError as error:
        return [f"{dialect} does not read it: {str(error)[:200]}"]
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        return [f"{len(trees)} statements, {type(trees[0]).__name__}"]
    tree = trees[0]
    allowed = set(entry["names"])
    keys = {key for key in entry["keys"]}
    wrong = [f"name {name!r}" for name in names(tree) - allowed if not ALIAS.fullmatch(name) and name not in FUNCTIONS]
    wrong += [f"literal {text!r}" for text in literals(tree) - OWNED - keys if not is_path(text, keys | allowed)
              and not is_owned_pattern(text)]
    wrong += [f"step {step!r}" for step in steps(tree) - OWNED - keys]
    if tree.find(exp.Command, exp.Insert, exp.Delete, exp.Update, exp.Drop, exp.Union):
        wrong.append("another statement inside")
    count = placeholders(text, dialect)
    if count != entry["bindings"]:
        wrong.append(f"{count} placeholders, {entry['bindings']} bindings")
    return wrong


FUNCTIONS = {"utf8mb4", "bigint"}


def is_path(text, keys):
    """A path of declared keys: `$."a"."b"`, `$["a"]`, `/a/b`."""
    steps = re.findall(r"\.\"((?:[^\"\\]|\\.)*)\"|\[[\"']((?:[^\"'\\]|\\.)*)[\"']\]|/([^/]*)", text)
    keys = keys | {re.sub(r'(["\\])', r"\\\1", key) for key in keys}
    return bool(steps) and all(any(step in keys for step in steps_of) for steps_of in steps) and text[:1] in "$/"


def is_owned_pattern(text):
    """The regular expressions that find a document's numbers, and their replacements."""
    return "[-+.0-9eE]*" in text or text in ("\\1", "\\2", "\\1' || chr(1) || '\\2", "$1\x01$2\x02", "\x01\x02", "\x01",
                                             "\x02") or "\\1" in text


# A placeholder, whole.
PLACES = {"duckdb": re.compile(r"\$1\b"), "clickhouse": re.compile(r"\{p1:[^}]*\}"), "spark": re.compile(r":p1\b"),
          "sqlite": re.compile(r"\?[0-9]*")}


def check_the_check(entry):
    """A statement with a value in its text has to be found, wherever the value stands."""
    text = entry["text"]
    found = PLACES.get(entry["dialect"], re.compile(r"\?")).search(text)
    if not found or found[0] not in without_quoted(text) or "?" in "".join(entry["names"]):
        return 0, []
    place = found[0]
    tampered = [text.replace(place, "'USD'", 1), text.replace(place, "17", 1), text + "; DROP TABLE x",
                text.replace(place, "stranger", 1), text.replace(place, place + " UNION SELECT 1", 1)]
    return len(tampered), [f"not seen as tampered: {one}" for one in tampered if not faults({**entry, "text": one})]


def check(numbered):
    """The dialect of a line, what is wrong with it, and how many tampered texts were tried."""
    number, line = numbered
    entry = json.loads(line)
    if entry["dialect"] not in DIALECTS:
        return None, [], 0
    wrong = [f"{entry['dialect']}: {fault} in {entry['text']}" for fault in faults(entry)]
    count, unseen = check_the_check(entry) if number % 100 == 0 else (0, [])
    return entry["dialect"], wrong + unseen, count


def main(path):
    wrong, counts, tampered = [], collections.Counter(), 0
    with open(path, encoding="utf-8") as file, multiprocessing.Pool() as pool:
        for dialect, found, count in pool.imap_unordered(check, enumerate(file), chunksize=200):
            wrong += found
            tampered += count
            if dialect:
                counts[dialect] += 1
    for fault in wrong[:20]:
        print(fault, file=sys.stderr)
    print(f"statements: {', '.join(f'{count} of {name}' for name, count in sorted(counts.items()))} "
          f"read by sqlglot {sqlglot.__version__}, {len(wrong)} with anything but names, placeholders and the emitter's "
          f"own; {tampered} tampered ones found")
    return 1 if wrong or set(counts) != set(DIALECTS) or min(counts.values()) < 100 or not tampered else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
