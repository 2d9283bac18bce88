// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "own-parts",
  dependencies: [.package(name: "syn2real", path: "../..")],
  targets: [
    .executableTarget(
      name: "own-parts", dependencies: [.product(name: "Syn2Real", package: "syn2real")])
  ],
  // The program of main.swift is written as a script, whose variables functions share.
  swiftLanguageModes: [.v5]
)
