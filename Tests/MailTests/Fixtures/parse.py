"""Reads every message of a folder with the strict parser; any defect is an exception. Prints JSON, by file name."""
import email
import email.policy
import json
import pathlib
import sys

messages = {}
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    raw = file.read_bytes()
    lines = raw.split(b"\r\n")
    message = email.message_from_bytes(raw, policy=email.policy.strict)
    messages[file.name] = {
        "names": message.keys(),
        "subject": str(message["subject"]),
        "to": [[address.display_name, address.addr_spec] for address in message["to"].addresses],
        "from": [address.addr_spec for address in message["from"].addresses],
        "types": [part.get_content_type() for part in message.walk()],
        "texts": [part.get_content() for part in message.walk() if not part.is_multipart()],
        "longest": max(len(line) for line in lines),
        "bare": any(b"\r" in line or b"\n" in line for line in lines),
        "ascii": all(byte < 128 for byte in raw),
    }
print(json.dumps(messages))
