"""What the Nu HTML checker says of pages, and what a strict Content-Security-Policy would refuse in them."""

import json
import re
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path

# In the HTML standard, but younger than the checker that PyPI carries.
YOUNGER = re.compile(r"Attribute “(fetchpriority|popover|popovertarget|popovertargetaction|name)” not allowed on element "
                     r"“(img|ul|button|details)”")


def nu(pages, jar):
    """The errors and warnings of pages, by name: `pages` maps a name to the text of a page."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, text) in enumerate(pages.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(text, encoding="utf-8")
            names[path.name] = name
        run = subprocess.run(
            ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder],
            capture_output=True, text=True, check=True)
    problems = {name: [] for name in pages}
    for message in json.loads(run.stdout)["messages"]:
        kind = message.get("subType", message["type"])
        if YOUNGER.search(message["message"]) or kind == "info":
            continue
        place = names[message["url"].rsplit("/", 1)[-1]]
        problems[place].append(f"{kind}, line {message.get('lastLine', '?')}: {message['message']}")
    return problems


class _Inline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        line = self.getpos()[0]
        if "style" in values or tag == "style":
            self.found.append(f"inline style, line {line}: <{tag}>")
        if tag == "script" and "src" not in values and values.get("type") != "application/ld+json":
            self.found.append(f"inline script, line {line}")
        self.found += [f"inline handler, line {line}: {name}" for name in values if name.startswith("on")]
        if tag == "img" and not {"width", "height", "alt"} <= values.keys():
            self.found.append(f"picture without width, height or alt, line {line}")


def inline(text):
    """Styles, scripts and handlers in a page, and pictures that would make it jump."""
    parser = _Inline()
    parser.feed(text)
    return parser.found
