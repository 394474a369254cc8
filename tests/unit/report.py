# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of pghotctl report share."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(HERE, "..", "..", "pghotctl", "schemas")
failed = 0


def expect(what, got, wanted=True):
    global failed
    if got != wanted:
        failed += 1
        print(f"FAIL: {what}:\n  {str(got)[:800]!r}\nnot\n  {str(wanted)[:800]!r}")


class Tool:
    """pghotctl report, and all that it answered in JSON."""

    def __init__(self, program, work):
        self.program, self.work, self.answers = os.path.abspath(program), work, 0
        os.mkdir(work + "/answers")

    def run(self, *words, status=0, **how):
        how.setdefault("env", dict(os.environ, TZ="UTC"))
        done = subprocess.run([self.program, *words], capture_output=True, check=False, **how)
        expect(f"{words}: exit status ({done.stderr.decode()[:300]})", done.returncode, status)
        return done.stdout.decode(errors="surrogateescape")

    def json(self, *words, status=0, **how):
        text = self.run("-j", *words, status=status, **how)
        self.answers += 1
        with open(f"{self.work}/answers/{self.answers}.args", "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(words))
        with open(f"{self.work}/answers/{self.answers}.json", "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        answer = json.loads(text)
        return answer["data"] if status == 0 else answer["error"]

    def picture(self, *words):
        """An SVG and a page, of which each is well-formed and needs nothing from elsewhere."""
        trees = []
        for kind in "svg", "html":
            path = f"{self.work}/picture.{kind}"
            self.run(*words, f"--{kind}", path)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            expect(f"{kind}: readable by others", os.stat(path).st_mode & 0o077, 0)
            trees.append(xml.etree.ElementTree.fromstring(text))
            for other in "<script", "<img", "@import", "src=", "url(http", "href=\"http":
                expect(f"{kind}: {other}", other in text, False)
            expect(f"{kind}: dark", "prefers-color-scheme:dark" in text)
            # As standard output it is the same, and there is nothing else.
            expect(f"{kind} on standard output", self.run(*words, f"--{kind}", "-"), text)
        return trees

    def check(self):
        done = subprocess.run([sys.executable, HERE + "/validate.py", SCHEMAS, self.work + "/answers"],
                              capture_output=True, check=False)
        expect(f"answers: {done.stdout.decode()}", done.returncode, 0)
        print(done.stdout.decode().strip())

    def verdict(self):
        self.check()
        print(f"{failed} failed")
        sys.exit(failed > 0)


def texts(tree):
    """All text of a picture or a page."""
    return [node.text for node in tree.iter() if node.text and node.tag.split("}")[1] in ("text", "td", "th", "p", "h1")]
