import AccessAPI
import MeshAccess
import MeshRPC
import MeshRecords
import MeshStore

/// The handlers of saved views, all of which are generic.
struct SavedViewsRPC: SavedViewsServiceHandlers, SavedViewMethods {
  let savedViews: Records<SavedView>

  init(_ store: Store, _ access: AccessGate) {
    savedViews = Records(store, access, rules: { SavedViewRules(transaction: $0) })
  }
}
