#!/usr/bin/env python3
"""Runs SQL statements on an engine for the tests: JSON lines in, JSON lines out.

    engine_bridge.py duckdb | mariadb | clickhouse | spark

The first line that it writes is {"ready": "<version>"}. After that, one answer for each request:

    {"load": ["CREATE TABLE …", …], "rows": [["INSERT …", [[binding, …], …]], …]}   ->  {"loaded": n}
    {"run": [["SELECT …", [binding, …]], …]}                                         ->  {"results": [result, …]}

{"quit": true} ends the process. Each answer also has "seconds", the time that the engine has taken.
Loading begins with an empty database. A result is a list of rows, each a list of texts and nulls, or
{"error": "…"} with the engine's own words. A request that can not be read is answered with {"error": "…"}.

A binding is null or [type, value]: ["integer", "-5"], ["text", "a"], ["boolean", true], ["decimal", "12.5"],
["timestamp", "<microseconds since 1970 UTC>"], ["date", "<days since 1970>"], ["uuid", "…"], ["bytes", "00ff"],
["json", "{…}"], ["array", [binding, …]].
"""

import datetime
import decimal
import json
import logging
import os
import re
import sys
import time

EPOCH = datetime.datetime(1970, 1, 1)
DECIMALS = decimal.Context(prec=2000)


def plain(binding):
    """The value as Python has it, for engines whose drivers take it so."""
    if binding is None:
        return None
    kind, value = binding
    if kind in ("integer", "timestamp", "date"):
        return int(value)
    if kind == "bytes":
        return bytes.fromhex(value)
    if kind == "array":
        return [plain(item) for item in value]
    return value


def text(value):
    """A cell as text, exactly."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (bytes, bytearray)):
        return "\\x" + value.hex()
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, default=str)
    return str(value)


def rows(cells):
    return [[text(cell) for cell in row] for row in cells]


class DuckDB:
    """In memory. The session's zone is a far one, so that a conversion which should not be shows."""

    def __init__(self):
        import duckdb

        self.duckdb = duckdb
        self.connection = duckdb.connect(":memory:")
        self.version = self.connection.execute("SELECT version()").fetchone()[0]

    def reset(self):
        # What was in the last one goes with it, schemas too.
        self.connection = self.duckdb.connect(":memory:", config={"threads": "1"})
        self.connection.execute("SET TimeZone = 'America/New_York'")
        self.has_bytes = False

    def load(self, statement, table):
        self.connection.executemany(statement, [[plain(b) for b in row] for row in table])

    def run(self, statement, bindings):
        values = [plain(binding) for binding in bindings]
        if not statement.startswith("SELECT "):
            self.has_bytes = self.has_bytes or " BLOB" in statement
            self.connection.execute(statement, values)
            return []
        # As the engine's own text: Python has no instants of all years in all zones.
        found = self.connection.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({statement})", values).fetchall()
        if not self.has_bytes:
            return rows(found)
        kinds = self.connection.execute(f"SELECT * FROM ({statement}) LIMIT 0", values).description
        return [[self.cell(text, kind[1]) for text, kind in zip(row, kinds)] for row in found]

    @staticmethod
    def cell(text, kind):
        """Bytes are text where they are printable ASCII, and \\xHH elsewhere."""
        if text is None or str(kind) not in ("BLOB", "BINARY"):
            return text
        return "\\x" + "".join(m[1] or f"{ord(m[0]):02x}" for m in re.finditer(r"\\x([0-9A-F]{2})|.", text, re.S)).lower()


