import ts from 'typescript'

/** What reaches out of a computation: to the network, to files and the machine, to a later time, or to code from text. */
const GLOBALS = new Set([
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'BroadcastChannel', 'MessageChannel'],
  ...['process', 'Deno', 'Bun', 'require', 'module', 'console', 'navigator', 'document', 'window', 'self', 'global'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'Worker', 'SharedWorker', 'importScripts'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback'],
  ...['AbortSignal', 'eval', 'Function', 'WebAssembly', 'globalThis'],
])

/**
 * What of it a file names: globals by their names, modules by theirs, and `import()`, `import.meta`, `.constructor()`.
 *
 * @returns {{ name: string, line: number }[]}
 */
export function effectsIn(file, checker) {
  const found = []
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || isTypeOnly(node)) return
    const name = nameOf(node, checker)
    if (name !== undefined) found.push({ name, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isTypeOnly(node) {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly === true
  return ts.isExportDeclaration(node) && node.isTypeOnly
}

function nameOf(node, checker) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return moduleOf(node)
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return 'import.meta'
  if (ts.isCallExpression(node)) {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()'
    return memberOf(node.expression) === 'constructor' ? '.constructor()' : undefined
  }
  if (!ts.isIdentifier(node) || !GLOBALS.has(node.text) || !isReference(node) || isOwn(node, checker)) return undefined
  if (node.text !== 'globalThis') return node.text
  // By name it is that global; by anything else it may be any.
  const member = node.parent.expression === node ? memberOf(node.parent) : undefined
  return member === undefined ? 'globalThis' : GLOBALS.has(member) ? member : undefined
}

/** A module that is not of the same package. */
function moduleOf({ moduleSpecifier }) {
  return moduleSpecifier && !/^[.#]/.test(moduleSpecifier.text) ? moduleSpecifier.text : undefined
}

function memberOf(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)
    ? node.argumentExpression.text
    : undefined
}

/** Not the name of a member, and not a declaration. */
function isReference({ parent, ...node }) {
  const isNameOfParent = parent.name?.pos === node.pos && parent.name?.end === node.end
  const isKey = parent.propertyName?.pos === node.pos && parent.propertyName?.end === node.end
  return (!isNameOfParent && !isKey) || ts.isShorthandPropertyAssignment(parent)
}

/** Declared in the sources: it only has the name of a global. */
function isOwn(node, checker) {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  const declarations = symbol?.declarations ?? []
  return declarations.length > 0 && declarations.every((one) => !one.getSourceFile().isDeclarationFile)
}
