#!/usr/bin/env python3
"""Adds the library to a program in one of the ways there are, from nothing to a run, in a directory of its own.

CTest starts it, and passes what this build is made with as options. Exit code 77: something is missing
that this way needs; it says what.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
SKIPPED = 77
# What of the checkout a release contains that a user's build needs.
RELEASED = ["CMakeLists.txt", "LICENSE", "cmake", "include", "single_include"]
# What consumer.cpp prints.
PRINTED = 'IntegrationEnabled {Integration: {Id: "i-1", Name: "Door locks"}}\n'
STRICT = "-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror".split()


class Way:
    """What all ways have in common."""

    def __init__(self, options):
        self.options = options
        self.work = options.work / options.way
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self.uses_the_package_of_simdjson = True

    def run(self, *command, **settings):
        print("+", *command, flush=True)
        subprocess.run([str(part) for part in command], check=True, **settings)

    def run_consumer(self, program):
        """Runs a program, which must print what is expected of all of them."""
        print("+", program, flush=True)
        printed = subprocess.run([str(program)], check=True, stdout=subprocess.PIPE, text=True).stdout
        if printed != PRINTED:
            sys.exit(f"{program} printed {printed!r}, not {PRINTED!r}")

    def skip(self, reason):
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)

    def configure(self, source, build, *definitions, prefixes=()):
        options = self.options
        command = [options.cmake, "-S", source, "-B", build, "-G", options.generator]
        command += [f"-DCMAKE_CXX_COMPILER={options.compiler}", "-DCMAKE_BUILD_TYPE=Debug"]
        command += [f"-DCMAKE_CXX_FLAGS={options.flags}"]
        if options.make_program:
            command.append(f"-DCMAKE_MAKE_PROGRAM={options.make_program}")
        if options.simdjson_dir and self.uses_the_package_of_simdjson:
            command.append(f"-Dsimdjson_DIR={options.simdjson_dir}")
        if prefixes:
            command.append("-DCMAKE_PREFIX_PATH=" + ";".join(map(str, prefixes)))
        if self.uses_the_package_of_simdjson:
            # A warning of CMake's is a fault too; what simdjson's own build is warned of is not ours.
            command += ["-Werror=dev", "-Werror=deprecated"]
        self.run(*command, "--no-warn-unused-cli", *definitions)

    def build(self, source, build, *definitions, run=None, prefixes=()):
        """Configures and builds a project, and runs the program that it is about."""
        self.configure(source, build, *definitions, prefixes=prefixes)
        self.run(self.options.cmake, "--build", build, "--config", "Debug")
        if run:
            self.run_consumer(next(found for found in build.rglob(run) if found.is_file()))

    def configure_ours(self, *definitions):
        """Our own build, as the README says."""
        build = self.work / "ours"
        nothing_else = ["-DMEWS_WEBHOOKS_BUILD_TESTS=OFF", "-DMEWS_WEBHOOKS_BUILD_EXAMPLES=OFF"]
        self.configure(CHECKOUT, build, *nothing_else, *definitions)
        return build

    def installed(self, *definitions):
        """Installs us, and moves what was installed elsewhere."""
        build = self.configure_ours(*definitions)
        self.run(self.options.cmake, "--build", build, "--config", "Debug")
        self.run(self.options.cmake, "--install", build, "--prefix", self.work / "first")
        prefix = self.work / "moved"
        (self.work / "first").rename(prefix)
        self.expect_no_trace_of(prefix, self.work)
        return prefix

    def expect_no_trace_of(self, prefix, directory):
        """What is installed must not remember where it was built or installed."""
        for path in prefix.rglob("*"):
            if path.is_file() and str(directory).encode() in path.read_bytes():
                # simdjson's own files are not ours to judge.
                if "mews" in path.relative_to(prefix).as_posix():
                    sys.exit(f"{path} names {directory}")

    def simdjson_source(self):
        source = self.options.simdjson_source
        if not source:
            self.skip("MEWS_WEBHOOKS_TEST_SIMDJSON_SOURCE names no source tree of simdjson")
        self.uses_the_package_of_simdjson = False
        return source


def find_package(way):
    prefix = way.installed()
    way.build(HERE / "find_package", way.work / "build", prefixes=[prefix], run="door-locks")


def verified_headers(way):
    """CMake's own check that each header compiles alone, and that its list of headers is complete."""
    build = way.configure_ours()
    way.run(way.options.cmake, "--build", build, "--target", "all_verify_interface_header_sets")
    sources = build / "mews-webhooks_verify_interface_header_sets"
    verified = {path.relative_to(sources).with_suffix("") for path in sources.rglob("*.cxx")}
    headers = {path.relative_to(CHECKOUT / "include") for path in (CHECKOUT / "include").rglob("*.hpp")}
    if not headers or verified != headers:
        sys.exit(f"verified: {sorted(map(str, verified))}, there are: {sorted(map(str, headers))}")


