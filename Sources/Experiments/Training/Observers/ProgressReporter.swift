import Foundation
import Messages
import Runs

/// Shows the progress of a run on standard error: one line that is updated on a terminal, plain lines elsewhere.
public final class ProgressReporter: TrainingObserver {
  /// The time between two plain lines.
  private static let plainInterval = Duration.seconds(10)
  /// The time between two updates of the line on a terminal.
  private static let terminalInterval = Duration.milliseconds(200)

  private let isTerminal: Bool
  private var run: RunDescription?
  private var lastLine: ContinuousClock.Instant?
  private var begun = ContinuousClock.now
  private var isLineOpen = false

  /// A reporter for standard error as it is.
  public init() {
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Reports an event if it matters to a person.
  public func observe(_ event: TrainingEvent) {
    switch event {
    case .started(let description):
      run = description
      begun = .now
      say(
        "\(description.method), seed \(description.seed): \(description.iterations) iterations of "
          + "\(description.batchSize) images on \(description.device), into \(description.folder)")
      description.remarks.forEach(say)
    case .skipped(let reason):
      say("left out \(reason)")
    case .unrecorded(let reason):
      say("goes on as with train.cuda_graph: false: \(reason)")
    case .damaged(let reason):
      say("warning: \(reason)")
    case .warned(let warning):
      say("warning: \(warning.message)")
    case .step(let step):
      report(step)
    case .evaluated(let record):
      say(
        "iteration \(record.iteration): \(record.dataset) (\(record.domain.rawValue)"
          + (record.weights == .average ? ", averaged weights" : "") + "): "
          + figures(of: record))
    case .finished(let results):
      if let stopped = results.stopped { say(stopped.reason) }
      say(
        "\(results.method), seed \(results.seed): done after \(ProgressLine.time(results.seconds)) of training"
          + (results.iteration < results.iterations
            ? "; the checkpoint of iteration \(results.iteration) of \(results.iterations) was chosen"
            : "")
      )
    }
  }

  /// Ends the line that is updated, so that the next output begins a new line.
  /// - Parameter afterSignal: whether keys may have ended the run: a terminal shows them (`^C`) where its cursor stands.
  public func endLine(afterSignal: Bool = false) {
    if isLineOpen || (afterSignal && isTerminal) { write("\n") }
    isLineOpen = false
  }

  private func figures(of record: EvaluationRecord) -> String {
    if let meanIoU = record.meanIoU {
      return "mean IoU \(percent(meanIoU)), pixels \(percent(record.accuracy))"
    }
    return
      "class mean \(percent(record.meanClassAccuracy)), overall \(percent(record.accuracy))"
  }

  private func report(_ step: StepMetrics) {
    guard let run else { return }
    let now = ContinuousClock.now
    let interval = isTerminal ? Self.terminalInterval : Self.plainInterval
    let isLast = step.iteration + 1 == run.iterations
    guard isLast || lastLine.map({ now - $0 >= interval }) ?? true else { return }
    lastLine = now
    let done = step.iteration + 1
    let pace = ((now - begun) / .seconds(1)) / Double(max(1, done - run.iteration))
    let line = ProgressLine(
      done: done, total: run.iterations, losses: step.losses,
      imagesPerSecond: step.imagesPerSecond, secondsLeft: pace * Double(run.iterations - done))
    if isTerminal {
      write("\r\u{1B}[K" + line.text(columns: Self.terminalColumns, hasBar: true))
      isLineOpen = true
    } else {
      say(line.text(columns: nil, hasBar: false))
    }
  }

  /// The width of the terminal; nil where it does not say.
  private static var terminalColumns: Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private func say(_ line: String) {
    write((isLineOpen ? "\r\u{1B}[K" : "") + line.visible + "\n")
    isLineOpen = false
  }

  private func write(_ text: String) {
    // A run continues even if its progress cannot be shown.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private func percent(_ value: Double) -> String { String(format: "%.1f %%", 100 * value) }
}
