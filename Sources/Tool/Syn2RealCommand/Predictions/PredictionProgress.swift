import Foundation

/// How many pictures are judged: on a terminal a line that is updated, elsewhere a line every ten seconds.
struct PredictionProgress {
  private let total: Int
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let isShown: Bool
  private let begun = ContinuousClock.now
  private var last = ContinuousClock.now
  private var done = 0
  private var isLineOpen = false

  /// - Parameter isShown: false where the results themselves show it on the same terminal.
  init(total: Int, isShown: Bool) {
    self.total = total
    self.isShown = isShown || isatty(STDOUT_FILENO) == 0
  }

  /// One more picture is judged.
  mutating func advance() {
    done += 1
    let now = ContinuousClock.now
    guard isShown, now - last >= (isTerminal ? .milliseconds(200) : .seconds(10)) else { return }
    last = now
    let rate = Double(done) / max((now - begun) / .seconds(1), 1e-9)
    let line = "\(done) of \(total) pictures, \(String(format: "%.1f", rate)) a second"
    if isTerminal {
      write("\r\u{1B}[K" + line)
      isLineOpen = true
    } else {
      write(line + "\n")
    }
  }

  /// Removes the line, so that the next output stands in its place.
  mutating func clear() {
    if isLineOpen { write("\r\u{1B}[K") }
    isLineOpen = false
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
