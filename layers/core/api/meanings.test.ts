import { expect, it } from 'vitest'
import { withMeanings } from './meanings.ts'

const text = { type: 'string' }

it('says what fields mean, in lists and choices too, and what a schema says itself it keeps', () => {
  const schema = {
    type: 'object',
    properties: {
      own: { ...text, description: 'Said.' },
      plain: text,
      list: { type: 'array', items: { type: 'object', properties: { name: text } } },
      byName: { type: 'object', additionalProperties: { type: 'object', properties: { n: text } } },
      perhaps: { anyOf: [{ type: 'object', properties: { at: text } }, { type: 'null' }] },
    },
  }
  const fields = { own: 'Not shown.', plain: 'A.', list: 'B.', 'list.name': 'C.', 'byName.n': 'D.', 'perhaps.at': 'E.' }
  expect(withMeanings(schema, 'thing', { thing: { about: 'A thing.', fields } })).toEqual({
    type: 'object',
    description: 'A thing.',
    properties: {
      own: { ...text, description: 'Said.' },
      plain: { ...text, description: 'A.' },
      list: {
        type: 'array',
        description: 'B.',
        items: { type: 'object', properties: { name: { ...text, description: 'C.' } } },
      },
      byName: {
        type: 'object',
        additionalProperties: { type: 'object', properties: { n: { ...text, description: 'D.' } } },
      },
      perhaps: {
        anyOf: [{ type: 'object', properties: { at: { ...text, description: 'E.' } } }, { type: 'null' }],
      },
    },
  })
})

it('leaves a schema of which nothing is known as it is', () => {
  expect(withMeanings({ type: 'object', properties: { a: text } }, 'other', {})).toEqual({
    type: 'object',
    properties: { a: text },
  })
})
