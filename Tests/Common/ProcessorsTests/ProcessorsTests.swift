import Processors
import Testing

/// Which processors a process may use.
@Suite struct ProcessorsTests {
  @Test func thereIsOneAtLeastAndNoMoreThanTheAffinityHas() throws {
    let numbers = try #require(Processors.numbers)
    #expect((1...numbers.count).contains(Processors.count))
    #expect(Processors.share(ofProcesses: 1_000_000) == 1)
  }

  @Test(
    arguments: [
      (
        "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\nMems_allowed_list:\t0\n",
        [0, 1, 2, 3, 8]
      ),
      ("Cpus_allowed_list:\t5\n", [5]),
      ("Cpus_allowed_list:\t0,2-3,1030-1031", [0, 2, 3, 1030, 1031]),
      ("Cpus_allowed_list:\t\n", nil), ("Cpus_allowed_list:\t3-1\n", nil),
      ("Cpus_allowed_list:\t1-2-3\n", nil), ("Cpus_allowed_list:\tall\n", nil), ("Name:\tx\n", nil),
      ("", nil),
    ] as [(String, Set<Int>?)])
  func aListOfRangesIsRead(_ status: String, numbers: Set<Int>?) {
    #expect(Processors.numbers(status: status) == numbers)
  }

  @Test(arguments: ["OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY"])
  func theListOfABoundThreadIsNotThatOfTheProcess(_ variable: String) {
    let status = "Cpus_allowed_list:\t0\n"
    #expect(Processors.numbers(status: status, environment: [variable: "true"]) == nil)
    #expect(Processors.numbers(status: status, environment: ["OMP_NUM_THREADS": "2"]) == [0])
    // OpenMP binds nothing then, whatever the others say.
    let unbound = [variable: "0-3"].merging(["OMP_PROC_BIND": "FALSE"]) { $1 }
    #expect(Processors.numbers(status: status, environment: unbound) == [0])
  }

  @Test(arguments: [
    ("200000 100000\n", 2), ("150000 100000", 2), ("1000 100000", 1), ("100001 100000", 2),
    ("max 100000\n", nil), ("", nil), ("0 100000", nil), ("100000 0", nil), ("100000", nil),
    ("a b", nil), ("-5 100000", nil),
  ])
  func aQuotaIsRoundedUp(_ text: String, processors: Int?) {
    #expect(ProcessorQuota.processors(limit: text) == processors)
  }

  @Test func theGroupsAroundAProcessCountToo() {
    #expect(ProcessorQuota.files(groups: "0::/\n") == ["/sys/fs/cgroup/cpu.max"])
    #expect(
      ProcessorQuota.files(groups: "4:memory:/a\n0::/system.slice/x.service\n") == [
        "/sys/fs/cgroup/cpu.max", "/sys/fs/cgroup/system.slice/cpu.max",
        "/sys/fs/cgroup/system.slice/x.service/cpu.max",
      ])
    // Version 1 alone, or no control groups.
    #expect(ProcessorQuota.files(groups: "4:memory:/a\n1:cpu:/b\n") == [])
    #expect(ProcessorQuota.files(groups: "") == [])
  }
}
