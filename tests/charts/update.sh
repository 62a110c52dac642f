#!/usr/bin/env bash
# Makes the expected output of every sample anew, with the real Helm 4.2.3, which must find no fault with the charts.
# usage: HELM=/path/to/helm tests/charts/update.sh
#
# expected/NAME.args is one line, words without quotes: the release's name, then flags; files lie beside the chart.
# NAME is a folder of static/samples; NAME@CASE is another case of it. expected/NAME.yaml is what Helm prints.
set -euo pipefail
cd "$(dirname "$0")"
helm=${HELM:-helm}
[[ $("$helm" version --short) == v4.2.3* ]] || { echo "$helm is not Helm 4.2.3" >&2; exit 1; }
export KUBECONFIG=/nonexistent
# The sample in both languages: Helm knows nothing of the second, and gets its own template under that name instead.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r ../../static/samples/. "$copy"
find "$copy" -name '*.j2' -delete
sed 's/helm/jinja/' "$copy/two-languages/templates/helm.yaml" > "$copy/two-languages/templates/jinja.yaml.j2"
set -f # The words of a case are no patterns.
find expected -name '*.args' | sort | while read -r args; do
  case=$(basename "$args" .args)
  expected=$PWD/expected/$case.yaml
  read -ra words < "$args"
  (cd "$copy/${case%%@*}" && "$helm" template "${words[0]}" . "${words[@]:1}" > "$expected")
done
find "$copy" -name '*.j2' -delete
# The sample `web` under layers of values, which the page has in its settings.
layers=$PWD/layers
(cd ../../static/samples && "$helm" template web web -f "$layers/prod.yaml" -f "$layers/more.yaml" --set-json 'ingress={"enabled":true}' \
  --set ingress.host=a.example.com,replicaCount=7 --set-string image=1.29 --is-upgrade > "$layers/expected.yaml")
find "$copy" -mindepth 1 -maxdepth 1 -type d | sort | while read -r chart; do
  "$helm" lint --strict --quiet "$chart"
done
