import Generalization

/// What training changes at random about the styles of images and maps, beside their augmentation.
public struct StyleRandomization: Sendable, Equatable {
  /// How the amplitudes of every training image's frequencies are jittered; nil for not at all.
  public var amplitudes: AmplitudeJitter?
  /// How the styles of the student's maps are mixed; nil for not at all.
  public var mixing: StyleMixing?

  /// Nothing, unless it is given.
  public init(amplitudes: AmplitudeJitter? = nil, mixing: StyleMixing? = nil) {
    self.amplitudes = amplitudes
    self.mixing = mixing
  }
}
