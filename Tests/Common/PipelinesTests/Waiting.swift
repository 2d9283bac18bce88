import Foundation
import Testing

/// Returns when `isSo`; fails where that takes longer than any machine needs.
func waitUntil(
  _ isSo: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let end = Date(timeIntervalSinceNow: 20)
  while !isSo() {
    try #require(Date() < end, "waited too long", sourceLocation: sourceLocation)
    Thread.sleep(forTimeInterval: 0.001)
  }
}
