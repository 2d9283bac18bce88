import Foundation

/// Where the folders of fault tests are: in memory where that is possible, since they wait for the disk thousands of
/// times.
package enum FastFolder {
  /// A path where nothing is yet.
  package static func path(_ name: String) -> String {
    let memory = "/dev/shm"
    let isThere = FileManager.default.isWritableFile(atPath: memory)
    return (isThere ? memory : FileManager.default.temporaryDirectory.path)
      + "/syn2real-\(name)-\(UUID().uuidString)"
  }
}
