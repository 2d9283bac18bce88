// swift-tools-version: 6.0
import PackageDescription

// libtorch comes from the PyPI wheel that Scripts/setup.sh unpacks; `make` calls it first.
let torch = Context.packageDirectory + "/.deps/torch/torch"

let package = Package(
  name: "syn2real",
  products: [
    .executable(name: "syn2real", targets: ["syn2real"]),
    .library(
      name: "Syn2Real",
      targets: [
        "Torch", "TorchNN", "TensorFiles", "Imaging", "Datasets", "Backbones", "Generalization",
        "Training", "Reporting",
      ]),
  ],
  targets: [
    // The engine
    .target(
      name: "CTorch",
      cxxSettings: [
        .unsafeFlags(["-isystem", torch + "/include", "-Wno-deprecated-declarations"])
      ],
      linkerSettings: [
        .unsafeFlags([
          "-L\(torch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(torch)/lib",
          "-Xlinker", "--allow-shlib-undefined",
        ]),
        .linkedLibrary("torch_cpu"),
        .linkedLibrary("c10"),
      ]),
    .target(name: "Torch", dependencies: ["CTorch"]),
    .target(name: "TorchNN", dependencies: ["Torch", "TensorFiles"]),

    // Files
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Files"),
    .target(name: "TensorFiles", dependencies: ["CZlib", "Files"]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Messages"),
    .target(name: "YAML", dependencies: ["CYAML", "Messages"]),

    // Pictures
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CSPNG", pkgConfig: "spng", providers: [.apt(["libspng-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .target(name: "CPixels"),
    .target(
      name: "Imaging",
      dependencies: ["CPixels", "CTurboJPEG", "CSPNG", "CDeflate", "CWebP", "Files"]),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .target(name: "Lettering", dependencies: ["CFreeType", "Imaging"]),
    .target(
      name: "Datasets",
      dependencies: ["CZlib", "Files", "Imaging", "Lettering", "YAML", "Messages"],
      resources: [.embedInCode("Resources/drawings-photographs.yaml")]),

    // Learning
    .target(name: "TensorBoardEvents", dependencies: ["Files"]),
    .target(name: "Backbones", dependencies: ["TorchNN"]),
    .target(name: "Generalization", dependencies: ["Backbones"]),
    .target(
      name: "Training",
      dependencies: [
        "Generalization", "Datasets", "Files", "Lettering", "YAML", "TensorBoardEvents",
        "Messages",
      ]),

    .target(name: "Reporting", dependencies: ["Files", "Messages"]),

    // The command
    .target(name: "ArgumentParsing", dependencies: ["Messages"]),
    .executableTarget(
      name: "syn2real", dependencies: ["Training", "Reporting", "ArgumentParsing"]),

    // What it takes, beside plain PyTorch
    .executableTarget(
      name: "benchmark", dependencies: ["Training", "ArgumentParsing"],
      path: "Benchmarks/Sources/benchmark"),

    // Tests
    .target(
      name: "ReferenceSupport", dependencies: ["Training"], path: "Tests/ReferenceSupport"),
    .target(name: "FaultSupport", dependencies: ["Files"], path: "Tests/FaultSupport"),
    .testTarget(name: "BackbonesTests", dependencies: ["Backbones", "ReferenceSupport"]),
    .testTarget(name: "GeneralizationTests", dependencies: ["Generalization", "ReferenceSupport"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["Training", "FaultSupport", "Imaging", "ReferenceSupport"]),
    .testTarget(name: "ArgumentParsingTests", dependencies: ["ArgumentParsing", "Messages"]),
    .testTarget(name: "CommandTests", dependencies: ["Imaging", "TensorFiles", "syn2real"]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["CZlib", "Datasets", "FaultSupport", "Imaging", "Lettering"],
      exclude: ["Digits/Fixtures"]),
    .testTarget(
      name: "ImagingTests", dependencies: ["CTurboJPEG", "Imaging"], exclude: ["Fixtures"]),
    .testTarget(name: "LetteringTests", dependencies: ["CFreeType", "Lettering"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "FaultSupport"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "FaultSupport"]),
    .testTarget(name: "SetupTests"),
    .testTarget(
      name: "TensorBoardEventsTests", dependencies: ["TensorBoardEvents"], exclude: ["Fixtures"]),
    .testTarget(
      name: "TensorFilesTests", dependencies: ["FaultSupport", "TensorFiles"],
      exclude: ["Fixtures"]),
    .testTarget(name: "TorchNNTests", dependencies: ["TorchNN"]),
    .testTarget(name: "TorchTests", dependencies: ["Torch"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

/// The wings of the house: a target's folder is `Sources/<wing>/<target>`.
let wings: [String: [String]] = [
  "Common": ["Files", "Messages"],
  "System": ["CDeflate", "CFreeType", "CSPNG", "CTurboJPEG", "CWebP", "CYAML", "CZlib"],
  "Engine": ["CTorch", "TensorFiles", "Torch", "TorchNN"],
  "Pictures": ["CPixels", "Imaging", "Lettering"],
  "Data": ["Datasets"],
  "Learning": ["Backbones", "Generalization"],
  "Experiments": ["TensorBoardEvents", "Training"],
  "Tool": ["ArgumentParsing", "Reporting", "YAML", "syn2real"],
]
for (wing, names) in wings {
  for target in package.targets where names.contains(target.name) {
    target.path = "Sources/\(wing)/\(target.name)"
  }
}

// Cross-module optimisation copies the bodies of one module into others, which an incremental build then does not
// build anew: a changed constant would live on elsewhere. What must be fast here is so within its own module.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [.unsafeFlags(["-disable-cmo"])]
}
