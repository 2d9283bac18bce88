import Foundation

/// The place of the folders of fault tests: in memory if possible, since these tests wait for the disk thousands of times.
package enum FastFolder {
  /// A path at which nothing exists yet.
  package static func path(_ name: String) -> String {
    let memory = "/dev/shm"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    return (isThere ? memory : FileManager.default.temporaryDirectory.path)
      + "/syn2real-\(name)-\(UUID().uuidString)"
  }
}
