#!/bin/sh
# What inspect does with pipes, terminals, full disks and very long lines.
#
# inspect_streams.sh <inspect> <scratch directory>, in the directory tests

inspect=$1
scratch=$2
rm -rf "$scratch"
mkdir -p "$scratch" || exit 1

failures=0
fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# expect <what> <expected> <actual>
expect() {
    [ "$2" = "$3" ] || fail "$1
expected: $2
actual:   $3"
}

# expect_in <what> <text> <file>: the text stands in the file.
expect_in() {
    grep -qF -- "$2" "$3" || fail "$1: no '$2' in
$(head -c 2000 "$3" | cat -v)"
}

expect_not_in() {
    if grep -qF -- "$2" "$3"; then fail "$1: '$2' in $(head -c 2000 "$3" | cat -v)"; fi
}

enabled=payloads/documented/integration-enabled-compact.json
escape=$(printf '\033')

# ── a line of 5 MB between others ───────────────────────────────────────────────────────────────
long=$scratch/long.ndjson
{
    cat "$enabled"
    printf '\n{"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"'
    head -c 5000000 /dev/zero | tr '\0' x
    printf '","Name":"a\\u001b"}}}\n'
    cat "$enabled"
} >"$long"

"$inspect" --lines "$long" >"$scratch/out" 2>"$scratch/err"
expect "long line: exit code" 1 $?
expect "long line: standard error" "" "$(cat "$scratch/err")"
expect_in "long line" "$long:2:1: error: body_too_large (byte 0)" "$scratch/out"
expect_in "long line" "(more than 1048576 bytes: see --max-bytes)" "$scratch/out"
expect_in "the line after it" "$long:3: IntegrationEnabled" "$scratch/out"
expect "long line: what is shown stays small" yes "$([ "$(wc -c <"$scratch/out")" -lt 2000 ] && echo yes)"

"$inspect" --lines --max-bytes=6000000 "$long" >"$scratch/out" 2>"$scratch/err"
expect "long line, allowed: exit code" 0 $?
expect "long line, allowed: size of what is shown" yes \
    "$([ "$(wc -c <"$scratch/out")" -gt 5000000 ] && echo yes)"
expect_in "long line, allowed: its end" 'xxx", Name: "a\u001b"}' "$scratch/out"
expect_not_in "long line, allowed: no control character" "$escape" "$scratch/out"
expect_not_in "no progress where there is no terminal" "MiB" "$scratch/err"

"$inspect" "$long" >"$scratch/out" 2>&1
expect "long file: exit code" 1 $?
expect_in "long file" "$long:1:1: error: body_too_large" "$scratch/out"

# ── memory ──────────────────────────────────────────────────────────────────────────────────────
# Neither many lines nor one without an end are kept: there would not be the address space for them.
if (ulimit -v 2000000) 2>/dev/null && (ulimit -v 40000 && "$inspect" --version) >/dev/null 2>&1; then
    {
        yes "$(cat "$enabled")" | head -n 350000
        head -c 50000000 /dev/zero
    } | (ulimit -v 40000 && "$inspect" --lines --quiet) >"$scratch/out" 2>&1
    expect "endless line: exit code" 1 $?
    expect_in "many lines" "accepted: 350000" "$scratch/out"
    expect_in "endless line" "<stdin>:350001:1: error: body_too_large" "$scratch/out"
    for option in --report --redact; do
        yes "$(cat "$enabled")" | head -n 350000 | (ulimit -v 40000 && "$inspect" --lines --quiet $option) |
            wc -l >"$scratch/out"
        expect "many lines, $option" "$([ $option = --redact ] && echo 350000 || echo 5)" \
            "$(tr -d ' ' <"$scratch/out")"
    done
else
    echo "not checked: memory, since it can't be limited here"
fi

# ── what is asked for on a pipe comes at once ───────────────────────────────────────────────────
mkfifo "$scratch/questions" "$scratch/answers"
"$inspect" --lines <"$scratch/questions" >"$scratch/answers" &
exec 3>"$scratch/questions" 4<"$scratch/answers"
for number in 1 2; do
    printf '{}\n' >&3
    read -r answer <&4
    expect "answer $number" "<stdin>:$number:1: error: missing_property at /Action (byte 0):\
 a required property is missing" "$answer"
done
exec 3>&-
cat <&4 >/dev/null
wait $!
expect "answers: exit code" 1 $?
exec 4<&-

