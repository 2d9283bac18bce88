/// The place of this process among those that compute together, as the program that started them says it in the environment.
public struct ProcessPlace: Sendable, Equatable {
  /// The number of this process, from 0.
  public var rank: Int
  /// The number of processes.
  public var size: Int
  /// The number of this process among those of its machine, from 0.
  public var localRank: Int
  /// The number of processes on this machine; nil where nothing says it.
  public var localSize: Int?
  /// The machine that keeps the store by which they find each other.
  public var address: String
  /// The store's port.
  public var port: Int
  /// Whether the program that started the processes keeps the store; otherwise rank 0 does.
  public var launcherKeepsStore: Bool
  /// How often the processes have been started again.
  public var attempt: Int

  /// A place among the processes of one machine.
  public init(
    rank: Int, size: Int, address: String = "127.0.0.1", port: Int,
    launcherKeepsStore: Bool = false
  ) {
    self.rank = rank
    self.size = size
    localRank = rank
    localSize = size
    self.address = address
    self.port = port
    self.launcherKeepsStore = launcherKeepsStore
    attempt = 0
  }
}

extension ProcessPlace {
  /// The place that an environment says: by PyTorch's variables, `RANK`, `WORLD_SIZE`, `LOCAL_RANK`, `LOCAL_WORLD_SIZE`,
  /// `MASTER_ADDR` and `MASTER_PORT`, as `torchrun` and Kubernetes' PyTorchJob set them; or else by those of Open MPI's
  /// `mpirun`, or of Slurm's `srun`. Nil where it names no processes, or a single one.
  /// - Throws: `LaunchError` for a variable that is missing or says something impossible.
  public init?(environment: [String: String]) throws(LaunchError) {
    let variables = LaunchVariables(environment)
    guard let names = variables.names else { return nil }
    size = try variables.integer(names.size, from: 1, to: .max)
    guard size > 1 else { return nil }
    rank = try variables.integer(names.rank, from: 0, to: size - 1)
    let local = try variables.optionalInteger(names.localRank, from: 0, to: size - 1)
    localSize = try variables.optionalInteger(names.localSize, from: 1, to: size)
    address = try variables.address(isOneMachine: localSize == size)
    port = try variables.port()
    localRank = local ?? 0
    launcherKeepsStore = environment["TORCHELASTIC_USE_AGENT_STORE"] == "True"
    attempt =
      try variables.optionalInteger("TORCHELASTIC_RESTART_COUNT", from: 0, to: .max) ?? 0
  }

  /// Whether a program that starts processes, several or a single one, says so in an environment.
  public static func isSaid(in environment: [String: String]) -> Bool {
    LaunchVariables(environment).names != nil
  }

  /// The variables that say this place, for a process that is started.
  public var environment: [String: String] {
    [
      "RANK": "\(rank)", "WORLD_SIZE": "\(size)", "LOCAL_RANK": "\(localRank)",
      "LOCAL_WORLD_SIZE": "\(localSize ?? size)", "MASTER_ADDR": address, "MASTER_PORT": "\(port)",
      "TORCHELASTIC_USE_AGENT_STORE": launcherKeepsStore ? "True" : "False",
      "TORCHELASTIC_RESTART_COUNT": "\(attempt)",
    ]
  }
}
