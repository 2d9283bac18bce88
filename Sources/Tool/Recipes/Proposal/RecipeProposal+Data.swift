import Datasets
import Messages
import Settings

extension RecipeProposal {
  /// `data`: the sets, and how their pictures are read.
  mutating func chooseData() {
    choose("data", "train", .string(data.train.path), Self.summary(of: data.train))
    if let unfit = unfitHeldOut {
      let layout =
        unfit.layout == .unlabelled
        ? "\(unfit.count) pictures without labels" : "laid out otherwise than the training images"
      choose(
        "data", "held_out", nil,
        "\(unfit.path): \(layout), so that they cannot select the checkpoint")
    }
    if let heldOut = data.heldOut {
      choose(
        "data", "held_out", .string(heldOut.path),
        Self.summary(of: heldOut) + "; they select the checkpoint")
    } else if heldOutFraction == 0 {
      choose(
        "data", "held_out_fraction", nil,
        "no \(isSegmentation ? "second image is there" : "class has two images"), so that none can be set aside; the last checkpoint counts"
      )
    } else {
      choose(
        "data", "held_out_fraction", .double(heldOutFraction),
        "the share of the synthetic images that is not trained on and selects the checkpoint")
    }
    if let real = data.real { chooseReal(real) }
    choose("data", "image_size", .integer(imageSize), imageSizeReason)
    if !isSegmentation, let side = data.train.shorterSide, side >= 2 * imageSize {
      choose(
        "data", "decode", "scaled",
        "large JPEGs are decoded no larger than needed, which is faster")
    }
    choose(
      "data", "workers", .integer(min(max(machine.processors, 1), 8)),
      "the threads that read images; this machine has \(machine.processors) processors")
    choose(
      "data", "on_error", "skip",
      "an unreadable image is left out and counted; with stop it ends the run")
  }

  private mutating func chooseReal(_ real: DataSurvey) {
    guard real.layout == data.train.layout else {
      let reason =
        real.layout == .unlabelled
        ? "\(real.count) pictures without labels: nothing can be judged on them, but predict and diagnose take them"
        : "laid out otherwise than the synthetic images, so that nothing can be judged on it"
      choose("data", "real", nil, "\(real.path): \(reason)")
      return
    }
    let names = data.train.classNames
    let renamed = real.classNames.filter { !names.contains($0) }.compactMap { name in
      names.first { $0.lowercased() == name.lowercased() }.map { (name, $0) }
    }
    let known = Set(names).union(renamed.map(\.0))
    let shared = real.classNames.filter(known.contains)
    let others = real.classNames.filter { !known.contains($0) }
    guard !shared.isEmpty else {
      choose(
        "data", "real", nil,
        "\(real.path) shares no class with the synthetic images; say with 'classes' what its classes (\(Self.list(real.classNames))) are called there"
      )
      return
    }
    let judged =
      Set(shared).count == names.count && others.isEmpty
      ? "" : "; judged on \(shared.count) of \(names.count) classes, which both have"
    choose(
      "data", "real", .sequence([.string(real.path)]), Self.summary(of: real) + judged)
    if !renamed.isEmpty {
      choose(
        "data", "classes", .mapping(renamed.map { .init(key: $0.0, value: .string($0.1)) }),
        "classes that are written otherwise there")
    }
    if !others.isEmpty {
      let nearest = others.compactMap { name in
        nearestName(to: name, among: names).map { "\(name): \($0)" }
      }
      let hint = nearest.isEmpty ? "" : ", such as {\(nearest.joined(separator: ", "))}"
      choose(
        "data", "classes", nil,
        "its classes \(Self.list(others)) are left out; if they have other names above, say which\(hint)"
      )
    }
  }

  private var imageSizeReason: String {
    let side =
      data.train.shorterSide.map { "the shorter sides have a median of \($0) pixels" }
      ?? "no image could be read"
    return side + (machine.hasGPU ? "" : "; larger ones would take too long without a GPU")
  }

  /// What a set holds, in a few words.
  static func summary(of survey: DataSurvey) -> String {
    let images = survey.count == 1 ? "1 image" : "\(survey.count) images"
    guard !survey.classNames.isEmpty else { return images }
    let range = survey.classCounts.min().flatMap { least in
      survey.classCounts.max().map { least == $0 ? ", \(least) each" : ", \(least) to \($0) each" }
    }
    return "\(images) of \(survey.classNames.count) classes\(range ?? "")"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
  }
}
