import CheckoutSupport
import Foundation
import ResourceFolders
import Testing

/// The one order in which files beside the code are looked for.
@Suite struct ResourceFoldersTests {
  private func folders(
    chosen: String? = nil, executable: String? = nil, workingFolder: String = "/project",
    others: [String] = []
  ) -> [String] {
    ResourceFolders(
      "weights", chosen: chosen, executable: executable, workingFolder: workingFolder,
      others: others
    ).paths
  }

  @Test func theVariableNamesTheOnlyFolder() {
    #expect(
      folders(chosen: "/mine", executable: "/opt/bin/tool", others: ["/cache"]) == ["/mine"])
    #expect(folders(chosen: "") == ["/project/.deps/weights"])
  }

  @Test func otherProgramsPlacesComeLast() {
    #expect(folders(others: ["/cache"]) == ["/project/.deps/weights", "/cache"])
  }

  @Test func besideTheExecutableComesBeforeTheCheckout() {
    #expect(
      folders(executable: "/opt/bin/tool") == ["/opt/bin/weights", "/project/.deps/weights"])
  }

  @Test func theCheckoutThatBuiltTheExecutableIsFoundFromAnywhere() {
    #expect(
      folders(executable: "/home/me/checkout/.build/x86_64/release/tool") == [
        "/home/me/checkout/.build/x86_64/release/weights", "/project/.deps/weights",
        "/home/me/checkout/.deps/weights",
      ])
    #expect(
      folders(executable: "/project/.build/release/tool") == [
        "/project/.build/release/weights", "/project/.deps/weights",
      ])
  }

  @Test func aCheckoutMayKeepThemElsewhere() {
    let folders = ResourceFolders(
      "Recipes", chosen: nil, executable: "/checkout/.build/release/tool",
      workingFolder: "/project",
      checkout: "Recipes")
    #expect(
      folders.paths == [
        "/checkout/.build/release/Recipes", "/project/Recipes", "/checkout/Recipes",
      ]
    )
  }

  /// The layout of an installed wheel: the executable in the folder `bin` of one package, the weights in another package.
  @Test func otherPythonPackagesAreSearchedIfTheExecutableIsInOne() throws {
    let site = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: site) }
    let bin = site.appendingPathComponent("tool/bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    func folders() -> [String] {
      ResourceFolders(
        "weights", chosen: nil, executable: bin.path + "/tool", workingFolder: "/project",
        packages: ["net/models"]
      ).paths
    }
    #expect(folders() == [bin.path + "/weights", "/project/.deps/weights"])
    try Data().write(to: site.appendingPathComponent("tool/__init__.py"))
    #expect(
      folders() == [bin.path + "/weights", site.path + "/net/models", "/project/.deps/weights"])
  }

  private func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func theFirstFolderWithTheFileIsTaken() throws {
    let root = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: root) }
    let beside = root.appendingPathComponent("bin/weights")
    let checkout = root.appendingPathComponent(".deps/weights")
    for folder in [beside, checkout] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let folders = ResourceFolders(
      "weights", chosen: nil, executable: root.path + "/bin/tool", workingFolder: root.path)
    #expect(folders.first(holding: "net.pth") == nil)
    try Data().write(to: checkout.appendingPathComponent("net.pth"))
    #expect(folders.first(holding: "net.pth") == checkout.path)
    try Data().write(to: beside.appendingPathComponent("net.pth"))
    #expect(folders.first(holding: "net.pth") == beside.path)
  }

  /// The tests' own executable lies in the checkout that built it.
  @Test func thisProcessKnowsItsCheckout() {
    let folders = ResourceFolders("weights", variable: "SYN2REAL_NO_SUCH_VARIABLE")
    #expect(folders.paths.contains(Checkout.path(".deps/weights")))
  }
}