class MariaDB:
    """A database of its own on the server whose socket TAMIS_MARIADB names; prepared on the server, sent as typed
    values. The database's collation folds case and accents, so that a comparison which forgets its own fails."""

    def __init__(self):
        import mariadb

        self.connection = mariadb.connect(unix_socket=os.environ["TAMIS_MARIADB"], user="root", autocommit=True)
        self.name = f"tamis_{os.getpid()}"
        self.version = self.execute("SELECT VERSION()")[0][0]
        self.execute("SET time_zone = '-05:00'")

    def execute(self, statement):
        cursor = self.connection.cursor()
        try:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()

    def reset(self):
        self.close()
        self.execute(f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
        self.execute(f"USE {self.name}")

    def close(self):
        self.execute(f"DROP DATABASE IF EXISTS {self.name}")

    def claim(self, schema):
        """A schema is a database of the server, which other processes see: one of them at a time may have it."""
        name = self.literal(["text", f"tamis {schema}"])
        if self.execute(f"SELECT GET_LOCK({name}, 600)") != [(1,)]:
            raise TimeoutError(f"the schema {schema} is in use")

    def release(self):
        self.execute("DO RELEASE_ALL_LOCKS()")

    @staticmethod
    def value(binding):
        if binding is not None and binding[0] == "timestamp":
            return EPOCH + datetime.timedelta(microseconds=int(binding[1]))
        if binding is not None and binding[0] == "date":
            return (EPOCH + datetime.timedelta(days=int(binding[1]))).date()
        return plain(binding)

    def load(self, statement, table):
        self.execute("START TRANSACTION")
        for row in table:
            self.run(statement, row)
        self.execute("COMMIT")

    # The driver takes a quote inside a name for the start of a literal, and then does not see the placeholders.
    QUOTE_IN_NAME = re.compile(r"`[^`]*['\"][^`]*`")

    @classmethod
    def literal(cls, binding):
        """A value of the same type, for `EXECUTE … USING`."""
        value = cls.value(binding)
        if value is None:
            return "NULL"
        if isinstance(value, (bool, int)):
            return str(value)
        if isinstance(value, bytes):
            return f"X'{value.hex()}'"
        if isinstance(value, datetime.datetime):
            return f"TIMESTAMP'{value.isoformat(sep=' ')}'"
        if isinstance(value, datetime.date):
            return f"DATE'{value.isoformat()}'"
        return f"CONVERT(X'{value.encode().hex()}' USING utf8mb4)"

    def run_by_name(self, statement, bindings):
        self.execute(f"PREPARE tamis FROM {self.literal(['text', statement])}")
        values = ", ".join(self.literal(binding) for binding in bindings)
        return rows(self.execute("EXECUTE tamis" + (f" USING {values}" if bindings else "")))

    def run(self, statement, bindings):
        if self.QUOTE_IN_NAME.search(statement):
            return self.run_by_name(statement, bindings)
        cursor = self.connection.cursor(binary=True)
        try:
            if bindings:
                cursor.execute(statement, tuple(self.value(binding) for binding in bindings))
            else:
                cursor.execute(statement)
            return rows(cursor.fetchall()) if cursor.description else []
        finally:
            cursor.close()


class ClickHouse:
    """chDB: the engine inside this process. Placeholders are `{p1:Int64}`; texts of parameters are escaped once."""

    def __init__(self):
        from chdb import session

        self.session = session.Session()
        self.version = self.query("SELECT version()")[0][0]

    def query(self, statement, parameters=None):
        answer = self.session.query(statement, "JSONCompactStrings", params=parameters or {})
        body = answer.bytes().decode()
        if not body:
            return []
        parsed = json.loads(body)
        nullable = [column["type"].startswith("Nullable") for column in parsed["meta"]]
        return [
            [None if null and cell == "ᴺᵁᴸᴸ" else cell for null, cell in zip(nullable, row)] for row in parsed["data"]
        ]

    def reset(self):
        self.query("DROP DATABASE IF EXISTS tamis")
        self.query("CREATE DATABASE tamis")
        self.query("USE tamis")

    @staticmethod
    def value(binding):
        if binding is None:
            return "\\N"
        kind, value = binding
        if kind == "boolean":
            return "true" if value else "false"
        if kind == "date":
            return (EPOCH + datetime.timedelta(days=int(value))).date().isoformat()
        return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")

    def load(self, statement, table):
        for row in table:
            self.run(statement, row)

    def run(self, statement, bindings):
        return self.query(statement, {f"p{i + 1}": self.value(b) for i, b in enumerate(bindings)})


class Spark:
    """One local session. Placeholders are `:p1`."""

    def __init__(self):
        import tempfile

        from pyspark.sql import SparkSession

        self.folder = tempfile.mkdtemp(prefix="tamis-spark-")
        builder = SparkSession.builder.master("local[1]").appName("tamis")
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": "1",
            "spark.default.parallelism": "1",
            "spark.sql.session.timeZone": "America/New_York",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.warehouse.dir": self.folder,
        }.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")
        # What fails is said in the answer.
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        self.version = self.session.sql("SELECT version()").collect()[0][0].split(" ")[0]

    def reset(self):
        for table in self.session.catalog.listTables():
            self.session.sql(f"DROP TABLE `{table.name}`")

    def close(self):
        import shutil

        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def load(self, statement, table):
        """All rows in one statement, because each is slow."""
        head, values = statement.rsplit(" VALUES ", 1)
        count = len(table[0])
        numbered = [re.sub(r":p(\d+)", lambda m: f":p{int(m[1]) + i * count}", values) for i in range(len(table))]
        self.run(f"{head} VALUES {', '.join(numbered)}", [binding for row in table for binding in row])

    def run(self, statement, bindings):
        arguments = {f"p{i + 1}": plain(b) for i, b in enumerate(bindings)}
        found = self.session.sql(statement, args=arguments)
        return rows([tuple(row) for row in self.with_times_as_text(found).collect()])

    @staticmethod
    def with_times_as_text(found):
        """Python has no instants of all years in all zones."""
        if not any(kind in ("timestamp", "date") for _, kind in found.dtypes):
            return found
        kinds = [kind for _, kind in found.dtypes]
        numbered = found.toDF(*(f"c{i}" for i in range(len(kinds))))
        return numbered.selectExpr(
            *(f"CAST(c{i} AS STRING)" if kind in ("timestamp", "date") else f"c{i}" for i, kind in enumerate(kinds))
        )

    # A placeholder outside of quotes.
    PLACEHOLDER = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`|:p(\d+)", re.DOTALL)
    BATCH = 48

    TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`|[(),]|\bFROM\b", re.DOTALL)

    @classmethod
    def has_one_column(cls, statement):
        depth = 0
        for token in cls.TOKEN.finditer(statement):
            if token[0] == "(":
                depth += 1
            elif token[0] == ")":
                depth -= 1
            elif depth == 0 and token[0] in (",", "FROM"):
                return token[0] == "FROM"
        return False

    def run_all(self, statements):
        """Many statements in one, because each is slow: those of one column, as texts."""
        results = [None] * len(statements)
        together = [i for i, (statement, _) in enumerate(statements) if self.has_one_column(statement)]
        for start in range(0, len(together), self.BATCH):
            places = together[start : start + self.BATCH]
            for place, rows in zip(places, self.run_halves([statements[place] for place in places])):
                results[place] = rows
        for place in set(range(len(statements))) - set(together):
            results[place] = result(self, *statements[place])
        return results

    def run_halves(self, statements):
        """A batch that fails is halved, until it is known which of its statements does."""
        if len(statements) == 1:
            return [result(self, *statements[0])]
        try:
            return self.run_at_once(statements)
        except Exception:
            half = len(statements) // 2
            return self.run_halves(statements[:half]) + self.run_halves(statements[half:])

    def run_at_once(self, statements):
        """Each row comes with its statement's number and its place among the statement's rows."""
        parts, arguments = [], {}
        for index, (statement, bindings) in enumerate(statements):
            named = self.PLACEHOLDER.sub(lambda m: f":p{index}_{m[1]}" if m[1] else m[0], statement)
            parts.append(
                f"SELECT {index} AS _q, monotonically_increasing_id() AS _i, CAST(_c AS STRING) FROM ({named}) AS _b(_c)"
            )
            for i, binding in enumerate(bindings):
                arguments[f"p{index}_{i + 1}"] = plain(binding)
        found = self.session.sql(" UNION ALL ".join(parts), args=arguments).collect()
        results = [[] for _ in statements]
        for index, _, cell in sorted((tuple(row) for row in found), key=lambda row: row[:2]):
            results[index].append([cell])
        return results


