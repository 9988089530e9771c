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
    let kept = try self.kept(lead)
    try post("DELETE FROM lead_conversions WHERE lead_id = \(lead.id)")
    return kept
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

  /// A converted lead as it was before; nil when that is no longer stored.
  func kept(_ lead: Lead) throws -> Lead? {
    guard let id = lead.id else { return nil }
    let bytes = try first("SELECT before FROM lead_conversions WHERE lead_id = \(id)") { row in
      try row.next([UInt8].self)
    }
    return try bytes.map { try Lead(wire: $0) }
  }

  /// Refuses a change of a lead that is converted, or is being converted.
  func requireUnconverted(_ lead: Lead) throws {
    if lead.converted { throw ConversionFault.isConverted }
    guard try command(LeadConversionCommand.name, about: lead.idText, of: tenant) == nil else {
      throw ConversionFault.isBeingConverted
    }
  }
}
