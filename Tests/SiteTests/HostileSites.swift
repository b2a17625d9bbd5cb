import Dispatch
import Synchronization

@testable import Site

/// A site for each hostile text, made once for all tests; of its pictures two are drawn.
enum HostileSites {
  static let harmless = "harmless"

  static let all: [String: PrintedSite] = {
    let payloads = [harmless] + Payloads.all
    let sites = Mutex<[String: PrintedSite]>([:])
    DispatchQueue.concurrentPerform(iterations: payloads.count) { number in
      let site = made(of: payloads[number])
      sites.withLock { $0[payloads[number]] = site }
    }
    return sites.withLock { $0 }
  }()

  private static func made(of payload: String) -> PrintedSite {
    let drawn = Mutex(0)
    return rendered(Payloads.hostile(payload)) { drawing in
      let number = drawn.withLock {
        $0 += 1
        return $0
      }
      return number <= 2 ? drawing.pictures() : PrintedSite.blank(drawing)
    }
  }
}
