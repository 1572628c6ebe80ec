#!/usr/bin/env bash
# Tests .github/drift.sh with a curl, a gh and a tools/drift that only note what they are asked.
#
#     workflow_test.sh ROOT
set -euo pipefail
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin
export PATH=$work/bin:$PATH DRIFT=compare

# page-NAME: what a server has. status and found: what tools/drift says. open: the issue's last text.
cat >bin/curl <<'END'
#!/bin/bash
while [[ $# -gt 1 ]]; do [[ $1 != --output ]] || out=$2; shift; done
cp "page-${1##*/}" "$out" 2>/dev/null || exit 6
END
cat >bin/compare <<'END'
#!/bin/bash
[[ -e $1 && -e $2 ]] || { echo "not readable" && exit 2; }
cat found && exit "$(cat status)"
END
cat >bin/gh <<'END'
#!/bin/bash
[[ ! -e gh-fails || "$1 $2" == "label create" ]] || exit 1
case "$1 $2" in
    "issue list") [[ ! -e open ]] || echo 7 ;;
    "issue view") cat open ;;
    "issue create" | "issue comment") echo "${2}${6+: $6}" >>calls && cp drift.txt open ;;
esac
END
chmod +x bin/*

faults=0
# expect WHAT CALLS: of gh, for new issues and comments
expect() {
    : >calls
    "$root/.github/drift.sh" https://example.com/a.md https://example.com/b.md >log 2>&1 || echo failed >>calls
    if [[ $(cat calls) != "$2" ]]; then
        echo "$1: $(cat calls log)" >&2
        faults=$((faults + 1))
    fi
}
touch page-a.md page-b.md found
echo 0 >status
expect "no difference" ""
echo 1 >status
echo "one" >found
touch gh-fails
expect "no answer from gh" failed
rm gh-fails
expect "a difference" "create: The vendor's pages differ from the contract table"
expect "the same one" ""
echo "two" >found
expect "another one" comment
rm page-b.md
expect "a page that does not answer" comment
[[ $(cat open) == "not readable" ]] || faults=$((faults + 1))
rm open
expect "the issue is closed" "create: The vendor's pages can't be compared with the contract table"
exit $((faults != 0))
