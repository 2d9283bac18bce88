import Generalization
import Settings

/// What one should know about a method before choosing it.
public struct MethodSummary: Sendable, Encodable {
  /// A setting with its default for each task.
  public struct SettingSummary: Sendable, Encodable {
    /// The key beside `method.name`.
    public let key: String
    /// The values it accepts: `a number at least 0`.
    public let kind: String
    /// The default, by the task's name.
    public let standard: [String: SettingValue]
    /// What it means, in one sentence.
    public let help: String
  }

  /// The name in recipes.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// Its settings, in the order in which recipes are written.
  public let settings: [SettingSummary]

  /// The summary of a method.
  public init(of method: any MethodConfiguration.Type) {
    name = method.name
    summary = method.summary
    let tasks = TaskName.allCases.map { task in
      (name: task.rawValue, settings: method.standard(for: task.labelScope).settingDescriptions)
    }
    settings = (tasks.first?.settings ?? []).enumerated().map { index, setting in
      SettingSummary(
        key: setting.key, kind: setting.kind,
        standard: Dictionary(
          uniqueKeysWithValues: tasks.map { ($0.name, $0.settings[index].standard) }),
        help: setting.help)
    }
  }
}
