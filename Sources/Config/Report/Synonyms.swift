/// Words of other tools for what has another name here.
enum Synonyms {
  /// Types.
  static let types = [
    "integer": "int", "number": "float", "double": "float", "decimal": "float", "real": "float", "string": "text",
    "str": "text", "boolean": "bool", "array": "list", "sequence": "list", "dict": "map", "dictionary": "map",
    "hash": "map", "mapping": "map", "object": "fields", "record": "fields", "struct": "fields", "choice": "enum",
    "timespan": "duration", "time": "duration", "interval": "duration", "address": "host",
    "hostname": "host", "mail": "email", "link": "url", "uri": "url", "timezone": "zone", "file": "path",
    "filename": "path", "password": "secret", "percentage": "percent", "size": "bytes", "command": "argv",
    "regexp": "regex", "pattern": "regex",
  ]

  /// Fields.
  static let fields = [
    "ip": "address", "host": "address", "hostname": "address", "fqdn": "address", "description": "notes",
    "comment": "notes", "interval": "every", "frequency": "every", "period": "every", "schedule": "every",
    "crontab": "cron",
    "once": "at", "retry": "retries", "attempts": "retries", "tries": "retries", "importance": "priority",
    "cmd": "script", "program": "script", "exec": "script", "args": "command", "arguments": "command",
    "argv": "command", "env": "environment", "mail": "email", "e-mail": "email", "tz": "timezone",
    "zone": "timezone", "monitors": "use", "checks": "use", "templates": "use", "label": "title",
    "target": "objective", "goal": "objective", "slo": "objective", "metric": "series", "min": "minimum",
    "max": "maximum", "eq": "equals", "length": "for", "count": "packets", "type": "kind", "auth": "authentication",
    "priv": "privacy", "concurrency": "workers", "parallel": "workers", "threads": "workers",
    "retention": "keep", "delay": "wait", "members": "contacts",
  ]

  /// Sections.
  static let sections = [
    "servers": "hosts", "devices": "hosts", "nodes": "hosts", "targets": "hosts", "checks": "jobs",
    "tasks": "jobs", "scripts": "jobs", "templates": "monitors", "services": "monitors", "users": "contacts",
    "people": "contacts", "persons": "contacts", "objectives": "slas", "slos": "slas", "teams": "roles",
    "groups": "roles", "rota": "roles", "config": "settings", "options": "settings", "global": "settings",
    "policies": "escalations", "charts": "graphs",
  ]

  /// Words to choose from.
  static let choices = [
    "2": "2c", "v1": "1", "v2": "2c", "v2c": "2c", "v3": "3", "sha1": "SHA", "sha256": "SHA-256",
    "sha512": "SHA-512", "aes128": "AES", "aes-128": "AES", "aes256": "AES-256", "https": "http", "web": "http",
    "ssl": "tls", "certificate": "tls", "port": "tcp", "resolver": "dns", "nameserver": "dns",
    "website": "http", "icmp": "ping", "fping": "ping", "exec": "script", "command": "script", "shell": "script",
    "local": "system", "walk": "table", "v4": "ipv4", "4": "ipv4", "v6": "ipv6", "6": "ipv6", "plugin": "nagios",
    "perfdata": "nagios", "line": "lines", "area": "stack", "stacked": "stack", "smoke": "latency",
    "derive": "counter", "counter32": "counter", "counter64": "counter", "integer": "gauge",
  ]

  /// The synonym where it is among the candidates, or else the nearest near miss.
  static func candidate(
    to word: String, in candidates: some Sequence<String>, by table: [String: String]
  ) -> String? {
    let known = Set(candidates)
    if let synonym = table[word.lowercased()], known.contains(synonym) { return synonym }
    return Nearest.candidate(to: word, in: candidates)
  }
}
