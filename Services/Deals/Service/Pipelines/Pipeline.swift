import DealsAPI
import MeshCore
import MeshRecords

extension Pipeline {
  /// How many removed stages are kept; the oldest are forgotten.
  private static let mostFormer = 1_000
  /// The most Unicode characters of all entry conditions together: they are compiled in the transaction.
  private static let longestConditions = 20_000

  /// The stage of a key; nil also for one that was taken away.
  func present(_ key: String) -> Stage? { stages.first { $0.key == key } }

  /// The stage of a key, or the one that took its deals over.
  func stage(_ key: String) -> Stage? {
    if let stage = present(key) { return stage }
    guard let former = formerStages.first(where: { $0.from == key }) else { return nil }
    return present(former.to)
  }

  /// The first stage of a kind.
  func first(_ kind: StageKind) -> Stage? { stages.first { $0.type == kind } }

  /// Gives the stages their keys and positions, and checks them.
  mutating func completeStages(before: Pipeline?, _ check: inout FieldCheck) {
    let (most, conditions) = (Self.longestConditions, stages.map(\.entryCondition))
    if conditions.reduce(0, { $0 + $1.unicodeScalars.count }) > most {
      return check.refuse("stages", "must have at most \(most) characters of entry conditions")
    }
    var keys = Set(stages.map(\.key) + formerStages.map(\.from))
    var (seen, names) = (Set<String>(), Set<String>())
    for index in stages.indices {
      let path = "stages[\(index)]"
      let present = before?.stages.first { $0.key == stages[index].key }
      stages[index].complete(at: path, before: present, &check)
      stages[index].position = Int32(index)
      let name = stages[index].displayName
      if stages[index].key.isEmpty {
        stages[index].key = TenantKey.make(of: name, else: "stage", besides: keys)
        keys.insert(stages[index].key)
      }
      if !names.insert(UnicodeText.folded(name)).inserted {
        check.refuse("\(path).display_name", "must differ from the names of the other stages")
      }
      if !seen.insert(stages[index].key).inserted {
        check.refuse("\(path).key", "must differ from the keys of the other stages")
      }
    }
    for kind in StageKind.allCases where first(kind) == nil {
      check.refuse("stages", "must have one of kind \(kind.rawValue) at least")
    }
  }

  /// Decides where the deals of removed stages go.
  ///
  /// - Parameters:
  ///   - before: the pipeline as it was.
  ///   - counts: deals in each stage of it, by the key that they have.
  ///   - mapping: where deals go; nil if the request cannot say.
  ///   - check: collects the errors: above all, deals that would be left without a stage.
  mutating func replaceStages(
    of before: Pipeline,
    _ counts: [String: Int64],
    _ mapping: [StageMapping]?,
    _ check: inout FieldCheck
  ) {
    let waiting = before.formerStages.map(\.from).filter { counts[$0] != nil }
    for (index, stage) in stages.enumerated() where waiting.contains(stage.key) {
      let rule = "must not be that of a former stage before all of its deals have moved"
      check.refuse("stages[\(index)].key", rule)
    }
    let totals = Dictionary(
      counts.map { (before.stage($0.key)?.key ?? $0.key, $0.value) },
      uniquingKeysWith: +
    )
    let kept = Set(stages.map(\.key))
    var ways: [String: String] = [:]
    for (index, entry) in (mapping ?? []).enumerated() {
      let path = "mapping[\(index)]"
      guard let from = before.stages.first(where: { $0.key == entry.from }),
        !kept.contains(entry.from)
      else {
        check.refuse("\(path).from", "must be the key of a stage that goes")
        continue
      }
      if ways.updateValue(entry.to, forKey: entry.from) != nil {
        check.refuse("\(path).from", "must be named once")
      }
      if stages.first(where: { $0.key == entry.to })?.kind != from.kind {
        check.refuse("\(path).to", "must be the key of a stage that stays, of kind \(from.kind)")
      }
    }
    for stage in before.stages {
      let (count, name) = (totals[stage.key] ?? 0, stage.displayName.quoted)
      if count > 0, !kept.contains(stage.key), ways[stage.key] == nil {
        check.refuse(
          mapping == nil ? "stages" : "mapping",
          "must keep the stage \(name) or say, in a mapping, where its \(count) deals go"
        )
      }
      if count > 0, let index = stages.firstIndex(where: { $0.key == stage.key }),
        stages[index].kind != stage.kind
      {
        check.refuse("stages[\(index)].kind", "must stay \(stage.kind) while deals are in \(name)")
      }
    }
    let former = before.formerStages.map { StageMapping(from: $0.from, to: ways[$0.to] ?? $0.to) }
    let gone = before.stages.compactMap { stage in
      ways[stage.key].map { StageMapping(from: stage.key, to: $0) }
    }
    formerStages = Array(
      (former + gone).filter { kept.contains($0.to) && !kept.contains($0.from) }
        .suffix(Self.mostFormer)
    )
  }

  /// What a change means for the deals of the stages that it affects.
  ///
  /// - Parameters:
  ///   - before: the pipeline as it was.
  ///   - counts: deals in each stage of it, by the key that they have.
  /// - Returns: in the order of the stages, those that were removed earlier at the end.
  func effects(after before: Pipeline, _ counts: [String: Int64]) -> [StageEffect] {
    let keys = before.stages.map(\.key) + before.formerStages.map(\.from)
    return keys.compactMap { key in
      guard let count = counts[key], let old = before.stage(key), let new = stage(key) else {
        return nil
      }
      let isSame =
        key == new.key && old.probability == new.probability
        && old.forecastCategory == new.forecastCategory && old.rottingDays == new.rottingDays
      return isSame ? nil : StageEffect(stage: key, deals: count, to: new.key)
    }
  }
}
