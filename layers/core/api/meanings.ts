/** What fields mean: the comments beside them, by the constant that declares them (`npm run describe` collects them). */
export type Meanings = Readonly<
  Record<string, { readonly about?: string; readonly fields: Readonly<Record<string, string>> }>
>

/** Names that mean the same wherever a schema says nothing else of them. */
const NAMES: Readonly<Record<string, string>> = {
  productId: 'The product, by its id in the catalogue.',
  product_id: 'The product, by its id in the catalogue.',
  storeId: 'The store, by its id.',
  store_id: 'The store, by its id.',
  orderId: 'The order, as its source names it.',
  refundId: 'The refund, as its source names it: one that bears the same is the same.',
  sessionId: 'The visit, as the storefront names it.',
  campaignId: 'The campaign, by a name of your own.',
  variant: 'Which form of the campaign, where there are several.',
  supplierId: 'The supplier, by a name of your own.',
  purchaseOrderId: 'The order to the supplier, by a name of your own.',
  quantity: 'Units.',
  paymentMethod: 'How it was paid, in the source’s words.',
  payment_method: 'How it was paid, in the source’s words.',
  note: 'What else there is to say, for people.',
  reason: 'Why.',
}

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
        const meaning = fields[before + key] ?? NAMES[key]
        return [
          key,
          meaning === undefined || part.description !== undefined ? described : { ...described, description: meaning },
        ]
      }),
    )
  }
  return out
}
