import Foundation

/// What an NVIDIA GPU leaves in the file system, whether libtorch can compute on it or not.
enum GPUTraces {
  /// The first path below `root` by which a GPU is seen: a device file, or what the kernel's driver says of it.
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
