#!/usr/bin/env bash
# Compares the vendor's pages with the contract table. If they differ, or can't be read any more, it
# opens an issue; as long as one is open, what is found later becomes a comment on it, once.
#
#     .github/drift.sh URL...     of the pages, as Markdown
#
# DRIFT: the program that compares, tools/drift unless given. gh acts for the repository.
set -euo pipefail

files=()
for url in "$@"; do
    file=./${url##*/}
    rm -f "$file"
    # A page that has gone, or does not answer, is found not to be readable.
    curl --silent --show-error --location --retry 3 --output "$file" "$url" || true
    files+=("$file")
done

status=0
${DRIFT:-tools/drift} "${files[@]}" >drift.txt 2>&1 || status=$?
cat drift.txt
case $status in
    0) exit ;;
    1) title="The vendor's pages differ from the contract table" ;;
    *) title="The vendor's pages can't be compared with the contract table" ;;
esac

gh label create drift --force --description "The vendor's pages and the contract table"
number=$(gh issue list --label drift --json number --jq '.[0].number // empty')
if [[ -z $number ]]; then
    gh issue create --label drift --title "$title" --body-file drift.txt
    exit
fi
gh issue view "$number" --json body,comments --jq '[.body, .comments[].body][-1]' >told.txt
if ! diff --strip-trailing-cr --ignore-blank-lines told.txt drift.txt >/dev/null; then
    gh issue comment "$number" --body-file drift.txt
fi
