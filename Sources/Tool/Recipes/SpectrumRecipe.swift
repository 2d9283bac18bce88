import Generalization
import Inference
import Settings

/// `data.spectrum`, and the mapping with the settings of PASTA.
extension DataRecipe {
  static func spectrumSettings(_ task: TaskName) -> [Setting<DataRecipe>] {
    [
      spectrumSetting(task),
      .number(
        "pasta.alpha", \.[jitterOf: task].alpha, in: 0...,
        "α, how much more the amplitudes of the highest frequencies are scaled.",
        counts: \.isJittered
      ),
      .number(
        "pasta.k", \.[jitterOf: task].exponent, in: 0.01...,
        "k, the power by which that grows with the frequency.", counts: \.isJittered),
      .number(
        "pasta.beta", \.[jitterOf: task].beta, in: 0...,
        "β, how much all amplitudes are scaled.", counts: \.isJittered),
    ]
  }

  private static func spectrumSetting(_ task: TaskName) -> Setting<DataRecipe> {
    let kind = SettingKind.choice(SpectrumName.allCases.map(\.rawValue))
    return Setting(
      "spectrum", kind,
      "What is done to the frequencies of every view of a training image, with any method: `pasta` scales their amplitudes at random and keeps the phases (Chattopadhyay et al. 2023).",
      get: { .string($0.isJittered ? SpectrumName.pasta.rawValue : SpectrumName.none.rawValue) },
      set: { data, value in
        guard case .string(let text) = value, let name = SpectrumName(rawValue: text) else {
          throw SettingError("spectrum", expected: kind, found: value)
        }
        data.amplitudeJitter = name == .pasta ? .standard(for: task.labelScope) : nil
      })
  }

  private enum SpectrumName: String, CaseIterable {
    case none
    case pasta
  }

  private var isJittered: Bool { amplitudeJitter != nil }

  /// The jitter; where there is none, the usual one of the task, and what is set here changes nothing.
  private subscript(jitterOf task: TaskName) -> AmplitudeJitter {
    get { amplitudeJitter ?? .standard(for: task.labelScope) }
    set { if isJittered { amplitudeJitter = newValue } }
  }
}
