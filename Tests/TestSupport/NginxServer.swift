import Foundation

/// An nginx of a test's own on 127.0.0.1, with every path in a temporary folder; it ends with the object.
///
/// One process in the foreground (`master_process off`): nothing changes user, so it works for root and for anybody.
package final class NginxServer {
  private let folder: TemporaryFolder
  private let daemon: Daemon
  package let port: Int
  private let host: String
  private let isSecure: Bool

  /// `locations` are lines of a `server` block. With a certificate it speaks TLS, and its name is `localhost`.
  package init(
    _ locations: String = "", certificate: TestCertificate? = nil, http2: Bool = false, port: Int = freePort()
  ) throws {
    folder = try TemporaryFolder()
    self.port = port
    isSecure = certificate != nil
    host = isSecure ? "localhost" : "127.0.0.1"
    try folder.write("www/index.html", "<!doctype html><title>Here</title><p>The website answers.\n")
    let tls = certificate.map { "ssl_certificate \($0.chain); ssl_certificate_key \($0.key);" } ?? ""
    let configuration = try folder.write(
      "nginx.conf",
      """
      daemon off;
      master_process off;
      worker_processes 1;
      pid \(folder.path)/nginx.pid;
      error_log stderr warn;
      events { worker_connections 512; }
      http {
        access_log \(folder.path)/access.log;
        client_body_temp_path \(folder.path)/body;
        proxy_temp_path \(folder.path)/proxy;
        fastcgi_temp_path \(folder.path)/fastcgi;
        uwsgi_temp_path \(folder.path)/uwsgi;
        scgi_temp_path \(folder.path)/scgi;
        default_type text/html;
        server {
          listen 127.0.0.1:\(port)\(isSecure ? " ssl" : "")\(http2 ? " http2" : "");
          root \(folder.path)/www;
          \(tls)
          \(locations)
        }
      }
      """)
    daemon = try Daemon(
      ["nginx", "-e", "stderr", "-p", folder.path, "-c", configuration], listeningOn: port,
      log: "\(folder.path)/log")
  }

  /// `path` begins with a slash.
  package func url(_ path: String = "/") -> String { "\(isSecure ? "https" : "http")://\(host):\(port)\(path)" }

  /// Puts a file where the server finds it.
  package func put(_ name: String, _ text: String) throws { try folder.write("www/\(name)", text) }

  /// One line for each request answered so far; waits until there are so many, but not for long: nginx writes a line
  /// after its answer.
  package func accessLog(_ count: Int = 0) -> [String] {
    let end = Date(timeIntervalSinceNow: 2)
    while true {
      let lines = ((try? folder.read("access.log")) ?? "").split(separator: "\n").map(String.init)
      if lines.count >= count || Date() > end { return lines }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  package func stop() { daemon.stop() }
}
