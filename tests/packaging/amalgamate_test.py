#!/usr/bin/env python3
"""amalgamate.py refuses what would make the single header wrong, and says so."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOL = CHECKOUT / "tools" / "generators" / "amalgamate.py"
SINGLE = "mews/webhooks.hpp"


class Amalgamate(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.include = pathlib.Path(directory.name) / "include"
        self.output = pathlib.Path(directory.name) / "single_include"
        shutil.copytree(CHECKOUT / "include", self.include)

    def amalgamate(self, *options, **settings):
        return subprocess.run(
            [sys.executable, TOOL, "--include", self.include, "--output", self.output, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            **settings,
        )

    def write(self):
        self.assertEqual(self.amalgamate().returncode, 0)
        return (self.output / SINGLE).read_text(encoding="utf-8")

    def append(self, name, text):
        path = self.include / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def expect_refusal(self, *words):
        result = self.amalgamate()
        self.assertEqual(result.returncode, 1, result.stdout)
        for word in words:
            self.assertIn(word, result.stdout)
        self.assertFalse(self.output.exists(), "wrote something all the same")

    def test_the_same_headers_make_the_same_bytes(self):
        first = self.write()
        shutil.rmtree(self.output)
        environment = {**os.environ, "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
        self.assertEqual(self.amalgamate(cwd="/", env=environment).returncode, 0)
        self.assertEqual((self.output / SINGLE).read_text(encoding="utf-8"), first)

    def test_every_line_of_code_is_kept_once(self):
        text = self.write()
        for path in self.include.rglob("*.hpp"):
            if path.name == "std_error_code.hpp":
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("struct ") or line.startswith("class "):
                    self.assertEqual(text.count(f"\n{line}\n"), self.count(line), line)
        self.assertEqual(text.count("#pragma once"), 1)
        self.assertEqual(text.count("#include <simdjson.h>"), 1)
        self.assertEqual(text.count("#include <string>"), 1)
        self.assertNotIn("#include <mews/", text)

    def count(self, line):
        return sum(
            f"\n{path.read_text(encoding='utf-8')}".count(f"\n{line}\n")
            for path in self.include.rglob("*.hpp")
            if path.name != "std_error_code.hpp"
        )

    def test_a_conditional_include_stays_conditional(self):
        text = self.write()
        conditional = "#if defined(__cpp_lib_format)\n#include <format>\n#endif"
        self.assertIn(conditional, text)
        self.assertEqual(text.count("#include <format>"), text.count(conditional))

    def test_the_opt_in_header_stays_opt_in(self):
        text = self.write()
        self.assertNotIn("std_error_code", text)
        opt_in = (self.output / "mews/webhooks/std_error_code.hpp").read_text(encoding="utf-8")
        self.assertIn("#include <mews/webhooks.hpp>", opt_in)
        self.assertEqual(opt_in.count("#include <mews/"), 1)

    def test_a_header_that_nobody_includes_is_refused(self):
        (self.include / "mews/webhooks/orphan.hpp").write_text("#pragma once\n", encoding="utf-8")
        self.expect_refusal("orphan.hpp", "nothing includes it")

    def test_a_file_that_is_no_header_is_refused(self):
        (self.include / "mews/webhooks/notes.txt").write_text("not a header\n", encoding="utf-8")
        self.expect_refusal("notes.txt")

    def test_a_cycle_is_refused(self):
        self.append("mews/webhooks/entities.hpp", "#include <mews/webhooks/actions.hpp>\n")
        self.expect_refusal("circle", "entities.hpp -> ", "actions.hpp")

    def test_a_header_that_is_not_there_is_refused(self):
        self.append("mews/webhooks/entities.hpp", "#include <mews/webhooks/absent.hpp>\n")
        self.expect_refusal("entities.hpp", "absent.hpp")

    def test_a_conditional_header_of_our_own_is_refused(self):
        lines = "#if defined(_WIN32)\n#include <mews/webhooks/secret.hpp>\n#endif\n"
        self.append("mews/webhooks/entities.hpp", lines)
        self.expect_refusal("entities.hpp", "conditionally")

    def test_quotes_are_refused(self):
        self.append("mews/webhooks/entities.hpp", '#include "secret.hpp"\n')
        self.expect_refusal("entities.hpp", "<secret.hpp>")

    def test_code_in_the_umbrella_is_refused(self):
        self.append(SINGLE, "namespace mews {}\n")
        self.expect_refusal("namespace mews {}")

    def test_a_header_without_pragma_once_is_refused(self):
        path = self.include / "mews/webhooks/entities.hpp"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("#pragma once\n", ""), encoding="utf-8")
        self.expect_refusal("entities.hpp", "#pragma once")

    def test_check_accepts_what_was_written(self):
        self.write()
        result = self.amalgamate("--check")
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_check_notices_a_change_and_says_what_to_run(self):
        self.write()
        for name, change in [
            ("mews/webhooks/entities.hpp", "// one more line\n"),
            ("mews/webhooks/std_error_code.hpp", "// one more line\n"),
        ]:
            before = (self.include / name).read_text(encoding="utf-8")
            self.append(name, change)
            result = self.amalgamate("--check")
            self.assertEqual(result.returncode, 1)
            self.assertIn("run `tools/generate single_include`", result.stdout)
            (self.include / name).write_text(before, encoding="utf-8")
        self.assertEqual(self.amalgamate("--check").returncode, 0)

    def test_check_notices_files_that_are_missing_or_left_over(self):
        self.write()
        (self.output / "mews/webhooks/left_over.hpp").write_text("", encoding="utf-8")
        self.assertIn("left_over.hpp", self.amalgamate("--check").stdout)
        shutil.rmtree(self.output)
        result = self.amalgamate("--check")
        self.assertEqual(result.returncode, 1)
        self.assertIn("missing", result.stdout)
        self.assertFalse(self.output.exists(), "--check wrote something")


if __name__ == "__main__":
    unittest.main()
