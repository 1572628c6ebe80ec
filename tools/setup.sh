# Sourced by the other tools: gets what they need, and configures their builds.

# Prints those of the packages whose content is not there.
missing_packages() {
    local package headers=()
    for package in "$@"; do
        case $package in
            g++) command -v "${CXX:-c++}" ;;
            ninja-build) command -v ninja ;;
            clang) command -v clang++ ;;
            g++-*-linux-*) command -v "${package#g++-}-g++" ;;
            g++-mingw-w64-x86-64-posix) command -v x86_64-w64-mingw32-g++-posix ;;
            llvm) command -v llvm-cov ;;
            nodejs) command -v node ;;
            qemu-user) command -v qemu-s390x ;;
            postgresql) command -v initdb || compgen -G "/usr/lib/postgresql/*/bin/initdb" ;;
            libc++-19-dev) ls /usr/lib/llvm-19/include/c++/v1/version 2>&1 ;;
            libc++abi-19-dev) ls /usr/lib/llvm-19/lib/libc++abi.so 2>&1 ;;
            libclang-rt-dev) compgen -G "$(clang++ -print-runtime-dir)/libclang_rt.asan*" ;;
            libsimdjson-dev) headers+=("$package:simdjson.h") ;;
            catch2) headers+=("$package:catch2/catch.hpp:catch2/catch_all.hpp") ;;
            nlohmann-json3-dev) headers+=("$package:nlohmann/json.hpp") ;;
            libbenchmark-dev) headers+=("$package:benchmark/benchmark.h") ;;
            libboost1.81-dev) headers+=("$package:boost/json.hpp") ;;
            libsqlite3-dev) headers+=("$package:sqlite3.h") ;;
            libsodium-dev) headers+=("$package:sodium.h") ;;
            libpq-dev) headers+=("$package:libpq-fe.h:postgresql/libpq-fe.h") ;;
            libyyjson-dev) headers+=("$package:yyjson.h") ;;
            rapidjson-dev) headers+=("$package:rapidjson/reader.h") ;;
            *) command -v "$package" ;;
        esac >/dev/null 2>&1 || echo "$package"
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

# Prints why, and fails, if it can't.
install_packages() {
    local apt_get=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    if ! command -v apt-get >/dev/null; then
        echo "$0: there is no apt-get" >&2
        return 1
    elif ((EUID == 0)); then
        :
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
        apt_get=(sudo "${apt_get[@]}")
    else
        echo "$0: installing needs root, and there is no sudo" >&2
        return 1
    fi
    echo "$0: installing $*" >&2
    local install=("${apt_get[@]}" install -y --no-install-recommends "$@") said
    # The package lists may be absent or out of date.
    if ! said=$("${install[@]}" 2>&1 || { "${apt_get[@]}" update && "${install[@]}"; } 2>&1); then
        grep -E '^[EW]:' <<<"$said" | tail -n 5 >&2
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
    if ((${#missing[@]} == 0)) || install_packages "${missing[@]}"; then
        return
    fi
    {
        echo "$0: missing, and could not be installed: ${missing[*]}"
        echo "On Debian 12, as root, with access to its archive:"
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    } >&2
    local others
    others=$(printf '%s\n' "${missing[@]}" | grep -vx -e libsimdjson-dev -e catch2 -e libbenchmark-dev || true)
    if [[ -z $others ]] && command -v git >/dev/null; then
        echo "Going on: CMake looks for the libraries elsewhere, and else fetches them from github.com." >&2
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
