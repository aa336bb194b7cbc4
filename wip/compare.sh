#!/bin/bash
# Compare what two checkouts answer: graph, questions, views, exports. compare.sh OLD NEW
old=$1; new=$2; out=/tmp/cmp; rm -rf $out; mkdir -p $out/old $out/new
ask() { side=$1; root=$2; cd $out/$side; export PYTHONPATH=$root/src; t="python -m tipgraph.cli"
  $t build -o graph.trig > /dev/null 2>&1; sed -i '/tipgraph version/d' graph.trig
  for q in $(ls $root/queries/*.rq | xargs -n1 basename | sed 's/.rq//'); do $t query $q -g graph.trig --format csv > q-$q.csv 2>/dev/null; done
  for f in csv.zip ftm.json geojson gexf graphml iati.csv json jsonld nq trig ttl xlsx; do $t export all.$f -g graph.trig > /dev/null 2>&1; done
  for n in funding partnership participation routes; do $t export $n.graphml --network $n -g graph.trig >/dev/null 2>&1; done
  $t export usaid.gexf --recipe partner-funding --focus usaid -g graph.trig > /dev/null 2>&1
}
ask old $old; ask new $new; cd $out; diff -rq old new
