import Foundation
import SwiftOperators
import SwiftParser
import SwiftSyntax
import SwiftSyntaxBuilder

/// Rewrites one file so that each of its faults can be switched on: `a < b` becomes
/// `(mutant(17) ? a <= b : a < b)`. The fault has the text as it was, so that faults inside of one another do not
/// multiply.
final class Mutator: SyntaxRewriter {
  private let file: String
  private let converter: SourceLocationConverter
  private(set) var mutants: [Mutant] = []
  private var next: Int
  private let without: Set<Int>
  /// The functions and types around.
  private var places: [String] = []

  init(file: String, tree: SourceFileSyntax, firstNumber: Int, without: Set<Int>) {
    self.file = file
    converter = SourceLocationConverter(fileName: file, tree: tree)
    next = firstNumber
    self.without = without
  }

  /// The file's text with its faults.
  static func mutate(
    _ source: String, file: String, firstNumber: Int, without: Set<Int>
  ) throws -> (String, [Mutant]) {
    let folded = try OperatorTable.standardOperators.foldAll(Parser.parse(source: source))
    guard let tree = folded.as(SourceFileSyntax.self) else { return (source, []) }
    let mutator = Mutator(file: file, tree: tree, firstNumber: firstNumber, without: without)
    return (mutator.rewrite(tree).description, mutator.mutants)
  }

  // MARK: Expressions

  override func visit(_ node: InfixOperatorExprSyntax) -> ExprSyntax {
    let inner = super.visit(node)
    guard let name = node.operator.as(BinaryOperatorExprSyntax.self)?.operator.text,
      let (kind, other) = Swaps.operators[name], isMutable(node), !addsText(node, name)
    else { return inner }
    var mutated = node
    let before: Trivia = node.operator.leadingTrivia.isEmpty ? [] : .space
    mutated.operator = ExprSyntax(
      BinaryOperatorExprSyntax(operator: .binaryOperator(other)).spaced.with(\.leadingTrivia, before))
    return switched(kind, node, ExprSyntax(mutated), inner)
  }

  override func visit(_ node: PrefixOperatorExprSyntax) -> ExprSyntax {
    let inner = super.visit(node)
    guard node.operator.text == "!", isMutable(node) else { return inner }
    return switched(.negation, node, node.expression, inner)
  }

  override func visit(_ node: BooleanLiteralExprSyntax) -> ExprSyntax {
    guard isMutable(node) else { return super.visit(node) }
    let other: ExprSyntax = node.literal.text == "true" ? "false" : "true"
    return switched(.truth, node, other, ExprSyntax(node))
  }

  override func visit(_ node: IntegerLiteralExprSyntax) -> ExprSyntax {
    guard isMutable(node), isCompared(node), let number = Int(node.literal.text) else {
      return super.visit(node)
    }
    return switched(.number, node, "\(raw: number + 1)", ExprSyntax(node))
  }

  override func visit(_ node: MemberAccessExprSyntax) -> ExprSyntax {
    let inner = super.visit(node)
    guard node.base == nil, let other = Swaps.choices[node.declName.baseName.text], isMutable(node),
      node.parent?.as(FunctionCallExprSyntax.self)?.calledExpression.id != node.id
    else { return inner }
    return switched(.choice, node, ".\(raw: other)", inner)
  }

  override func visit(_ node: StringLiteralExprSyntax) -> ExprSyntax {
    let inner = super.visit(node)
    guard isMutable(node), file.contains("SQL"), let other = changed(node.trimmedDescription) else {
      return inner
    }
    return switched(.text, node, "\(raw: other)", inner)
  }

  private func changed(_ text: String) -> String? {
    for (piece, other) in Swaps.pieces {
      guard let range = text.firstRange(of: piece) else { continue }
      return text.replacingCharacters(in: range, with: other)
    }
    return nil
  }

  override func visit(_ node: ConditionElementSyntax) -> ConditionElementSyntax {
    let inner = super.visit(node)
    guard let expression = node.condition.as(ExprSyntax.self), isPlain(expression), isMutable(node),
      let rewritten = inner.condition.as(ExprSyntax.self)
    else { return inner }
    var result = inner
    let mutated: ExprSyntax = "!(\(expression.trimmed))"
    result.condition = .expression(switched(.negation, expression, mutated, rewritten))
    return result
  }

