/// Signatures and fixed lengths of the zip format's records.
enum ZipLayout {
  static let localSignature: UInt32 = 0x0403_4B50
  static let localLength = 30
  static let centralSignature: UInt32 = 0x0201_4B50
  static let centralLength = 46
  static let endSignature: UInt32 = 0x0605_4B50
  static let endLength = 22
  static let end64Signature: UInt32 = 0x0606_4B50
  static let end64Length = 56
  static let locator64Signature: UInt32 = 0x0706_4B50
  static let locator64Length = 20
  static let extra64Identifier: UInt16 = 1
}
