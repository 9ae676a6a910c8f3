import ts from 'typescript'

/** What people see or hear of an element: its text, and these of its attributes. */
const SAID = ['about', 'alt', 'closeLabel', 'description', 'does', 'error', 'label', 'placeholder', 'title', 'why']
const ALSO_SAID = ['aria-description', 'aria-label', 'aria-roledescription', 'nothingFoundMessage']

/** Words that stand in a component's elements themselves, and not in its `words.ts`. */
export function visibleWords(source: string): string[] {
  const file = ts.createSourceFile('file.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const findings: string[] = []
  const visit = (node: ts.Node) => {
    for (const literal of literalsIn(node).filter(({ text }) => /\p{L}{2}/u.test(text))) {
      const { line } = file.getLineAndCharacterOfPosition(literal.node.getStart())
      findings.push(`${line + 1}: ${literal.text.trim()}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return findings
}

type Literal = { readonly node: ts.Node; readonly text: string }

function literalsIn(node: ts.Node): Literal[] {
  if (ts.isJsxText(node)) return [{ node, text: node.text }]
  if (ts.isJsxAttribute(node))
    return [...SAID, ...ALSO_SAID].includes(node.name.getText()) ? literalsOf(node.initializer) : []
  return ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) ? literalsOf(node) : []
}

/** What an expression may come to. */
function literalsOf(node: ts.Node | undefined): Literal[] {
  if (node === undefined) return []
  if (ts.isStringLiteralLike(node)) return [{ node, text: node.text }]
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => ({ node, text }))
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(literalsOf)
  if (ts.isBinaryExpression(node)) {
    const isChoice = ['&&', '||', '??', '+'].includes(node.operatorToken.getText())
    return isChoice ? [node.left, node.right].flatMap(literalsOf) : []
  }
  return ts.isParenthesizedExpression(node) || ts.isJsxExpression(node) ? literalsOf(node.expression) : []
}
