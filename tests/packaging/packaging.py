#!/usr/bin/env python3
"""Goes one road to the library, from nothing to a program that runs, in a directory of its own.

CTest starts it, and tells it by options what this build is made with. Exit code 77: the road needs
something that is not there, which is said.
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


class Road:
    """What all roads have in common."""

    def __init__(self, options):
        self.options = options
        self.work = options.work / options.road
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


def find_package(road):
    prefix = road.installed()
    road.build(HERE / "find_package", road.work / "build", prefixes=[prefix], run="door-locks")


def verified_headers(road):
    """CMake's own check that each header compiles alone, and that it is told of all of them."""
    build = road.configure_ours()
    road.run(road.options.cmake, "--build", build, "--target", "all_verify_interface_header_sets")
    sources = build / "mews-webhooks_verify_interface_header_sets"
    verified = {path.relative_to(sources).with_suffix("") for path in sources.rglob("*.cxx")}
    headers = {path.relative_to(CHECKOUT / "include") for path in (CHECKOUT / "include").rglob("*.hpp")}
    if not headers or verified != headers:
        sys.exit(f"verified: {sorted(map(str, verified))}, there are: {sorted(map(str, headers))}")


def find_package_requests(road):
    prefix = road.installed()
    version = f"-DMEWS_WEBHOOKS_VERSION={road.options.version}"
    road.build(HERE / "requests", road.work / "build", version, prefixes=[prefix])


def find_package_fetched_simdjson(road):
    # Ours and simdjson, which our build fetched, are installed into the same prefix; nothing else
    # is looked for there or elsewhere.
    source = f"-DFETCHCONTENT_SOURCE_DIR_SIMDJSON={road.simdjson_source()}"
    prefix = road.installed(source)
    road.build(
        HERE / "find_package",
        road.work / "build",
        "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF",
        prefixes=[prefix],
        run="door-locks",
    )
    cache = (road.work / "build" / "CMakeCache.txt").read_text()
    if f"simdjson_DIR:PATH={prefix}" not in cache:
        sys.exit("the consumer did not take the simdjson that was installed beside us")


def without_file_sets(road):
    """CMake before 3.23 and CMake subprojects of Meson find the include directory in the target itself."""
    prefix = road.installed()
    exported = next(prefix.rglob("mews-webhooks-targets.cmake")).read_text()
    if 'INTERFACE_INCLUDE_DIRECTORIES "${_IMPORT_PREFIX}/include"' not in exported:
        sys.exit("the installed target has an include directory in its file set only")
    # Meson looks at the commands that CMake runs.
    trace = road.work / "trace"
    road.configure_ours("--trace-expand", f"--trace-redirect={trace}")
    command = f"target_include_directories(mews-webhooks INTERFACE $<BUILD_INTERFACE:{CHECKOUT}/include>"
    if command not in trace.read_text():
        sys.exit("our build gives the target an include directory in its file set only")


def install_with_destdir(road):
    build = road.configure_ours("-DCMAKE_INSTALL_PREFIX=/opt/mews")
    stage = road.work / "stage"
    road.run(road.options.cmake, "--install", build, env={**os.environ, "DESTDIR": str(stage)})
    strays = [path for path in stage.rglob("*") if path.is_file() and not (stage / "opt" / "mews") in path.parents]
    if strays:
        sys.exit(f"installed outside of the prefix: {strays}")
    road.build(HERE / "find_package", road.work / "build", prefixes=[stage / "opt" / "mews"], run="door-locks")


def add_subdirectory(road):
    build = road.work / "build"
    road.build(HERE / "add_subdirectory", build, f"-DMEWS_WEBHOOKS_CHECKOUT={CHECKOUT}", run="door-locks")
    # The parent installs its program, and nothing of ours with it.
    prefix = road.work / "prefix"
    road.run(road.options.cmake, "--install", build, "--prefix", prefix)
    installed = [path for path in prefix.rglob("*") if path.is_file()]
    if [path.stem for path in installed] != ["door-locks"]:
        sys.exit(f"installed with the parent: {installed}")


