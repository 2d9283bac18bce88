import Foundation

/// The processors that this process may use, which can be fewer than the machine has.
package enum Processors {
  /// How many there are, at least one: those of the affinity (`taskset`, the cpusets of containers and clusters), and no more than
  /// the quota of a container (`docker run --cpus`), rounded up.
  package static var count: Int { share(ofProcesses: 1) }

  /// How many each of several processes on this machine may use: an equal part of all, but no more than its own affinity has, which a
  /// launcher may have bound to such a part already.
  package static func share(ofProcesses processes: Int) -> Int {
    max(1, min(numbers?.count ?? .max, min(onMachine, quota ?? .max) / processes))
  }

  /// Their numbers, as the affinity had them when they were first asked for; nil where the system does not tell.
  package static let numbers: Set<Int>? = {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    return numbers(status: status ?? "", environment: ProcessInfo.processInfo.environment)
  }()

  /// The numbers in the list of allowed processors, `0-3,8`; nil where there is no such list.
  /// - Parameters:
  ///   - status: the text of `/proc/self/status`.
  ///   - environment: the variables of the process. Where they have OpenMP bind threads, it has bound the first one to one processor
  ///     before this can be asked, and the list is of that thread alone.
  package static func numbers(status: String, environment: [String: String] = [:]) -> Set<Int>? {
    let title = "Cpus_allowed_list:"
    let binds =
      environment["OMP_PROC_BIND"]?.lowercased() != "false"
      && bindingVariables.contains { environment[$0] != nil }
    guard !binds,
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(title) })
    else { return nil }
    var numbers: Set<Int> = []
    for range in line.dropFirst(title.count).split(separator: ",") {
      let ends = range.split(separator: "-").map {
        Int($0.trimmingCharacters(in: .whitespaces))
      }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        first <= last
      else { return nil }
      numbers.formUnion(first...last)
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// The processors that the quota of the process's control group gives it, rounded up; nil without a quota.
  package static let quota: Int? = {
    let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    let files = ProcessorQuota.files(groups: groups ?? "").map {
      (try? String(contentsOfFile: $0, encoding: .utf8)) ?? ""
    }
    return files.compactMap(ProcessorQuota.processors(limit:)).min()
  }()

  private static let bindingVariables = ["OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY"]

  private static var onMachine: Int { ProcessInfo.processInfo.activeProcessorCount }
}