  /// A condition that is a call or a name: those with operators have faults of their own.
  private func isPlain(_ expression: ExprSyntax) -> Bool {
    expression.is(FunctionCallExprSyntax.self) || expression.is(MemberAccessExprSyntax.self)
      || expression.is(DeclReferenceExprSyntax.self)
  }

  private func switched(
    _ kind: Mutant.Kind, _ original: some SyntaxProtocol, _ mutated: ExprSyntax, _ inner: ExprSyntax
  ) -> ExprSyntax {
    let number = next
    next += 1
    mutants.append(
      Mutant(
        number: number, kind: kind, file: file, place: places.joined(separator: "."),
        line: original.startLocation(converter: converter).line, original: original.trimmedDescription,
        replacement: mutated.trimmedDescription))
    if without.contains(number) { return inner }
    let text: ExprSyntax =
      "(mutant(\(raw: number)) ? \(mutated.trimmed) : \(inner.trimmed))"
    return text.with(\.leadingTrivia, inner.leadingTrivia).with(\.trailingTrivia, inner.trailingTrivia)
  }

  // MARK: Where

  override func visit(_ node: FunctionDeclSyntax) -> DeclSyntax {
    within(node.name.text) { super.visit(node) }
  }
  override func visit(_ node: StructDeclSyntax) -> DeclSyntax { within(node.name.text) { super.visit(node) } }
  override func visit(_ node: ClassDeclSyntax) -> DeclSyntax { within(node.name.text) { super.visit(node) } }
  override func visit(_ node: EnumDeclSyntax) -> DeclSyntax { within(node.name.text) { super.visit(node) } }
  override func visit(_ node: ExtensionDeclSyntax) -> DeclSyntax {
    within(node.extendedType.trimmedDescription) { super.visit(node) }
  }
  override func visit(_ node: InitializerDeclSyntax) -> DeclSyntax { within("init") { super.visit(node) } }
  override func visit(_ node: VariableDeclSyntax) -> DeclSyntax {
    within(node.bindings.first?.pattern.trimmedDescription ?? "") { super.visit(node) }
  }

  private func within(_ name: String, _ visit: () -> DeclSyntax) -> DeclSyntax {
    places.append(name)
    defer { places.removeLast() }
    return visit()
  }

  /// Inside of a function's body, and no pattern: there, expressions are values.
  private func isMutable(_ node: some SyntaxProtocol) -> Bool {
    var isInBody = false
    var current = node.parent
    while let parent = current {
      if parent.is(ExpressionPatternSyntax.self) || parent.is(AttributeSyntax.self)
        || parent.is(EnumCaseDeclSyntax.self)
      {
        return false
      }
      if parent.is(CodeBlockSyntax.self) || parent.is(AccessorBlockSyntax.self)
        || parent.is(ClosureExprSyntax.self)
      {
        isInBody = true
      }
      current = parent.parent
    }
    return isInBody
  }

  /// `+` between texts or lists has no opposite.
  private func addsText(_ node: InfixOperatorExprSyntax, _ name: String) -> Bool {
    guard name == "+" else { return false }
    return [node.leftOperand, node.rightOperand].contains { side in
      let text = side.trimmedDescription
      return text.contains("\"") || text.contains("[") || text.contains(".utf8") || text.contains("Array(")
        || text.contains("Wrapping") || text.contains("faults") || text.contains("parts")
    }
  }

  /// A bound. Other numbers are places and sizes.
  private func isCompared(_ node: IntegerLiteralExprSyntax) -> Bool {
    let name = node.parent?.as(InfixOperatorExprSyntax.self)?.operator.trimmedDescription
    return ["<", "<=", ">", ">=", "==", "!="].contains(name)
  }
}

extension BinaryOperatorExprSyntax {
  fileprivate var spaced: BinaryOperatorExprSyntax {
    with(\.trailingTrivia, .space)
  }
}
