"""Reads sites made of hostile texts, each in a folder of its own with its `payload`, by parsers of others; one line for
everything a text became that is no text. The first site is harmless: what it has of elements and attributes, the
others may have. The last line counts what was read."""
import collections, csv, io, json, multiprocessing, os, re, sys, unicodedata
import xml.etree.ElementTree
import html5lib

problems, counted = [], collections.Counter()
known = set()


def shown(text):
    """What a page shows of a text: stand-ins for what would hide, turn or break it."""
    def one(letter):
        code = ord(letter)
        if code < 0x20:
            return chr(0x2400 + code)
        if code == 0x7F:
            return "\u2421"
        if code == 0x200D:
            return letter
        hidden = unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs")
        return "\ufffd" if hidden or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF else letter
    return "".join(map(one, text))


def html(where, data, payload, is_first):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(data)
    problems.extend(f"{where}:{place[0]}: {error}" for place, error, _ in parser.errors)
    texts = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            problems.append(f"{where}: a comment")
            continue
        texts += [element.text or "", element.tail or ""]
        for name, value in [("", ""), *element.attrib.items()]:
            pair = (element.tag.rsplit("}")[-1], str(name))
            if is_first:
                known.add(pair)
            elif pair not in known:
                problems.append(f"{where}: <{pair[0]} {pair[1]}>")
            if name in ("href", "src", "srcset") and not re.fullmatch(r"[A-Za-z0-9./~#@, -]*", value):
                problems.append(f"{where}: {name} is {value[:80]}")
            if name in ("id", "class", "aria-labelledby") and not re.fullmatch(r"[A-Za-z0-9.~ -]*", value):
                problems.append(f"{where}: {name} is {value[:80]}")
    return "\0".join(texts)


def atom(where, data):
    tree = xml.etree.ElementTree.fromstring(data)
    names = {"feed", "title", "id", "updated", "author", "name", "link", "entry", "published", "summary"}
    for element in tree.iter():
        if element.tag.rsplit("}")[-1] not in names:
            problems.append(f"{where}: <{element.tag}>")
    return "\0".join(element.text or "" for element in tree.iter())


def strings(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def table(where, data):
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    if len({len(row) for row in rows}) != 1:
        problems.append(f"{where}: its rows are not equally long")
    for field in rows[0]:
        if field[:1] in ("=", "+", "-", "@", "\t", "\r"):
            problems.append(f"{where}: a formula: {field[:40]}")


def calendar(where, data):
    """RFC 5545: lines of 75 bytes at most, properties, components closed in order."""
    if re.search(rb"[^\r]\n|\r[^\n]", data):
        problems.append(f"{where}: a line that does not end in CR LF")
    lines = data.split(b"\r\n")
    problems.extend(f"{where}: {len(line)} bytes in a line" for line in lines if len(line) > 75)
    opened = []
    for line in data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        if not re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]*)*:", line):
            problems.append(f"{where}: no property: {line[:60]}")
        name, _, value = line.partition(":")
        if name == "BEGIN":
            opened.append(value)
            if value not in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
                problems.append(f"{where}: a component {value[:40]}")
        if name == "END" and (not opened or opened.pop() != value):
            problems.append(f"{where}: END:{value[:40]} closes nothing")


SAMPLE = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\n"])*",?)*\})? [-+0-9.eEINaNnf]+( \d+)?')
COMMENT = re.compile(r"# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|# EOF")


def metrics(where, data):
    for line in data.decode().split("\n"):
        if line and not SAMPLE.fullmatch(line) and not COMMENT.fullmatch(line):
            problems.append(f"{where}: no sample: {line[:80]}")


def site(folder, is_first):
    with open(os.path.join(folder, "payload"), newline="") as file:
        payload = file.read()
    number, texts, raw, feeds = os.path.basename(folder), {}, "", ""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            where = os.path.relpath(path, os.path.dirname(folder))
            ending = "atom" if name == "atom.xml" else name.rsplit(".")[-1]
            counted[ending] += name != "payload"
            with open(path, "rb") as file:
                data = file.read()
            if ending == "html":
                texts[os.path.relpath(path, folder)] = html(where, data, payload, is_first)
            elif ending == "atom":
                feeds += atom(where, data)
            elif ending in ("xml", "svg"):
                xml.etree.ElementTree.fromstring(data)
            elif ending == "json":
                raw += "\0".join(strings(json.loads(data))) + "\0"
            elif ending == "csv":
                table(where, data)
            elif ending == "ics":
                calendar(where, data)
            elif ending == "prom":
                metrics(where, data)
    for name in ("index.html", "oncall.html", "incidents/1.html"):
        if shown(payload) not in texts[name]:
            problems.append(f"{number}/{name}: the text is not there as it is to be shown: {payload[:40]!a}")
    if payload not in raw:
        problems.append(f"{number}: the text is in no JSON: {payload[:40]!a}")
    if shown(payload) not in feeds:
        problems.append(f"{number}: the text is not in the feed: {payload[:40]!a}")


def read(number):
    """What is wrong with one site, and how many files of each kind it has."""
    problems.clear()
    counted.clear()
    try:
        site(os.path.join(sys.argv[1], str(number)), number == 0)
    except Exception as error:
        problems.append(f"{number}: {type(error).__name__}: {error}")
    return list(problems), collections.Counter(counted)


numbers = sorted(map(int, os.listdir(sys.argv[1])))
answers = [read(numbers[0])]
# The readers that are forked now know what the harmless site has.
with multiprocessing.get_context("fork").Pool() as pool:
    answers += pool.map(read, numbers[1:], 4)
found = [problem for answer in answers for problem in answer[0]]
total = sum((answer[1] for answer in answers), collections.Counter())
print("\n".join(found[:200] + [", ".join(f"{count} {kind}" for kind, count in sorted(total.items()) if count)]))
