import Protobuf

/// A setting of a run, by which TensorBoard's table of hyperparameters sorts and filters runs.
public struct Hyperparameter: Sendable, Equatable {
  /// A setting's value.
  public enum Value: Sendable, Equatable {
    /// A number.
    case number(Double)
    /// Yes or no.
    case flag(Bool)
    /// Anything else.
    case text(String)

    /// The number or the flag that a text stands for, else the text itself.
    public init(_ text: String) {
      if let number = Double(text), number.isFinite {
        self = .number(number)
      } else if let flag = Bool(text) {
        self = .flag(flag)
      } else {
        self = .text(text)
      }
    }
  }

  /// The setting's name.
  public let name: String
  /// Its value.
  public let value: Value

  /// A setting with its value.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  /// As `HParamInfo` of the plugin's `api.proto`: the name and the kind of value.
  var info: ProtobufMessage {
    var info = ProtobufMessage()
    info.append(name, as: 1)
    info.append(kind, as: 4)
    return info
  }

  private var kind: Int64 {
    switch value {
    case .text: 1
    case .flag: 2
    case .number: 3
    }
  }

  /// As an entry of a map from names to `google.protobuf.Value`.
  var entry: ProtobufMessage {
    var content = ProtobufMessage()
    switch value {
    case .number(let number): content.append(number, as: 2)
    case .text(let text): content.append(text, as: 3)
    case .flag(let flag): content.append(flag ? 1 : 0 as Int64, as: 4)
    }
    var entry = ProtobufMessage()
    entry.append(name, as: 1)
    entry.append(content, as: 2)
    return entry
  }
}
