"""Makes a blind test of two folders of results as one HTML file: ``python tools/blind.py OLD NEW test.html``.

Files of equal names (PNG or MP4) become pairs. Which side shows which folder is random, and so is the order. In the
page, the left and right arrows choose, the down arrow says "no difference", backspace goes one pair back; at the end,
the page offers the votes as a JSON file. Anyone can vote; ``python tools/blind.py --count votes.json...`` adds them up.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

KINDS = {".png": "image/png", ".mp4": "video/mp4"}
CHOICES = ("old", "new", "same")


@dataclass(frozen=True)
class Pair:
    """Two results to compare.

    Attributes:
        name: Of both files.
        sides: ``old`` and ``new`` in the order in which they are shown, from left to right.
        files: In the same order.
    """

    name: str
    sides: tuple[str, str]
    files: tuple[Path, Path]


def main(words: list[str] | None = None) -> None:
    """Write the page, or add up votes."""
    args = parser().parse_args(words)
    if args.count:
        print(json.dumps(count(args.count), indent=2))
        return
    if args.output is None:
        parser().error("OLD, NEW, and OUTPUT are needed")
    pairs = shuffled(args.old, args.new, random.Random(args.seed))
    if not pairs:
        sys.exit("The two folders have no PNG or MP4 files of equal names.")
    args.output.write_text(page(pairs), encoding="utf-8")
    print(f"{args.output}: {len(pairs)} pairs")


def parser() -> argparse.ArgumentParser:
    """Declare the options."""
    own = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own.add_argument("old", type=Path, nargs="?", help="folder of PNG and MP4 files")
    own.add_argument("new", type=Path, nargs="?", help="folder with files of the same names")
    own.add_argument("output", type=Path, nargs="?", help="the HTML file to write")
    own.add_argument("--seed", type=int, help="makes the same page again")
    own.add_argument("--count", type=Path, nargs="+", metavar="VOTES", help="add up files of votes instead")
    return own


def shuffled(old: Path, new: Path, chance: random.Random) -> list[Pair]:
    """Pair the files of two folders, in random order, each pair with its sides in random order."""
    names = sorted(file.name for file in old.iterdir() if file.suffix.lower() in KINDS and (new / file.name).is_file())
    chance.shuffle(names)
    pairs = []
    for name in names:
        sides = ("old", "new") if chance.random() < 0.5 else ("new", "old")
        folders = {"old": old, "new": new}
        pairs.append(Pair(name, sides, (folders[sides[0]] / name, folders[sides[1]] / name)))
    return pairs


def page(pairs: list[Pair]) -> str:
    """Return the HTML page: it needs no other file and no network."""
    # The key is scrambled, so that a glance at the source of the page does not give it away.
    key = base64.b64encode(json.dumps([[pair.name, *pair.sides] for pair in pairs]).encode()).decode()
    shown = "\n".join(_section(number, pair) for number, pair in enumerate(pairs))
    return _PAGE.replace("%KEY%", key).replace("%PAIRS%", shown).replace("%COUNT%", str(len(pairs)))


def count(files: list[Path]) -> dict[str, object]:
    """Add up votes: how often each was chosen, in all and by pair."""
    votes = [vote for file in files for vote in json.loads(file.read_text(encoding="utf-8"))["votes"]]
    total = Counter(vote["choice"] for vote in votes)
    by_pair: dict[str, dict[str, int]] = {}
    for vote in votes:
        row = by_pair.setdefault(vote["pair"], dict.fromkeys(CHOICES, 0))
        row[vote["choice"]] += 1
    return {"votes": len(votes)} | {choice: total[choice] for choice in CHOICES} | {"pairs": by_pair}


def _section(number: int, pair: Pair) -> str:
    return f'<section id="pair{number}" hidden>{"".join(_element(file) for file in pair.files)}</section>'


def _element(file: Path) -> str:
    kind = KINDS[file.suffix.lower()]
    address = f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
    if kind == "image/png":
        return f'<img alt="" src="{address}">'
    return f'<video muted loop playsinline src="{address}"></video>'


_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Blind test</title>
<style>
body { margin: 0; background: #222; color: #ddd; font: 16px sans-serif; text-align: center }
section { display: flex; gap: 1vw; justify-content: center; align-items: center; height: 88vh }
section[hidden] { display: none }
img, video { max-width: 48vw; max-height: 86vh }
button { font: inherit; margin: 1vh }
</style>
%PAIRS%
<p id="line"></p>
<script>
const key = JSON.parse(atob("%KEY%")), votes = [];
let at = 0;
function show() {
  for (let i = 0; i < key.length; i++) {
    const section = document.getElementById("pair" + i);
    section.hidden = i !== at;
    section.querySelectorAll("video").forEach(v => { v.currentTime = 0; i === at ? v.play() : v.pause() });
  }
  const line = document.getElementById("line");
  line.textContent = (at + 1) + " of %COUNT%: \\u2190 left looks more real, \\u2192 right, \\u2193 no difference, "
    + "backspace: back";
  if (at === key.length) finish(line);
}
function finish(line) {
  const link = document.createElement("a");
  const text = JSON.stringify({ votes: votes }, null, 1);
  link.href = "data:application/json," + encodeURIComponent(text);
  link.download = "votes.json";
  link.textContent = "Save your votes";
  link.style.color = "#8cf";
  line.replaceChildren(link);
}
document.addEventListener("keydown", event => {
  const side = { ArrowLeft: 1, ArrowRight: 2, ArrowDown: 0 }[event.key];
  if (event.key === "Backspace" && at > 0) { votes.pop(); at--; show() }
  if (side === undefined || at === key.length) return;
  votes.push({ pair: key[at][0], left: key[at][1], choice: side ? key[at][side] : "same" });
  at++;
  show();
});
show();
</script>
</html>
"""

if __name__ == "__main__":
    main()
