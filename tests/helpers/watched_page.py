"""A page in the browser that is cut off from any network, with all that it asks for and says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WATCH = """
  window.__said = [];
  addEventListener("securitypolicyviolation",
    (event) => window.__said.push(`policy: ${event.violatedDirective} ${event.sample}`));
"""


@dataclass
class Screen:
    """A page, and whatever it did that a page of ours must never do."""

    page: Any
    wrong: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Fail if the page asked for anything, complained, or ran what it was only to show."""
        said = self.page.evaluate("window.__said || []")
        assert [*self.wrong, *said] == []


Look = Callable[..., Screen]


def open_screen(browser: Any, folder: Path, file: str, **options: Any) -> Screen:
    """Open *file* of *folder*; what is asked of elsewhere is refused and kept as wrong."""
    fragment = options.pop("fragment", "")
    viewport = options.pop("viewport", {"width": 1440, "height": 900})
    context = browser.new_context(viewport=viewport, **options)
    context.set_offline(True)
    context.add_init_script(_WATCH)
    page = context.new_page()
    screen = Screen(page)

    def judge(route: Any) -> None:
        if route.request.url.startswith(folder.as_uri()):
            route.continue_()
        else:
            screen.wrong.append(f"asked for {route.request.url}")
            route.abort()

    def dismiss(dialog: Any) -> None:
        screen.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.route("**/*", judge)
    page.on("console", lambda message: screen.wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: screen.wrong.append(f"error: {error}"))
    page.on("dialog", dismiss)
    page.on("popup", lambda _: screen.wrong.append("a window opened"))
    page.goto((folder / file).as_uri() + fragment)
    return screen
