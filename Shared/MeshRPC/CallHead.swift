package import MeshLoop

/// What is known of a call before its caller is.
package struct CallHead: Sendable {
  /// `/<package>.<Service>/<Method>`.
  package let path: String
  package let needs: MethodNeeds
  package let metadata: Metadata
  /// The process at the other end of a Unix socket; nil over TCP.
  package let peer: PeerCredentials?
  package let deadline: Deadline?

  package init(
    path: String,
    needs: MethodNeeds,
    metadata: Metadata,
    peer: PeerCredentials?,
    deadline: Deadline? = nil
  ) {
    self.path = path
    self.needs = needs
    self.metadata = metadata
    self.peer = peer
    self.deadline = deadline
  }
}
