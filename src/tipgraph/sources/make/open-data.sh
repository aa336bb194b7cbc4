#!/bin/sh
# Import the public files again from the folder $1; data/README.md says where each comes from.
set -eu
public=${1:-../shared/data}
source_import() { tipgraph source import --replace --excerpt --retrieved 2026-11-24 "$@"; }

factbook() {
  source_import factbook "$public/routes/$2" -o "data/cia-factbook-$1" --issued "$3" --title "The World Factbook: trafficking in persons, $4" \
    --publisher "US Central Intelligence Agency" --licence "public domain (work of the US government)" \
    --url "https://github.com/factbook/factbook.json/tree/$5"
}

factbook 2017 tip_2017-03.json 2017-03 "March 2017" 0fce7967f4a6baa2dc5a15fc2cdfa95c554a125e
factbook 2023 tip_2023-12.json 2023-12 "December 2023" 0d4fa4984ecb5003a3e5d78a0d9911811baf109e
source_import iati "$public/iati/iom_257_activities_v203.xml" -o data/iom-iati-2021 --issued 2021/ \
  --about --no-descriptions --title "IATI activities that name trafficking in persons" \
  --publisher "International Organization for Migration" --licence "none stated; facts, names and titles only" \
  --url https://github.com/OCHA-DAP/hdx-scraper-iati-viz/tree/2c1137e3ddd812c642d00fe685b0ac732ebab6c1/saved_data
