#!/usr/bin/env bash
# Do data tools load what we write, with the lines that the manual gives?
# run.sh BUILD: pandas, csvkit, PostgreSQL, DuckDB; SQLite, Miller and jq are
# cases of tests/cli/loaders. Prints ok, FAIL or skipped for each, and
# `N passed, N failed` at the end. DuckDB comes from the npm registry: without
# one it is skipped.
set -u

TESTS=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-build}" && pwd) || exit 2
work=$(mktemp -d "${TMPDIR:-/tmp}/mqstat-loaders.XXXXXX") && chmod 755 "$work"
export TESTS PATIENCE=5 PATH="$build:$PATH" LC_ALL=C.UTF-8
bin=/usr/lib/postgresql/15/bin
duckdb=1.5.6-r.1
passed=0 failed=0
cd "$work" || exit 2
# shellcheck source=tests/lib.sh disable=SC1091
. "$TESTS/lib.sh"
# shellcheck source=tests/loaders/results.sh disable=SC1091
. "$TESTS/loaders/results.sh"

# Called through a trap.
# shellcheck disable=SC2317
finish() {
    end_servers
    [ -e pg/data/postmaster.pid ] && as_postgres stop -m immediate
    cd / && rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# try NAME COMMAND...: one more that passed or failed.
try() {
    local name=$1
    shift
    if "$@" >said 2>&1; then
        passed=$((passed + 1))
        echo "ok $name"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -n 20 said
    fi
}

with_pandas() {
    /usr/bin/python3 -c 'import pandas, sys
pandas.read_csv(sys.argv[1], dtype={"client_id": "string", "online": "boolean"},
                keep_default_na=False, na_values=[""]).to_json(
    sys.stdout, orient="records", lines=True)' "$1" |
        "$TESTS/loaders/loaded.py" "$1"
}

with_csvkit() {
    csvcut "$1" | "$TESTS/loaders/loaded.py" "$1"
}

# PostgreSQL does not run as root.
as_postgres() {
    local user=()
    [ "$(id -u)" -ne 0 ] ||
        user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    "${user[@]}" "$bin/pg_ctl" -s -D pg/data "$@" </dev/null >>pg.log 2>&1
}

postgresql() {
    mkdir pg
    [ "$(id -u)" -ne 0 ] || chown postgres . pg
    as_postgres init -o '-A trust -U postgres -N -E UTF8' &&
        as_postgres start -w -o \
            "-c listen_addresses= -c unix_socket_directories=$work/pg" && return
    cat pg.log
    return 1
}

query() {
    psql -h "$work/pg" -U postgres -v ON_ERROR_STOP=1 -q --csv -f "$@"
}

# The sample's table, and the kept column that nasty.csv has besides.
with_postgresql() {
    local kept=
    [ "$1" != nasty.csv ] || kept=', model text'
    {
        echo "DROP TABLE IF EXISTS result;"
        sed -n '/^CREATE TABLE result/,/^);/p' "$TESTS/../samples/postgresql.sql" |
            sed "s/^);/$kept);/"
        echo "\\copy result FROM '$1' WITH (FORMAT csv, HEADER)"
        echo "SELECT * FROM result;"
    } | query - | "$TESTS/loaders/loaded.py" "$1"
}

# with_duckdb FILE FROM
with_duckdb() {
    echo "COPY (FROM $2) TO '/dev/stdout' (FORMAT json);" >load.sql
    node "$build/loaders/duckdb.mjs" load.sql | "$TESTS/loaders/loaded.py" "$1"
}

# Outside of the work tree's own files, and kept for the next time.
duckdb() {
    mkdir -p "$build/loaders" && cp "$TESTS/loaders/duckdb.mjs" "$build/loaders"
    [ -e "$build/loaders/node_modules/@duckdb/node-api" ] ||
        timeout 300 npm install --prefix "$build/loaders" --no-audit --no-fund \
            --ignore-scripts "@duckdb/node-api@$duckdb" >npm.log 2>&1
}

# The recipes say the same; DuckDB's last line is about its Parquet file.
recipe() {
    "$@" | sed '/^[0-9]*,[0-9]*$/d' | diff - recipe.expected
}

if ! nasty_results >results 2>&1 || ! sample_results >>results 2>&1; then
    cat results
    exit 1
fi
sqlite3 :memory: <"$TESTS/../samples/sqlite.sql" | tr -d '"\r' >recipe.expected
for file in nasty.csv digits.csv errors.csv empty.csv; do
    try "pandas $file" with_pandas "$file"
    try "csvkit $file" with_csvkit "$file"
done
try "PostgreSQL starts" postgresql
for file in nasty.csv digits.csv errors.csv empty.csv; do
    try "PostgreSQL $file" with_postgresql "$file"
done
try "PostgreSQL's recipe" recipe query \
    "$TESTS/../samples/postgresql.sql" -d template1 -t
if duckdb; then
    for file in nasty.csv nasty.ndjson errors.csv empty.csv; do
        try "DuckDB $file" with_duckdb "$file" "'$file'"
    done
    try "DuckDB digits.csv" with_duckdb digits.csv \
        "read_csv('digits.csv', types = {'client_id': 'VARCHAR'})"
    try "DuckDB's recipe" recipe node "$build/loaders/duckdb.mjs" \
        "$TESTS/../samples/duckdb.sql"
    try "DuckDB's Parquet" test -s result.parquet
else
    echo "skipped DuckDB: it cannot be had: $(grep -m 1 error npm.log)"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