CREATE_SCHEMA = re.compile("CREATE (SCHEMA|DATABASE) IF NOT EXISTS (.*)", re.DOTALL)
ENGINES = {"duckdb": DuckDB, "mariadb": MariaDB, "clickhouse": ClickHouse, "spark": Spark}


def result(engine, statement, bindings):
    try:
        return engine.run(statement, bindings)
    except Exception as error:  # Whatever the engine says is its answer.
        return {"error": f"{type(error).__name__}: {error}"[:2000]}


def answer(engine, request, schemas):
    """One request's answer. `schemas` are those that loading has made, beside the engine's own database."""
    if "run" in request and hasattr(engine, "run_all") and request["run"]:
        return {"results": engine.run_all(request["run"])}
    if "run" in request:
        return {"results": [result(engine, statement, bindings) for statement, bindings in request["run"]]}
    engine.reset()
    for kind, schema in schemas:
        engine.run(f"DROP {kind} IF EXISTS {schema}", [])
    if schemas and hasattr(engine, "release"):
        engine.release()
    schemas.clear()
    for statement in request["load"]:
        made = CREATE_SCHEMA.fullmatch(statement)
        if made:
            if hasattr(engine, "claim"):
                engine.claim(made[2])
            # One that a process has left behind.
            engine.run(f"DROP {made[1]} IF EXISTS {made[2]}", [])
            schemas.append(made.groups())
        engine.run(statement, [])
    for statement, table in request.get("rows", []):
        if table:
            engine.load(statement, table)
    return {"loaded": sum(len(table) for _, table in request.get("rows", []))}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in ENGINES:
        sys.exit(f"usage: engine_bridge.py {' | '.join(ENGINES)}")
    # Engines that write to standard output must not write into the answers.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    engine = ENGINES[sys.argv[1]]()
    reply(output, {"ready": str(engine.version)})
    schemas = []
    for line in sys.stdin.buffer:
        started = time.perf_counter()
        try:
            request = json.loads(line)
            if "quit" in request:
                break
            said = answer(engine, request, schemas)
        except Exception as error:  # A broken request ends that request only.
            said = {"error": f"{type(error).__name__}: {error}"[:2000]}
        reply(output, said | {"seconds": time.perf_counter() - started})
    if hasattr(engine, "close"):
        engine.close()


def reply(output, value):
    # In ASCII: a reader of UTF-8 may take U+FEFF at the start of a text for a byte order mark.
    output.write(json.dumps(value) + "\n")
    output.flush()


if __name__ == "__main__":
    main()
