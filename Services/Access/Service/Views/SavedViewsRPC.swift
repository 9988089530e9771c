import AccessAPI
import MeshAccess
import MeshRPC
import MeshRecords
import MeshStore

/// The handlers of saved views, all of which are generic.
struct SavedViewsRPC: SavedViewsServiceHandlers, SavedViewMethods {
  let savedViews: Records<SavedView>

  init(_ store: Store, _ gate: AccessGate) {
    savedViews = Records(store, gate, rules: { SavedViewRules(transaction: $0) })
  }
}
