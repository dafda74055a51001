import SenKernel

/// What can be asked at one path, as the document says it; all of it by GET.
struct APIOperation {
  let id: String
  let summary: String
  /// The schema of the answer.
  let answer: FieldMap
  var parameters: [APIParameter] = []
  /// The statuses of refusals that are told one by one; there are others.
  var refusals: [String] = []
  var tag: String?

  init(_ id: String, _ summary: String, answer: FieldMap) {
    (self.id, self.summary, self.answer) = (id, summary, answer)
  }

  var pathItem: FieldMap {
    let problem = FieldValue.map(["$ref": .text("#/components/responses/Problem")])
    var responses: FieldMap = [
      "200": .map([
        "description": .text(summary), "content": APIMaker.content("application/json", answer),
      ])
    ]
    for status in refusals + ["default"] { responses.append(status, problem) }
    var operation: FieldMap = [
      "operationId": .text(id), "summary": .text(summary),
      "parameters": .list(parameters.map { .map($0.object) }), "responses": .map(responses),
    ]
    if let tag { operation.append("tags", .list([.text(tag)])) }
    return ["get": .map(operation)]
  }
}

/// A parameter of an operation, in the query unless it is a part of the path.
struct APIParameter {
  let object: FieldMap

  init(
    _ name: String, _ help: String, _ schema: FieldMap, isInPath: Bool = false, isRequired: Bool = false
  ) {
    object = [
      "name": .text(name), "in": .text(isInPath ? "path" : "query"), "required": .bool(isRequired),
      "description": .text(help), "schema": .map(schema),
    ]
  }
}
