import Foundation

/// A plain tar archive, written here to be read there.
enum TarFile {
  static func archive(_ files: [(name: String, content: Data)]) -> Data {
    files.reduce(Data()) { archive, file in
      var header = Data(count: 512)
      func put(_ text: String, at place: Int) {
        header.replaceSubrange(place..<place + text.utf8.count, with: Data(text.utf8))
      }
      put(file.name, at: 0)
      put(String(format: "%011lo", file.content.count), at: 124)
      put("        ", at: 148)
      put("0", at: 156)
      put(String(format: "%06lo", header.reduce(0) { $0 + Int($1) }) + "\0", at: 148)
      let rest = (512 - file.content.count % 512) % 512
      return archive + header + file.content + Data(count: rest)
    } + Data(count: 1024)
  }
}
