import CheckoutSupport
import Foundation

/// Programs that start processes, where they are installed.
enum Launcher {
  /// The words of a shell that start PyTorch's: that of the benchmarks' environment, or of the path.
  static let torchrun: String? = {
    let python = Checkout.root.appendingPathComponent(".deps/bench-venv/bin/python").path
    return FileManager.default.isExecutableFile(atPath: python)
      ? "'\(python)' -m torch.distributed.run" : find("torchrun")
  }()
  /// The word that starts Open MPI's.
  static let mpirun = find("mpirun")

  private static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile).map { "'\($0)'" }
  }

  /// The processes that come from `ancestor`, each with its rank.
  static func ranks(below ancestor: pid_t) -> [Int: pid_t] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let processes = entries.compactMap { pid_t($0) }
    let parents = processes.reduce(into: [pid_t: pid_t]()) { $0[$1] = parent(of: $1) }
    func isBelow(_ process: pid_t) -> Bool {
      guard let parent = parents[process], parent > 1 else { return false }
      return parent == ancestor || isBelow(parent)
    }
    return processes.filter(isBelow).reduce(into: [:]) { found, process in
      let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
      let rank = environment.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        .first { $0.hasPrefix("RANK=") }
      if let rank = rank.flatMap({ Int($0.dropFirst(5)) }) { found[rank] = process }
    }
  }

  /// The fourth word of the line about a process; the second, its name, may have spaces in it.
  private static func parent(of process: pid_t) -> pid_t? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return nil
    }
    let words = line.split(separator: ")").last?.split(separator: " ")
    return words.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
  }
}
