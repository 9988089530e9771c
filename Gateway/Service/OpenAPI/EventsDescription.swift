extension OpenAPIDocument {
  /// The one path that is no method of a service.
  static let events: (name: String, path: JSONTree) = (
    Gateway.eventsPath,
    .object([
      "get": .object([
        "operationId": "Gateway_Events",
        "summary": "What changes, as server-sent events",
        "description": """
        Events: hello {resumed}, change {object, id, etag, action, fields}, many {object}, reset {} and \
        session {}. The stream has no end of its own.
        """,
        "tags": .texts(["gateway"]),
        "parameters": .list([
          place(Gateway.lastEventParameter, in: "query"), place("Last-Event-ID", in: "header"),
        ]),
        "responses": .object([
          "200": .object([
            "description": "Events, as they happen.",
            "content": .object([
              "text/event-stream": .object(["schema": .object(["type": "string"])])
            ]),
          ]),
          "default": .object(["$ref": "#/components/responses/Problem"]),
        ]),
      ])
    ])
  )

  private static func place(_ name: String, in part: String) -> JSONTree {
    .object([
      "name": .text(name), "in": .text(part),
      "description": "The last id that the client got, from which to go on.",
      "schema": .object(["type": "string"]),
    ])
  }
}
