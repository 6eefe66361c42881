import ts from 'typescript'

const { SyntaxKind } = ts
const OPERATORS = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.InKeyword,
])
/** Methods that compare what they are called on with what they are given. */
const COMPARING = new Set([
  ...['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith', 'localeCompare', 'search', 'match', 'matchAll'],
  ...['equals', 'compare', 'is', 'deepEqual', 'deepStrictEqual', 'strictEqual'],
])
/** Methods that look up what they are given; what is looked up in may hold secrets. */
const KEYED = new Set(['has', 'get', 'set', 'add', 'delete'])
const KEYED_TYPES = /^(Readonly|Weak)?(Map|Set)$/

/**
 * What stops at a first difference, or looks something up, with a text that is derived from a secret. What is compared with
 * a literal is not reported: its time tells how much of that literal is there, which is no secret.
 *
 * @param {ts.TypeChecker} checker
 * @param {(expression: ts.Expression) => boolean} isSecret
 * @returns {{ line: number, code: string }[]}
 */
export function comparisonsIn(file, checker, isSecret) {
  const found = []
  const visit = (node) => {
    if (operandsOf(node, checker).some(isSecret)) {
      const { line } = file.getLineAndCharacterOfPosition(
        (ts.isSwitchStatement(node) ? node.expression : node).getStart(file),
      )
      found.push({ line: line + 1, code: node.getText(file).replace(/\s+/g, ' ') })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** What a node compares with something that is not written beside it. */
function operandsOf(node, checker) {
  if (ts.isBinaryExpression(node) && OPERATORS.has(node.operatorToken.kind)) return compared(node.left, node.right)
  if (ts.isSwitchStatement(node)) return node.caseBlock.clauses.every(hasLiteral) ? [] : [node.expression]
  if (ts.isElementAccessExpression(node))
    return isNumber(node.argumentExpression, checker) ? [] : [node.argumentExpression]
  if (ts.isNewExpression(node)) return node.expression.getText() === 'RegExp' ? [...(node.arguments ?? [])] : []
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
  const { name, expression } = node.expression
  if (COMPARING.has(name.text)) return compared(expression, ...node.arguments)
  const isKeyed = KEYED.has(name.text) && KEYED_TYPES.test(checker.getTypeAtLocation(expression).symbol?.name ?? '')
  return isKeyed ? node.arguments.slice(0, 1) : []
}

function compared(...operands) {
  return operands.some(isKnown) ? [] : operands
}

/** A literal, or the question whether there is something: `undefined`, `null`, `typeof x`. */
function isKnown(node) {
  const isLiteral = ts.isLiteralExpression(node) || node.kind === SyntaxKind.NullKeyword || ts.isTypeOfExpression(node)
  return isLiteral || node.getText() === 'undefined'
}

function hasLiteral(clause) {
  return ts.isDefaultClause(clause) || isKnown(clause.expression)
}

function isNumber(node, checker) {
  return (checker.getTypeAtLocation(node).flags & ts.TypeFlags.NumberLike) !== 0
}
