"""Opens reports in headless Chromium: test_report.py COMMAND FOLDER, the folder for reports and screenshots.

At three widths, light and dark: no error, nothing loaded, nothing wider than the window. Then what the script adds: methods are
hidden and shown, curves smoothed, values shown under the pointer and by the arrow keys, pictures chosen. Names that would be
markup are text.
"""
import base64
import json
import pathlib
import statistics
import subprocess
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service

HERE = pathlib.Path(__file__).parent
WIDTHS = (360, 820, 1600)


def require(is_so, what):
    if not is_so:
        raise SystemExit(f"test-report: {what}")


class Browser:
    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def open(self, path, width=1200, height=900, scheme="light"):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.driver.get(path.resolve().as_uri())

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def require_quiet(self, where):
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        require(not messages, f"{where}: the console says {messages}")

    def save(self, path):
        height = self.run("return document.documentElement.scrollHeight")
        width = self.run("return innerWidth")
        picture = self.command(
            "Page.captureScreenshot", captureBeyondViewport=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(height, 12000), "scale": 1})
        path.write_bytes(base64.b64decode(picture["data"]))


def test_layout(browser, report, pictures):
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            where = f"{report.name}, {width} pixels, {scheme}"
            browser.open(report, width, scheme=scheme)
            reach = browser.run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
            require(reach <= width, f"{where}: the page is {reach} pixels wide")
            loaded = browser.run("return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('data:'))")
            require(not loaded, f"{where}: it loads {loaded}")
            background = browser.run("return getComputedStyle(document.body).backgroundColor")
            light = sum(int(part) for part in background[4:-1].split(",")) > 3 * 128
            require(light == (scheme == "light"), f"{where}: the background is {background}")
            browser.save(pictures / f"{report.stem}-{width}-{scheme}.png")
            browser.require_quiet(where)


def test_toggle(browser, report):
    browser.open(report)
    shown = "return [...document.querySelectorAll('[data-system=\"0\"]')].filter(e => e.getClientRects().length).length"
    before = browser.run(shown)
    button = browser.one("[data-toggle='0']")
    button.click()
    require(before > 10 and browser.run(shown) == 0, f"{before} parts of the first method, {browser.run(shown)} after it is hidden")
    require(button.get_attribute("aria-pressed") == "false", "the button does not say that the method is hidden")
    button.send_keys(Keys.SPACE)
    require(browser.run(shown) == before, "the method does not come back by the keyboard")


def test_curves(browser, report):
    browser.open(report)
    paths = "return [...document.querySelectorAll('#curves .line')].map(e => e.getAttribute('d'))"
    before = browser.run(paths)
    slide = "const s = document.querySelector('#smoothing'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))"
    browser.run(slide, 0.8)
    smooth = browser.run(paths)
    require(all(a != b for a, b in zip(before, smooth) if a.count("L") > 5), "smoothing changes nothing")
    browser.run(slide, 0)
    # What the script draws without smoothing is what stands in the file, but for the last digit of a coordinate.
    for a, b in zip(before, browser.run(paths)):
        numbers = [[float(n) for n in path.replace("M", " ").replace("L", " ").split("m")[0].split()] for path in (a, b)]
        require(all(abs(x - y) < 0.11 for x, y in zip(*numbers)), f"the script draws {b}, the file {a}")
    runs = lambda: browser.run("return [...document.querySelectorAll('.run')].filter(e => e.getClientRects().length).length")
    require(runs() == 0, "single runs are shown before they are asked for")
    browser.one("#each-run").click()
    require(runs() > 0, "single runs are not shown")


def test_values(browser, report):
    browser.open(report)
    figure = next(f for f in browser.all("[data-chart]") if f.find_element(By.CSS_SELECTOR, "figcaption").text == "loss_task")
    data = json.loads(figure.get_attribute("data-chart"))
    browser.run("arguments[0].scrollIntoView({block: 'center'})", figure)
    svg = figure.find_element(By.CSS_SELECTOR, "svg")
    ActionChains(browser.driver).move_to_element(svg).perform()
    tip = figure.find_element(By.CSS_SELECTOR, ".tip")
    lines = tip.get_attribute("innerText").split("\n")
    index = data["systems"][0]["x"].index(int(lines[0]))
    for curves, name in zip(data["systems"], [b.text for b in browser.all("[data-toggle]")]):
        values = [run[index] for run in curves["runs"]]
        expected = float(f"{statistics.mean(values):.4g}")
        text = next(line for line in "".join(lines).split("\n") if name in line)
        require(f"{name}{expected:g} ±" in "".join(lines).replace("\n", ""), f"expected {name} {expected:g} under the pointer, found {text}")
    away = ActionChains(browser.driver)
    away.w3c_actions.pointer_action.move_to_location(2, 2)
    away.perform()
    require(not browser.all(".tip"), "the values stay after the pointer has left")
    browser.run("arguments[0].focus()", figure)
    ActionChains(browser.driver).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).perform()
    require(browser.one(".tip").get_attribute("innerText").split("\n")[0] == "1", "the arrow keys do not go to the second step")
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    require(not browser.all(".tip"), "Escape does not take the values away")


