import CheckoutSupport
import Foundation

extension Checkout {
  /// The Swift files below a folder of the checkout, by their paths in it.
  static func swiftFiles(below folder: String) -> [String] {
    let names =
      FileManager.default.enumerator(
        atPath: root.appendingPathComponent(folder).path)?.allObjects ?? []
    return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  static func source(_ path: String) throws -> SwiftSource {
    try SwiftSource(contentsOf: root.appendingPathComponent(path))
  }

  /// The folders in a folder of the checkout, except empty ones, which git does not store.
  static func folders(in folder: String) throws -> [String] {
    let url = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).filter { name in
      let entries = FileManager.default.enumerator(
        at: url.appendingPathComponent(name), includingPropertiesForKeys: [.isRegularFileKey])
      return entries?.contains { entry in
        (try? (entry as? URL)?.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
      } ?? false
    }.sorted()
  }
}
