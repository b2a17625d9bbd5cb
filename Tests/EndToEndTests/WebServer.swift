import Foundation
import TestSupport

/// A web server from Debian that serves a published folder with the very configuration of docs/servers.md; it ends with
/// the object.
final class WebServer {
  enum Kind: String, CaseIterable {
    case nginx, apache, lighttpd, busybox
  }

  let kind: Kind
  let port = freePort()
  private let folder: TemporaryFolder
  private let daemon: Daemon

  /// - Parameter hasReaders: whether it asks for a name and a password: `noc` and `secret`.
  init(_ kind: Kind, serving reports: String, hasReaders: Bool = false) throws {
    self.kind = kind
    folder = try TemporaryFolder()
    let hash = try output(of: "openssl", "passwd", "-6", "secret").trimmingCharacters(in: .newlines)
    try folder.write("readers", "noc:\(hash)\n")
    try folder.write("www/beside.html", "Beside the site.\n")
    try folder.link("www/network", to: "\(reports)/current")
    let written = try WebServer.snippet(kind, hasReaders: hasReaders)
      .replacing("/srv/redeye/reports", with: reports).replacing("/etc/redeye/readers", with: "\(folder.path)/readers")
      .replacing("PASSWORD", with: hash)
    let (text, arguments) = WebServer.surroundings(of: kind, written, in: folder.path, port)
    let file = try folder.write("server.conf", text)
    daemon = try Daemon(arguments + [file], listeningOn: port, log: "\(folder.path)/log")
  }

  var log: String { (try? folder.read("log")) ?? "" }

  /// Puts a file beside the site, and says its address.
  func put(_ name: String, _ text: String) throws -> String {
    try folder.write("www/\(name)", text)
    return url("/\(name)")
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// The page's configuration of a server, with the lines that ask for a name where it says they go.
  static func snippet(_ kind: Kind, hasReaders: Bool) throws -> String {
    let page = try String(contentsOf: repository.appendingPathComponent("docs/servers.md"), encoding: .utf8)
    let blocks = GuideTests.blocks(of: page)
    func block(_ name: String) throws -> String {
      guard let block = blocks.first(where: { $0.value("file") == name }) else {
        throw HelperError("docs/servers.md has no \(name)")
      }
      return block.lines.joined(separator: "\n") + "\n"
    }
    let plain = try block(kind.rawValue)
    guard hasReaders else { return plain }
    let lines = try block("\(kind.rawValue)-readers")
    switch kind {
    case .nginx: return plain.replacing("  # Readers.\n", with: lines)
    case .apache: return plain.replacing("  Require all granted\n", with: lines)
    case .lighttpd, .busybox: return plain + lines
    }
  }

  /// What Debian's own configuration has around it, as far as it matters, and how the server is started.
  private static func surroundings(
    of kind: Kind, _ snippet: String, in folder: String, _ port: Int
  ) -> (text: String, arguments: [String]) {
    switch kind {
    case .nginx:
      (
        """
        daemon off; master_process off; pid \(folder)/pid; error_log stderr warn;
        events { worker_connections 512; }
        http {
          access_log off; client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
          fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
          include /etc/nginx/mime.types; default_type application/octet-stream;
          server { listen 127.0.0.1:\(port); root \(folder)/www; \(snippet) }
        }
        """, ["nginx", "-e", "stderr", "-p", folder, "-c"]
      )
    case .apache: (apache(snippet, in: folder, port), ["apache2", "-X", "-f"])
    case .lighttpd:
      (
        """
        server.modules = ( "mod_indexfile", "mod_access", "mod_alias", "mod_redirect" )
        server.document-root = "\(folder)/www"
        server.bind = "127.0.0.1"
        server.port = \(port)
        index-file.names = ( "index.php", "index.html" )
        mimetype.assign = ( ".html" => "text/html" )
        \(snippet)
        server.modules += ( "mod_dirlisting", "mod_staticfile" )
        """, ["lighttpd", "-D", "-f"]
      )
    case .busybox:
      (snippet, ["busybox", "httpd", "-f", "-p", "127.0.0.1:\(port)", "-h", "\(folder)/www", "-c"])
    }
  }

  /// With the modules Debian switches on, and the one the page says to.
  private static func apache(_ snippet: String, in folder: String, _ port: Int) -> String {
    let modules = [
      "mpm_event", "access_compat", "alias", "auth_basic", "authn_core", "authn_file", "authz_core", "authz_host",
      "authz_user", "autoindex", "deflate", "dir", "env", "filter", "mime", "negotiation", "reqtimeout", "setenvif",
      "headers",
    ]
    return """
      ServerRoot \(folder)
      ServerName localhost
      Listen 127.0.0.1:\(port)
      PidFile \(folder)/pid
      DefaultRuntimeDir \(folder)
      ErrorLog \(folder)/log
      \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
      User www-data
      Group www-data
      TypesConfig /dev/null
      DocumentRoot \(folder)/www
      <Directory />
        Options FollowSymLinks
        AllowOverride None
        Require all denied
      </Directory>
      <Directory \(folder)/www>
        Require all granted
        AddType text/html .html
      </Directory>
      \(snippet)
      """
  }

  private static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }
}
