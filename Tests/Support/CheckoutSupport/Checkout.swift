import Foundation

/// The package's own files.
package enum Checkout {
  /// The folder of `Package.swift`.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The path of a file or folder, by its path in the checkout.
  package static func path(_ name: String) -> String {
    root.appendingPathComponent(name).path
  }
}
