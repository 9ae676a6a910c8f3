import { type Html, html, words } from './html.ts'

/** A JSON Schema, as far as it is shown. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

export const shapeNameOf = (ref: string): string => ref.split('/').at(-1)!
export const linkToShape = (name: string): Html => html`<a href="#shape-${name}">${name}</a>`

/** What kind of value it is, with links to named shapes. */
export function kindOf(schema: Schema): Html {
  if (schema.$ref !== undefined) return linkToShape(shapeNameOf(schema.$ref))
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum !== undefined) return html`${joined(schema.enum.map((value) => html`<code>${String(value)}</code>`))}`
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return joined(choices.map(kindOf))
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length === 0) return html`anything`
  return joined(types.map((type) => kindOfType(type, schema)))
}

const joined = (parts: readonly Html[]): Html => html`${parts.map((part, i) => (i === 0 ? part : html` or ${part}`))}`

function kindOfType(type: string, schema: Schema): Html {
  if (type === 'array') return html`list of ${schema.items === undefined ? 'anything' : kindOf(schema.items)}`
  if (type === 'object' && typeof schema.additionalProperties === 'object' && schema.properties === undefined)
    return html`by name: ${kindOf(schema.additionalProperties)}`
  if (type === 'string' && schema.format === 'date-time') return html`time`
  return html`${{ string: 'text', integer: 'whole number', boolean: 'true or false' }[type] ?? type}`
}

/** What a value may not go beyond. */
function boundsOf({ minimum, maximum, minLength, maxLength, minItems, maxItems }: Schema): string | undefined {
  // A whole number that JSON can hold is no bound that anybody meets.
  const isReal = (n: number | undefined): n is number => n !== undefined && Math.abs(n) < Number.MAX_SAFE_INTEGER
  const said = [
    isReal(minimum) && isReal(maximum) ? `${minimum} to ${maximum}` : isReal(minimum) ? `from ${minimum}` : undefined,
    !isReal(minimum) && isReal(maximum) ? `up to ${maximum}` : undefined,
    maxLength !== undefined ? `${minLength ?? 0} to ${maxLength} characters` : undefined,
    maxItems !== undefined ? `${minItems ?? 0} to ${maxItems} of them` : undefined,
  ].filter((it) => it !== undefined)
  return said.length === 0 ? undefined : said.join(', ')
}

type Field = { readonly name: string; readonly schema: Schema; readonly required: boolean }

/** The fields of an object, those of nameless objects in it under dotted names. */
function fieldsOf(schema: Schema, before = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]): Field[] => {
    const name = before + key
    const own = { name, schema: part, required: schema.required?.includes(key) ?? false }
    const [inner, after] = innerOf(part)
    return inner === undefined ? [own] : [own, ...fieldsOf(inner, `${name}${after}.`)]
  })
}

/** The nameless object in a field, and how its own fields are reached. */
function innerOf(schema: Schema): [inner: Schema | undefined, after: string] {
  if (schema.properties !== undefined) return [schema, '']
  if (schema.items?.properties !== undefined) return [schema.items, '[]']
  const { additionalProperties } = schema
  if (typeof additionalProperties === 'object' && additionalProperties.properties !== undefined)
    return [additionalProperties, '.{name}']
  const object = schema.anyOf?.find((choice) => choice.properties !== undefined)
  return [object, '']
}

/** `where`: what else is to be said of the value, in a lighter ink. */
export const row = (name: Html, schema: Schema, isOptional: boolean, where?: string): Html => {
  const aside = [where, boundsOf(schema)].filter((it) => it !== undefined).join(', ')
  return html`<tr><th scope="row"><code>${name}</code>${isOptional ? html` <span class="dim">may be left out</span>` : ''}</th><td>${kindOf(schema)}${aside === '' ? '' : html` <span class="dim">${aside}</span>`}</td><td>${schema.description === undefined ? '' : words(schema.description)}</td></tr>`
}

export const table = (rows: readonly Html[]): Html =>
  html`<div class="wide"><table><thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table></div>`

/** An object's fields as a table; of a choice, one table each. */
export function renderShape(schema: Schema): Html {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices?.some((it) => it.properties !== undefined || it.$ref !== undefined) === true)
    return html`<p class="dim">One of ${choices.length}:</p>${choices.map((choice) => html`<details><summary>${titleOf(choice)}</summary>${renderShape(choice)}</details>`)}`
  const fields = fieldsOf(schema)
  if (fields.length === 0) return html`<p>${kindOf(schema)}</p>`
  return table(fields.map(({ name, schema: part, required }) => row(html`${name}`, part, !required)))
}

/** What tells one choice from the others: its fixed fields, or its first ones. */
function titleOf(schema: Schema): Html {
  if (schema.$ref !== undefined) return kindOf(schema)
  const fields = Object.entries(schema.properties ?? {})
  const fixed = fields.filter(([, { const: value }]) => value !== undefined)
  if (fixed.length > 0)
    return html`${fixed.map(([key, { const: value }]) => html`<code>${key}: ${JSON.stringify(value)}</code> `)}`
  return html`<code>${fields
    .slice(0, 3)
    .map(([key]) => key)
    .join(', ')}</code>`
}
