// fuzz TARGET [OPTION OF LIBFUZZER | CORPUS]…: feeds a reader of files with inputs that cover more and more of its code.
import CFuzzer
import Foundation

let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
guard CommandLine.arguments.count > 1,
  let chosen = FuzzTarget(rawValue: CommandLine.arguments[1])
else {
  FileHandle.standardError.write(
    Data("usage: fuzz TARGET …, where TARGET is one of \(names)\n".utf8))
  exit(64)
}
FuzzTarget.current = chosen
// The name of the target is not an option of libFuzzer.
var count = CommandLine.argc - 1
var pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
CommandLine.unsafeArgv[1] = CommandLine.unsafeArgv[0]
exit(
  LLVMFuzzerRunDriver(&count, &pointers) { data, size in
    FuzzTarget.current.read([UInt8](UnsafeBufferPointer(start: data, count: size)))
    return 0
  })
