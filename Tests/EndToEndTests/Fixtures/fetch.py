"""Asks a server of this machine: each line of the input is a request as JSON, each line of the output its answer."""
import base64, gzip, http.client, json, sys, time

for line in sys.stdin:
    request = json.loads(line)
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=30)
    connection.putrequest("GET", request["path"], skip_accept_encoding=True)
    for name, value in request["headers"].items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    length = len(body)
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    print(json.dumps({"status": answer.status, "headers": headers, "length": length,
                      "body": base64.b64encode(body).decode()}))
    connection.close()
    time.sleep(request.get("pause", 0))
