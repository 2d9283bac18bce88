/// Reads the variables by which programs that start many processes tell each its place.
package struct LaunchVariables {
  /// The variables of one such program.
  struct Names {
    let rank: String
    let size: String
    let localRank: String
    /// Nil where no variable says it.
    let localSize: String?
  }

  private static let pyTorch = Names(
    rank: "RANK", size: "WORLD_SIZE", localRank: "LOCAL_RANK", localSize: "LOCAL_WORLD_SIZE")
  private static let openMPI = Names(
    rank: "OMPI_COMM_WORLD_RANK", size: "OMPI_COMM_WORLD_SIZE",
    localRank: "OMPI_COMM_WORLD_LOCAL_RANK", localSize: "OMPI_COMM_WORLD_LOCAL_SIZE")
  /// Of a step alone: a batch script sees `SLURM_NTASKS` too, but is a single process.
  private static let slurm = Names(
    rank: "SLURM_PROCID", size: "SLURM_STEP_NUM_TASKS", localRank: "SLURM_LOCALID", localSize: nil)

  private let environment: [String: String]

  init(_ environment: [String: String]) {
    self.environment = environment
  }

  /// The variables of the first program that has said something.
  var names: Names? {
    [Self.pyTorch, Self.openMPI, Self.slurm].first { environment[$0.size] != nil }
  }

  /// A variable that must be there.
  func integer(_ name: String, from low: Int, to high: Int) throws(LaunchError) -> Int {
    guard let value = try optionalInteger(name, from: low, to: high) else {
      throw .missing(name, beside: environment.keys.filter(Self.isKnown).sorted())
    }
    return value
  }

  /// A variable that may be missing.
  func optionalInteger(_ name: String?, from low: Int, to high: Int) throws(LaunchError) -> Int? {
    guard let name, let text = environment[name] else { return nil }
    guard let value = Int(text), (low...high).contains(value) else {
      throw .notInRange(name, text, low: low, high: high)
    }
    return value
  }

  /// The machine that keeps the store.
  /// - Parameter isOneMachine: whether all processes are known to be on this one.
  func address(isOneMachine: Bool) throws(LaunchError) -> String {
    if let address = environment["MASTER_ADDR"], !address.isEmpty { return address }
    if isOneMachine { return "127.0.0.1" }
    if let list = environment["SLURM_STEP_NODELIST"] ?? environment["SLURM_JOB_NODELIST"] {
      return Self.firstNode(of: list)
    }
    throw .missing("MASTER_ADDR", beside: environment.keys.filter(Self.isKnown).sorted())
  }

  /// The port of the store: `MASTER_PORT`, or else one that a Slurm job has to itself, or PyTorch's own.
  func port() throws(LaunchError) -> Int {
    if let port = try optionalInteger("MASTER_PORT", from: 1, to: 65_535) { return port }
    let job = try optionalInteger("SLURM_JOB_ID", from: 0, to: .max)
    return job.map { 15_000 + $0 % 10_000 } ?? 29_500
  }

  /// The first machine of a list such as `node[03-07,09],login1`.
  package static func firstNode(of list: String) -> String {
    guard let bracket = list.firstIndex(of: "["),
      list.firstIndex(of: ",").map({ bracket < $0 }) ?? true
    else {
      return String(list.prefix { $0 != "," })
    }
    let number = list[list.index(after: bracket)...].prefix { !"-,]".contains($0) }
    let rest = list[bracket...].drop { $0 != "]" }.dropFirst().prefix { $0 != "," }
    return String(list[..<bracket] + number + rest)
  }

  private static func isKnown(_ name: String) -> Bool {
    [pyTorch, openMPI, slurm].contains {
      [$0.rank, $0.size, $0.localRank, $0.localSize].contains(name)
    }
  }
}
