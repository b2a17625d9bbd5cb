import Config
import Model
import TestSupport
import Testing

@Suite struct SecretTests {
  private static let marker = "hunter2"
  private static let places = [
    "hosts: {core: {a: {snmp: {community: hunter2}, adress: x}}}",
    "hosts:\n  core:\n    a:\n      snmp:\n        community: hunter2\n        porrt: 1\n",
    "hosts: {core: {a: {snmp: {\"community\": 'hunter2', porrt: 1}}}}",
    "hosts: {core: {a: {snmp: {password: \"hunter2\", privacy password: hunter2, x: 1}}}}",
    "hosts: {core: {a: {snmp: {passwrd: hunter2}}}}",
    "hosts: {core: {a: {snmp: {community: hunter2}",
    "settings: {mail: {from: a@b, smtp: smtp://me:hunter2@mail.example.org}}",
    "settings: {mail: {from: a@example.org, smtp: x, user: me, password: hunter2, sendmial: x}}",
    "jobs: {g: {j: {kind: http, url: \"http://me:hunter2@example.org\", packets: 1}}}",
    "jobs: {g: {j: {kind: snmp, community: [hunter2], request: interfaces}}}",
    "jobs: {g: {j: {kind: snmp, community: {x: hunter2}, request: interfaces}}}",
    "jobs: {g: {j: {kind: snmp, community: |\n  hunter2\n}}}",
    "sections: {doors: {fields: {pin: secret}}}\ndoors: {front: {pin: hunter2, bell: 1}}",
    "hosts: {core: {a: {snmp: {community: !secret hunter2}}}}",
    "monitors: {m: {parameters: {key: {type: secret, default: hunter2}}, jobs: {j: {script: /bin/true, command: [\"-k%(key)s\"]}}}}\nhosts: {c: {a: {use: [m]}}}",
    "monitors: {m: {parameters: {key: {type: secret}}, jobs: {j: {script: /bin/true, command: [\"-k%(key)s\"]}}}}\nhosts: {c: {a: {use: [{m: {key: hunter2}}]}}}",
    "monitors: {m: {parameters: {key: {type: secret}}, jobs: {j: {kind: snmp, community: \"%(key)s\", request: get, objects: {u: 1.3.6}}}}}\nhosts: {c: {a: {use: [m], key: hunter2, adress: x}}}",
  ]

  @Test(arguments: places)
  func `no problem and no explanation holds a secret`(text: String) {
    let loaded = load(text)
    #expect(!loaded.problems.isEmpty)
    #expect(!render(loaded.problems).contains(SecretTests.marker), "\(render(loaded.problems))")
    #expect(!String(reflecting: loaded.problems).contains(SecretTests.marker))
    for path in ["", "hosts", "jobs", "settings", "monitors", "doors", "hosts/c/a/j", "hosts/c/a/m"] {
      let shown = (try? loaded.tree.explain(path, why: true)) ?? ""
      #expect(!shown.contains(SecretTests.marker), "\(shown)")
    }
  }

  @Test func `a secret in plain text works, and never prints`() throws {
    let loaded = load("hosts: {core: {a: {use: [snmp-system], snmp: {community: hunter2}}}}")
    let plan = try #require(loaded.plan)
    guard case .snmp(let probe) = plan.jobs[0].probe, case .v2c(.literal(let secret)) = probe.credentials else {
      Issue.record("no literal secret")
      return
    }
    #expect(secret.reveal() == "hunter2")
    #expect(!String(reflecting: probe).contains("hunter2"))
    #expect(loaded.problems.map(\.severity) == [.warning])
  }

  @Test func `a secret is a variable, a file or a command`() throws {
    let folder = try TemporaryFolder()
    try folder.write("s/good", "x", mode: 0o600)
    try folder.write("s/open", "x", mode: 0o644)
    try folder.write(
      "redeye.yaml",
      """
      hosts:
        core:
          use: [snmp-system]
          a: {snmp: {community: !secret env:COMMUNITY}}
          b: {snmp: {community: !secret file:s/good}}
          c: {snmp: {community: !secret "command:bin/get snmp core"}}
          d: {snmp: {community: !secret "command:pass snmp"}}
          e: {snmp: {community: !secret file:s/open}}
          f: {snmp: {community: !secret file:s/none}}
      """)
    let loaded = load(path: folder.path + "/redeye.yaml")
    let plan = try #require(loaded.plan)
    let references = plan.jobs.prefix(4).compactMap { job -> SecretReference? in
      guard case .snmp(let probe) = job.probe, case .v2c(let reference) = probe.credentials else { return nil }
      return reference
    }
    #expect(
      references == [
        .environment("COMMUNITY"), .file(folder.path + "/s/good"),
        .command([folder.path + "/bin/get", "snmp", "core"]),
        .command(["pass", "snmp"]),
      ])
    #expect(
      loaded.problems.map(\.message) == [
        "everybody may read the secret file s/open", "there is no secret file s/none",
      ])
  }
}
