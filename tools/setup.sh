# Sourced by the other tools: gets what they need, and configures their builds.

# Prints those of the packages whose content is not there.
missing_packages() {
    local package headers=()
    for package in "$@"; do
        case $package in
            g++) command -v "${CXX:-c++}" ;;
            ninja-build) command -v ninja ;;
            clang) command -v clang++ ;;
            libsimdjson-dev) headers+=("$package:simdjson.h") ;;
            catch2) headers+=("$package:catch2/catch.hpp:catch2/catch_all.hpp") ;;
            nlohmann-json3-dev) headers+=("$package:nlohmann/json.hpp") ;;
            rapidjson-dev) headers+=("$package:rapidjson/reader.h") ;;
            *) command -v "$package" ;;
        esac >/dev/null || echo "$package"
    done
    if ((${#headers[@]} == 0)); then
        return
    fi
    if ! command -v "${CXX:-c++}" >/dev/null; then
        printf '%s\n' "${headers[@]%%:*}"
        return
    fi
    local entry names name
    for entry in "${headers[@]}"; do
        package=${entry%%:*}
        IFS=: read -ra names <<<"${entry#*:}"
        printf '#if 1'
        for name in "${names[@]}"; do
            printf ' && !__has_include(<%s>)' "$name"
        done
        printf '\n%s\n#endif\n' "missing $package"
    done | "${CXX:-c++}" -std=c++20 -E -P -x c++ - | sed -n 's/^missing \(.*\)/\1/p' | tr -d ' '
}

# Runs apt-get as root, or fails.
as_root_apt_get() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    if ((EUID == 0)); then
        "${command[@]}" "$@" </dev/null
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
        sudo "${command[@]}" "$@"
    else
        return 1
    fi
}

# need <package>...
#
# The names are Debian's. What a package is needed for counts, wherever it comes from. What is
# missing is installed where that is possible; else it is named, and the tool ends.
need() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return
    fi
    if command -v apt-get >/dev/null; then
        echo "$0: installing ${missing[*]}" >&2
        local install=(install -y --no-install-recommends "${missing[@]}")
        # The package lists may be absent or out of date.
        if as_root_apt_get "${install[@]}" >&2 ||
            { as_root_apt_get update >&2 && as_root_apt_get "${install[@]}" >&2; }; then
            return
        fi
    fi
    {
        echo "$0: missing, and could not be installed: ${missing[*]}"
        echo "On Debian 12, as root, with access to its archive:"
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    } >&2
    if command -v git >/dev/null && [[ -z $(printf '%s\n' "${missing[@]}" | grep -vx -e libsimdjson-dev -e catch2) ]]; then
        echo "Going on without: CMake looks for it elsewhere, and else fetches it from github.com." >&2
        return
    fi
    exit 1
}

# configure <directory> <argument for cmake>...
#
# Does nothing when that was done before, and prints nothing unless it fails.
configure() {
    local build=$1 log=$1/configure.log
    shift
    if [[ $build/build.ninja -nt CMakePresets.json ]]; then
        return
    fi
    echo "$0: configuring $build" >&2
    mkdir -p "$build"
    if ! cmake -B "$build" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "$0: CMake can't configure $build: see above" >&2
        exit 1
    fi
}