def find_package_requests(way):
    prefix = way.installed()
    version = f"-DMEWS_WEBHOOKS_VERSION={way.options.version}"
    way.build(HERE / "requests", way.work / "build", version, prefixes=[prefix])


def find_package_fetched_simdjson(way):
    # Ours and simdjson, which our build fetched, are installed into the same prefix; nothing else
    # is looked for there or elsewhere.
    source = f"-DFETCHCONTENT_SOURCE_DIR_SIMDJSON={way.simdjson_source()}"
    prefix = way.installed(source)
    way.build(
        HERE / "find_package",
        way.work / "build",
        "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF",
        prefixes=[prefix],
        run="door-locks",
    )
    cache = (way.work / "build" / "CMakeCache.txt").read_text()
    if f"simdjson_DIR:PATH={prefix}" not in cache:
        sys.exit("the consumer did not take the simdjson that was installed beside us")


def without_file_sets(way):
    """CMake before 3.23 and CMake subprojects of Meson find the include directory in the target itself."""
    prefix = way.installed()
    exported = next(prefix.rglob("mews-webhooks-targets.cmake")).read_text()
    if 'INTERFACE_INCLUDE_DIRECTORIES "${_IMPORT_PREFIX}/include"' not in exported:
        sys.exit("the installed target has an include directory in its file set only")
    # Meson looks at the commands that CMake runs.
    trace = way.work / "trace"
    way.configure_ours("--trace-expand", f"--trace-redirect={trace}")
    command = f"target_include_directories(mews-webhooks INTERFACE $<BUILD_INTERFACE:{CHECKOUT}/include>"
    if command not in trace.read_text():
        sys.exit("our build gives the target an include directory in its file set only")


def install_with_destdir(way):
    build = way.configure_ours("-DCMAKE_INSTALL_PREFIX=/opt/mews")
    stage = way.work / "stage"
    way.run(way.options.cmake, "--install", build, env={**os.environ, "DESTDIR": str(stage)})
    strays = [path for path in stage.rglob("*") if path.is_file() and not (stage / "opt" / "mews") in path.parents]
    if strays:
        sys.exit(f"installed outside of the prefix: {strays}")
    way.build(HERE / "find_package", way.work / "build", prefixes=[stage / "opt" / "mews"], run="door-locks")


def add_subdirectory(way):
    build = way.work / "build"
    way.build(HERE / "add_subdirectory", build, f"-DMEWS_WEBHOOKS_CHECKOUT={CHECKOUT}", run="door-locks")
    # The parent installs its program, and nothing of ours with it.
    prefix = way.work / "prefix"
    way.run(way.options.cmake, "--install", build, "--prefix", prefix)
    installed = [path for path in prefix.rglob("*") if path.is_file()]
    if [path.stem for path in installed] != ["door-locks"]:
        sys.exit(f"installed with the parent: {installed}")


def add_subdirectory_fetched_simdjson(way):
    source = f"-DFETCHCONTENT_SOURCE_DIR_SIMDJSON={way.simdjson_source()}"
    checkout = f"-DMEWS_WEBHOOKS_CHECKOUT={CHECKOUT}"
    way.build(HERE / "add_subdirectory", way.work / "build", checkout, source, run="door-locks")


def fetch_content(way):
    archive = way.work / "mews-webhooks.tar.gz"
    with tarfile.open(archive, "w:gz") as release:
        for name in RELEASED:
            release.add(CHECKOUT / name, f"mews-webhooks/{name}")
    source = f"-DMEWS_WEBHOOKS_ARCHIVE={archive}"
    way.build(HERE / "fetch_content", way.work / "build", source, run="door-locks")
    # In the place of what is declared, as whoever works on both has it.
    source = f"-DFETCHCONTENT_SOURCE_DIR_MEWS-WEBHOOKS={CHECKOUT}"
    way.build(HERE / "fetch_content", way.work / "local", source, run="door-locks")
    if f"mews-webhooks_SOURCE_DIR:STATIC={CHECKOUT}" not in (way.work / "local" / "CMakeCache.txt").read_text():
        sys.exit(f"built something else than {CHECKOUT}")


