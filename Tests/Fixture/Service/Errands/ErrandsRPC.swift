import ErrandsAPI
import MeshAccess
import MeshProto
import MeshRecords
import MeshStore

/// The methods of records, all of which are generic: for tests, which serve them themselves.
struct ErrandsRPC: ErrandsServiceHandlers, RoundsServiceHandlers, ErrandMethods, RoundMethods {
  let errands: Records<Errand>
  let rounds: Records<Round>

  /// `custom` are the fields that a tenant has added to errands.
  init(_ store: Store, _ gate: AccessGate, custom: [RecordField] = []) {
    errands = Records(
      store,
      gate,
      schema: { _ in Errand.schema.adding(custom) },
      rules: { _ in ErrandRules() }
    )
    rounds = Records(store, gate)
  }
}
