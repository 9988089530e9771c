import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC

/// Describes a service's kinds of records, with what the caller may see and change.
struct ObjectDescriber: ObjectsHandlers {
  let schemas: [RecordSchema]
  let access: AccessGate

  @LoopActor
  func describeObjects(
    _ request: DescribeObjectsRequest,
    _ call: Call
  ) async throws -> DescribeObjectsResponse {
    let visible = schemas.filter { access.may(call, $0.object, "read") }
    return DescribeObjectsResponse(
      objects: visible.sorted { $0.object < $1.object }.map { description(of: $0, call) }
    )
  }

  @LoopActor
  func describeObject(
    _ request: DescribeObjectRequest,
    _ call: Call
  ) async throws -> ObjectDescription {
    let found = schemas.first { $0.object == request.object }
    guard let schema = found, access.may(call, schema.object, "read") else {
      throw MeshError.notFound("object", request.object)
    }
    let fields = access.fields(call, schema)
    var description = description(of: schema, call)
    description.fields = schema.fields.map { field in
      FieldDescription(
        field,
        isVisible: fields.visible.contains(field),
        isEditable: field.isInput && fields.editable.contains(field)
      )
    }
    return description
  }

  private func description(of schema: RecordSchema, _ call: Call) -> ObjectDescription {
    let label = schema.object.split(separator: "_").joined(separator: " ")
    return ObjectDescription(
      name: schema.object,
      label: label.prefix(1).uppercased() + label.dropFirst(),
      idPrefix: schema.idPrefix,
      actions: access.actions(call, schema.object),
      defaultOrder: schema.defaultOrder
    )
  }
}

extension FieldDescription {
  fileprivate init(_ field: RecordField, isVisible: Bool, isEditable: Bool) {
    let choices: [String] =
      if case .choice(let names) = field.type { names } else { field.rule.choices }
    self.init(
      name: field.name,
      label: field.label,
      type: field.type.name,
      required: field.traits.contains(.required),
      outputOnly: field.traits.contains(.outputOnly),
      immutable: field.traits.contains(.immutable),
      maxLength: Int32(clamping: field.rule.maxLength),
      minimum: field.rule.minimum,
      maximum: field.rule.maximum,
      choices: choices,
      picklist: field.rule.picklist,
      references: field.rule.references,
      sortable: field.traits.contains(.sortable),
      searchable: field.traits.contains(.searchable),
      visible: isVisible,
      editable: isEditable,
      format: field.type == .text ? field.rule.format.rawValue : ""
    )
  }
}
