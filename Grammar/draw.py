"""Draws the rules of the grammars as railroad diagrams: `diagrams/NAME.svg` for each `NAME.abnf`.

The rules are read by the package `abnf` and drawn by `railroad-diagrams`, both of PyPI.
`Tests/check-grammar --draw` runs this; `Tests/check-grammar` looks whether the pictures are those of the grammars.
"""

import html
import io
import pathlib

import railroad
from abnf.parser import ABNFGrammarRule

FOLDER = pathlib.Path(__file__).parent

STYLE = """
svg.railroad-diagram path { stroke: #444; stroke-width: 2; fill: none; }
svg.railroad-diagram text { font: 14px monospace; text-anchor: middle; fill: #111; }
svg.railroad-diagram text.comment { font: italic 12px sans-serif; }
svg.railroad-diagram g.terminal rect { fill: #e3f2e1; stroke: #3a7d34; stroke-width: 1.5; }
svg.railroad-diagram g.non-terminal rect { fill: #e8eefb; stroke: #3b5b9a; stroke-width: 1.5; }
text.rule { font: bold 15px sans-serif; fill: #111; }
"""


def read(text):
    """The rules of a file in their order, each with the node of its alternation."""
    source = text.replace("\r", "").rstrip("\n").replace("\n", "\r\n") + "\r\n"
    rules = []
    for rule in ABNFGrammarRule("rulelist").parse_all(source).children:
        if rule.name != "rule":
            continue
        parts = {child.name: child for child in rule.children}
        more = "=/" in parts["defined-as"].value
        rules.append((parts["rulename"].value, more, child(parts["elements"], "alternation")))
    return rules


def child(node, name):
    return next(each for each in node.children if each.name == name)


def children(node, name):
    return [each for each in node.children if each.name == name]


def draw_alternation(node):
    branches = [draw_concatenation(each) for each in children(node, "concatenation")]
    return branches[0] if len(branches) == 1 else railroad.Choice(0, *branches)


def draw_concatenation(node):
    parts = [draw_repetition(each) for each in children(node, "repetition")]
    return parts[0] if len(parts) == 1 else railroad.Sequence(*parts)


def draw_repetition(node):
    element = child(node, "element")
    counts = "".join(each.value for each in children(node, "repeat"))
    if not counts:
        return draw_element(element)
    least, star, most = counts.partition("*")
    if not star:
        return railroad.OneOrMore(draw_element(element), railroad.Comment(f"{least} times"))
    label = railroad.Comment(f"at most {most}") if most else None
    if int(least or 0) == 0:
        return railroad.ZeroOrMore(draw_element(element), label)
    return railroad.OneOrMore(draw_element(element), label)


def draw_element(node):
    (inner,) = node.children
    if inner.name == "rulename":
        return railroad.NonTerminal(inner.value)
    if inner.name == "group":
        return draw_alternation(child(inner, "alternation"))
    if inner.name == "option":
        return railroad.Optional(draw_alternation(child(inner, "alternation")))
    return railroad.Terminal(inner.value)


def picture(text):
    """One picture: the diagrams of all rules, one under the other, each under its name."""
    parts, y, width = [], 0, 0
    for name, more, alternation in read(text):
        drawn = railroad.Diagram(draw_alternation(alternation), type="simple")
        drawn.format(10)
        output = io.StringIO()
        drawn.writeSvg(output.write)
        inner = output.getvalue()
        title = html.escape(name + (" (more)" if more else ""))
        parts.append(f'<text class="rule" x="10" y="{y + 20}">{title}</text>')
        parts.append(inner.replace("<svg ", f'<svg x="0" y="{y + 24}" ', 1))
        y += 24 + int(float(drawn.attrs["height"])) + 10
        width = max(width, int(float(drawn.attrs["width"])))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" viewBox="0 0 {width} {y}">'
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
    )
    return head + "\n" + "\n".join(parts) + "\n</svg>\n"


def pictures():
    """For each grammar the file of its picture and what it holds."""
    for file in sorted(FOLDER.glob("*.abnf")):
        yield FOLDER / "diagrams" / (file.stem + ".svg"), picture(file.read_text())


def draw():
    (FOLDER / "diagrams").mkdir(exist_ok=True)
    for file, content in pictures():
        file.write_text(content)


if __name__ == "__main__":
    draw()
