import Foundation

// export-samples BACKBONE[+rein] HEAD FOLDER: writes a checkpoint of made-up weights (checkpoint.safetensors) and what its network
// says of made-up images (samples.safetensors), for Tests/Python. HEAD is classifier, aspp or deeplab-v2; `export-samples list`
// prints the backbones to try.

let arguments = CommandLine.arguments
if arguments == [arguments[0], "list"] {
  print(ExportSamples.backbones.joined(separator: "\n"))
  exit(0)
}
guard arguments.count == 4 else {
  FileHandle.standardError.write(Data("usage: export-samples BACKBONE HEAD FOLDER | list\n".utf8))
  exit(64)
}
try ExportSamples(backbone: arguments[1], head: arguments[2], folder: arguments[3]).write()
