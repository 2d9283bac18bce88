import DataTestSupport
import DemoData
import FaultSupport
import Files
import Foundation
import Testing

/// A data set appears complete or not at all, for every fault of the disk while it is made.
@Suite struct MakingFaultTests {
  private let folder: TemporaryFolder
  private let options = Streets.Options(
    width: 40, height: 24, trainingCount: 1, heldOutCount: 0, otherStyleCount: 0, seed: 1)
  private let former = Streets.Options(
    width: 40, height: 24, trainingCount: 1, heldOutCount: 0, otherStyleCount: 0)

  init() throws {
    folder = try TemporaryFolder(at: URL(fileURLWithPath: FastFolder.path("making")))
  }

  @Test(arguments: Fault.allCases)
  func aSetIsMadeAfterAFaultAtEveryOperation(fault: Fault) throws {
    _ = try Streets.make(at: folder.path("sets/whole"), options)
    _ = try Streets.make(at: folder.path("sets/former"), former)
    let (whole, old) = (try contents("whole"), try contents("former"))
    #expect(whole != old)
    for isReplacing in [false, true] {
      let name = isReplacing ? "former" : "new"
      let copy = folder.path("copy-\(name)")
      if isReplacing {
        try FileManager.default.copyItem(atPath: folder.path("sets/former"), toPath: copy)
      }
      let count = FaultyOperations()
      try make(name, count)
      #expect(count.count > 40)
      for point in 1...count.count {
        try FileManager.default.removeItem(atPath: folder.path("sets/\(name)"))
        if isReplacing {
          try FileManager.default.copyItem(atPath: copy, toPath: folder.path("sets/\(name)"))
        }
        let operations = FaultyOperations(fault, at: point)
        do {
          try make(name, operations)
        } catch {
          #expect("\(error)".contains(folder.path("sets")))
        }
        operations.end()
        if folder.exists("sets/\(name)") {
          let found = try contents(name)
          let isOne = found == whole || isReplacing && found == old
          #expect(isOne, "\(fault) at \(point), replacing: \(isReplacing)")
        }
        _ = try Streets.make(at: folder.path("sets/\(name)"), options)
        let isSame = try contents(name) == whole
        #expect(isSame, "\(fault) at \(point), replacing: \(isReplacing)")
        let names = Set(try FileSystem.current.names(in: folder.path("sets")))
        #expect(names.isSubset(of: ["former", "new", "whole"]), "\(fault) at \(point)")
      }
    }
  }

  @Test func twoProcessesDoNotMakeOneSet() throws {
    let lock = try FileLock(folder.path(".streets.lock"))
    let error = #expect(throws: FolderError.self) {
      try Streets.make(at: folder.path("streets"), options)
    }
    #expect("\(try #require(error))".contains("is being made by process \(getpid()) on "))
    withExtendedLifetime(lock) {}
  }

  private func make(_ name: String, _ operations: FaultyOperations) throws {
    _ = try FileSystem.$current.withValue(FileSystem(operations)) {
      try Streets.make(at: folder.path("sets/\(name)"), options)
    }
  }

  private func contents(_ name: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for file in folder.files(below: "sets/\(name)") {
      contents[file] = try Data(
        contentsOf: URL(fileURLWithPath: folder.path("sets/\(name)/\(file)")))
    }
    return contents
  }
}

extension TemporaryFolder {
  fileprivate func exists(_ relativePath: String) -> Bool {
    FileManager.default.fileExists(atPath: path(relativePath))
  }
}
