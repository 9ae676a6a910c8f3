import ts from 'typescript'

const parse = (source: string) => ts.createSourceFile('file.tsx', source, ts.ScriptTarget.Latest, true)

/** Ways to the environment that biome's noProcessEnv does not see: an import, an alias or a part of `process`. */
export function environmentBypasses(source: string): string[] {
  return found(parse(source), (node) => {
    if (ts.isImportDeclaration(node)) return /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText())
    if (ts.isPropertyAccessExpression(node)) return isGlobalObject(node.expression) && node.name.text === 'process'
    if (ts.isElementAccessExpression(node)) return isGlobalObject(node.expression)
    if (!isName(node, 'process') || !isValue(node)) return false
    return !(ts.isPropertyAccessExpression(node.parent) && node.parent.name.text !== 'env')
  })
}

/** Reads of the clock or of chance: what makes a fold tell another story when it is replayed. */
export function clockAndChanceReads(source: string): string[] {
  const reads = ['Date.now', 'Math.random', 'Temporal.Now']
  return found(parse(source), (node) => {
    if (ts.isPropertyAccessExpression(node)) return reads.includes(node.getText())
    if (ts.isNewExpression(node)) return isName(node.expression, 'Date') && !node.arguments?.length
    return ts.isCallExpression(node) && isName(node.expression, 'Date')
  })
}

function found(file: ts.SourceFile, matches: (node: ts.Node) => boolean): string[] {
  const findings: string[] = []
  const visit = (node: ts.Node) => {
    if (matches(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      findings.push(`${line + 1}: ${file.text.split('\n')[line]?.trim()}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return findings
}

const isName = (node: ts.Node, name: string) => ts.isIdentifier(node) && node.text === name

const isGlobalObject = (node: ts.Node) => isName(node, 'globalThis') || isName(node, 'global')

function isValue(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) {
    return parent.initializer === node
  }
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return ts.isExpression(parent) || ts.isReturnStatement(parent) || ts.isExpressionStatement(parent)
}