# ── nobody takes what is written ────────────────────────────────────────────────────────────────
if [ -c /dev/full ]; then
    "$inspect" "$enabled" >/dev/full 2>"$scratch/err"
    expect "full disk: exit code" 2 $?
    expect_in "full disk" "inspect: cannot write: " "$scratch/err"
    "$inspect" --help >/dev/full 2>/dev/null
    expect "full disk, help: exit code" 2 $?
fi

"$inspect" "$enabled" >&- 2>"$scratch/err"
expect "closed output: exit code" 2 $?
expect_in "closed output" "inspect: cannot write: " "$scratch/err"

# More than a pipe holds, so that inspect is still writing when its reader has gone.
many=$scratch/many.ndjson
i=0
while [ $i -lt 12 ]; do
    if [ $i -eq 0 ]; then
        printf '%s\n' "$(cat "$enabled")" >"$many"
    else
        cat "$many" "$many" >"$scratch/twice" && mv "$scratch/twice" "$many"
    fi
    i=$((i + 1))
done
{
    trap '' PIPE
    "$inspect" --lines "$many" 2>"$scratch/err"
    echo $? >"$scratch/status"
} | head -n 1 >"$scratch/out"
expect "reader gone: exit code" 2 "$(cat "$scratch/status")"
expect_in "reader gone" "inspect: cannot write: " "$scratch/err"
expect_in "reader gone: what it got" "$many:1: IntegrationEnabled" "$scratch/out"

# ── what can't be read ──────────────────────────────────────────────────────────────────────────
"$inspect" <payloads >"$scratch/out" 2>"$scratch/err"
expect "a directory as input: exit code" 2 $?
expect_in "a directory as input" "inspect: cannot read <stdin>: " "$scratch/err"
expect_in "a directory as input" "bodies: 0" "$scratch/out"

"$inspect" <&- >"$scratch/out" 2>"$scratch/err"
expect "no input: exit code" 2 $?

# Runs a command without what lets root read everything.
restricted() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --bounding-set=-dac_override,-dac_read_search \
            --inh-caps=-dac_override,-dac_read_search "$@"
    else
        "$@"
    fi
}
tree=$scratch/tree
mkdir -p "$tree/a" "$tree/locked/below" "$tree/z"
cp "$enabled" "$tree/a/a.json"
cp "$enabled" "$tree/locked/below/b.json"
cp "$enabled" "$tree/z/z.json"
touch "$tree/a/locked.json"
chmod 0 "$tree/a/locked.json" "$tree/locked"
if restricted true && ! restricted cat "$tree/a/locked.json" 2>/dev/null; then
    restricted "$inspect" "$tree/locked" "$tree" >"$scratch/out" 2>"$scratch/err"
    expect "without permission: exit code" 2 $?
    expect "without permission" "inspect: cannot read $tree/locked: Permission denied
inspect: cannot read $tree/a/locked.json: Permission denied
inspect: cannot read $tree/locked: Permission denied" "$(cat "$scratch/err")"
    expect_in "the file before it" "$tree/a/a.json: IntegrationEnabled" "$scratch/out"
    expect_in "the file after it" "$tree/z/z.json: IntegrationEnabled" "$scratch/out"
    expect_in "without permission" "not readable: 3" "$scratch/out"
else
    echo "not checked: files without permission, since this user may read everything"
fi
chmod 700 "$tree/locked"

# ── what may never end ──────────────────────────────────────────────────────────────────────────
# In a directory it is passed over. A wrong program takes what is written here, and does not wait.
special=$scratch/special
mkdir "$special"
cp "$enabled" "$special/z.json"
ln -s "../z.json" "$special/nowhere.json"
ln -s "z.json" "$special/link.json"
ln -s /dev/zero "$special/device.json"
ln -s . "$special/loop"
mkfifo "$special/fifo.json" "$special/fifo.txt"
cat "$enabled" >"$special/fifo.json" &
"$inspect" "$special" >"$scratch/out" 2>"$scratch/err"
expect "special files in a directory: exit code" 2 $?
kill $! 2>/dev/null
wait $!
expect "special files in a directory" "inspect: cannot read $special/device.json: not a regular file
inspect: cannot read $special/fifo.json: not a regular file
inspect: cannot read $special/nowhere.json: No such file or directory" "$(cat "$scratch/err")"
expect_in "the link among them" "$special/link.json: IntegrationEnabled" "$scratch/out"
expect_in "the file after them" "$special/z.json: IntegrationEnabled" "$scratch/out"
expect_in "special files in a directory" "bodies: 2" "$scratch/out"

