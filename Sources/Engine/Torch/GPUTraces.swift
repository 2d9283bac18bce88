import Foundation

/// The traces of an NVIDIA GPU in the file system, whether libtorch can use the GPU or not.
enum GPUTraces {
  /// The first path below `root` that shows a GPU: a device file, or the information of the kernel's driver.
  static func first(below root: String) -> String? {
    let folders: [(path: String, isTrace: (String) -> Bool)] = [
      ("dev", { $0.hasPrefix("nvidia") && Int($0.dropFirst("nvidia".count)) != nil }),
      ("proc/driver/nvidia/gpus", { _ in true }),
    ]
    for (folder, isTrace) in folders {
      let path = URL(fileURLWithPath: root).appendingPathComponent(folder).path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      if let name = names.filter(isTrace).min() { return "\(path)/\(name)" }
    }
    return nil
  }
}
