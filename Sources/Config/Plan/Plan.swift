package import Model

/// A checked configuration: everything a run needs to know, with every template applied and every reference found.
package struct Plan: Sendable {
  /// The name of the root package (`package:`), or its file name without the suffix.
  package var package: String
  package var title: String
  /// The configuration file the command was given, absolute.
  package var path: String
  /// Sixteen hexadecimal digits over the bytes of every file read, in order.
  package var hash: String
  package var settings: Settings
  package var hosts: [Host]
  package var jobs: [Job]
  package var objectives: [Objective]
  package var contacts: [String: Contact]
  package var roles: [String: Role]
  package var escalations: [String: Escalation]
  /// In the order the pictures stand on the page.
  package var graphs: [GraphDefinition]
  /// Pictures that belong to no job, in the order of the configuration.
  package var ownGraphs: [OwnGraph]
  /// Pages of widgets, in the order of the configuration.
  package var ownPages: [OwnPage]
  /// Items of the sections packages declared themselves.
  package var sections: [PlanSection]
  /// Files read, in the order they were read; the built-in package is not among them.
  package var files: [SourceFile]
  /// What packages bring for the site, one for each package but `base`, the one asked first first.
  package var site: [SiteFolder] = []
  /// Trees for the public; the first has no name where the whole site is public.
  package var publicSites: [PublicSite] = []

  package init(
    package: String, title: String, path: String, hash: String, settings: Settings, hosts: [Host] = [],
    jobs: [Job] = [], objectives: [Objective] = [], contacts: [String: Contact] = [:], roles: [String: Role] = [:],
    escalations: [String: Escalation] = [:], graphs: [GraphDefinition] = [],
    ownGraphs: [OwnGraph] = [], ownPages: [OwnPage] = [], sections: [PlanSection] = [], files: [SourceFile] = []
  ) {
    self.package = package
    self.title = title
    self.path = path
    self.hash = hash
    self.settings = settings
    self.hosts = hosts
    self.jobs = jobs
    self.objectives = objectives
    self.contacts = contacts
    self.roles = roles
    self.escalations = escalations
    self.graphs = graphs
    self.ownGraphs = ownGraphs
    self.ownPages = ownPages
    self.sections = sections
    self.files = files
  }

  package func host(_ name: String) -> Host? { hosts.first { $0.name == name } }
  package func job(_ id: JobID) -> Job? { jobs.first { $0.id == id } }
}

/// A file as it was read.
package struct SourceFile: Hashable, Sendable {
  /// Absolute.
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Where something stands in the configuration; lines and columns count from 1, columns in characters.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// Relative to the folder of the configuration file where possible.
  package var file: String
  package var line: Int
  package var column: Int
  /// REM's breadcrumb: `redeye.yaml >>> hosts >>> core >>> router1`.
  package var breadcrumb: [String]

  package init(file: String, line: Int, column: Int, breadcrumb: [String] = []) {
    self.file = file
    self.line = line
    self.column = column
    self.breadcrumb = breadcrumb
  }

  package var description: String { "\(file):\(line)" }
}

package struct Settings: Sendable {
  package var zone: Zone
  /// Seconds between slots, for jobs that do not say otherwise.
  package var step: Int
  /// Seconds a run may take.
  package var deadline: Int
  /// Jobs at once.
  package var workers: Int
  /// Jobs of one host at once; `nil` for no limit.
  package var perHost: Int?
  /// Pings of this machine's own uplink: while none of them is answered, nothing is known of what lies behind it.
  package var guards: [JobID]
  package var retention: Retention
  /// Absolute.
  package var data: String
  /// Absolute.
  package var reports: String
  package var mail: MailSettings
  package var pictures: PictureVariants
  /// Whether the site itself is for the public.
  package var isPublic = false
  /// Whether the site has pages of the configuration.
  package var showsConfiguration = true

  package init(
    zone: Zone = .utc, step: Int = 60, deadline: Int = 50, workers: Int = 16, perHost: Int? = nil,
    guards: [JobID] = [],
    retention: Retention = .standard,
    data: String, reports: String, mail: MailSettings = MailSettings(), pictures: PictureVariants = .all
  ) {
    self.zone = zone
    self.step = step
    self.deadline = deadline
    self.workers = workers
    self.perHost = perHost
    self.guards = guards
    self.retention = retention
    self.data = data
    self.reports = reports
    self.mail = mail
    self.pictures = pictures
  }
}

