import Testing

import Torch

/// What programs that start many processes say in the environment.
@Suite struct ProcessPlaceTests {
  private static let torchrun = [
    "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2",
    "MASTER_ADDR": "node1", "MASTER_PORT": "29400", "TORCHELASTIC_USE_AGENT_STORE": "True",
    "TORCHELASTIC_RESTART_COUNT": "2",
  ]

  @Test func torchrunIsUnderstood() throws {
    let place = try #require(try ProcessPlace(environment: Self.torchrun))
    #expect(place.rank == 3)
    #expect(place.size == 4)
    #expect(place.localRank == 1)
    #expect(place.localSize == 2)
    #expect(place.address == "node1")
    #expect(place.port == 29400)
    #expect(place.launcherKeepsStore)
    #expect(place.attempt == 2)
    #expect(try ProcessPlace(environment: place.environment) == place)
  }

  @Test func openMPIIsUnderstood() throws {
    let place = try #require(
      try ProcessPlace(environment: [
        "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2",
        "OMPI_COMM_WORLD_LOCAL_RANK": "1", "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
      ]))
    #expect(place.rank == 1)
    #expect(place.localRank == 1)
    #expect(place.address == "127.0.0.1")
    #expect(place.port == 29500)
    #expect(!place.launcherKeepsStore)
  }

  @Test func slurmIsUnderstood() throws {
    let place = try #require(
      try ProcessPlace(environment: [
        "SLURM_PROCID": "5", "SLURM_STEP_NUM_TASKS": "8", "SLURM_LOCALID": "1",
        "SLURM_STEP_NODELIST": "gpu[017-020]", "SLURM_JOB_ID": "1234567",
      ]))
    #expect(place.rank == 5)
    #expect(place.size == 8)
    #expect(place.localRank == 1)
    #expect(place.localSize == nil)
    #expect(place.address == "gpu017")
    #expect(place.port == 15_000 + 4567)
  }

  @Test func aBatchScriptOfSlurmIsOneProcess() throws {
    let environment = ["SLURM_PROCID": "0", "SLURM_NTASKS": "8", "SLURM_JOB_ID": "1"]
    #expect(try ProcessPlace(environment: environment) == nil)
  }

  @Test(arguments: [[:], ["RANK": "0"], ["RANK": "0", "WORLD_SIZE": "1"]])
  func oneProcessHasNoPlace(environment: [String: String]) throws {
    #expect(try ProcessPlace(environment: environment) == nil)
  }

  @Test(arguments: [
    ("gpu1", "gpu1"), ("gpu1,gpu2", "gpu1"), ("gpu[3,5]", "gpu3"), ("a[01-02]-x,b", "a01-x"),
    ("login,gpu[1-2]", "login"),
  ])
  func theFirstNodeOfAListKeepsTheStore(list: String, node: String) {
    #expect(LaunchVariables.firstNode(of: list) == node)
  }

  @Test(arguments: ["RANK", "MASTER_ADDR"])
  func aMissingVariableIsNamed(name: String) {
    var environment = Self.torchrun
    environment[name] = nil
    let error = #expect(throws: LaunchError.self) { try ProcessPlace(environment: environment) }
    #expect("\(error!)".contains("but no \(name);"))
  }

  @Test(arguments: [
    ("RANK", "4"), ("RANK", "-1"), ("RANK", "first"), ("WORLD_SIZE", "0"), ("MASTER_PORT", "70000"),
  ])
  func anImpossibleVariableIsNamed(name: String, value: String) {
    var environment = Self.torchrun
    environment[name] = value
    let error = #expect(throws: LaunchError.self) { try ProcessPlace(environment: environment) }
    #expect("\(error!)".hasPrefix("\(name) is '\(value)'; expected a whole number "))
  }
}
