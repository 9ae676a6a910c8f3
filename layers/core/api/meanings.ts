/** What fields mean: the comments beside them, by the constant that declares them (`npm run describe` collects them). */
export type Meanings = Readonly<
  Record<string, { readonly about?: string; readonly fields: Readonly<Record<string, string>> }>
>

type Part = { readonly [key: string]: unknown }

/** A JSON Schema with the meanings of those fields that say none themselves. `name`: of the constant that declares it. */
export function withMeanings(schema: Part, name: string, meanings: Meanings): Part {
  const { about, fields } = meanings[name] ?? { fields: {} }
  const meant = meantBy(schema, '', fields)
  return about === undefined || schema.description !== undefined ? meant : { ...meant, description: about }
}

function meantBy(schema: Part, before: string, fields: Readonly<Record<string, string>>): Part {
  const inner = (part: unknown): unknown =>
    typeof part === 'object' && part !== null ? meantBy(part as Part, before, fields) : part
  const out: Record<string, unknown> = { ...schema }
  for (const key of ['items', 'additionalProperties']) if (key in schema) out[key] = inner(schema[key])
  for (const key of ['anyOf', 'oneOf']) if (Array.isArray(schema[key])) out[key] = schema[key].map(inner)
  if (schema.properties !== undefined) {
    out.properties = Object.fromEntries(
      Object.entries(schema.properties as Record<string, Part>).map(([key, part]) => {
        const described = meantBy(part, `${before}${key}.`, fields)
        const meaning = fields[before + key]
        return [
          key,
          meaning === undefined || part.description !== undefined ? described : { ...described, description: meaning },
        ]
      }),
    )
  }
  return out
}
