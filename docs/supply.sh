#!/usr/bin/env bash
# Pin what the default install depends on, and list it: requirements.lock (with hashes, for every
# Python that is supported), sbom.cdx.json (CycloneDX) and docs/licences.md.
# Needs Python 3.11, and a package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

python3 -m venv "$scratch/tools"
"$scratch/tools/bin/pip" install -q uv cyclonedx-bom pip-licenses
"$scratch/tools/bin/uv" pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header -o requirements.lock setup.cfg

python3 -m venv "$scratch/clean"
"$scratch/tools/bin/pip" --python "$scratch/clean/bin/python" install -q --require-hashes \
  -r requirements.lock
"$scratch/tools/bin/cyclonedx-py" environment --output-reproducible --of JSON -o sbom.cdx.json \
  "$scratch/clean/bin/python"
{
  echo "# Licences"
  echo
  echo "What the default install brings, by \`bash docs/supply.sh\`; the project itself is under"
  echo "the Apache License 2.0. The weights of the tagger were trained by us ([tagger.md](tagger.md))."
  echo
  "$scratch/tools/bin/pip-licenses" --python "$scratch/clean/bin/python" --from=mixed --with-system \
    --format=markdown --order=name
} > docs/licences.md
