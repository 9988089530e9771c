import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

// Statuses, sources, rules and rescorings as messages and back.

extension LeadsAPI.LeadStatus {
  init(_ status: PicklistEntry, position: Int = 0) {
    self.init(key: status.key, displayName: status.name, position: Int32(position))
  }
}

extension LeadsAPI.LeadSource {
  init(_ source: PicklistEntry) { self.init(key: source.key, displayName: source.name) }
}

extension PicklistEntry {
  /// What a caller wants to add.
  ///
  /// - Throws: `.invalid` when the name is empty or too long, or no key can be made of it.
  init(key: String, displayName: String) throws(MeshError) {
    let name = TextForm.cleaned(displayName)
    var violations: [FieldViolation] = []
    if !(1...100).contains(name.unicodeScalars.count) {
      violations.append(
        FieldViolation(field: "display_name", description: "must have 1 to 100 characters")
      )
    }
    let made = key.isEmpty ? TenantKey.make(of: name) : key
    if made.map(TenantKey.isValid) != true {
      violations.append(
        FieldViolation(
          field: "key",
          description: "must have 1 to 60 lower-case letters, digits and underscores"
        )
      )
    }
    guard violations.isEmpty, let made else { throw .invalid(violations) }
    self.init(key: made, name: name)
  }

  var statusBytes: [UInt8] { LeadsAPI.LeadStatus(self).wireBytes() }
  var sourceBytes: [UInt8] { LeadsAPI.LeadSource(self).wireBytes() }
}

extension LeadsAPI.Rescoring {
  init(_ rescoring: Rescoring?) {
    self.init()
    guard let rescoring else { return }
    running = rescoring.isRunning
    leadsDone = Int64(rescoring.leadsDone)
    leadsChanged = Int64(rescoring.leadsChanged)
    startTime = rescoring.startTime
    endTime = rescoring.endTime
  }
}
