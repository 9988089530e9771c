import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// SQL of conversions: leads as they were before, and those that are converted automatically.
extension WriteTransaction {
  /// Stores a lead as it was before its conversion, for 30 days, and deletes older ones.
  func keep(_ lead: Lead) throws {
    guard let id = lead.id else { return }
    try post("DELETE FROM lead_conversions WHERE forget_time <= \(now)")
    try post(
      """
      INSERT INTO lead_conversions (lead_id, before, forget_time)
      VALUES (\(id), \(lead.wireBytes()), \(now + .seconds(30 * 86_400)))
      ON CONFLICT (tenant_id, lead_id)
      DO UPDATE SET before = excluded.before, forget_time = excluded.forget_time
      """
    )
  }

  /// A converted lead as it was before; it is no longer stored afterwards.
  func takeKept(_ lead: Lead) throws -> Lead? {
    guard let id = lead.id else { return nil }
    let bytes = try first("SELECT before FROM lead_conversions WHERE lead_id = \(id)") { row in
      try row.next([UInt8].self)
    }
    try post("DELETE FROM lead_conversions WHERE lead_id = \(id)")
    return try bytes.map { try Lead(wire: $0) }
  }

  /// Queues a lead for automatic conversion.
  func queueConversion(of id: LeadID) throws {
    try post(
      """
      INSERT INTO leads_to_convert (lead_id) VALUES (\(id))
      ON CONFLICT (tenant_id, lead_id) DO NOTHING
      """
    )
  }

  func unqueueConversion(of id: LeadID) throws {
    try post("DELETE FROM leads_to_convert WHERE lead_id = \(id)")
  }
}

extension SystemReadTransaction {
  /// Tenants with queued leads.
  func tenantsWithLeadsToConvert() throws -> [TenantID] {
    try rows("SELECT DISTINCT tenant_id FROM leads_to_convert") { row in try row.next() }
  }
}

extension ReadTransaction {
  /// The next queued lead.
  func nextToConvert() throws -> LeadID? {
    try first("SELECT lead_id FROM leads_to_convert ORDER BY lead_id LIMIT 1") { row in
      try row.next(LeadID.self)
    }
  }

  /// The lead that a conversion is about.
  ///
  /// - Throws: NOT_FOUND.
  func lead(of conversion: LeadConversion) throws -> Lead {
    guard let id = conversion.leadId, let lead = try lead(id) else {
      throw MeshError.notFound("lead", conversion.leadId?.description ?? "")
    }
    return lead
  }

  /// Refuses a change of a lead that is converted, or is being converted.
  func requireUnconverted(_ lead: Lead) throws {
    if lead.converted { throw ConversionFault.isConverted }
    guard try command(LeadConversionCommand.name, about: lead.idText, of: tenant) == nil else {
      throw ConversionFault.isBeingConverted
    }
  }
}

enum ConversionFault: ClientError {
  case isConverted, isNotConverted, isBeingConverted, isBeingReopened
  /// The lead's status is not of type qualified.
  case isNotQualified(mayOverride: Bool)
  /// The 24 hours in which it can be undone are over.
  case isTooOld

  var meshError: MeshError {
    switch self {
    case .isConverted:
      .failedPrecondition("the lead is converted; it can only be read")
    case .isNotConverted:
      .failedPrecondition("the lead is not converted")
    case .isBeingConverted:
      .failedPrecondition("the lead is being converted; it cannot be changed meanwhile")
    case .isBeingReopened:
      .unavailable("the lead's conversion is being taken back; try again in a few seconds")
    case .isNotQualified(let mayOverride):
      mayOverride
        ? .invalid("override_reason", "must be given to convert a lead that is not qualified")
        : .failedPrecondition(
          """
          the lead is not qualified: its status is not of type qualified; \
          to convert it all the same takes the permission lead.convert_override
          """
        )
    case .isTooOld:
      .failedPrecondition("a conversion can be taken back for 24 hours only")
    }
  }
}
