import CheckoutSupport
import Foundation
import Testing

/// The direction of dependencies: every target declares what it imports, and imports nothing from a higher level.
@Suite struct DependencyTests {
  private let manifest: Manifest

  init() throws {
    manifest = try Manifest.load()
  }

  /// The level of each wing: its targets may use targets on lower levels and in their own wing.
  private static let floors = [
    "System": 0, "Common": 1, "Engine": 2, "Pictures": 2, "Data": 3, "Learning": 3,
    "Experiments": 4, "Tool": 5,
  ]

  @Test func theManifestIsUnderstood() throws {
    #expect(manifest.targets.count > 30)
    #expect(Set(manifest.wings.keys) == Set(Self.floors.keys))
    let names = manifest.targets.map(\.name)
    #expect(Set(names).count == names.count)
    for target in manifest.targets {
      let folder = Checkout.root.appendingPathComponent(manifest.folder(of: target)).path
      #expect(FileManager.default.fileExists(atPath: folder), "\(target.name): no \(folder)")
    }
  }

  @Test func everyFolderOfAWingIsATarget() throws {
    #expect(try Set(Checkout.folders(in: "Sources")) == Set(manifest.wings.keys))
    for (wing, names) in manifest.wings {
      #expect(try Set(Checkout.folders(in: "Sources/\(wing)")) == Set(names), "\(wing)")
    }
  }

  @Test func everyTargetDeclaresWhatItImports() throws {
    for target in manifest.targets {
      let undeclared = try imports(of: target).subtracting(target.dependencies)
      #expect(undeclared.isEmpty, "\(target.name) imports \(undeclared.sorted()), not declared")
    }
  }

  /// Of libraries; a test also declares the command that it runs.
  @Test func noLibraryDeclaresWhatItDoesNotImport() throws {
    for target in manifest.targets where target.kind == "target" {
      let imports = try imports(of: target)
      // A target in C says what it uses in its headers.
      if Checkout.swiftFiles(below: manifest.folder(of: target)).isEmpty { continue }
      let unused = Set(target.dependencies).subtracting(imports)
      #expect(unused.isEmpty, "\(target.name) declares \(unused.sorted()), not imported")
    }
  }

  @Test func nothingDependsUpwards() throws {
    for target in manifest.targets {
      guard let wing = manifest.wing(of: target.name) else { continue }
      let floor = try #require(Self.floors[wing])
      for name in try imports(of: target).union(target.dependencies) {
        let other = try #require(
          manifest.wing(of: name), "\(target.name) depends on \(name), which has no wing")
        let isBelow = other == wing || (Self.floors[other] ?? .max) < floor
        #expect(isBelow, "\(target.name) of \(wing) depends on \(name) of \(other)")
      }
    }
  }

  @Test func theFormsOfAManifestAreRead() {
    let manifest = Manifest(
      """
      let package = Package(targets: [
        .target(name: "A"), // .target(name: "Z")
        .target(
          name: "B", dependencies: ["A", .target(name: "C", condition: .when(platforms: [.linux]))],
          path: "Elsewhere/B", exclude: ["D"]),
        .testTarget(name: "BTests", dependencies: ["B"]),
      ])
      let wings: [String: [String]] = ["One": ["A"], "Two": ["B", "C"]]
      """)
    let targets = manifest.targets.filter { $0.name != "C" }
    #expect(targets.map(\.name) == ["A", "B", "BTests"])
    #expect(targets.map(\.dependencies) == [[], ["A", "C"], ["B"]])
    #expect(manifest.wings == ["One": ["A"], "Two": ["B", "C"]])
    #expect(targets.map(manifest.folder) == ["Sources/One/A", "Elsewhere/B", "Tests/Two/BTests"])
  }

  /// The targets of this package that a target's files import.
  private func imports(of target: Manifest.Target) throws -> Set<String> {
    let own = Set(manifest.targets.map(\.name))
    return try Checkout.swiftFiles(below: manifest.folder(of: target))
      .reduce(into: Set<String>()) { found, file in
        found.formUnion(try Checkout.source(file).imports.filter(own.contains))
      }
  }
}
