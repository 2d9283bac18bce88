/// Reads the share of the processors that Linux's control groups (version 2) give a process.
package enum ProcessorQuota {
  /// The files that may hold a limit: that of the process's own group, and of every group around it.
  /// - Parameter groups: the text of `/proc/self/cgroup`.
  package static func files(groups: String) -> [String] {
    guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else {
      return []
    }
    let names = line.dropFirst("0::/".count).split(separator: "/")
    return (0...names.count).map { count in
      "/sys/fs/cgroup/" + names.prefix(count).map { $0 + "/" }.joined() + "cpu.max"
    }
  }

  /// The processors that a limit stands for, rounded up; nil where there is none.
  /// - Parameter limit: the text of `cpu.max`: microseconds, or `max`, of a period in microseconds.
  package static func processors(limit: String) -> Int? {
    let numbers = limit.split(whereSeparator: \.isWhitespace).map { Int($0) }
    guard numbers.count == 2, let time = numbers[0], let period = numbers[1], time > 0, period > 0
    else { return nil }
    return (time - 1) / period + 1
  }
}
