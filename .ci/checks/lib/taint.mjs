// Follows what is derived from secrets through a program, by name and by type, with TypeScript's own checker. It knows
// variables, parameters, what functions give back, and named properties; it does not know objects by their contents. That
// is enough for a rule of thumb, and no proof.
import ts from 'typescript'

/** Nothing that tells about a secret but its size or whether it is there. */
const HARMLESS_MEMBERS = new Set(['length', 'byteLength', 'size'])
/** What these give back is no longer the text itself. */
const HARMLESS_CALLS = new Set(['timingSafeEqual', 'equal', 'sameSecret', 'isSecret', 'importKey'])

/** Derived from what a parameter may be given: it counts inside of the function, and where it is called, by the argument. */
const PASSED = 1
/** Derived from a secret in any case. */
const OWN = 2

/**
 * @param {ts.Program} program
 * @param {ts.SourceFile[]} files whose statements are followed
 * @param {{ calls: string[], members: string[] }} sources functions and methods that give what is secret, by name, and
 * members that hold it, as `Type.member`
 * @returns {(expression: ts.Expression) => boolean} whether an expression is derived from a secret
 */
export function taintOf(program, files, sources) {
  const checker = program.getTypeChecker()
  const levels = new Map()
  let changed = true
  while (changed) {
    changed = false
    for (const file of files) visit(file)
  }
  return (expression) => levelOf(expression) > 0

  function symbolOf(node) {
    const symbol = checker.getSymbolAtLocation(node)
    // An import is another name of what it imports.
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  }

  function raise(symbol, level) {
    if (!symbol || level <= (levels.get(symbol) ?? 0)) return
    levels.set(symbol, level)
    changed = true
  }

  function visit(node) {
    if (ts.isVariableDeclaration(node) && node.initializer) bind(node.name, levelOf(node.initializer))
    // A default is the parameter's or the member's where nothing is given.
    if ((ts.isParameter(node) || ts.isBindingElement(node)) && node.initializer)
      bind(node.name, levelOf(node.initializer))
    if (ts.isBindingElement(node)) bindMember(node)
    if (ts.isForOfStatement(node) && ts.isVariableDeclarationList(node.initializer)) {
      bind(node.initializer.declarations[0].name, levelOf(node.expression))
    }
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) assign(node.left, levelOf(node.right))
    if (ts.isPropertyDeclaration(node) && node.initializer) raise(symbolOf(node.name), levelOf(node.initializer))
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) passArguments(node)
    if (ts.isReturnStatement(node) && node.expression) giveBack(enclosingFunction(node), node.expression)
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) giveBack(node, node.body)
    ts.forEachChild(node, visit)
  }

  function bind(name, level) {
    if (level === 0) return
    if (ts.isIdentifier(name)) return raise(checker.getSymbolAtLocation(name), level)
    for (const element of name.elements) {
      // A member by name counts for itself; an unknown object is secret as a whole.
      if (ts.isBindingElement(element) && !isHarmlessMember(element)) bind(element.name, level)
    }
  }

  function isHarmlessMember(element) {
    return HARMLESS_MEMBERS.has((element.propertyName ?? element.name).getText())
  }

  function bindMember(element) {
    if (!ts.isObjectBindingPattern(element.parent)) return
    const type = checker.getTypeAtLocation(element.parent)
    const name = (element.propertyName ?? element.name).getText()
    if (isSourceMember(type.getProperty(name))) bind(element.name, OWN)
  }

  function isSourceMember(property) {
    return property?.declarations?.some(({ parent }) => {
      const owner = parent?.name?.getText?.()
      return owner !== undefined && sources.members.includes(`${owner}.${property.name}`)
    })
  }

  function assign(target, level) {
    if (level === 0) return
    if (ts.isIdentifier(target) || ts.isPropertyAccessExpression(target)) raise(symbolOf(target), level)
    else if (ts.isElementAccessExpression(target)) assign(target.expression, level)
  }

  function passArguments(call) {
    const signature = checker.getResolvedSignature(call)
    const declaration = signature?.declaration
    const isOurs = declaration && files.includes(declaration.getSourceFile())
    const receiver = ts.isPropertyAccessExpression(call.expression) ? levelOf(call.expression.expression) : 0
    for (const [index, argument] of (call.arguments ?? []).entries()) {
      const level = levelOf(argument)
      // What is called back is called with parts of what it is called on.
      if (receiver > 0 && isFunction(argument)) for (const { name } of argument.parameters) bind(name, receiver)
      if (level > 0 && isOurs) {
        const parameters = declaration.parameters
        const parameter = parameters[Math.min(index, parameters.length - 1)]
        if (parameter && parameter.name.getText() !== 'this') bind(parameter.name, PASSED)
      }
    }
  }

  function giveBack(target, expression) {
    if (!target) return
    const level = levelOf(expression)
    // What is only passed through is judged where it is called.
    if (level < OWN) return
    const { parent } = target
    const name =
      target.name ?? (parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && parent.name)
    if (name && ts.isIdentifier(name)) raise(checker.getSymbolAtLocation(name), OWN)
  }

  function levelOf(node) {
    if (ts.isIdentifier(node)) return isPlain(node) ? 0 : (levels.get(symbolOf(node)) ?? 0)
    if (ts.isPropertyAccessExpression(node)) return levelOfMember(node)
    if (ts.isElementAccessExpression(node)) return isPlain(node) ? 0 : levelOf(node.expression)
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return levelOfCall(node)
    if (ts.isConditionalExpression(node)) return Math.max(levelOf(node.whenTrue), levelOf(node.whenFalse))
    if (ts.isBinaryExpression(node)) return isJoining(node) ? Math.max(levelOf(node.left), levelOf(node.right)) : 0
    if (ts.isTemplateExpression(node))
      return Math.max(...node.templateSpans.map(({ expression }) => levelOf(expression)))
    if (ts.isArrayLiteralExpression(node)) return Math.max(0, ...node.elements.map(levelOf))
    if (ts.isFunctionLike(node) || ts.isObjectLiteralExpression(node)) return 0
    const isWrapped =
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isSpreadElement(node) ||
      ts.isSatisfiesExpression?.(node)
    return isWrapped ? levelOf(node.expression) : 0
  }

  /** A yes or no, or nothing at all, holds no text. Bytes taken out one by one are numbers, and do. */
  function isPlain(node) {
    const { flags } = checker.getTypeAtLocation(node)
    return (flags & (ts.TypeFlags.BooleanLike | ts.TypeFlags.VoidLike | ts.TypeFlags.Null)) !== 0
  }

  function levelOfMember(node) {
    if (HARMLESS_MEMBERS.has(node.name.text)) return 0
    const symbol = checker.getSymbolAtLocation(node.name)
    if (isSourceMember(symbol)) return OWN
    return isPlain(node) ? 0 : Math.max(levels.get(symbol) ?? 0, levelOf(node.expression))
  }

  function levelOfCall(node) {
    const callee = node.expression
    const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
    const text = ts.isIdentifier(name) ? name.text : ''
    if (HARMLESS_CALLS.has(text) || isPlain(node)) return 0
    if (sources.calls.includes(text)) return OWN
    const own = levels.get(symbolOf(name)) ?? 0
    const receiver = ts.isPropertyAccessExpression(callee) ? levelOf(callee.expression) : 0
    return Math.max(own, receiver, ...(node.arguments ?? []).map(levelOf))
  }
}

function isAssignment(kind) {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

/** Operators whose result holds what they were given. */
function isJoining({ operatorToken: { kind } }) {
  const { PlusToken, QuestionQuestionToken, BarBarToken, AmpersandAmpersandToken, CommaToken } = ts.SyntaxKind
  return (
    isAssignment(kind) ||
    [PlusToken, QuestionQuestionToken, BarBarToken, AmpersandAmpersandToken, CommaToken].includes(kind)
  )
}

function isFunction(node) {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node)
}

function enclosingFunction(node) {
  let found = node.parent
  while (found && !ts.isFunctionLike(found)) found = found.parent
  return found
}
