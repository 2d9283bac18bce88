/// The store by which processes find each other, kept by a process that starts others but does not compute with them.
public final class ProcessStore: Sendable {
  private let store: KeyValueStore

  /// Keeps a store on this machine, at a free port.
  public init() throws(TorchError) {
    store = try KeyValueStore(at: "127.0.0.1", port: 0, serves: true, limit: .seconds(30))
  }

  /// The place of process `rank` of `size` that find each other here.
  public func place(of rank: Int, among size: Int) -> ProcessPlace {
    ProcessPlace(rank: rank, size: size, port: store.port, launcherKeepsStore: true)
  }
}
