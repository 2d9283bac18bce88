import Foundation

/// A value on the pickle's stack.
///
/// Containers and tensors are indices into the `PickleHeap`. So a value that contains itself does not make
/// a reference cycle, and freeing a million nested tuples does not take a million nested calls.
enum PickleValue {
  case none
  case boolean(Bool)
  case integer(Int)
  /// An integer of more than 8 bytes; only PyTorch's magic number is one.
  case longInteger(Data)
  case float(Double)
  case string(String)
  /// A Python bytes object, which no state dictionary uses.
  case bytes
  case global(PickleGlobal)
  case container(Int)
  case storage(Int)
  case tensor(Int)

  /// What the value is, for errors.
  var kind: String {
    switch self {
    case .none: "None"
    case .boolean: "a bool"
    case .integer, .longInteger: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .bytes: "bytes"
    case .global: "a class or function"
    case .container: "a container"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}