def test_pictures(browser, report):
    size = report.stat().st_size
    require(size < 15e6, f"{report} has {size / 1e6:.1f} MB")
    browser.open(report)
    gallery = browser.all(".gallery")[-1]
    cards = lambda: browser.run("""
      return [...arguments[0].querySelectorAll('.card')].map(card => ({label: card.dataset.label,
        said: [...card.querySelectorAll('[data-predicted]')].map(f => ({...f.dataset}))}))""", gallery)
    worst = lambda card: max(float(said["probability"]) for said in card["said"] if said["right"] == "0")
    choose = lambda name, value: browser.run("""
      const select = arguments[0].querySelector(`select[name=${arguments[1]}]`);
      select.value = arguments[2]; select.dispatchEvent(new Event('change', {bubbles: true}))""", gallery, name, value)
    shown = cards()
    require(len(shown) == 24, f"{len(shown)} pictures are shown at first")
    ranks = [worst(card) for card in shown]
    require(ranks == sorted(ranks, reverse=True), "the most confident mistake is not first")
    gallery.find_element(By.CSS_SELECTOR, ".more").click()
    require(len(cards()) > 24, "no more are shown")
    label, predicted = shown[0]["label"], next(said for said in shown[0]["said"] if said["right"] == "0")["predicted"]
    choose("label", label)
    choose("predicted", predicted)
    found = cards()
    require(found and all(card["label"] == label and any(said["predicted"] == predicted for said in card["said"]) for card in found),
            f"the choice of {label} taken for {predicted} shows others")
    choose("predicted", "")
    choose("label", "")
    choose("kind", "right")
    require(cards() and all(said["right"] == "1" for card in cards() for said in card["said"]), "mistakes among what is right")
    for stage in ("layer3", "layer4"):
        choose("stage", stage)
        seen = browser.run("return [...new Set([...arguments[0].querySelectorAll('.attended img')].filter(i => !i.hidden).map(i => i.dataset.stage))]", gallery)
        require(seen == [stage], f"the attention of {seen} is shown, not of {stage}")
    cell = browser.all(".heats")[-1].find_element(By.CSS_SELECTOR, "td.wrong")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", cell)
    cell.click()
    state = browser.run("return Object.fromEntries([...arguments[0].querySelectorAll('select')].map(s => [s.name, s.value]))", gallery)
    require((state["kind"], state["label"], state["predicted"]) == ("wrong", cell.get_attribute("data-class"), cell.get_attribute("data-predicted")),
            f"the cell of the confusion leads to {state}")
    require(cards(), "the cell of the confusion leads to no picture")
    broken = browser.run("return [...document.images].filter(i => i.complete && !i.naturalWidth).length")
    require(broken == 0, f"{broken} pictures do not load")
    browser.require_quiet("pictures")


def test_hostile(browser, report):
    browser.open(report)
    require(browser.run("return window.hostile") is None, "a name was run")
    foreign = browser.run("return [...document.querySelectorAll('img,script,iframe,object')].filter(e => e.src || e.localName != 'script').length")
    require(foreign == 0 and len(browser.all("script")) == 1, "a name became markup")
    text = browser.one("body").get_attribute("textContent")
    require(text.count("<img src=x onerror='window.hostile=1'>\"><script>") > 20, "names do not appear as text")
    browser.one("[data-toggle='0']").click()
    browser.require_quiet("hostile names")


def test_names(browser, report):
    browser.open(report)
    nameless = browser.run("""
      const name = e => (e.textContent || '').trim() || e.getAttribute('aria-label') || e.labels?.[0]?.textContent.trim() || e.alt;
      return [...document.querySelectorAll('button,select,input,a,img,svg[role=img],summary')].filter(e => !name(e)).map(e => e.outerHTML)""")
    require(not nameless, f"without a name for a screen reader: {nameless}")
    levels = browser.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.localName[1])")
    require(levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:])), f"headings skip a level: {levels}")
    anchors = browser.run("return [...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.hash)).map(a => a.hash)")
    require(not anchors, f"links lead nowhere: {anchors}")


def test_print(browser, report, pictures):
    browser.open(report, scheme="dark")
    page = base64.b64decode(browser.command("Page.printToPDF", printBackground=True)["data"])
    require(page.startswith(b"%PDF") and len(page) > 20_000, "the report does not print")
    (pictures / f"{report.stem}.pdf").write_bytes(page)


def main():
    command, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reports = {}
    for name, options in (("report", []), ("hostile", ["--hostile"])):
        runs = folder / f"{name}-runs"
        subprocess.run([sys.executable, HERE / "made_up_runs.py", runs, *options], check=True)
        reports[name] = folder / f"{name}.html"
        subprocess.run([command, "report", runs, "--output", reports[name]], check=True, stdout=subprocess.DEVNULL)
    # Ten steps of vanilla and CSG on drawings, judged on photographs: there are networks to ask where they look.
    demo = folder / "demo"
    subprocess.run(
        [command, "demo", "--data", "drawings-photographs", "--quick", "--output", demo], check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    begun = time.monotonic()
    reports["demo"] = folder / "demo.html"
    subprocess.run([command, "report", demo, "--output", reports["demo"]], check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    browser = Browser()
    try:
        for report in reports.values():
            test_layout(browser, report, folder)
        for test in (test_toggle, test_curves, test_values, test_names):
            test(browser, reports["report"])
        test_print(browser, reports["report"], folder)
        test_hostile(browser, reports["hostile"])
        test_pictures(browser, reports["demo"])
        test_names(browser, reports["demo"])
    finally:
        browser.driver.quit()
    size = reports["demo"].stat().st_size / 1e6
    print(f"test-report: everything as it should be; the demo's report was made in {seconds:.0f} s and has {size:.1f} MB; screenshots in {folder}")


if __name__ == "__main__":
    main()