cat "$enabled" >"$special/fifo.json" &
"$inspect" "$special/fifo.json" >"$scratch/out" 2>&1
expect "a FIFO by its name: exit code" 0 $?
kill $! 2>/dev/null
wait $!
expect_in "a FIFO by its name" "$special/fifo.json: IntegrationEnabled" "$scratch/out"

# ── names of files ──────────────────────────────────────────────────────────────────────────────
# A control character of C0, one of C1, U+200E, U+2028, U+202E, U+2066, a byte that is not UTF-8.
odd=$(printf 'a\033[31m\302\233\342\200\216\342\200\250\342\200\256\342\201\246\377"')
odd_escaped='a\u001b[31m\u009b\u200e\u2028\u202e\u2066\xff\"'
mkdir "$scratch/$odd"
cp "$enabled" "$scratch/$odd/é.json"
printf '{}' >"$scratch/$odd/wrong.json"
"$inspect" "$scratch/$odd" "$scratch/$odd.nowhere" >"$scratch/out" 2>"$scratch/err"
expect "odd names: exit code" 2 $?
expect_in "odd name of an event's file" "$scratch/$odd_escaped/é.json: IntegrationEnabled" "$scratch/out"
expect_in "odd name of an error's file" "$scratch/$odd_escaped/wrong.json:1:1: error: " "$scratch/out"
"$inspect" --format=json "$scratch/$odd" >"$scratch/out" 2>&1
expect_in "odd name in JSON" \
    "\"file\":\"$scratch/a\\u001b[31m\\u009b\\u200e\\u2028\\u202e\\u2066\\ufffd\\\"/wrong.json\"" "$scratch/out"
expect "odd name of no file" "inspect: cannot read $scratch/$odd_escaped.nowhere: No such file or directory" \
    "$(cat "$scratch/err")"
for argument in "--$odd" "--max-bytes=$odd"; do
    "$inspect" "$argument" >"$scratch/out" 2>"$scratch/err"
    expect "odd argument: exit code" 2 $?
    expect_in "odd argument" ": ${argument%"$odd"}$odd_escaped" "$scratch/err"
    expect "odd argument: lines" 2 "$(wc -l <"$scratch/err")"
done

# ── on a terminal ───────────────────────────────────────────────────────────────────────────────
# script gives the command a terminal of its own, and copies what appears there.
on_terminal() {
    script -qec "$1" /dev/null </dev/null >"$scratch/out" 2>&1
}
if [ "$(script -qec 'test -t 1 && echo terminal' /dev/null </dev/null 2>/dev/null | tr -d '\r')" = terminal ]; then
    TERM=xterm on_terminal "env -u NO_COLOR '$inspect' $enabled payloads/broken/empty_body.json"
    expect_in "terminal" "$escape[1;32mIntegrationEnabled$escape[0m" "$scratch/out"
    expect_in "terminal" "$escape[1;31merror: $escape[0mempty_body" "$scratch/out"
    expect_not_in "terminal: no progress for small files" "MiB" "$scratch/out"
    TERM=xterm on_terminal "env NO_COLOR=1 '$inspect' $enabled"
    expect_not_in "NO_COLOR" "$escape" "$scratch/out"
    expect_in "NO_COLOR" "$enabled: IntegrationEnabled" "$scratch/out"
    TERM=dumb on_terminal "'$inspect' --lines --quiet '$long'"
    expect_not_in "dumb terminal" "$escape" "$scratch/out"
    TERM=xterm on_terminal "'$inspect' --lines --quiet '$long'"
    expect_in "progress" "inspect: read 4 of 4 MiB" "$scratch/out"
    expect_in "progress: it is gone when there is something to say" \
        "$(printf 'MiB\r\033[K')" "$scratch/out"
    TERM=xterm on_terminal "env -u NO_COLOR '$inspect' '$enabled' | cat"
    expect_not_in "a pipe is plain, whatever the rest" "$escape" "$scratch/out"
else
    echo "not checked: terminals, since there is no usable script command"
fi

rm -rf "$scratch"
[ $failures -eq 0 ]
