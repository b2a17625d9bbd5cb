import Config
import Model
import TestSupport
import Testing

@Suite struct LinkingTests {
  @Test func `included files are parts of the package, each once`() throws {
    let loaded = load(
      "include: [hosts/*.yaml, hosts/a.yaml, settings.yaml]\n",
      beside: [
        "hosts/a.yaml": "hosts: {core: {a: {address: 192.0.2.1}}}\n",
        "hosts/b.yaml": "hosts: {core: {b: {address: 192.0.2.2}}}\n",
        "hosts/notes.txt": "no YAML: at: all\n", "settings.yaml": "settings: {step: 5m}\n",
      ])
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.hosts.map(\.name) == ["a", "b"])
    #expect(plan.hosts.map(\.location.file) == ["hosts/a.yaml", "hosts/b.yaml"])
    #expect(plan.settings.step == 300)
    #expect(plan.files.map(\.path) == ["/c/redeye.yaml", "/c/hosts/a.yaml", "/c/hosts/b.yaml", "/c/settings.yaml"])
  }

  @Test func `a file can be the value of a key`() throws {
    let loaded = load(
      "hosts:\n  core:\n    a: {address: 192.0.2.1}\n  __import__core: more/core.yaml\n",
      beside: ["more/core.yaml": "__load: b.yaml\n", "more/b.yaml": "b: {address: 192.0.2.2}\n"])
    #expect(render(loaded.problems) == "")
    #expect(loaded.plan?.hosts.map(\.name) == ["a", "b"])
  }

  @Test func `paths are relative to the file that says them`() throws {
    let loaded = load(
      "include: [sub/jobs.yaml]\n",
      beside: ["sub/jobs.yaml": "jobs: {g: {one: {script: one.sh}}}\n", "sub/one.sh": "#!/bin/sh\n"])
    guard case .script(let script)? = loaded.plan?.jobs.first?.probe else {
      Issue.record("\(render(loaded.problems))")
      return
    }
    #expect(script.arguments == ["/c/sub/one.sh"])
    #expect(loaded.problems.isEmpty)
  }

  @Test func `packages are asked in order, base last`() throws {
    let loaded = load(
      """
      requires: [site, base]
      retention: {mine: [{for: 1d}]}
      hosts: {core: {a: {address: 192.0.2.1, use: [probe, ping]}}}
      """,
      beside: [
        "packages/site.yaml": """
        requires: [deep]
        settings: {keep: mine, workers: 3}
        hosts: {core: {a: {address: 198.51.100.1}, b: {address: 198.51.100.2}}}
        monitors: {probe: {jobs: {probe: {script: /bin/true}}}}
        """,
        "packages/deep/one.yaml": "settings: {workers: 4, step: 5m}\n",
        "packages/deep/two.yaml": "monitors: {probe: {jobs: {other: {script: /bin/false}}}}\n",
      ])
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.jobs.map(\.id.description) == ["a/probe", "a/ping"])
    #expect(plan.hosts.map(\.address) == ["192.0.2.1", "198.51.100.2"])
    #expect(plan.settings.workers == 3)
    #expect(plan.settings.step == 300)
    #expect(plan.settings.retention.tiers == [Retention.Tier(every: 0, duration: 86_400, extremes: false)])
  }

  @Test func `packages that require each other are told as a chain`() {
    let loaded = load(
      "requires: [a]\n", beside: ["packages/a.yaml": "requires: [b]\n", "packages/b.yaml": "requires: [a]\n"])
    #expect(
      loaded.messages == [
        "packages/b.yaml:1: files that link in a circle: packages/a.yaml → packages/b.yaml → packages/a.yaml"
      ])
  }

  @Test func `a folder is a package`() throws {
    let files = memory([
      "/c/10-settings.yaml": "package: many\ntitle: Many files\nsettings: {step: 2m}\n",
      "/c/20-hosts.yaml": "hosts: {core: {a: {address: 192.0.2.1}}}\n", "/c/sub/other.yaml": "never read",
    ])
    let loaded = load(path: "/c", files: files)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.package == "many")
    #expect(plan.title == "Many files")
    #expect(plan.settings.step == 120)
    #expect(plan.settings.data == "/c/data")
    #expect(plan.hosts.map(\.name) == ["a"])
  }

  @Test func `a link out of the folder is refused even behind a symbolic link`() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret.yaml", "hosts: {}\n")
    let folder = try TemporaryFolder()
    try folder.write("redeye.yaml", "include: [link/secret.yaml, ../x.yaml, /etc/passwd]\n")
    try folder.link("link", to: outside.path)
    let messages = load(path: folder.path + "/redeye.yaml").problems.map(\.message)
    #expect(
      messages == [
        "“link/secret.yaml” is outside of the configuration's folder",
        "“../x.yaml” is outside of the configuration's folder",
        "“/etc/passwd” is outside of the configuration's folder",
      ])
  }

  @Test func `files shared two to the thirtieth times are refused`() {
    var others: [String: String] = [:]
    for level in 0..<30 {
      others["l\(level).yaml"] = "{__import__a: l\(level + 1).yaml, __import__b: l\(level + 1).yaml}"
    }
    others["l30.yaml"] = "x: y"
    var loaded: Loaded?
    let taken = ContinuousClock().measure { loaded = load("__import__hosts: l0.yaml\n", beside: others) }
    #expect(loaded?.problems.contains { $0.message.contains("more than 1000000 values") } == true)
    #expect(taken < .seconds(5) * patience)
  }

  @Test func `a chain of seventy files is refused`() {
    var others: [String: String] = [:]
    for level in 0..<70 { others["l\(level).yaml"] = "include: [l\(level + 1).yaml]" }
    let loaded = load("include: [l0.yaml]\n", beside: others)
    #expect(loaded.problems.map(\.message) == ["files linked deeper than 64 levels"])
  }

  @Test func `more than a thousand files are refused`() {
    var others: [String: String] = [:]
    for number in 0..<1_001 { others["h/\(number).yaml"] = "hosts: {}" }
    let loaded = load("include: [h/*.yaml]\n", beside: others)
    #expect(loaded.problems.first?.message == "more than 1000 files")
  }

  @Test func `a broken file does not hide the others' problems`() {
    let loaded = load(
      "include: [a.yaml, b.yaml]\n",
      beside: ["a.yaml": "hosts: [\n", "b.yaml": "contacts: {alice: {emial: x}}\njobs: {g: {j: {}}}\n"])
    #expect(loaded.problems.map(\.location.file) == ["a.yaml", "b.yaml", "b.yaml", "b.yaml"])
    #expect(loaded.plan == nil)
  }

  @Test func `the last good files load again from memory`() throws {
    let folder = try TemporaryFolder()
    try folder.write("redeye.yaml", "include: [h/*.yaml]\n")
    try folder.write("h/a.yaml", "hosts: {core: {a: {address: 192.0.2.1}}}\njobs: {g: {j: {script: j.sh}}}\n")
    try folder.write("h/j.sh", "#!/bin/sh\n", mode: 0o755)
    let path = folder.path + "/redeye.yaml"
    let good = try #require(load(path: path).plan)
    try folder.write("h/a.yaml", "hosts: [")
    try folder.write("h/b.yaml", "hosts: {core: {b: {}}}\n")
    #expect(load(path: path).plan == nil)
    let again = load(path: path, files: .remembered(good.files, others: .disk))
    #expect(again.plan?.hash == good.hash)
    #expect(again.plan?.hosts.map(\.name) == ["a", "localhost"])
    #expect(again.problems.isEmpty)
  }
}
