"""Chromium without a window, as a person with a given screen and taste would have it."""

import base64
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


class Browser:
    """One Chromium; `with Browser() as browser:` closes it."""

    def __init__(self, chromium="/usr/bin/chromium", driver="/usr/bin/chromedriver"):
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars", "lang=vi"):
            options.add_argument(f"--{flag}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        self.driver.set_page_load_timeout(30)
        self.driver.set_script_timeout(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def look(self, width, height=900, scheme="light", **features):
        """Sets the screen in CSS pixels, the colour scheme, and other media features such as reduced motion."""
        self.width, self.height = width, height
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
        chosen = {"prefers-color-scheme": scheme, **features}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": name, "value": value} for name, value in chosen.items()]})

    def open(self, address):
        """Opens a page, waits for its pictures; returns what the console complained of."""
        self.driver.get_log("browser")
        self.driver.get(address)
        self.run("""const done = arguments[0];
          for (const image of document.images) image.loading = "eager";
          Promise.all([...document.images].map(i => i.decode().catch(() => 0))).then(done);""", later=True)
        return [f"{entry['level'].lower()}: {entry['message']}" for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING")]

    def run(self, script, *arguments, later=False):
        """Runs a script in the page; `later`: one that calls its last argument with the result."""
        run = self.driver.execute_async_script if later else self.driver.execute_script
        return run(script, *arguments)

    def shoot(self, path, whole=True):
        """A picture of the page, of all of it or of what the screen shows, as PNG."""
        clip = {}
        if whole:
            height = self.run("return Math.ceil(document.documentElement.getBoundingClientRect().height)")
            clip = {"captureBeyondViewport": True, "clip": {
                "x": 0, "y": 0, "width": self.width, "height": max(height, self.height), "scale": 1}}
        time.sleep(0.1)
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", **clip})["data"]
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(base64.b64decode(data))
