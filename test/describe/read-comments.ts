/** Comments of schemas, which JSON Schema does not see: a field's meaning is said once, beside it, and shown in the documents. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Meanings } from '#core/api/meanings.ts'
import { DESCRIBED_CONSTANTS } from '#core/api/named-schemas.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILES = 'layers/core/{api,events,notices,sources}/*.ts'
/** Of these an object has all the fields, or some, of the one that they are called on. */
/** Kinds that say nothing beyond their bounds, which the schema says. */
const KINDS_OF_ANYTHING = ['Id', 'Text']
const KEEPS_MEANING = ['optional', 'nullish', 'nullable', 'max', 'regex']
const KEEPS_FIELDS = ['extend', 'omit', 'pick', 'partial', 'strict', 'shape', 'data', 'optional', 'unwrap', 'refine']

type Found = {
  readonly comment: string | undefined
  readonly initializer: ts.Expression
  readonly source: ts.SourceFile
}

export function readComments(): Meanings {
  const constants = new Map<string, Found>()
  for (const file of globSync(FILES, { cwd: ROOT }).sort()) {
    if (/\.test\.ts$/.test(file)) continue
    const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || initializer === undefined) continue
        constants.set(name.text, { comment: commentOf(statement, source), initializer, source })
      }
    }
  }
  const meanings: Record<string, Meanings[string]> = {}
  for (const [name, { comment, initializer, source }] of constants) {
    if (!DESCRIBED_CONSTANTS.has(name)) continue
    const fields: Record<string, string> = {}
    collect(initializer, source, '', fields, constants)
    if (comment !== undefined || Object.keys(fields).length > 0)
      meanings[name] = { ...(comment !== undefined && { about: comment }), fields }
  }
  return meanings
}

/** Adds the comment of each field in an expression, by its dotted name; lists and choices have no name of their own. */
function collect(
  node: ts.Node,
  source: ts.SourceFile,
  before: string,
  into: Record<string, string>,
  constants: ReadonlyMap<string, Found>,
): void {
  const inherit = (expression: ts.Expression) => {
    const root = rootOf(expression)
    const found = root === undefined ? undefined : constants.get(root)
    if (found !== undefined && found.initializer !== expression)
      collect(found.initializer, found.source, before, into, constants)
  }
  if (ts.isArrowFunction(node)) return
  if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) inherit(property.expression)
      if (ts.isShorthandPropertyAssignment(property)) {
        const comment = commentOf(property, source)
        if (comment !== undefined) into[before + property.name.text] = comment
      }
      if (!ts.isPropertyAssignment(property)) continue
      const name = before + property.name.getText(source).replaceAll(/['"]/g, '')
      // What has no comment of its own means what its kind does.
      const kind = rootOf(property.initializer, KEEPS_MEANING)
      const comment =
        commentOf(property, source) ??
        (kind === undefined || KINDS_OF_ANYTHING.includes(kind) ? undefined : constants.get(kind)?.comment)
      if (comment !== undefined) into[name] = comment
      collect(property.initializer, source, `${name}.`, into, constants)
    }
    return
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    if (KEEPS_FIELDS.includes(node.expression.name.text)) inherit(node.expression.expression)
    // A list of what has no name of its own in the documents.
    const [listed] = node.arguments
    const isList = node.expression.name.text === 'array' && listed !== undefined && ts.isIdentifier(listed)
    if (isList && !DESCRIBED_CONSTANTS.has(listed.text)) inherit(listed)
  }
  ts.forEachChild(node, (child) => collect(child, source, before, into, constants))
}

/** The constant that a chain of calls and properties begins with. */
function rootOf(expression: ts.Expression, through = KEEPS_FIELDS): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text
  if (ts.isPropertyAccessExpression(expression)) {
    return through.includes(expression.name.text) ? rootOf(expression.expression, through) : undefined
  }
  return ts.isCallExpression(expression) ? rootOf(expression.expression, through) : undefined
}

function commentOf(node: ts.Node, source: ts.SourceFile): string | undefined {
  const range = ts.getLeadingCommentRanges(source.text, node.getFullStart())?.at(-1)
  const text = range === undefined ? '' : source.text.slice(range.pos, range.end)
  if (!text.startsWith('/**')) return undefined
  return text
    .slice('/**'.length, -'*/'.length)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim()
}