def pkg_config(way):
    if not shutil.which("pkg-config"):
        way.skip("there is no pkg-config")
    prefix = way.installed()
    found = next(prefix.rglob("mews-webhooks.pc")).parent
    paths = [str(found), os.environ.get("PKG_CONFIG_PATH", "")]
    environment = {**os.environ, "PKG_CONFIG_PATH": os.pathsep.join(filter(None, paths))}

    def ask(*question):
        command = ["pkg-config", *question, "mews-webhooks"]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    if ask("--modversion") != [way.options.version]:
        sys.exit(f"pkg-config says version {ask('--modversion')}, not {way.options.version}")
    if f"-I{prefix}/include" not in [os.path.normpath(flag) for flag in ask("--cflags")]:
        sys.exit(f"pkg-config does not follow when the files are moved: {ask('--cflags')}")
    program = way.work / "door-locks"
    compiler = [way.options.compiler, *way.options.flags.split(), "-std=c++20", *STRICT]
    way.run(*compiler, *ask("--cflags"), HERE / "consumer.cpp", "-o", program, *ask("--libs"))
    way.run_consumer(program)


def meson(way):
    """A subproject by Meson's module for CMake; and what is installed, by pkg-config."""
    if not shutil.which("meson"):
        way.skip("there is no meson")
    environment = {**os.environ, "CXX": way.options.compiler, "CXXFLAGS": way.options.flags}
    package = next(way.installed().rglob("mews-webhooks.pc")).parent
    for name, settings in [("subproject", {}), ("package", {"PKG_CONFIG_PATH": str(package)})]:
        project = way.work / name
        shutil.copytree(HERE / "meson", project)
        shutil.copy(HERE / "consumer.cpp", project)
        if name == "subproject":
            (project / "subprojects").mkdir()
            (project / "subprojects/mews-webhooks").symlink_to(CHECKOUT)
        way.run("meson", "setup", project / "build", project, env={**environment, **settings})
        way.run("meson", "compile", "-C", project / "build")
        way.run_consumer(project / "build/door-locks")


def single_header(way):
    source = pathlib.Path(way.simdjson_source()) / "singleheader"
    project = way.work / "project"
    shutil.copytree(HERE / "single_header", project)
    shutil.copy(HERE / "strict.cmake", way.work)
    shutil.copy(HERE / "consumer.cpp", way.work)
    third_party = project / "third_party"
    (third_party / "mews").mkdir(parents=True)
    shutil.copy(CHECKOUT / "single_include/mews/webhooks.hpp", third_party / "mews")
    for name in ("simdjson.h", "simdjson.cpp"):
        shutil.copy(source / name, third_party)
    way.build(project, way.work / "build", run="door-locks")


def single_header_and_library(way):
    third_party = way.work / "third_party"
    (third_party / "mews").mkdir(parents=True)
    shutil.copy(CHECKOUT / "single_include/mews/webhooks.hpp", third_party / "mews")
    project = way.work / "project"
    project.mkdir()
    (project / "CMakeLists.txt").write_text(
        f"""cmake_minimum_required(VERSION 3.25)
project(door-locks LANGUAGES CXX)
include("{HERE.as_posix()}/strict.cmake")
find_package(simdjson REQUIRED)
add_executable(door-locks "{HERE.as_posix()}/consumer.cpp")
target_compile_features(door-locks PRIVATE cxx_std_20)
target_include_directories(door-locks PRIVATE "{third_party.as_posix()}")
target_link_libraries(door-locks PRIVATE simdjson::simdjson)
"""
    )
    way.build(project, way.work / "build", run="door-locks")


def reexport(way):
    prefix = way.installed()
    library = way.work / "library"
    way.build(HERE / "reexport", library, prefixes=[prefix])
    other_prefix = way.work / "other"
    way.run(way.options.cmake, "--install", library, "--prefix", other_prefix)
    way.build(
        HERE / "reexport_consumer",
        way.work / "consumer",
        prefixes=[prefix, other_prefix],
        run="front-desk",
    )


WAYS = [
    verified_headers,
    find_package,
    find_package_requests,
    find_package_fetched_simdjson,
    without_file_sets,
    install_with_destdir,
    add_subdirectory,
    add_subdirectory_fetched_simdjson,
    fetch_content,
    pkg_config,
    meson,
    single_header,
    single_header_and_library,
    reexport,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=[way.__name__ for way in WAYS])
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--generator", default="Ninja")
    parser.add_argument("--make-program", default="")
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--flags", default="")
    parser.add_argument("--simdjson-dir", default="", help="where simdjson's CMake package is")
    parser.add_argument("--simdjson-source", default="", help="a source tree of simdjson")
    options = parser.parse_args()
    try:
        next(way for way in WAYS if way.__name__ == options.way)(Way(options))
    except subprocess.CalledProcessError as failure:
        sys.exit(f"failed with {failure.returncode}: {failure.cmd}")


if __name__ == "__main__":
    main()
