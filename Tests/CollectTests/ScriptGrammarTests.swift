import Config
import Model
import Testing

@testable import Collect

/// The grammars of the formats that are lines, with the cases at their edges.
struct ScriptGrammarTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var format: ScriptProbe.Format
    var text: String
    var values: [String]
    var problem: String?
    var testDescription: String { "\(format) \(text.prefix(30))" }

    init(_ format: ScriptProbe.Format, _ text: String, _ values: [String], _ problem: String? = nil) {
      (self.format, self.text, self.values, self.problem) = (format, text, values, problem)
    }
  }

  @Test(arguments: [
    Case(.prometheus, "a 1\n", ["a=1.0"]),
    Case(.prometheus, "# HELP a x\\ny\n# TYPE a counter\na{b=\"c\"} 5", ["b=c/a=5.0 counter"]),
    Case(.prometheus, "# note\n\na{y=\"2\",x=\"1\",} 1e3", ["x=1,y=2/a=1000.0"]),
    Case(.prometheus, "a NaN\nb +Inf\nc -Inf", ["a=?", "b=?", "c=?"]),
    Case(.prometheus, #"a{p="C:\\D\"E\nF"} 1"#, ["p=C:\\D\"E\nF/a=1.0"]),
    Case(.prometheus, #"a{p="},x"} 1"#, ["p=},x/a=1.0"]),
    Case(.prometheus, "x_total 7\nx_bytes 3", ["x_total=7.0 counter", "x_bytes=3.0"]),
    Case(.prometheus, "# TYPE x_total gauge\nx_total 7", ["x_total=7.0"]),
    Case(.prometheus, "# TYPE x untyped\nx 7", ["x=7.0"]),
    Case(
      .prometheus, "# TYPE h histogram\nh_bucket{le=\"0.5\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 0.7\nh_count 2",
      ["le=0.5/h_bucket=1.0 counter", "le=+Inf/h_bucket=2.0 counter", "h_sum=0.7 counter", "h_count=2.0 counter"]),
    Case(
      .prometheus, "# TYPE s summary\ns{quantile=\"0.9\"} 3\ns_sum 4\ns_count 5",
      ["quantile=0.9/s=3.0", "s_sum=4.0 counter", "s_count=5.0 counter"]),
    Case(
      .prometheus, "# TYPE foo counter\n# UNIT foo s\nfoo_total{a=\"b\"} 17 1520879607.789 # {id=\"x\"} 0.6\n# EOF",
      ["a=b/foo_total=17.0 counter"]),
    Case(.prometheus, "a 1\nb x\nc 2", ["a=1.0", "c=2.0"], "Prometheus text: line 2: “b”: “x” is not a number"),
    Case(.prometheus, "a 1\n1b 2", ["a=1.0"], "Prometheus text: line 2: “1b 2” has no name"),
    Case(
      .prometheus, "a 1\nb{c=1} 2", ["a=1.0"],
      "Prometheus text: line 2: “b{c=1} 2” has labels that are not name=\"text\""),
    Case(
      .prometheus, "a 1\nb{c=\"1} 2", ["a=1.0"],
      "Prometheus text: line 2: “b{c=\"1} 2” has labels that are not name=\"text\""),
    Case(.collectd, "PUTVAL host/p/gauge-x N:5", ["p/gauge-x=5.0"]),
    Case(
      .collectd, "# note\r\nPUTVAL \"my host/if-eth 0/if_octets\" interval=10 meta:a=b 1700000000.5:1:2\r\n",
      ["if-eth 0/if_octets.rx=1.0 derive", "if-eth 0/if_octets.tx=2.0 derive"]),
    Case(
      .collectd, "PUTVAL h/p/counter N:U\nPUTVAL h/p/absolute N:3\nPUTVAL h/p/gauge N:U",
      ["p/counter=? counter", "p/absolute=3.0 absolute", "p/gauge=?"]),
    Case(
      .collectd, "PUTVAL h/load/load N:1:2:3",
      ["load/load.shortterm=1.0", "load/load.midterm=2.0", "load/load.longterm=3.0"]),
    Case(
      .collectd, "PUTVAL h/p/gauge N:1\nPUTVAL h/p/if_octets N:5", ["p/gauge=1.0"],
      "PUTVAL: “N:5”: “if_octets” has 2 of rx, tx"),
    Case(
      .collectd, "PUTVAL h/p/gauge N:1\nPUTVAL h/p/rockets N:5", ["p/gauge=1.0"],
      "PUTVAL: “rockets” is no type of collectd; print it as gauge-NAME, derive-NAME or counter-NAME"),
    Case(
      .collectd, "PUTVAL h/p/gauge N:1\nPUTVAL \"h/p/gauge N:5", ["p/gauge=1.0"],
      "PUTVAL: “PUTVAL \"h/p/gauge N:5” has a quote without its end"),
    Case(.collectd, "PUTVAL h/p/gauge N:1\nPUTVAL h/p N:5", ["p/gauge=1.0"], "PUTVAL: “h/p” is not host/plugin/type"),
    Case(.influx, "weather,town=Bath temperature=8.5 1700000000000000000", ["town=Bath/weather.temperature=8.5"]),
    Case(
      .influx, "m a=12i,b=7u,c=1e-3,d=t,e=False,f=\"x, y=\\\"z\\\"\"",
      ["m.a=12.0", "m.b=7.0", "m.c=0.001", "m.d=1.0", "m.e=0.0"]),
    Case(.influx, #"my\ m\,x,a\ b=c\=d,e=f g\ h=1"#, ["a b=c=d,e=f/my m,x.g h=1.0"]),
    Case(.influx, "# note\nm value=3", ["m=3.0"]),
    Case(.influx, "m,a=b x=1 1700000000000000000\nm,a=b x=2 1700000000000000000", ["a=b/m.x=2.0"]),
    Case(.influx, "m x=1\nm y=NaN", ["m.x=1.0", "m.y=?"]),
    Case(.influx, "m x=1\nm,a= y=1", ["m.x=1.0"], "Influx line: “a=” is not name=value"),
    Case(
      .influx, "m x=1\nm y=1 1700000000", ["m.x=1.0"],
      "Influx line: “1700000000” is not a time in nanoseconds since 1970"),
    Case(.influx, "m x=1\nm y=12ms", ["m.x=1.0"], "Influx line: “y=12ms”: “12ms” is not a number"),
    Case(.influx, "m x=1\nm y=\"1", ["m.x=1.0"], "Influx line: “y=\"1” has a quote without its end"),
    Case(.influx, "m x=1\nm", ["m.x=1.0"], "Influx line: “m” is not measurement field=1"),
    Case(.mrtg, "1\n2\nup 3 days\nrouter\n", ["in=1.0 counter", "out=2.0 counter"]),
    Case(.mrtg, "1\r\n2\r\n\r\n\r\nmore\r\n", ["in=1.0 counter", "out=2.0 counter"]),
    Case(.mrtg, "UNKNOWN\n2\n\n\n", ["in=? counter", "out=2.0 counter"]),
    Case(.mrtg, "x\n2\n\n\n", ["out=2.0 counter"], "MRTG: “in”: “x” is not a number"),
    Case(.cacti, "a:1 b-2:2.5  c_:U d:- \nignored:x", ["a=1.0", "b-2=2.5", "c_=?", "d=?"]),
    Case(.cacti, "42", ["value=42.0"]),
    Case(.cacti, "a:1 b:12ms c", ["a=1.0"], "name:number: “b”: “12ms” is not a number (and 1 more)"),
    Case(.cacti, "a:1 b:", ["a=1.0"], "name:number: “b”: “” is not a number"),
    Case(.cacti, "a:1 é:2", ["a=1.0"], "name:number: “é:2” is not name:number"),
    Case(.zabbix, "- net.if[eth0,in] 5", ["eth0,in/net.if=5.0"]),
    Case(.zabbix, "\"my host\" load 1700000000 1.5\nh k 1700000000 999 2", ["load=1.5", "k=2.0"]),
    Case(.zabbix, "- vfs.fs.size[/,free] 5\n- a ZBX_NOTSUPPORTED", ["/,free/vfs.fs.size=5.0", "a=?"]),
    Case(.zabbix, "- a 1\n- b 1 2 3 4", ["a=1.0"], "HOST KEY VALUE: “- b 1 2 3 4” has 6 words, not 3 to 5"),
    Case(.zabbix, "- a 1\n- b", ["a=1.0"], "HOST KEY VALUE: “- b” has 2 words, not 3 to 5"),
    Case(.zabbix, "- a 1\n- b[x 5", ["a=1.0"], "HOST KEY VALUE: “b[x” is not a key"),
    Case(.zabbix, "- a 1\n- b then 5", ["a=1.0"], "HOST KEY VALUE: “then” is not a time in seconds since 1970"),
    Case(.munin, "load.value 0.5\n", ["load=0.5"]),
    Case(
      .munin, "# note\nmultigraph net\na.value U\nmultigraph net.eth0\na.value 1700000000:7\nb.value N:8",
      ["net/a=?", "net.eth0/a=7.0", "net.eth0/b=8.0"]),
    Case(.munin, "a.value 1\nb.value x", ["a=1.0"], "Munin: “b”: “x” is not a number"),
    Case(.munin, "a.value 1\nhello world", ["a=1.0"], "Munin: “hello world” is not field.value 1"),
  ])
  func `a grammar is read with its edges`(it: Case) throws {
    let reading = try Scripting.read(it.format, it.text).get()
    #expect(try Scripting.short(it.format, it.text) == it.values)
    #expect(reading.failure == it.problem.map { Failure(.garbage, $0) })
  }

  @Test(
    arguments: [
      (.prometheus, "", "it printed nothing; Prometheus text was expected"),
      (.prometheus, "a{b=\"c\"} 1\n\na{b=\"c\"} 2", "lines 1 and 3 both tell “a{b=c}”"),
      (.collectd, "hello", "PUTVAL: “hello” begins with neither PUTVAL nor PUTNOTIF"),
      (.influx, "hello", "Influx line: “hello” is not measurement field=1"),
      (.mrtg, "1\n2\n3", "MRTG has four lines: two numbers, an uptime, a name; it printed 3"),
      (.cacti, "\n", "it printed nothing; name:number was expected"),
      (.zabbix, "hello", "HOST KEY VALUE: “hello” has 1 words, not 3 to 5"),
      (.munin, "# only a note", "it printed no value; lines such as “load.value 0.5” were expected"),
    ] as [(ScriptProbe.Format, String, String)])
  func `an output without a number says what was expected`(format: ScriptProbe.Format, text: String, message: String) {
    #expect(Scripting.failure(format, text) == Failure(.garbage, message))
  }

  // MARK: - Units, facts

  @Test(
    arguments: [
      ("a_seconds", .seconds), ("a_bytes", .bytes), ("a_ratio", .none), ("a_celsius", Unit("°C")), ("a", .none),
      ("a_total", .perSecond), ("a_bytes_total", .bytesPerSecond), ("a_cpu_seconds_total", Unit("s/s")),
    ] as [(String, Unit)])
  func `the suffix of a Prometheus name is its unit`(name: String, unit: Unit) throws {
    #expect(try Scripting.read(.prometheus, "\(name) 1").get().values.first?.unit == unit)
  }

  @Test func `what is not a number is kept as a fact`() throws {
    let influx = try Scripting.read(.influx, "m,a=b state=\"up\u{7}\",x=1").get()
    #expect(influx.facts == [Fact("a=b m.state", "up\u{FFFD}")])
    let zabbix = try Scripting.read(.zabbix, "- version \"one \\\"two\\\"\"").get()
    #expect(zabbix.facts == [Fact("version", "one \"two\"")])
    let collectd = try Scripting.read(.collectd, "PUTNOTIF severity=failure time=1 host=h message=\"it broke\"").get()
    #expect(collectd.facts == [Fact("Notice (failure)", "it broke")])
    let mrtg = try Scripting.read(.mrtg, "1\n2\n3 days\nrouter").get()
    #expect(mrtg.facts == [Fact("Uptime", "3 days"), Fact("Target", "router")])
    let nagios = try Scripting.read(.nagios, "OK - fine | a=1\nlong\ntext | b=2").get()
    #expect(nagios.facts == [Fact("Output", "OK - fine"), Fact("Details", "long · text")])
  }

  @Test func `a unit in JSON is that of the numbers beside it`() throws {
    let reading = try Scripting.read(.json, #"{"unit": "s", "a": 1, "disk": {"unit": "B", "used": 2}, "b": {"c": 3}}"#)
      .get()
    #expect(reading.values.map(\.unit) == [.seconds, .seconds, .bytes])
    #expect(reading.facts == [])
  }
}
