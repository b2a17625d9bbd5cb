"""What is wrong with the files of a site, one line each: pages that are no HTML, references that lead to nothing or
out of the tree, pages nothing leads to. The last line counts what was looked at."""
import collections, csv, json, os, re, sys
import urllib.parse, xml.etree.ElementTree
import html5lib

root = os.path.realpath(sys.argv[1])
problems, counted = [], collections.Counter()
files = {os.path.relpath(os.path.join(d, f), root) for d, _, fs in os.walk(root, followlinks=True) for f in fs}
ids, references = {}, collections.defaultdict(list)
# Elements that fetch something, or lead somewhere: each attribute that says what.
ADDRESSES = {"href", "src", "srcset", "action", "data", "poster", "formaction", "xlink:href", "ping", "background"}


def read(name):
    with open(os.path.join(root, name), "rb") as file:
        return file.read()


def refer(name, tag, attribute, value):
    parts = [part.split()[0] for part in value.split(",") if part.split()] if attribute == "srcset" else [value]
    if not parts:
        problems.append(f"{name}: <{tag}> has an empty {attribute}")
    references[name] += [(tag, part) for part in parts]


def page(name):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(read(name), likely_encoding="utf-8")
    for place, error, data in parser.errors:
        problems.append(f"{name}:{place[0]}: {error} {data}")
    seen = collections.Counter()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute, value in element.attrib.items():
            attribute = attribute if isinstance(attribute, str) else attribute[-1]
            attribute = attribute.rsplit("}")[-1].lower()
            if attribute in ADDRESSES:
                refer(name, element.tag.rsplit("}")[-1], attribute, value)
            if attribute == "id":
                seen[value] += 1
            if attribute == "style" or attribute.startswith("on"):
                problems.append(f"{name}: <{element.tag}> has {attribute}=")
    problems.extend(f"{name}: the id {key} is there {count} times" for key, count in seen.items() if count > 1)
    ids[name] = set(seen)


def feed(name):
    for element in xml.etree.ElementTree.fromstring(read(name)).iter():
        if element.tag.endswith("}link"):
            refer(name, "a", "href", element.get("href"))


def sheet(name):
    for found in re.findall(r"url\(\s*[\"']?([^)\"']*)", read(name).decode()):
        refer(name, "style", "src", found)


def table(name):
    rows = list(csv.reader(read(name).decode().splitlines()))
    if len({len(row) for row in rows}) != 1:
        problems.append(f"{name}: its rows are not equally long")


def follow(name, tag, address):
    """The file an address names, or nothing."""
    counted["references"] += 1
    url = urllib.parse.urlsplit(address)
    if tag == "a" and url.scheme in ("mailto", "http", "https"):
        return None
    if url.scheme or url.netloc or url.path.startswith("/"):
        problems.append(f"{name}: <{tag}> goes out of the tree: {address}")
        return None
    path = os.path.normpath(os.path.join(os.path.dirname(name), urllib.parse.unquote(url.path))) if url.path else name
    if path not in files:
        problems.append(f"{name}: <{tag}> leads to nothing: {address}")
        return None
    if url.fragment and path in ids and urllib.parse.unquote(url.fragment) not in ids[path]:
        problems.append(f"{name}: <{tag}> leads to no such place: {address}")
    return path


KINDS = {
    ".html": page, ".xml": feed, ".atom": feed, ".css": sheet, ".csv": table,
    ".svg": lambda name: xml.etree.ElementTree.fromstring(read(name)), ".json": lambda name: json.loads(read(name)),
}
for name in sorted(files):
    ending = os.path.splitext(name)[1]
    counted[ending] += 1
    try:
        KINDS.get(ending, lambda name: None)(name)
    except Exception as error:
        problems.append(f"{name}: {type(error).__name__}: {error}")
leads = {name: {follow(name, *reference) for reference in found} for name, found in references.items()}
reached, waiting = set(), ["index.html"]
while waiting:
    name = waiting.pop()
    if name in reached:
        continue
    reached.add(name)
    waiting += [next for next in leads.get(name, ()) if next]
# Archives have files of their own beside the pages that speak of them.
problems += [f"{name}: nothing leads here" for name in sorted(files - reached)]
print("\n".join(problems + [json.dumps(counted, sort_keys=True)]))
