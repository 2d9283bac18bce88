// swift-tools-version: 6.2
import PackageDescription

// libtorch: the folder that LIBTORCH names (`include` and `lib` are in it), or the PyPI wheel that Scripts/setup.sh unpacks.
let torch = Context.environment["LIBTORCH"] ?? Context.packageDirectory + "/.deps/torch/torch"

let package = Package(
  name: "syn2real",
  products: [
    .executable(name: "syn2real", targets: ["syn2real"]),
    .library(
      name: "Syn2Real",
      targets: [
        "Analysis", "Backbones", "ClassTables", "Datasets", "DemoData", "ElementTypes", "Export",
        "Generalization", "Imaging", "Inference", "Lettering", "Pipelines", "Recipes", "Registry",
        "Reporting", "Runs", "Settings", "TensorFiles", "Torch", "TorchNN", "Training", "YAML",
      ]),
    // What uses a trained network, without what trains one.
    .library(
      name: "Syn2RealInference",
      targets: [
        "Backbones", "ClassTables", "Datasets", "ElementTypes", "Export", "Generalization",
        "Imaging",
        "Inference", "Pipelines", "Registry", "Runs", "Settings", "TensorFiles", "Torch", "TorchNN",
        "YAML",
      ]),
    .library(name: "Torch", targets: ["ElementTypes", "Torch"]),
    .library(name: "TorchNN", targets: ["ElementTypes", "TensorFiles", "Torch", "TorchNN"]),
    .library(name: "Imaging", targets: ["Imaging"]),
    .library(name: "TensorFiles", targets: ["ElementTypes", "TensorFiles"]),
    // The command, for an executable that adds methods and backbones of its own.
    .library(
      name: "Syn2RealCommand",
      targets: [
        "Backbones", "ElementTypes", "Generalization", "Registry", "Settings", "Syn2RealCommand",
        "TensorFiles", "Torch", "TorchNN",
      ]),
  ],
  targets: [
    // The engine. Headers that ask for all of libtorch's operations take three times as long to compile as the few that are used.
    .target(
      name: "CKernels",
      cxxSettings: [
        .headerSearchPath("."),
        .define("AT_PER_OPERATOR_HEADERS"),
        .unsafeFlags(["-isystem", torch + "/include", "-Wno-deprecated-declarations"]),
      ]),
    .target(
      name: "CTorch", dependencies: ["CKernels"], exclude: ["Gloo/README.md"],
      cxxSettings: [
        .headerSearchPath("Gloo"),
        .define("AT_PER_OPERATOR_HEADERS"),
        .unsafeFlags([
          "-isystem", torch + "/include",
          "-isystem", torch + "/include/torch/csrc/api/include", "-Wno-deprecated-declarations",
        ]),
      ],
      linkerSettings: [
        .unsafeFlags([
          "-L\(torch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(torch)/lib",
          "-Xlinker", "--allow-shlib-undefined",
        ]),
        .linkedLibrary("torch_cpu"),
        .linkedLibrary("c10"),
      ]),
    .target(name: "ElementTypes"),
    .target(name: "Torch", dependencies: ["CTorch", "ElementTypes", "Processors"]),
    .target(name: "TorchNN", dependencies: ["Torch", "TensorFiles"]),

    // Files
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Files"),
    .target(name: "TensorFiles", dependencies: ["CZlib", "ElementTypes", "Files", "Messages"]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Messages"),
    .target(name: "Pipelines"),
    .target(name: "Processors"),
    .target(name: "Protobuf"),
    .target(name: "Settings", dependencies: ["Messages"]),
    .target(name: "ResourceFolders"),
    .target(name: "FileInput"),
    .target(name: "YAML", dependencies: ["CYAML", "FileInput", "Messages", "Settings"]),

    // Pictures
    .systemLibrary(
      name: "CLibJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CSPNG", pkgConfig: "spng", providers: [.apt(["libspng-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .target(
      name: "CJPEG", dependencies: ["CLibJPEG"], linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CPixels"),
    .target(
      name: "Imaging",
      dependencies: ["CPixels", "CJPEG", "CSPNG", "CDeflate", "CWebP", "FileInput", "Files"]),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .target(name: "Lettering", dependencies: ["CFreeType", "Imaging"]),

    // Data
    .target(name: "ClassTables", dependencies: ["YAML"]),
    .target(
      name: "Datasets",
      dependencies: ["ClassTables", "FileInput", "Files", "Imaging", "Pipelines", "Processors"]),
    .target(
      name: "DemoData",
      dependencies: [
        "CZlib", "ClassTables", "Datasets", "FileInput", "Files", "Imaging", "Lettering",
        "Messages", "Pipelines", "Processors", "ResourceFolders",
      ],
      resources: [.embedInCode("Resources/drawings-photographs.yaml")]),

    // Learning
    .target(name: "Backbones", dependencies: ["ResourceFolders", "Torch", "TorchNN"]),
    .target(
      name: "Generalization",
      dependencies: ["Backbones", "Messages", "Settings", "Torch", "TorchNN"]),
    .target(name: "Registry", dependencies: ["Backbones", "Generalization", "Messages"]),

    // Experiments
    .target(name: "TensorBoardEvents", dependencies: ["Files", "Protobuf"]),
    .target(
      name: "Runs",
      dependencies: [
        "Datasets", "FileInput", "Files", "Generalization", "Messages", "TensorFiles", "Torch",
        "TorchNN",
      ]),
    .target(
      name: "Inference",
      dependencies: [
        "Backbones", "Datasets", "Generalization", "Imaging", "Lettering", "Messages", "Pipelines",
        "Registry", "Runs", "Settings", "Tables", "TensorFiles", "Torch", "TorchNN",
      ]),
    .target(
      name: "Export",
      dependencies: [
        "Backbones", "Files", "Inference", "Protobuf", "Registry", "Runs", "TensorFiles", "Torch",
        "TorchNN",
      ]),
    .target(
      name: "Training",
      dependencies: [
        "Backbones", "Datasets", "Files", "Generalization", "Imaging", "Inference", "Lettering",
        "Messages", "Pipelines", "Runs", "TensorBoardEvents", "Torch", "TorchNN",
      ]),
    .target(
      name: "Analysis",
      dependencies: [
        "Backbones", "Datasets", "Files", "Generalization", "Imaging", "Inference", "Lettering",
        "Messages", "Pipelines", "Registry", "Runs", "Tables", "TensorFiles", "Torch", "TorchNN",
        "Training",
      ]),
    .target(name: "Tables", dependencies: ["Messages"]),

    .target(
      name: "Reporting",
      dependencies: [
        "Analysis", "Files", "Generalization", "Imaging", "Messages", "Registry", "Runs", "Tables",
        "TensorBoardEvents", "Torch",
      ],
      resources: [
        .embedInCode("Resources/report.css"), .embedInCode("Resources/report.js"),
      ]),

    // The command
    .target(
      name: "Recipes",
      dependencies: [
        "Analysis", "Backbones", "Datasets", "Generalization", "Imaging", "Inference", "Messages",
        "Registry", "ResourceFolders", "Runs", "Settings", "TensorFiles", "Torch", "TorchNN",
        "Training", "YAML",
      ]),
    .target(name: "ArgumentParsing", dependencies: ["Messages"]),
    .target(
      name: "Syn2RealCommand",
      dependencies: [
        "Analysis", "ArgumentParsing", "Backbones", "Datasets", "DemoData", "Export", "Files",
        "Generalization", "Imaging", "Inference", "Messages", "Processors", "Recipes", "Registry",
        "Reporting", "Runs", "Tables", "Torch", "Training",
      ]),
    .executableTarget(name: "syn2real", dependencies: ["Syn2RealCommand"]),

    // What it takes, beside plain PyTorch
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "ArgumentParsing", "Backbones", "Datasets", "Generalization", "Imaging", "Registry",
        "TensorFiles", "Torch", "TorchNN", "Training",
      ],
      path: "Benchmarks/Sources/benchmark"),

    // Tests
    .target(name: "CheckoutSupport", path: "Tests/Support/CheckoutSupport"),
    .target(
      name: "DataTestSupport", dependencies: ["Imaging"], path: "Tests/Support/DataTestSupport"),
    .target(name: "FaultSupport", dependencies: ["Files"], path: "Tests/Support/FaultSupport"),
    .target(
      name: "ProcessSupport", dependencies: ["Torch"], path: "Tests/Support/ProcessSupport"),
    .target(
      name: "ReferenceSupport",
      dependencies: ["CheckoutSupport", "TensorFiles", "Torch", "TorchNN"],
      path: "Tests/Support/ReferenceSupport"),

    .testTarget(name: "FileInputTests", dependencies: ["FileInput"]),
    .testTarget(name: "FilesTests", dependencies: ["FaultSupport", "Files"]),
    .testTarget(name: "PipelinesTests", dependencies: ["Pipelines"]),
    .testTarget(name: "ProcessorsTests", dependencies: ["Processors"]),
    .testTarget(name: "ProtobufTests", dependencies: ["Protobuf"]),
    .testTarget(
      name: "ResourceFoldersTests", dependencies: ["CheckoutSupport", "ResourceFolders"]),
    .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
    .testTarget(name: "YAMLTests", dependencies: ["Settings", "YAML"]),

    .testTarget(
      name: "TensorFilesTests", dependencies: ["FaultSupport", "Files", "TensorFiles"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TorchNNTests",
      dependencies: ["ProcessSupport", "ReferenceSupport", "TensorFiles", "Torch", "TorchNN"]),
    .testTarget(name: "TorchTests", dependencies: ["CheckoutSupport", "ProcessSupport", "Torch"]),

    .testTarget(
      name: "ImagingTests", dependencies: ["CTurboJPEG", "Imaging"], exclude: ["Fixtures"]),
    .testTarget(name: "LetteringTests", dependencies: ["CFreeType", "Imaging", "Lettering"]),

    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "CheckoutSupport", "DataTestSupport", "Datasets", "FaultSupport", "Files", "Imaging",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "DemoDataTests",
      dependencies: [
        "CZlib", "CheckoutSupport", "ClassTables", "DataTestSupport", "Datasets", "DemoData",
        "FaultSupport", "Files", "Imaging", "Lettering",
      ],
      exclude: ["Digits/Fixtures"]),

    .testTarget(
      name: "BackbonesTests",
      dependencies: ["Backbones", "ReferenceSupport", "TensorFiles", "Torch", "TorchNN"]),
    .testTarget(
      name: "GeneralizationTests",
      dependencies: ["Backbones", "Generalization", "ReferenceSupport", "Torch", "TorchNN"],
      exclude: ["Probabilities/Fixtures"]),

    .testTarget(
      name: "TensorBoardEventsTests", dependencies: ["DataTestSupport", "TensorBoardEvents"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ExportTests",
      dependencies: [
        "Analysis", "Backbones", "DataTestSupport", "Export", "Inference", "ReferenceSupport",
        "Registry",
        "Runs", "TensorFiles", "Torch", "TorchNN",
      ]),
    .testTarget(name: "RunsTests", dependencies: ["Runs"]),
    .testTarget(
      name: "InferenceTests",
      dependencies: [
        "Backbones", "Datasets", "Imaging", "Inference", "Recipes", "ReferenceSupport", "Runs",
        "TensorFiles", "Torch", "TorchNN",
      ]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Backbones", "Datasets", "FaultSupport", "Files", "Generalization", "Imaging", "Inference",
        "ProcessSupport", "ReferenceSupport", "Runs", "Settings", "TensorFiles", "Torch", "TorchNN",
        "Training",
      ]),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Analysis", "CheckoutSupport", "Datasets", "Imaging", "Recipes", "Runs", "TensorFiles",
      ],
      exclude: ["Fixtures"]),

    .testTarget(
      name: "RecipesTests",
      dependencies: [
        "Backbones", "CheckoutSupport", "Datasets", "Generalization", "Imaging", "Inference",
        "Recipes", "Registry", "Settings", "Torch", "TorchNN", "Training", "YAML",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Analysis", "DataTestSupport", "Datasets", "FaultSupport", "Files", "Generalization",
        "Imaging", "Reporting", "Runs",
      ]),
    .testTarget(name: "ArgumentParsingTests", dependencies: ["ArgumentParsing", "Messages"]),
    .executableTarget(
      name: "added-parts",
      dependencies: [
        "Backbones", "Generalization", "Registry", "Settings", "Syn2RealCommand", "Torch",
        "TorchNN",
      ], path: "Tests/AddedParts"),
    // Networks of made-up weights for Tests/Python, which compares exported ones with onnxruntime's.
    .executableTarget(
      name: "export-samples",
      dependencies: [
        "Backbones", "Inference", "Registry", "Runs", "TensorFiles", "Torch", "TorchNN",
      ], path: "Tests/ExportSamples"),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CheckoutSupport", "Generalization", "Imaging", "TensorFiles", "added-parts", "syn2real",
      ],
      path: "Tests/Tool/CommandTests"),

    // The house itself
    .testTarget(
      name: "HouseTests", dependencies: ["CheckoutSupport"], path: "Tests/House/HouseTests"),
    .testTarget(
      name: "SetupTests", dependencies: ["CheckoutSupport"], path: "Tests/House/SetupTests"),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

/// The wings of the house: a target's folder is `Sources/<wing>/<target>`, and its tests are in `Tests/<wing>/<target>Tests`.
let wings: [String: [String]] = [
  "Common": [
    "FileInput", "Files", "Messages", "Pipelines", "Processors", "Protobuf",
    "ResourceFolders", "Settings", "Tables", "YAML",
  ],
  "System": [
    "CDeflate", "CFreeType", "CLibJPEG", "CSPNG", "CTurboJPEG", "CWebP", "CYAML", "CZlib",
  ],
  "Engine": [
    "CKernels", "CTorch", "CTorchCUDA", "ElementTypes", "TensorFiles", "Torch", "TorchNN",
  ],
  "Pictures": ["CJPEG", "CPixels", "Imaging", "Lettering"],
  "Data": ["ClassTables", "Datasets", "DemoData"],
  "Learning": ["Backbones", "Generalization", "Registry"],
  "Experiments": ["Analysis", "Export", "Inference", "Runs", "TensorBoardEvents", "Training"],
  "Tool": ["ArgumentParsing", "Recipes", "Reporting", "Syn2RealCommand", "syn2real"],
]
for (wing, names) in wings {
  for target in package.targets where names.contains(target.name) {
    target.path = "Sources/\(wing)/\(target.name)"
  }
  for target in package.targets where names.contains(where: { $0 + "Tests" == target.name }) {
    target.path = "Tests/\(wing)/\(target.name)"
  }
}

// Cross-module optimisation copies the bodies of one module into others, which an incremental build then does not
// build anew: a changed constant would live on elsewhere. What must be fast here is so within its own module.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [.unsafeFlags(["-disable-cmo"])]
}

// Tests themselves are not optimised: what they test is, and they are built in half the time. HouseTests read every source.
for target in package.targets where target.type == .test && target.name != "HouseTests" {
  target.swiftSettings?.append(.unsafeFlags(["-Onone"]))
}

// Only where Scripts/fuzz.sh asks: readers of files under libFuzzer, all of their code counted and checked.
if let fuzzer = Context.environment["SYN2REAL_FUZZER"] {
  for target in package.targets where target.type == .regular {
    target.swiftSettings = [.unsafeFlags(["-sanitize=fuzzer,address", "-disable-cmo"])]
    target.cSettings = [
      .unsafeFlags(["-fsanitize=fuzzer-no-link,address,undefined", "-fno-sanitize-recover=all"])
    ]
  }
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzzing/CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: ["CDeflate", "CFuzzer", "Datasets", "Imaging", "TensorFiles", "YAML"],
      path: "Tests/Fuzzing/Fuzz",
      swiftSettings: [.unsafeFlags(["-sanitize=address"])],
      linkerSettings: [
        .unsafeFlags(["-sanitize=address", "-Xclang-linker", "-fsanitize=undefined", fuzzer]),
        .linkedLibrary("stdc++"),
      ]),
  ]
}
