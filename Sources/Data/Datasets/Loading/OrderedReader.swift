import Foundation

/// Reads numbered elements ahead of whoever uses them, in threads, and hands them over in order.
///
/// For elements of any size, where `BatchLoader` writes samples of one size side by side.
public final class OrderedReader<Element: Sendable>: @unchecked Sendable {
  private let count: Int
  private let lookahead: Int
  private let policy: BatchLoader.ErrorPolicy
  private let read: @Sendable (Int) throws -> Element

  /// Guards everything below.
  private let condition = NSCondition()
  private var finished: [Int: Result<Element, any Error>] = [:]
  private var nextToRead = 0
  private var nextToHandOver = 0
  private var isStopped = false
  private var skipped: [(index: Int, error: any Error)] = []

  /// A reader of the elements 0 ..< `count`, which starts at once.
  /// - Parameters:
  ///   - workers: the threads that read; each element is read by one of them.
  ///   - policy: what an element that cannot be read does.
  ///   - read: reads an element; called from any thread.
  public init(
    count: Int, workers: Int, policy: BatchLoader.ErrorPolicy = .stop,
    read: @escaping @Sendable (Int) throws -> Element
  ) {
    self.count = count
    self.policy = policy
    self.read = read
    lookahead = max(1, workers) + 1
    for _ in 0..<max(1, workers) {
      let thread = Thread { [self] in
        while readOne() {}
      }
      thread.name = "ordered reader"
      thread.start()
    }
  }

  /// Ends the threads; what is under way is dropped.
  public func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  /// The elements that were left out so far, each with the reason.
  public var skippedSamples: [(index: Int, error: any Error)] {
    condition.withLock { skipped }
  }

  /// The next element; nil after the last.
  /// - Throws: the error of the first unreadable element under the policy `stop`.
  public func next() throws -> Element? {
    while let (index, result) = waitForNext() {
      switch result {
      case .success(let element): return element
      case .failure(let error) where policy == .stop:
        stop()
        throw error
      case .failure(let error):
        condition.withLock { skipped.append((index, error)) }
      }
    }
    return nil
  }

  private func waitForNext() -> (Int, Result<Element, any Error>)? {
    condition.withLock {
      while !isStopped, nextToHandOver < count {
        if let result = finished.removeValue(forKey: nextToHandOver) {
          defer { nextToHandOver += 1 }
          condition.broadcast()
          return (nextToHandOver, result)
        }
        condition.wait()
      }
      return nil
    }
  }

  /// Whether there was another element to read.
  private func readOne() -> Bool {
    let index: Int? = condition.withLock {
      while !isStopped, nextToRead < count, nextToRead - nextToHandOver >= lookahead {
        condition.wait()
      }
      guard !isStopped, nextToRead < count else { return nil }
      defer { nextToRead += 1 }
      return nextToRead
    }
    guard let index else { return false }
    let result = Result { try read(index) }
    condition.withLock {
      finished[index] = result
      condition.broadcast()
    }
    return true
  }
}
