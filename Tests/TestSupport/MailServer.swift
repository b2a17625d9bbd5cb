import Foundation
import Glibc

/// An exim of a test's own on 127.0.0.1 that keeps every message in a maildir; it ends with the object.
///
/// Mail for `later@…` is refused for now (451), for `never@…` for good (550). exim as root changes to other users
/// and refuses to deliver as root, so root starts it as `nobody`: then it is the same as for anybody else.
package final class MailServer {
  private let folder: TemporaryFolder
  private let daemon: Daemon
  package let port: Int
  /// What to give as authority to trust its certificate, where it has one.
  package let authority: String?
  /// A sendmail program that hands its message to this server's spool; its own arguments go after these.
  package let sendmail: [String]

  /// With a certificate it offers STARTTLS; with a user it takes mail only after AUTH.
  package init(certificate: TestCertificate? = nil, user: String? = nil, password: String = "") throws {
    folder = try TemporaryFolder()
    let path = folder.path
    port = freePort()
    authority = certificate?.certificate
    let owner = getuid() == 0 ? 65_534 : Int(getuid())
    for name in ["spool", "box"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    let tls = try certificate.map { try MailServer.copy($0, into: path) }
    let configuration = try folder.write(
      "exim.conf",
      MailServer.configuration(
        folder: folder.path, port: port, owner: owner, tls: tls, user: user, password: password))
    if getuid() == 0 { try run(["chown", "-R", "\(owner):\(owner)", path]) }
    let command = MailServer.unprivileged(["exim4", "-C", configuration])
    // Delivered before it ends: what it would leave behind to do that ends with it.
    sendmail = command + ["-odf"]
    daemon = try Daemon(command + ["-bdf"], listeningOn: port, log: "\(folder.path)/output")
  }

  package var url: String { "smtp://127.0.0.1:\(port)" }
  /// The name its certificate bears.
  package var secureURL: String { "smtp://localhost:\(port)" }

  /// The messages delivered so far as they lie in the maildir (LF line ends), oldest first; waits until there are so
  /// many, but no longer than the time given.
  package func messages(_ count: Int = 0, within seconds: Double = 5) -> [String] {
    let end = Date(timeIntervalSinceNow: seconds)
    while true {
      let box = "\(folder.path)/box/new"
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: box)) ?? []).sorted()
      if names.count >= count || Date() > end {
        return names.compactMap { FileManager.default.contents(atPath: "\(box)/\($0)") }
          .map { String(decoding: $0, as: UTF8.self) }
      }
      usleep(25_000)
    }
  }

  /// exim's own record.
  package func log() -> String {
    ["log-main", "log-reject", "log-panic"].compactMap { try? folder.read($0) }.joined()
  }

  package func stop() { daemon.stop() }

  /// exim reads them as the user it runs as.
  private static func copy(_ certificate: TestCertificate, into folder: String) throws -> TLSFiles {
    let files = TLSFiles(certificate: "\(folder)/tls.pem", key: "\(folder)/tls.key")
    try FileManager.default.copyItem(atPath: certificate.chain, toPath: files.certificate)
    try FileManager.default.copyItem(atPath: certificate.key, toPath: files.key)
    return files
  }

  private static func unprivileged(_ command: [String]) -> [String] {
    getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + command : command
  }

  private struct TLSFiles {
    var certificate: String
    var key: String
  }

  private static func configuration(
    folder: String, port: Int, owner: Int, tls: TLSFiles?, user: String?, password: String
  ) -> String {
    let secured =
      tls.map { "tls_advertise_hosts = *\ntls_certificate = \($0.certificate)\ntls_privatekey = \($0.key)" }
      ?? "tls_advertise_hosts ="
    let authenticator = """
      plain:
        driver = plaintext
        public_name = PLAIN
        server_prompts = :
        server_condition = ${if and{{eq{$auth2}{\(user ?? "")}}{eq{$auth3}{\(password)}}}}
        server_set_id = $auth2
      """
    return """
      primary_hostname = localhost
      local_interfaces = 127.0.0.1
      daemon_smtp_ports = \(port)
      disable_ipv6 = true
      spool_directory = \(folder)/spool
      log_file_path = \(folder)/log-%s
      pid_file_path = \(folder)/pid
      exim_user = \(owner)
      exim_group = \(owner)
      deliver_drop_privilege = true
      never_users =
      keep_environment =
      host_lookup =
      rfc1413_hosts =
      qualify_domain = localhost
      acl_smtp_rcpt = recipient
      acl_smtp_data = accept
      \(secured)
      begin acl
      recipient:
        defer message = try again in a while
              local_parts = later
        deny message = no such person here
             local_parts = never
        \(user == nil ? "accept" : "accept authenticated = *\n  deny message = who are you")
      begin routers
      everything:
        driver = accept
        transport = box
      begin transports
      box:
        driver = appendfile
        directory = \(folder)/box
        maildir_format
        user = \(owner)
        group = \(owner)
      begin retry
      * * F,1h,1m
      begin authenticators
      \(user == nil ? "" : authenticator)
      """
  }
}
