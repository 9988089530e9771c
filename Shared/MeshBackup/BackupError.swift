import Glibc
import MeshCrypto
import MeshStore
import MeshZip

/// Why a backup was not made, or not restored, as a line for the operator.
package enum BackupError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is no backup that the key opens, whole and as it was written.
  case unreadable(String)
  /// A file cannot be read or written.
  case file(path: String, reason: String)
  /// A database cannot be read or filled.
  case store(String)
  /// What was written is not what is read back.
  case different(String)
  /// It was told to end.
  case stopped(String)

  package var description: String {
    switch self {
    case .unreadable(let reason): "the backup cannot be read: \(reason)"
    case .file(let path, let reason): "\(path): \(reason)"
    case .store(let reason): reason
    case .different(let what): "\(what) is not what was written; nothing was kept"
    case .stopped(let reason): reason
    }
  }

  init(_ fault: SealedStream.Fault) {
    let reason =
      switch fault {
      case .otherKind: "it is not a backup of Leadmesh that this release knows"
      case .firstChunk: "the key is not the one that it was made with, or its beginning was altered"
      case .laterChunk: "it was altered, or cut off"
      }
    self = .unreadable(reason)
  }

  init(_ error: StoreError) { self = .store(error.operatorText) }

  /// The failure of the last system call.
  static func system(_ path: String) -> BackupError {
    .file(path: path, reason: String(cString: strerror(errno)))
  }

  /// Runs a piece of work whose errors are all for the operator.
  static func convert<T>(_ work: () throws -> T) throws(BackupError) -> T {
    do {
      return try work()
    } catch let error as BackupError {
      throw error
    } catch let error as StoreError {
      throw BackupError(error)
    } catch let error as SealedStream.Fault {
      throw BackupError(error)
    } catch is GzipFault {
      throw .unreadable("it was not written by Leadmesh")
    } catch {
      throw .store("\(error)")
    }
  }
}
