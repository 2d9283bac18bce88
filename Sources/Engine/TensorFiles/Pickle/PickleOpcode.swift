/// The instructions of pickle protocols 2 to 5 that occur in PyTorch's files.
enum PickleOpcode: UInt8 {
  case protocolVersion = 0x80
  case frame = 0x95
  case stop = 0x2E

  case mark = 0x28
  case pop = 0x30
  case popMark = 0x31
  case duplicate = 0x32

  case none = 0x4E
  case newTrue = 0x88
  case newFalse = 0x89
  case binaryInteger = 0x4A
  case binaryInteger1 = 0x4B
  case binaryInteger2 = 0x4D
  case long1 = 0x8A
  case long4 = 0x8B
  case binaryFloat = 0x47

  case binaryString = 0x54
  case shortBinaryString = 0x55
  case binaryUnicode = 0x58
  case shortBinaryUnicode = 0x8C
  case binaryUnicode8 = 0x8D
  case binaryBytes = 0x42
  case shortBinaryBytes = 0x43
  case binaryBytes8 = 0x8E

  case emptyTuple = 0x29
  case tuple = 0x74
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case emptyList = 0x5D
  case append = 0x61
  case appends = 0x65
  case emptyDictionary = 0x7D
  case setItem = 0x73
  case setItems = 0x75
  case emptySet = 0x8F
  case addItems = 0x90
  case frozenSet = 0x91

  case binaryPut = 0x71
  case longBinaryPut = 0x72
  case memoize = 0x94
  case binaryGet = 0x68
  case longBinaryGet = 0x6A

  case global = 0x63
  case stackGlobal = 0x93
  case reduce = 0x52
  case build = 0x62
  case persistentIdentifier = 0x51
}