def add_subdirectory_fetched_simdjson(road):
    source = f"-DFETCHCONTENT_SOURCE_DIR_SIMDJSON={road.simdjson_source()}"
    checkout = f"-DMEWS_WEBHOOKS_CHECKOUT={CHECKOUT}"
    road.build(HERE / "add_subdirectory", road.work / "build", checkout, source, run="door-locks")


def fetch_content(road):
    archive = road.work / "mews-webhooks.tar.gz"
    with tarfile.open(archive, "w:gz") as release:
        for name in RELEASED:
            release.add(CHECKOUT / name, f"mews-webhooks/{name}")
    source = f"-DMEWS_WEBHOOKS_ARCHIVE={archive}"
    road.build(HERE / "fetch_content", road.work / "build", source, run="door-locks")
    # In the place of what is declared, as whoever works on both has it.
    source = f"-DFETCHCONTENT_SOURCE_DIR_MEWS-WEBHOOKS={CHECKOUT}"
    road.build(HERE / "fetch_content", road.work / "local", source, run="door-locks")
    if f"mews-webhooks_SOURCE_DIR:STATIC={CHECKOUT}" not in (road.work / "local" / "CMakeCache.txt").read_text():
        sys.exit(f"built something else than {CHECKOUT}")


def pkg_config(road):
    if not shutil.which("pkg-config"):
        road.skip("there is no pkg-config")
    prefix = road.installed()
    found = next(prefix.rglob("mews-webhooks.pc")).parent
    paths = [str(found), os.environ.get("PKG_CONFIG_PATH", "")]
    environment = {**os.environ, "PKG_CONFIG_PATH": os.pathsep.join(filter(None, paths))}

    def ask(*question):
        command = ["pkg-config", *question, "mews-webhooks"]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    if ask("--modversion") != [road.options.version]:
        sys.exit(f"pkg-config says version {ask('--modversion')}, not {road.options.version}")
    if f"-I{prefix}/include" not in [os.path.normpath(flag) for flag in ask("--cflags")]:
        sys.exit(f"pkg-config does not follow when the files are moved: {ask('--cflags')}")
    program = road.work / "door-locks"
    compiler = [road.options.compiler, *road.options.flags.split(), "-std=c++20", *STRICT]
    road.run(*compiler, *ask("--cflags"), HERE / "consumer.cpp", "-o", program, *ask("--libs"))
    road.run_consumer(program)


def single_header(road):
    source = pathlib.Path(road.simdjson_source()) / "singleheader"
    project = road.work / "project"
    shutil.copytree(HERE / "single_header", project)
    shutil.copy(HERE / "strict.cmake", road.work)
    shutil.copy(HERE / "consumer.cpp", road.work)
    third_party = project / "third_party"
    (third_party / "mews").mkdir(parents=True)
    shutil.copy(CHECKOUT / "single_include/mews/webhooks.hpp", third_party / "mews")
    for name in ("simdjson.h", "simdjson.cpp"):
        shutil.copy(source / name, third_party)
    road.build(project, road.work / "build", run="door-locks")


def single_header_and_library(road):
    third_party = road.work / "third_party"
    (third_party / "mews").mkdir(parents=True)
    shutil.copy(CHECKOUT / "single_include/mews/webhooks.hpp", third_party / "mews")
    project = road.work / "project"
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
    road.build(project, road.work / "build", run="door-locks")


def reexport(road):
    prefix = road.installed()
    library = road.work / "library"
    road.build(HERE / "reexport", library, prefixes=[prefix])
    other_prefix = road.work / "other"
    road.run(road.options.cmake, "--install", library, "--prefix", other_prefix)
    road.build(
        HERE / "reexport_consumer",
        road.work / "consumer",
        prefixes=[prefix, other_prefix],
        run="front-desk",
    )


ROADS = [
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
    single_header,
    single_header_and_library,
    reexport,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("road", choices=[road.__name__ for road in ROADS])
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
        next(road for road in ROADS if road.__name__ == options.road)(Road(options))
    except subprocess.CalledProcessError as failure:
        sys.exit(f"failed with {failure.returncode}: {failure.cmd}")


if __name__ == "__main__":
    main()
