#!/bin/sh
# Fetch Fuseki by Maven into the folder $1, and let Virtuoso write an empty database there: it opens one faster than it writes one.
# What is there and newer than its recipe stays. What is missing is named; the tests skip it, or take longer.
here=$(dirname "$0") into=$1

is_new() { [ -e "$1" ] && [ -z "$(find "$2" -newer "$1")" ]; }

fuseki() {
  is_new "$into/fuseki/.gathered" "$here/pom.xml" && return
  rm -rf "$into/fuseki"
  mvn --quiet --batch-mode --file "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$(realpath -m "$into/fuseki")" &&
    touch "$into/fuseki/.gathered"
}

virtuoso() {
  is_new "$into/virtuoso/virtuoso.db" "$here/virtuoso.ini" && return
  rm -rf "$into/virtuoso" && mkdir -p "$into/virtuoso/new" &&
    sed 's/${SQL_PORT}/11111/; s/${HTTP_PORT}/18890/' "$here/virtuoso.ini" >"$into/virtuoso/new/virtuoso.ini" &&
    (cd "$into/virtuoso/new" && virtuoso-t +foreground +checkpoint-only +configfile virtuoso.ini >log 2>&1) &&
    mv "$into/virtuoso/new/virtuoso.db" "$into/virtuoso/" && rm -rf "$into/virtuoso/new"
}

if command -v java >/dev/null && command -v mvn >/dev/null; then fuseki || echo 'Fuseki was not fetched: the tests skip it'
else echo 'Java 17 or Maven is missing: the tests skip Fuseki'; fi
if command -v virtuoso-t >/dev/null; then
  virtuoso || echo 'Virtuoso wrote no empty database: the tests will write one, which takes longer'
fi