/// In what each picture is drawn beside the light colours and one pixel for each point.
package struct PictureVariants: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// For those who set their screen to dark.
  package static let dark = PictureVariants(rawValue: 1)
  /// Two pixels for each point.
  package static let sharp = PictureVariants(rawValue: 2)
  /// Narrow, for phones.
  package static let phone = PictureVariants(rawValue: 4)
  package static let all: PictureVariants = [.dark, .sharp, .phone]
}

/// How long samples are kept, by name (`keep: standard`).
package struct Retention: Hashable, Sendable {
  package struct Tier: Hashable, Sendable {
    /// Seconds a row stands for; 0 means the series' own step.
    package var every: Int
    /// Seconds kept.
    package var duration: Int
    /// Whether lowest and highest are kept beside the average.
    package var extremes: Bool

    package init(every: Int, duration: Int, extremes: Bool) {
      self.every = every
      self.duration = duration
      self.extremes = extremes
    }
  }

  package var name: String
  package var tiers: [Tier]

  package init(name: String, tiers: [Tier]) {
    self.name = name
    self.tiers = tiers
  }

  /// Every slot for ten days, then 5 minutes for 40 days, an hour for 190 days, 6 hours for 400
  /// days and a day for five years.
  package static let standard = Retention(
    name: "standard",
    tiers: [
      Tier(every: 0, duration: 10 * 86_400, extremes: false),
      Tier(every: 300, duration: 40 * 86_400, extremes: false),
      Tier(every: 3_600, duration: 190 * 86_400, extremes: true),
      Tier(every: 21_600, duration: 400 * 86_400, extremes: true),
      Tier(every: 86_400, duration: 1_830 * 86_400, extremes: true),
    ])
}

package struct MailSettings: Sendable {
  package enum Transport: Hashable, Sendable {
    /// `smtp://host:port`, `smtps://host:port`; `startTLS` asks for STARTTLS and refuses to go on without it.
    case smtp(url: String, startTLS: Bool, user: String?, password: SecretReference?)
    /// A sendmail program, absolute; called with `-i -f FROM -- RECIPIENT`.
    case sendmail(String)
    /// A folder, absolute, into which each message is written as a file.
    case folder(String)
  }

  package var from: String
  /// `nil`: no mail is sent, and a notice that should go out is reported as degraded.
  package var transport: Transport?
  /// Told when a configuration is broken; the first contact of the role, or a contact's name.
  package var administrator: String?

  package init(from: String = "redeye@localhost", transport: Transport? = nil, administrator: String? = nil) {
    self.from = from
    self.transport = transport
    self.administrator = administrator
  }
}

/// Where a secret is to be had; never the secret itself.
package enum SecretReference: Hashable, Sendable {
  case environment(String)
  /// Absolute.
  case file(String)
  case command([String])
  /// Written into the configuration as plain text where a secret belongs.
  case literal(Secret)
}

package struct Host: Sendable {
  package var name: String
  package var title: String
  /// Index values from the outermost group in.
  package var group: [String]
  package var address: String?
  package var location: SourceLocation
  /// The host's own fields in the order of the section's field sets, as text, secrets left out.
  package var facts: [Fact]

  package init(
    name: String, title: String, group: [String], address: String?, location: SourceLocation, facts: [Fact] = []
  ) {
    self.name = name
    self.title = title
    self.group = group
    self.address = address
    self.location = location
    self.facts = facts
  }
}
