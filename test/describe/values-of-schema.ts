/** Values that a JSON Schema of the API's documents allows, for `fast-check`. */
import fc from 'fast-check'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
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

/** Longer texts and lists find nothing that these do not. */
const LONGEST = 40
const MOST = 4
/** Texts of these patterns are not found by chance. */
const MADE_OF = ['^\\d', '^[A-Z]', '^[+-]', '^[a-z']

/** `shapes`: what a `$ref` names. */
export function valuesOf(schema: Schema, shapes: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const of = (part: Schema) => valuesOf(part, shapes)
  if (schema.$ref !== undefined) return of(shapes[schema.$ref.split('/').at(-1)!]!)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(of))
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length === 0) return fc.jsonValue()
  return fc.oneof(...types.map((type) => valuesOfType(type, schema, of)))
}

function valuesOfType(
  type: string,
  schema: Schema,
  of: (part: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { minimum, maximum, minItems = 0, maxItems = MOST } = schema
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: Math.max(minimum ?? -1e9, -(2 ** 31)), max: Math.min(maximum ?? 1e9, 2 ** 31 - 1) })
    case 'number':
      return fc.double({ min: minimum ?? -1e15, max: maximum ?? 1e15, noNaN: true })
    case 'array':
      return fc.array(of(schema.items ?? {}), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, MOST)),
      })
    case 'object':
      return objectsOf(schema, of)
    default:
      return textsOf(schema)
  }
}

function textsOf({ format, pattern, minLength = 0, maxLength = LONGEST }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const day = fc.date({ min: new Date('1971-01-01'), max: new Date('9997-01-01'), noInvalidDate: true })
    return day.map((date) => date.toISOString())
  }
  if (pattern !== undefined && MADE_OF.some((start) => pattern.startsWith(start)))
    return fc.stringMatching(new RegExp(pattern))
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) }
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: 'binary' }))
}

function objectsOf(schema: Schema, of: (part: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties } = schema
  if (properties === undefined)
    return fc.dictionary(
      fc.string(),
      typeof additionalProperties === 'object' ? of(additionalProperties) : fc.jsonValue(),
      {
        maxKeys: MOST,
      },
    )
  const fields = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part)]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in properties), noNullPrototype: true })
}
